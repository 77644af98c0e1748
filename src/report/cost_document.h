// What an estimate costs: in the document, on the screen, with the prices it rests on.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "model/money.h"
#include "report/terminal.h"

namespace brightline::report {

struct Costing {
  std::optional<model::Cost> cost;  ///< empty: no number, see why
  std::string why;
  std::vector<std::string> warnings;
};

/// USD for a million tokens between the cheapest price at the most tokens and the dearest at the least; empty without a price.
std::optional<model::Span> usd_per_million_tokens(const Costing& costing, const model::Span& tokens_per_second);

/// Adds cost_usd_per_million_tokens, cost, cost_unknown_because, prices and warnings. `tokens`: "output" or "input".
void add_cost(base::Json& document, const Costing& costing, const model::Span& tokens_per_second, std::string_view tokens);

/// The line of a cost: its value, or why there is none.
std::string cost_line(const Costing& costing, const model::Span& tokens_per_second, std::string_view tokens);
/// Below an estimate: the prices used and the warnings; may be empty.
std::string cost_notes(const Costing& costing, const Terminal& terminal);
/// The same of several chips side by side, each with its name, those without a price with the reason.
std::string costs_notes(const std::vector<std::pair<std::string, const Costing*>>& costings, const Terminal& terminal);

}  // namespace brightline::report
