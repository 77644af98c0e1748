// What a cut costs: one chip beside the chip it was cut from, with the same plan and with its own, for each software measured.
#pragma once
#include <string>
#include <vector>

#include "report/training_document.h"

namespace brightline::report {

/// One software: the full chip's best plan, that plan on the other chip, and the other chip's own best.
struct AgainstRow {
  TrainingEstimate full, same_plan, own_plan;
  [[nodiscard]] double same_pct() const;  ///< the step takes so much longer; not a number where it does not fit
  [[nodiscard]] double own_pct() const;
};

base::Json against_document(const std::vector<AgainstRow>& rows);
Table against_table(const std::vector<AgainstRow>& rows);
std::string against_text(const std::vector<AgainstRow>& rows, const Terminal& terminal);

}  // namespace brightline::report
