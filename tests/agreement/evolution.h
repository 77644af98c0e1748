// An opponent that knows nothing of ours: the genetic algorithm NSGA-II of pagmo, on the seconds of prefill and of decode, with
// whatever a design must not be as a penalty that grows with how far it is from being allowed.
#pragma once
#include <cstdint>
#include <map>

#include "search/climb.h"
#include "search/sweep.h"

namespace brightline::tests {

struct Evolution {
  std::map<std::uint64_t, search::FigureValues> front;  ///< by index: of the designs in question that it met, those that none of them beats
  search::Found best;             ///< by the question's objective, of all that it met in question
  std::uint64_t evaluations = 0;
  std::uint64_t in_question = 0;  ///< of those
};

/// `population` is a multiple of 4. The same for the same seed.
Evolution evolve(const search::DesignQuestion& question, unsigned population, std::uint64_t evaluations, unsigned seed);

}  // namespace brightline::tests
