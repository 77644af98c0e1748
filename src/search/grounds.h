// What an answer rests on, and which clauses moved it from one answer to another.
#pragma once
#include <vector>

#include "law/judge.h"

namespace brightline::search {

/// The clauses that hold and bear on paragraph, requirement or review, in the order of the verbs.
std::vector<const law::CompiledClause*> grounds_of(const law::Answer& answer);

/// Clauses an earlier answer rested on and a later one does not, and the reverse.
struct Moved {
  std::vector<const law::CompiledClause*> gone;
  std::vector<const law::CompiledClause*> come;
};
Moved what_moved(const std::vector<const law::CompiledClause*>& before, const std::vector<const law::CompiledClause*>& after);

}  // namespace brightline::search
