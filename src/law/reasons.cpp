#include "law/reasons.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace brightline::law {

namespace {

constexpr double no_margin = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t most_near_misses = 4;

double margin_of(const Interval& value, const base::Exact& limit) {
  if (value.surely_none || limit.is_zero()) return no_margin;
  const double l = limit.to_double();
  const bool low_known = !value.low.infinite && !(value.high.infinite && value.low.value.is_zero());
  if (!low_known && value.high.infinite) return no_margin;
  const double low = (value.low.value.to_double() - l) / l;
  if (value.high.infinite) return low;
  const double high = (value.high.value.to_double() - l) / l;
  return std::fabs(low) < std::fabs(high) ? low : high;
}

void add_comparisons(const Answer& answer, const CompiledClause& clause, Truth wanted, std::vector<Comparison>& out) {
  for (const std::uint32_t at : clause.atoms) {
    const Atom& atom = answer.code->atoms[at];
    if (atom.kind == Atom::Kind::number && answer.atoms[at] == wanted) out.push_back(compare(answer, atom));
  }
}

// Does the clause defeat one whose condition would hold otherwise? A defeated clause reads "no"; what it answered to
// its own atoms tells.
bool defeats_something(const Answer& answer, const CompiledClause& clause) {
  const auto index = static_cast<std::uint32_t>(&clause - answer.code->clauses.data());
  for (std::size_t i = 0; i < answer.code->clauses.size(); ++i) {
    const CompiledClause& other = answer.code->clauses[i];
    if (std::ranges::find(other.defeated_by, index) == other.defeated_by.end()) continue;
    const bool no_atom_against = std::ranges::none_of(other.atoms, [&](std::uint32_t at) {
      return answer.code->atoms[at].kind == Atom::Kind::number && answer.atoms[at] == Truth::no;
    });
    if (answer.holds[i] != Truth::yes && no_atom_against) return true;
  }
  return false;
}

// A review policy where no licence is asked for, or an exception from nothing, is no reason for the answer.
bool idle(const Answer& answer, const CompiledClause& clause) {
  if (clause.verb == Verb::permit) return answer.conclusions.licence == 1;
  if (clause.verb != Verb::review) return false;
  const Mask licence = Mask{1} << static_cast<unsigned>(Requirement::licence);
  return (answer.conclusions.requirement & licence) == 0;
}

// A classification kept away by numbers alone: by how little?
void add_near_misses(const Answer& answer, std::vector<Reason>& out) {
  std::vector<Reason> near;
  for (std::size_t i = 0; i < answer.code->clauses.size(); ++i) {
    const CompiledClause& clause = answer.code->clauses[i];
    if (clause.verb != Verb::classify || !clause.concludes || answer.holds[i] != Truth::no) continue;
    bool others_against = false;
    Reason reason{&clause, Part::nearly, {}};
    for (const std::uint32_t at : clause.atoms) {
      if (answer.atoms[at] != Truth::no) continue;
      const Atom& atom = answer.code->atoms[at];
      if (atom.kind != Atom::Kind::number) {
        others_against = true;
      } else {
        reason.comparisons.push_back(compare(answer, atom));
      }
    }
    if (others_against || reason.comparisons.empty()) continue;
    // what keeps the clause away is its farthest unmet comparison
    const auto farthest = std::ranges::max_element(reason.comparisons, {}, [](const Comparison& c) { return std::isnan(c.margin) ? -1.0 : std::fabs(c.margin); });
    reason.comparisons = {*farthest};
    near.push_back(std::move(reason));
  }
  std::ranges::stable_sort(near, {}, [](const Reason& r) { return std::isnan(r.comparisons[0].margin) ? 1e9 : std::fabs(r.comparisons[0].margin); });
  if (near.size() > most_near_misses) near.resize(most_near_misses);
  for (Reason& reason : near) out.push_back(std::move(reason));
}

}  // namespace

Comparison compare(const Answer& answer, const Atom& atom) {
  const auto at = static_cast<std::size_t>(&atom - answer.code->atoms.data());
  const Interval& value = answer.measures[atom.measure];
  return {&atom, &answer.code->measures[atom.measure], &value, answer.atoms[at], margin_of(value, atom.limit)};
}

std::vector<Reason> reasons(const Answer& answer) {
  std::vector<Reason> out;
  const bool classified = answer.conclusions.paragraph != 1;
  for (std::size_t i = 0; i < answer.code->clauses.size(); ++i) {
    const CompiledClause& clause = answer.code->clauses[i];
    const Truth holds = answer.holds[i];
    if (holds == Truth::no && clause.concludes && !clause.stayed.empty() && answer_of(*answer.code, clause.text_formula, answer.atoms) == Truth::yes) {
      out.push_back({&clause, Part::stayed, {}});
      continue;
    }
    if (holds == Truth::no || clause.verb == Verb::oblige || clause.verb == Verb::label || idle(answer, clause)) continue;
    Reason reason{&clause, Part::concludes, {}};
    if (holds == Truth::unknown) {
      reason.part = Part::open;
      add_comparisons(answer, clause, Truth::unknown, reason.comparisons);
      if (answer.decided()) continue;
    } else if (!clause.concludes) {
      if (!defeats_something(answer, clause)) continue;
      reason.part = Part::defeats;
      add_comparisons(answer, clause, Truth::yes, reason.comparisons);
    } else {
      add_comparisons(answer, clause, Truth::yes, reason.comparisons);
    }
    out.push_back(std::move(reason));
  }
  if (!classified) add_near_misses(answer, out);
  return out;
}

std::vector<const CompiledClause*> standing(const Answer& answer, Verb verb) {
  std::vector<const CompiledClause*> out;
  const bool no_licence = (answer.conclusions.requirement & (Mask{1} << static_cast<unsigned>(Requirement::licence))) == 0;
  for (std::size_t i = 0; i < answer.code->clauses.size(); ++i) {
    const CompiledClause& clause = answer.code->clauses[i];
    if (clause.verb == verb && clause.concludes && answer.holds[i] == Truth::yes && !(no_licence && clause.clause->with_licence)) out.push_back(&clause);
  }
  return out;
}

Nearest nearest_line(const Answer& answer) {
  Nearest best;
  double distance = std::numeric_limits<double>::infinity();
  for (const CompiledClause& clause : answer.code->clauses) {
    if (clause.verb != Verb::classify) continue;
    for (const std::uint32_t at : clause.atoms) {
      const Atom& atom = answer.code->atoms[at];
      if (atom.kind != Atom::Kind::number) continue;
      const Comparison comparison = compare(answer, atom);
      if (std::isnan(comparison.margin) || std::fabs(comparison.margin) >= distance) continue;
      distance = std::fabs(comparison.margin);
      best = {comparison, &clause};
    }
  }
  return best;
}

}  // namespace brightline::law
