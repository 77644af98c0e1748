// What a model does on chips: times, memory, where the time goes, and how sure that is.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "model/plan.h"
#include "report/cost_document.h"
#include "model/serve_energy.h"
#include "report/terminal.h"
#include "report/terminal_table.h"

namespace brightline::report {

struct Estimate {
  model::Processor processor;
  const workload::Model* model = nullptr;
  model::Question question;
  std::optional<model::Answer> answer;  ///< empty: infeasible, see why
  std::optional<model::TokenEnergy> energy;  ///< empty: no answer, or the rated power is not known
  std::string why;
  bool family_seen = false;
  bool software_asked = false;  ///< not chosen as the best
  std::vector<std::string> assumed;
  Costing costing;
};

/// What the devices deliver and draw.
struct Delivered {
  model::Span tokens_per_second;  ///< output tokens (in prefill input tokens), P10 to P90
  base::Power power;              ///< of one device, its host aside
};
/// Of an estimate with an answer.
Delivered delivered(const Estimate& estimate);

base::Json estimate_document(const Estimate& estimate);
/// Several chips asked the same: {"estimates": [...]}.
base::Json estimates_document(const std::vector<Estimate>& estimates);
Table estimate_table(const std::vector<Estimate>& estimates);
std::string estimates_text(const std::vector<Estimate>& estimates, const Terminal& terminal);
std::string estimate_text(const Estimate& estimate, const Terminal& terminal);

}  // namespace brightline::report
