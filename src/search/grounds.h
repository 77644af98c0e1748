// What an answer rests on, and which clauses moved it from one answer to another.
#pragma once
#include <vector>

#include "law/judge.h"

namespace brightline::search {

/// A clause as written, with the verb it was compiled to (one that only defeats takes that of what it defeats).
struct Ground {
  const law::Clause* clause = nullptr;
  law::Verb verb = law::Verb::flag;
};

/// The clauses that hold and bear on paragraph, requirement or review, in the order of the verbs.
std::vector<Ground> grounds_of(const law::Answer& answer);

/// Clauses an earlier answer rested on and a later one does not, and the reverse.
struct Moved {
  std::vector<Ground> gone;
  std::vector<Ground> come;
};
Moved what_moved(const std::vector<Ground>& before, const std::vector<Ground>& after);

}  // namespace brightline::search
