#include "search/grounds.h"

#include <algorithm>

namespace brightline::search {

namespace {

using law::CompiledClause;
using law::Verb;

bool bears(const law::Answer& answer, const CompiledClause& clause) {
  switch (clause.verb) {
    case Verb::presume:
    case Verb::classify:
    case Verb::require:
      return true;
    case Verb::permit:
      return answer.licence() != "not-required";
    case Verb::review:
      return answer.review() != "none";
    case Verb::label:
    case Verb::oblige:
    case Verb::restrict:
    case Verb::duty:
    case Verb::flag:
      return false;
  }
  return false;
}

// A clause that only defeats is a ground where something stood to be defeated: a clause whose own numbers are met.
bool defeats_something(const law::Answer& answer, std::uint32_t index) {
  for (const CompiledClause& other : answer.code->clauses) {
    if (std::ranges::find(other.defeated_by, index) == other.defeated_by.end()) continue;
    if (law::answer_of(*answer.code, other.formula, answer.atoms) != law::Truth::no) return true;
  }
  return false;
}

std::vector<Ground> without(const std::vector<Ground>& some, const std::vector<Ground>& others) {
  std::vector<Ground> out;
  for (const Ground& ground : some) {
    const bool there = std::ranges::any_of(others, [&ground](const Ground& other) { return other.clause == ground.clause; });
    if (!there) out.push_back(ground);
  }
  return out;
}

}  // namespace

std::vector<Ground> grounds_of(const law::Answer& answer) {
  std::vector<Ground> out;
  for (std::size_t i = 0; i < answer.code->clauses.size(); ++i) {
    const CompiledClause& clause = answer.code->clauses[i];
    if (answer.holds[i] != law::Truth::yes || !bears(answer, clause)) continue;
    if (clause.concludes || defeats_something(answer, static_cast<std::uint32_t>(i))) out.push_back({clause.clause, clause.verb});
  }
  return out;
}

Moved what_moved(const std::vector<Ground>& before, const std::vector<Ground>& after) {
  return {without(before, after), without(after, before)};
}

}  // namespace brightline::search
