#include "search/law_residue.h"

#include <algorithm>

#include "law/agenda.h"

namespace brightline::search {

namespace {

using law::Atom;
using law::Verb;

bool bears_on_requirement(Verb verb) {
  return verb == Verb::presume || verb == Verb::classify || verb == Verb::require || verb == Verb::permit || verb == Verb::review;
}

void keep_clauses(law::Code& code, const std::vector<law::Truth>& holds) {
  constexpr std::uint32_t gone = ~0U;
  std::vector<std::uint32_t> place(code.clauses.size(), gone);
  std::vector<law::CompiledClause> kept;
  for (std::size_t i = 0; i < code.clauses.size(); ++i) {
    if (holds[i] == law::Truth::no || !bears_on_requirement(code.clauses[i].verb)) continue;
    place[i] = static_cast<std::uint32_t>(kept.size());
    kept.push_back(std::move(code.clauses[i]));
  }
  for (law::CompiledClause& clause : kept) {
    for (std::uint32_t& other : clause.defeated_by) other = place[other];
    std::erase(clause.defeated_by, gone);
  }
  code.clauses = std::move(kept);
}

// A question nobody asks any more becomes a constant: then it tells no names apart.
std::vector<bool> silence_unasked(law::Code& code) {
  std::vector<bool> asked(code.atoms.size());
  for (const law::CompiledClause& clause : code.clauses) {
    for (const std::uint32_t at : clause.atoms) asked[at] = true;
  }
  for (std::size_t i = 0; i < code.atoms.size(); ++i) {
    if (asked[i]) continue;
    code.atoms[i] = Atom{};
    code.atoms[i].yes = false;
  }
  return asked;
}

void drop_unasked_boundaries(law::Code& code, const std::vector<bool>& asked) {
  for (std::size_t m = 0; m < code.measures.size(); ++m) {
    std::vector<law::Boundary> kept;
    const auto asks = [&](std::size_t i) { return asked[i] && code.atoms[i].kind == Atom::Kind::number && code.atoms[i].measure == m; };
    for (std::size_t i = 0; i < code.atoms.size(); ++i) {
      if (asks(i)) kept.push_back(code.measures[m].boundaries[code.atoms[i].boundary]);
    }
    std::ranges::sort(kept);
    kept.erase(std::ranges::unique(kept).begin(), kept.end());
    for (std::size_t i = 0; i < code.atoms.size(); ++i) {
      if (!asks(i)) continue;
      const auto at = std::ranges::find(kept, code.measures[m].boundaries[code.atoms[i].boundary]);
      code.atoms[i].boundary = static_cast<std::size_t>(at - kept.begin());
    }
    code.measures[m].boundaries = std::move(kept);
  }
}

}  // namespace

law::Code residue_of(const law::Code& code, const std::vector<law::Truth>& holds) {
  law::Code out = code;
  keep_clauses(out, holds);
  drop_unasked_boundaries(out, silence_unasked(out));
  law::plan_evaluation(out);
  return out;
}

}  // namespace brightline::search
