#include "report/cost_document.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "report/prices_document.h"
#include "report/terminal_number.h"
#include "report/terminal_text.h"

namespace brightline::report {

using base::Json;
using model::Span;

namespace {

constexpr int digits = 5;

Json span_json(const Span& span) { return Json::Object{{"low", significant(span.low, digits)}, {"typical", significant(span.typical, digits)}, {"high", significant(span.high, digits)}}; }

// What it is a price of, how much, and who says so.
std::string used(const chip::Price& price) {
  std::string what = fmt::format("{} of {}", chip::name_in(chip::price_kinds, price.kind), fmt::join(price.items, ", "));
  if (price.kind == chip::PriceKind::electricity) what = "electricity";
  if (price.kind == chip::PriceKind::pue) what = "PUE";
  if (price.kind == chip::PriceKind::server_overhead) what = "server, a device";
  const std::string from = price.id == "user" ? "given" : fmt::format("{}: {}, {}, {}; {}", price.id, price.terms, price.region, price.as_of, price.confidence);
  return fmt::format("{} {} ({})", what, price_text(price), from);
}

std::string warnings(const Costing& costing, const Terminal& terminal) {
  std::string out;
  for (const std::string& one : costing.warnings) out += "\n" + terminal.paint(Style::warning, "Warning") + ": " + paragraph(one, terminal.width - 9);
  return out;
}

}  // namespace

std::optional<Span> usd_per_million_tokens(const Costing& costing, const Span& tokens_per_second) {
  if (!costing.cost) return std::nullopt;
  return model::usd_per_million(*costing.cost, tokens_per_second);
}

void add_cost(Json& document, const Costing& costing, const Span& tokens_per_second, std::string_view tokens) {
  const auto per_million = usd_per_million_tokens(costing, tokens_per_second);
  document.set("cost_usd_per_million_tokens", per_million ? Json(significant(per_million->typical, digits)) : Json());
  Json cost;
  Json prices = Json::list();
  if (per_million) {
    const model::Cost& c = *costing.cost;
    cost = Json::Object{{"how", c.owned ? "owned" : "rent"},
                        {"tokens", tokens},
                        {"usd_per_million_tokens", span_json(*per_million)},
                        {"usd_per_hour", span_json(c.usd_per_hour)},
                        {"split_usd_per_hour", Json::Object{{"rent", span_json(c.rent)}, {"capital", span_json(c.capital)}, {"electricity", span_json(c.electricity)}}}};
    for (const chip::Price& one : c.prices) prices.push(price_json(one).set("role", "typical"));
    for (const chip::Price& one : c.bounds) prices.push(price_json(one).set("role", "bound"));
  }
  document.set("cost", cost).set("cost_unknown_because", per_million ? Json() : Json(costing.why)).set("prices", prices).set("warnings", Json::texts(costing.warnings));
}

std::string cost_line(const Costing& costing, const Span& tokens_per_second, std::string_view tokens) {
  const auto per_million = usd_per_million_tokens(costing, tokens_per_second);
  if (!per_million) return "not known, see below";
  const model::Cost& c = *costing.cost;
  const auto three = [](double value) { return rounded_text(value, 3); };
  return fmt::format("{} USD a million {} tokens ({} to {}); {} USD an hour, {}", three(per_million->typical), tokens, three(per_million->low), three(per_million->high), three(c.usd_per_hour.typical),
                     c.owned ? fmt::format("{:.0f} % of it electricity", 100 * c.electricity.typical / c.usd_per_hour.typical) : std::string("rented"));
}

std::string cost_notes(const Costing& costing, const Terminal& terminal) {
  std::string out = "\n" + terminal.paint(Style::quiet, "Prices") + "\n";
  if (!costing.cost) return out + paragraph("not known: " + costing.why, terminal.width, "  - ") + warnings(costing, terminal);
  for (const chip::Price& one : costing.cost->prices) out += paragraph(used(one), terminal.width, "  - ");
  for (const chip::Price& one : costing.cost->bounds) out += paragraph("bounded by: " + used(one), terminal.width, "  - ");
  return out + warnings(costing, terminal);
}

std::string costs_notes(const std::vector<std::pair<std::string, const Costing*>>& costings, const Terminal& terminal) {
  if (costings.empty()) return {};
  std::vector<std::string> lines;
  const auto say = [&](std::string line) {
    if (std::ranges::find(lines, line) == lines.end()) lines.push_back(std::move(line));  // one price of electricity serves them all
  };
  for (const auto& [chip, costing] : costings) {
    if (!costing->cost) say(chip + ": not known: " + costing->why);
    else for (const chip::Price& one : costing->cost->prices) say(used(one));
  }
  std::string out = "\n" + terminal.paint(Style::quiet, "Prices") + "\n";
  for (const std::string& one : lines) out += paragraph(one, terminal.width, "  - ");
  for (const auto& [chip, costing] : costings) out += warnings(*costing, terminal);
  return out;
}

}  // namespace brightline::report
