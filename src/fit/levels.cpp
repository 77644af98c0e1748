#include "fit/levels.h"

#include <cmath>

namespace brightline::fit {

std::vector<int> Levels::of(const model::Processor& chip, const model::Stack& stack) {
  return {number("kind " + chip.kind), number("family " + chip.family), number("stack " + stack.name()), number("pair " + chip.family + " " + stack.versioned())};
}

model::Fit Levels::fit(const std::string& key, std::size_t rows, const Solution& solution) const {
  model::Fit out;
  out.key = key;
  out.kernel = *model::kernel_named(key.substr(0, key.find('/')));
  out.rows = rows;
  for (const double log : solution.logs[0]) out.defaults.push_back(std::exp(log));
  for (const auto& [name, number] : numbers_) {
    for (const double log : solution.logs[static_cast<std::size_t>(number)]) out.factors[name].push_back(std::exp(log));
  }
  return out;
}

Problem problem_of(const std::string& key, const model::Calibration& calibration) {
  Problem out;
  for (const model::Prior& prior : calibration.priors_of(key)) out.priors.push_back({prior.value, prior.spread, prior.offset_spread, prior.most});
  out.saturate = model::saturated;
  return out;
}

}  // namespace brightline::fit
