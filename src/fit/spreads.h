// The middle 80 % of errors that come in groups.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "model/calibration.h"

namespace brightline::fit {

/// Logarithms of measured over predicted, by group of runs.
using GroupedErrors = std::map<std::string, std::vector<double>>;

/// 10th to 90th percentile as factors; every group weighs the same, since its runs err together. `otherwise` where there is none.
model::Spread spread_of(const GroupedErrors& groups, const model::Spread& otherwise);

}  // namespace brightline::fit
