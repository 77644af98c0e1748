#include "edges/probe.h"

#include <algorithm>
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

// The search works on the questions themselves: those of one clause that asks the cut are answered so that the clause
// holds on one side, all others by a few plain backgrounds.
class Search {
 public:
  Search(const law::Code& code, const Cut& cut) : code_(code), cut_(cut) {}

  bool run() {
    for (const law::CompiledClause& clause : code_.clauses) {
      const bool concerned = std::ranges::any_of(clause.atoms, [&](std::uint32_t at) { return asks(code_.atoms[at], code_, cut_); });
      if (concerned && search(clause)) return true;
    }
    return false;
  }

 private:
  // Two conclusions can also meet in a later clause, so its questions are searched together with those of the first.
  bool search(const law::CompiledClause& clause) {
    collect(clause);
    for (int background = 0; background < backgrounds; ++background) {
      if (try_background(background)) return true;
    }
    return false;
  }

  void collect(const law::CompiledClause& clause) {
    cells_.clear();
    switches_.clear();
    std::set<std::size_t> measures;
    std::set<std::uint32_t> seen;
    const auto add = [&](std::uint32_t at) {
      if (!seen.insert(at).second) return;
      const Atom& atom = code_.atoms[at];
      if (atom.kind == Atom::Kind::number && atom.measure != cut_.measure) measures.insert(atom.measure);
      if (atom.kind == Atom::Kind::truth || atom.kind == Atom::Kind::member) switches_.push_back(at);
    };
    for (const std::uint32_t at : clause.atoms) add(at);
    if (reads_conclusions(clause)) {  // what those conclusions rest on
      for (const law::CompiledClause& other : code_.clauses) {
        if (other.verb != law::Verb::classify && other.verb != law::Verb::require) continue;
        for (const std::uint32_t at : other.atoms) {
          if (code_.atoms[at].kind == Atom::Kind::number) add(at);
        }
      }
    }
    cells_.assign(measures.begin(), measures.end());
  }

  [[nodiscard]] bool reads_conclusions(const law::CompiledClause& clause) const {
    return std::ranges::any_of(clause.atoms, [this](std::uint32_t at) {
      return code_.atoms[at].kind == Atom::Kind::paragraph || code_.atoms[at].kind == Atom::Kind::licence || code_.atoms[at].kind == Atom::Kind::presumed;
    });
  }

  // Backgrounds: every other name is another, every other truth no; China as destination of a data-centre circuit; and
  // a few turns of these.
  static constexpr int backgrounds = 6;

  bool try_background(int background) {
    below_.atoms.assign(code_.atoms.size(), Truth::no);
    for (std::size_t i = 0; i < code_.atoms.size(); ++i) below_.atoms[i] = answer(code_.atoms[i], background) ? Truth::yes : Truth::no;
    std::vector<std::uint32_t> turned;
    for (const std::uint32_t at : switches_) turned.push_back(at);
    if (turned.size() > most_switches) turned.resize(most_switches);
    for (std::uint32_t mask = 0; mask < (1U << turned.size()); ++mask) {
      for (std::size_t i = 0; i < turned.size(); ++i) {
        const bool plain = answer(code_.atoms[turned[i]], background);
        below_.atoms[turned[i]] = plain != ((mask >> i & 1U) != 0) ? Truth::yes : Truth::no;
      }
      if (consistent() && try_cells(0)) return true;
    }
    return false;
  }

  // Memberships of one word must be answered as some single name would answer them.
  [[nodiscard]] bool consistent() const {
    std::set<std::size_t> words;
    for (const std::uint32_t at : switches_) {
      if (code_.atoms[at].kind == Atom::Kind::member) words.insert(code_.atoms[at].word);
    }
    return std::ranges::all_of(words, [this](std::size_t word) { return some_name_answers(word); });
  }

  [[nodiscard]] bool some_name_answers(std::size_t word) const {
    for (std::size_t symbol = law::other_symbol; symbol < code_.law->symbols.size(); ++symbol) {
      bool fits = true;
      for (std::size_t i = 0; i < code_.atoms.size() && fits; ++i) {
        const Atom& atom = code_.atoms[i];
        if (atom.kind == Atom::Kind::member && atom.word == word && std::ranges::find(switches_, i) != switches_.end()) {
          fits = atom.members[symbol] == (below_.atoms[i] == Truth::yes);
        }
      }
      if (fits) return true;
    }
    return false;
  }

  [[nodiscard]] bool answer(const Atom& atom, int background) const {
    const auto& words = code_.law->vocabulary.words();
    if (atom.kind == Atom::Kind::constant) return atom.yes;
    if (atom.kind == Atom::Kind::truth) {
      const std::string& id = words[atom.word].id;
      return (id == "datacenter" && background % 2 == 0) || id == "sold_in_us" || id == "advanced_logic";
    }
    if (atom.kind != Atom::Kind::member) return false;
    const std::string& id = words[atom.word].id;
    const bool far = background >= 4;  // a third country, with a Chinese parent
    const auto name = id == "destination"                                  ? (far ? "MY" : "CN")
                      : id == "headquarters" || id == "ultimate_parent"    ? (background < 2 ? "US" : "CN")
                      : id == "from" || id == "exporter_headquarters"      ? "US"
                      : id == "item_kind"                                  ? "ic"
                      : id == "action"                                     ? "export"
                      : id == "described_in" || id == "designer_status"    ? "none"
                      : id == "exporter_role"                              ? "other"
                                                                           : "somebody";
    return atom.members[code_.law->symbols.find(name)];
  }

  bool try_cells(std::size_t at) {
    if (at == cells_.size()) return differs();
    const law::Measure& measure = code_.measures[cells_[at]];
    for (int cell = 0; cell <= static_cast<int>(measure.boundaries.size()); ++cell) {
      set_cell(below_, cells_[at], cell);
      if (try_cells(at + 1)) return true;
    }
    return false;
  }

  void set_cell(law::Evaluation& into, std::size_t measure, int cell) const {
    for (std::size_t i = 0; i < code_.atoms.size(); ++i) {
      const Atom& atom = code_.atoms[i];
      if (atom.kind == Atom::Kind::number && atom.measure == measure) into.atoms[i] = law::holds_in_cell(atom, cell) ? Truth::yes : Truth::no;
    }
  }

  bool differs() {
    const auto& boundaries = code_.measures[cut_.measure].boundaries;
    const auto at = static_cast<int>(std::ranges::find(boundaries, cut_.boundary) - boundaries.begin());
    above_.atoms = below_.atoms;
    set_cell(below_, cut_.measure, at);
    set_cell(above_, cut_.measure, at + 1);
    law::evaluate(code_, below_);
    law::evaluate(code_, above_);
    return !same(below_.conclusions, above_.conclusions);
  }

  static constexpr std::size_t most_switches = 10;
  const law::Code& code_;
  const Cut& cut_;
  std::vector<std::size_t> cells_;         ///< other measures the clause asks
  std::vector<std::uint32_t> switches_;    ///< its questions about names and truths
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
