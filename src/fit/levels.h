// The levels of a fit, between the model's names for them and the numbers of the least-squares problem.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "fit/least.h"
#include "model/calibration.h"

namespace brightline::fit {

class Levels {
 public:
  /// Numbers of the four levels of a chip and a stack.
  std::vector<int> of(const model::Processor& chip, const model::Stack& stack);
  [[nodiscard]] int count() const { return static_cast<int>(numbers_.size()); }
  /// The solution as the model holds it.
  [[nodiscard]] model::Fit fit(const std::string& key, std::size_t rows, const Solution& solution) const;

 private:
  int number(const std::string& name) { return numbers_.try_emplace(name, static_cast<int>(numbers_.size()) + 1).first->second; }
  std::map<std::string, int> numbers_;
};

/// A problem without rows yet, with the priors of a key.
Problem problem_of(const std::string& key, const model::Calibration& calibration);

}  // namespace brightline::fit
