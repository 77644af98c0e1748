// Why the answer is what it is: clauses with the measures, values, limits and margins their conditions turned on.
#pragma once
#include <vector>

#include "law/judge.h"

namespace brightline::law {

/// A measure against a limit. margin is (value - limit) / limit of the nearer end of the value; NaN where no value is
/// known or the limit is 0.
struct Comparison {
  const Atom* atom = nullptr;
  const Measure* measure = nullptr;
  const Interval* value = nullptr;
  Truth holds = Truth::unknown;
  double margin = 0;
};

/// What part a clause plays in an answer.
enum class Part {
  concludes,  ///< its condition holds and its conclusion stands
  defeats,    ///< it keeps another clause, whose condition holds, from concluding
  stayed,     ///< it stands in the text and would hold, but is not enforced here
  open,       ///< unknown facts decide whether it holds
  nearly,     ///< a classification that does not apply; the comparison is the one that keeps it away
};

struct Reason {
  const CompiledClause* clause = nullptr;
  Part part = Part::concludes;
  std::vector<Comparison> comparisons;
};

/// Reasons in the order of the verbs. Obligations are left to Answer::set_of and conditions().
std::vector<Reason> reasons(const Answer& answer);
/// Clauses of one verb whose conclusion stands.
std::vector<const CompiledClause*> standing(const Answer& answer, Verb verb);
/// The comparison with a classification limit that lies nearest to the value, holding or not; null when none is known.
struct Nearest {
  Comparison comparison;
  const CompiledClause* clause = nullptr;
};
Nearest nearest_line(const Answer& answer);
Comparison compare(const Answer& answer, const Atom& atom);

}  // namespace brightline::law
