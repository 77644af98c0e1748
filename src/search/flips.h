// How sure the answer is of the model's constants: how often another design or another limit would win if they moved within
// their spread. Docs: docs/model/search.md.
#pragma once
#include <string>
#include <vector>

#include "search/shadow.h"

namespace brightline::search {

struct FlipRate {
  int draws = 0;
  double flipped = 0;       ///< share of the draws in which a design near or far beats the winner by more than `material`
  double rebound = 0;       ///< share in which the limit that binds most is another one
  double regret = 0;        ///< mean share that the winner then loses to the best
  std::string most;         ///< the kernel whose constants alone cost the winner most; empty: none costs anything
  double most_regret = 0;
  static constexpr double material = 0.01;
};

/// Times of each kind of kernel are drawn within the spread of its measurements. The same for the same question.
FlipRate flip_rate(const DesignQuestion& question, const model::Design& winner, int draws);

}  // namespace brightline::search
