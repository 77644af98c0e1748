#include "law/judge.h"

#include <algorithm>
#include <bit>
#include <map>

namespace brightline::law {

namespace {

constexpr std::size_t most_leaves = 20'000;     // beyond, the first look stands
constexpr std::size_t most_missing_words = 4;   // nobody acts on a longer list
constexpr std::size_t most_missing_sets = 6;

const char* const undetermined = "undetermined";

std::string single(Mask mask, const std::vector<std::string>& values) {
  if (!determined(mask)) return undetermined;
  const auto at = static_cast<std::size_t>(std::countr_zero(mask));
  return at < values.size() ? values[at] : undetermined;
}

bool all_determined(const Conclusions& c) {
  return determined(c.paragraph) && determined(c.label) && determined(c.licence) && determined(c.requirement) && determined(c.review) && determined(c.duty);
}

bool same_outcome(const Conclusions& a, const Conclusions& b) {
  return a.paragraph == b.paragraph && a.label == b.label && a.licence == b.licence && a.requirement == b.requirement && a.review == b.review && a.duty == b.duty;
}

}  // namespace

std::string Answer::paragraph() const {
  if (!determined(conclusions.paragraph)) return undetermined;
  return paragraph_names.at(static_cast<std::size_t>(std::countr_zero(conclusions.paragraph)));
}

std::string Answer::label() const { return single(conclusions.label, code->values[static_cast<std::size_t>(Verb::label)]); }
std::string Answer::review() const { return single(conclusions.review, code->values[static_cast<std::size_t>(Verb::review)]); }
std::string Answer::duty() const { return single(conclusions.duty, code->values[static_cast<std::size_t>(Verb::duty)]); }

std::string Answer::licence() const {
  if (conclusions.licence == 1) return "not-required";
  return conclusions.licence == 2 ? "required" : undetermined;
}

std::string Answer::requirement() const {
  if (!determined(conclusions.requirement)) return undetermined;
  return to_text(static_cast<Requirement>(std::countr_zero(conclusions.requirement)));
}

std::vector<std::string> Answer::set_of(Verb verb) const {
  std::vector<std::string> out;
  const auto at = static_cast<std::size_t>(verb);
  for (std::size_t i = 1; i < code->values[at].size(); ++i) {
    if ((conclusions.surely[at] >> i & 1U) != 0) out.push_back(code->values[at][i]);
  }
  return out;
}

std::vector<std::string> Answer::exceptions() const { return set_of(Verb::permit); }
bool Answer::decided() const { return all_determined(conclusions); }

Judge::Judge(const Code& code) : code_(code) {
  answer_.code = &code;
  evaluation_.atoms.resize(code.atoms.size(), Truth::no);
  answer_.measures.resize(code.measures.size());
}

const Answer& Judge::first_look(const Facts& facts) {
  words_.resize(facts.size());
  for (std::size_t i = 0; i < facts.size(); ++i) words_[i] = interval_of(facts[i]);
  answer_atoms(facts);
  evaluate(code_, evaluation_);
  answer_.atoms = evaluation_.atoms;
  answer_.holds = evaluation_.holds;
  answer_.conclusions = evaluation_.conclusions;
  answer_.missing.clear();
  answer_.exhaustive = true;
  return answer_;
}

const Answer& Judge::judge(const Facts& facts) {
  first_look(facts);
  if (all_determined(answer_.conclusions)) return answer_;
  const Conclusions first_look = answer_.conclusions;
  collect_variables(facts);
  leaves_.clear();
  std::vector<int> choices;
  complete(0, choices);
  if (!answer_.exhaustive) {
    answer_.conclusions = first_look;
    return answer_;
  }
  for (std::size_t i = 0; i < leaves_.size(); ++i) answer_.conclusions.join(leaves_[i].conclusions, i == 0);
  if (!all_determined(answer_.conclusions)) find_missing();
  return answer_;
}

void Judge::answer_atoms(const Facts& facts) {
  for (std::size_t m = 0; m < code_.measures.size(); ++m) answer_.measures[m] = interval_of(code_.measures[m], words_);
  cells_.resize(code_.measures.size());
  for (std::size_t m = 0; m < code_.measures.size(); ++m) cells_[m] = cells_of(code_.measures[m], answer_.measures[m]);
  for (std::size_t i = 0; i < code_.atoms.size(); ++i) {
    const Atom& atom = code_.atoms[i];
    Truth& out = evaluation_.atoms[i];
    switch (atom.kind) {
      case Atom::Kind::constant: out = atom.yes ? Truth::yes : Truth::no; break;
      case Atom::Kind::truth: out = facts[atom.word].known ? facts[atom.word].truth : Truth::unknown; break;
      case Atom::Kind::member: {
        const Fact& fact = facts[atom.word];
        out = !fact.known ? Truth::unknown : atom.members[fact.symbol] ? Truth::yes : Truth::no;
        break;
      }
      case Atom::Kind::number: {
        const CellRange& range = cells_[atom.measure];
        const bool at_first = holds_in_cell(atom, range.first);
        const bool at_last = holds_in_cell(atom, range.last);
        const bool varies = at_first != at_last || (range.maybe_none && !range.surely_none && at_first);
        out = varies ? Truth::unknown : at_first ? Truth::yes : Truth::no;
        break;
      }
      case Atom::Kind::presumed:
      case Atom::Kind::licence:
      case Atom::Kind::paragraph: out = Truth::unknown; break;
    }
  }
}

// Only what is asked by a clause that is still open can change an answer.
void Judge::collect_variables(const Facts& facts) {
  variables_.clear();
  std::vector<bool> seen_words(facts.size());
  std::vector<bool> seen_measures(code_.measures.size());
  std::vector<std::size_t> composed;
  for (std::size_t i = 0; i < code_.clauses.size(); ++i) {
    if (answer_.holds[i] != Truth::unknown) continue;
    for (const std::uint32_t at : code_.clauses[i].atoms) {
      const Atom& atom = code_.atoms[at];
      if (answer_.atoms[at] != Truth::unknown) continue;
      if (atom.kind == Atom::Kind::number && !seen_measures[atom.measure]) {
        seen_measures[atom.measure] = true;
        const Measure& measure = code_.measures[atom.measure];
        if (measure.steps.size() > 1) {
          composed.push_back(atom.measure);
        } else {
          variables_.push_back({Variable::Kind::measure, atom.measure, measure.words, {}});
        }
      } else if (atom.kind == Atom::Kind::truth && !seen_words[atom.word]) {
        seen_words[atom.word] = true;
        variables_.push_back({Variable::Kind::truth, atom.word, {atom.word}, {}});
      } else if (atom.kind == Atom::Kind::member && !seen_words[atom.word]) {
        seen_words[atom.word] = true;
        collect_symbol(atom.word);
      }
    }
  }
  for (const std::size_t m : composed) {  // after the words they are computed from
    Variable variable{Variable::Kind::measure, m, {}, {}};
    for (const std::size_t word : code_.measures[m].words) {
      if (!words_[word].is_point()) variable.words.push_back(word);
    }
    variables_.push_back(std::move(variable));
  }
}

// Symbols no condition tells apart are one class; the first of each stands for all.
void Judge::collect_symbol(std::size_t word) {
  std::map<std::vector<bool>, Symbol> classes;
  const auto& values = code_.law->vocabulary.words()[word].values;
  for (std::size_t s = other_symbol; s < code_.law->symbols.size(); ++s) {
    const auto symbol = static_cast<Symbol>(s);
    if (!values.empty() && std::ranges::find(values, code_.law->symbols.name(symbol)) == values.end()) continue;
    std::vector<bool> signature;
    for (const Atom& atom : code_.atoms) {
      if (atom.kind == Atom::Kind::member && atom.word == word) signature.push_back(atom.members[symbol]);
    }
    classes.emplace(std::move(signature), symbol);
  }
  Variable variable{Variable::Kind::symbol, word, {word}, {}};
  for (const auto& [signature, symbol] : classes) variable.representatives.push_back(symbol);
  variables_.push_back(std::move(variable));
}

void Judge::choose_symbol(std::size_t word, Symbol symbol) {
  for (std::size_t i = 0; i < code_.atoms.size(); ++i) {
    const Atom& atom = code_.atoms[i];
    if (atom.kind == Atom::Kind::member && atom.word == word) evaluation_.atoms[i] = atom.members[symbol] ? Truth::yes : Truth::no;
  }
}

void Judge::choose_truth(std::size_t word, Truth value) {
  for (std::size_t i = 0; i < code_.atoms.size(); ++i) {
    if (code_.atoms[i].kind == Atom::Kind::truth && code_.atoms[i].word == word) evaluation_.atoms[i] = value;
  }
}

void Judge::choose_cell(std::size_t measure, int cell) {
  for (std::size_t i = 0; i < code_.atoms.size(); ++i) {
    const Atom& atom = code_.atoms[i];
    if (atom.kind == Atom::Kind::number && atom.measure == measure) evaluation_.atoms[i] = holds_in_cell(atom, cell) ? Truth::yes : Truth::no;
  }
}

void Judge::complete(std::size_t at, std::vector<int>& choices) {
  if (!answer_.exhaustive) return;
  if (at == variables_.size()) {
    if (leaves_.size() >= most_leaves) {
      answer_.exhaustive = false;
      return;
    }
    evaluate(code_, evaluation_);
    leaves_.push_back({choices, evaluation_.conclusions});
    return;
  }
  const Variable& variable = variables_[at];
  const auto with = [&](int choice) {
    choices.push_back(choice);
    complete(at + 1, choices);
    choices.pop_back();
  };
  if (variable.kind == Variable::Kind::truth) {
    for (const Truth value : {Truth::no, Truth::yes}) {
      choose_truth(variable.index, value);
      with(static_cast<int>(value));
    }
  } else if (variable.kind == Variable::Kind::symbol) {
    for (const Symbol symbol : variable.representatives) {
      choose_symbol(variable.index, symbol);
      with(symbol);
    }
  } else {
    const Measure& measure = code_.measures[variable.index];
    const Interval whole = interval_of(measure, words_);
    const CellRange range = cells_of(measure, whole);
    const bool own_word = measure.steps.size() == 1;
    if (range.maybe_none) {
      choose_cell(variable.index, -1);
      with(-1);
    }
    for (int cell = range.first; cell >= 0 && cell <= range.last; ++cell) {
      choose_cell(variable.index, cell);
      if (own_word) words_[measure.words[0]] = cell_of(measure, cell, whole);
      with(cell);
      if (own_word) words_[measure.words[0]] = whole;
    }
  }
}

// A set of words decides when completions that agree on them always come to the same outcome.
bool Judge::decides(const std::vector<std::size_t>& words) const {
  std::vector<std::size_t> fixed;
  for (std::size_t v = 0; v < variables_.size(); ++v) {
    const auto known = [&](std::size_t word) { return std::ranges::find(words, word) != words.end(); };
    if (std::ranges::all_of(variables_[v].words, known)) fixed.push_back(v);
  }
  std::map<std::vector<int>, const Conclusions*> seen;
  for (const Leaf& leaf : leaves_) {
    std::vector<int> key;
    key.reserve(fixed.size());
    for (const std::size_t v : fixed) key.push_back(leaf.choices[v]);
    const auto [found, fresh] = seen.emplace(std::move(key), &leaf.conclusions);
    if (!fresh && !same_outcome(*found->second, leaf.conclusions)) return false;
  }
  return true;
}

void Judge::find_missing() {
  std::vector<std::size_t> words;
  for (const Variable& variable : variables_) {
    for (const std::size_t word : variable.words) {
      if (std::ranges::find(words, word) == words.end()) words.push_back(word);
    }
  }
  if (words.size() > 16) return;
  std::vector<std::uint32_t> found;
  for (std::size_t size = 1; size <= most_missing_words && answer_.missing.size() < most_missing_sets; ++size) {
    for (std::uint32_t subset = 1; subset < (1U << words.size()); ++subset) {
      if (static_cast<std::size_t>(std::popcount(subset)) != size || answer_.missing.size() >= most_missing_sets) continue;
      if (std::ranges::any_of(found, [subset](std::uint32_t known) { return (known & subset) == known; })) continue;
      std::vector<std::size_t> chosen;
      for (std::size_t i = 0; i < words.size(); ++i) {
        if ((subset >> i & 1U) != 0) chosen.push_back(words[i]);
      }
      if (!decides(chosen)) continue;
      found.push_back(subset);
      answer_.missing.push_back(std::move(chosen));
    }
  }
}

}  // namespace brightline::law
