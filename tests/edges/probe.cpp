#include "edges/probe.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace brightline::tests {

namespace {

using law::Atom;
using law::Truth;

// What an answer says, all of it.
bool same(const law::Conclusions& a, const law::Conclusions& b) {
  const bool singles = a.presumed == b.presumed && a.paragraph == b.paragraph && a.label == b.label && a.licence == b.licence && a.requirement == b.requirement &&
                       a.review == b.review && a.duty == b.duty;
  return singles && std::ranges::equal(a.surely, b.surely);
}

bool asks(const Atom& atom, const law::Code& code, const Cut& cut) {
  return atom.kind == Atom::Kind::number && atom.measure == cut.measure && code.measures[atom.measure].boundaries[atom.boundary] == cut.boundary;
}

// Draws worlds - a name for every word, a truth, a cell of every other measure - and looks at both sides of the cut in each.
// Half of every world is an ordinary sale to China; the other half is whatever the clauses that ask the cut speak of.
class Search {
 public:
  Search(const law::Code& code, const Cut& cut) : code_(code), cut_(cut) {
    for (const law::CompiledClause& clause : code.clauses) {
      const bool concerned = std::ranges::any_of(clause.atoms, [&](std::uint32_t at) { return asks(code.atoms[at], code, cut); });
      if (!concerned) continue;
      for (const std::uint32_t at : clause.atoms) {
        const Atom& atom = code.atoms[at];
        if (atom.kind == Atom::Kind::member) asked_names_[atom.word].push_back(&atom);
        if (atom.kind == Atom::Kind::truth) asked_truths_.insert(atom.word);
      }
    }
  }

  bool run() {
    for (int world = 0; world < most_worlds; ++world) {
      draw();
      if (differs()) return true;
    }
    return false;
  }

 private:
  static constexpr int most_worlds = 6'000;

  std::size_t below(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }

  void draw() {
    below_.atoms.assign(code_.atoms.size(), Truth::no);
    std::map<std::size_t, law::Symbol> names;
    std::map<std::size_t, int> cells;
    std::map<std::size_t, bool> truths;
    for (std::uint32_t i = 0; i < code_.atoms.size(); ++i) {
      const Atom& atom = code_.atoms[i];
      bool yes = atom.kind == Atom::Kind::constant && atom.yes;
      if (atom.kind == Atom::Kind::member) yes = atom.members[name(names, atom.word)];
      if (atom.kind == Atom::Kind::truth) yes = truths.try_emplace(atom.word, truth(atom.word)).first->second;
      if (atom.kind == Atom::Kind::number) yes = law::holds_in_cell(atom, cells.try_emplace(atom.measure, drawn_cell(atom.measure)).first->second);
      below_.atoms[i] = yes ? Truth::yes : Truth::no;
    }
  }

  int drawn_cell(std::size_t measure) { return static_cast<int>(below(code_.measures[measure].boundaries.size() + 1)); }

  law::Symbol name(std::map<std::size_t, law::Symbol>& names, std::size_t word) {
    const auto known = names.find(word);
    if (known != names.end()) return known->second;
    const auto asked = asked_names_.find(word);
    const bool free = asked != asked_names_.end() && below(4) != 0;
    return names[word] = free ? drawn_name(*asked->second[below(asked->second.size())]) : usual_name(word);
  }

  bool truth(std::size_t word) { return asked_truths_.contains(word) ? below(2) == 0 : usual_truth(word); }

  // a name inside the set or outside it, evenly
  law::Symbol drawn_name(const Atom& atom) {
    const bool inside = below(2) == 0;
    std::vector<law::Symbol> fitting;
    for (std::size_t s = law::other_symbol; s < atom.members.size(); ++s) {
      if (atom.members[s] == inside) fitting.push_back(static_cast<law::Symbol>(s));
    }
    return fitting.empty() ? law::other_symbol : fitting[below(fitting.size())];
  }

  [[nodiscard]] law::Symbol usual_name(std::size_t word) {
    const std::string& id = code_.law->vocabulary.words()[word].id;
    if (id == "item_kind" && below(4) == 0) return code_.law->symbols.find("dram");
    const bool party = id == "headquarters" || id == "ultimate_parent";
    const char* name = id == "destination" || (party && below(2) == 0)              ? "CN"
                       : party || id == "from" || id == "exporter_headquarters"     ? "US"
                       : id == "item_kind"                                          ? "ic"
                       : id == "action"                                             ? "export"
                       : id == "described_in" || id == "designer_status"            ? "none"
                                                                                    : "somebody";
    return code_.law->symbols.find(name);
  }

  [[nodiscard]] bool usual_truth(std::size_t word) const {
    const std::string& id = code_.law->vocabulary.words()[word].id;
    return id == "datacenter" || id == "sold_in_us" || id == "advanced_logic";
  }

  void set_cell(law::Evaluation& into, int cell) const {
    for (std::size_t i = 0; i < code_.atoms.size(); ++i) {
      const Atom& atom = code_.atoms[i];
      if (atom.kind == Atom::Kind::number && atom.measure == cut_.measure) into.atoms[i] = law::holds_in_cell(atom, cell) ? Truth::yes : Truth::no;
    }
  }

  bool differs() {
    const auto& boundaries = code_.measures[cut_.measure].boundaries;
    const auto at = static_cast<int>(std::ranges::find(boundaries, cut_.boundary) - boundaries.begin());
    above_.atoms = below_.atoms;
    set_cell(below_, at);
    set_cell(above_, at + 1);
    law::evaluate(code_, below_);
    law::evaluate(code_, above_);
    return !same(below_.conclusions, above_.conclusions);
  }

  const law::Code& code_;
  const Cut& cut_;
  std::map<std::size_t, std::vector<const Atom*>> asked_names_;  ///< by word, of the clauses that ask the cut
  std::set<std::size_t> asked_truths_;
  std::mt19937_64 random_{17};
  law::Evaluation below_;
  law::Evaluation above_;
};

}  // namespace

std::vector<Cut> cuts_of(const law::Code& code) {
  std::vector<Cut> out;
  for (std::size_t m = 0; m < code.measures.size(); ++m) {
    for (const law::Boundary& boundary : code.measures[m].boundaries) {
      const std::string unit = code.measures[m].unit.empty() ? "" : " " + code.measures[m].unit;
      Cut cut{m, boundary, code.measures[m].name + (boundary.above ? " > " : " >= ") + boundary.value.to_text() + unit, {}};
      for (const law::CompiledClause& clause : code.clauses) {
        const bool concerned = std::ranges::any_of(clause.atoms, [&](std::uint32_t at) { return asks(code.atoms[at], code, cut); });
        if (concerned) cut.clauses.push_back(clause.clause->id);
      }
      if (!cut.clauses.empty()) out.push_back(std::move(cut));  // else only an open point asks it
    }
  }
  return out;
}

bool tells_apart(const law::Code& code, const Cut& cut) { return Search(code, cut).run(); }

}  // namespace brightline::tests
