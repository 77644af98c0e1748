#include "fit/spreads.h"

#include <algorithm>
#include <cmath>

namespace brightline::fit {

namespace {

// The value below which a share of all groups' weight lies, every group weighing the same.
double weighted_quantile(const GroupedErrors& groups, double share) {
  std::vector<std::pair<double, double>> weighted;
  for (const auto& [group, errors] : groups) {
    for (const double log : errors) weighted.emplace_back(log, 1 / static_cast<double>(errors.size()));
  }
  std::ranges::sort(weighted);
  double left = share * static_cast<double>(groups.size());
  for (const auto& [log, weight] : weighted) {
    left -= weight;
    if (left <= 0) return log;
  }
  return weighted.empty() ? 0 : weighted.back().first;
}

}  // namespace

model::Spread spread_of(const GroupedErrors& groups, const model::Spread& otherwise) {
  if (groups.empty()) return otherwise;
  return {std::exp(weighted_quantile(groups, 0.1)), std::exp(weighted_quantile(groups, 0.9))};
}

}  // namespace brightline::fit
