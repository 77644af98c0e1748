#include "law/judge.h"

#include <algorithm>
#include <bit>
#include <map>

namespace brightline::law {

namespace {

constexpr std::size_t most_leaves = 20'000;     // beyond, the first look stands
constexpr int any_choice = -2;                   // a variable the leaf does not depend on
constexpr std::size_t most_compared = 3'000;     // leaves among which missing facts are looked for
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

// Nothing that is still open could change this: not the one-value conclusions, not the exceptions, not the flags.
bool settled(const Conclusions& c) {
  const auto same = [&c](Verb verb) { return c.surely[static_cast<std::size_t>(verb)] == c.possibly[static_cast<std::size_t>(verb)]; };
  return all_determined(c) && same(Verb::permit) && same(Verb::flag);
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
  atoms_of_measure_.resize(code.measures.size());
  atoms_of_word_.resize(code.law->vocabulary.words().size());
  classes_of_word_.resize(atoms_of_word_.size());
  for (std::uint32_t i = 0; i < code.atoms.size(); ++i) {
    const Atom& atom = code.atoms[i];
    if (atom.kind == Atom::Kind::number) atoms_of_measure_[atom.measure].push_back(i);
    if (atom.kind == Atom::Kind::truth || atom.kind == Atom::Kind::member) atoms_of_word_[atom.word].push_back(i);
  }
  words_.resize(atoms_of_word_.size());
  std::vector<bool> read(words_.size());
  for (const Measure& measure : code.measures) {
    for (const std::size_t word : measure.words) read[word] = true;
    if (measure.stated) read[*measure.stated] = true;
  }
  for (std::size_t word = 0; word < read.size(); ++word) {
    if (read[word]) words_read_.push_back(word);
  }
  evaluation_.atoms.resize(code.atoms.size(), Truth::no);
  answer_.measures.resize(code.measures.size());
}

// Two clauses that contradict each other on these facts make the law's files bad input, whoever asks.
void Judge::draw_conclusions() {
  Conflict conflict;
  evaluate(code_, evaluation_, &conflict);
  if (conflict.found) throw base::BadInput(conflict_problem(code_, conflict));
}

const Answer& Judge::first_look(const Facts& facts) {
  for (const std::size_t word : words_read_) words_[word] = interval_of(facts[word]);
  answer_atoms(facts);
  start_afresh(evaluation_);
  draw_conclusions();
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
  keep_what_is_sure(code_, evaluation_);  // no completion changes it
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
  std::vector<Symbol>& representatives = classes_of_word_[word];
  if (representatives.empty()) {
    std::map<std::vector<bool>, Symbol> classes;
    const auto& values = code_.law->vocabulary.words()[word].values;
    for (std::size_t s = other_symbol; s < code_.law->symbols.size(); ++s) {
      const auto symbol = static_cast<Symbol>(s);
      if (!values.empty() && std::ranges::find(values, code_.law->symbols.name(symbol)) == values.end()) continue;
      std::vector<bool> signature;
      for (const std::uint32_t at : atoms_of_word_[word]) signature.push_back(code_.atoms[at].members[symbol]);
      classes.emplace(std::move(signature), symbol);
    }
    for (const auto& [signature, symbol] : classes) representatives.push_back(symbol);
  }
  variables_.push_back({Variable::Kind::symbol, word, {word}, representatives});
}

void Judge::choose(const Variable& variable, int choice) {
  if (variable.kind == Variable::Kind::measure) {
    for (const std::uint32_t at : atoms_of_measure_[variable.index]) evaluation_.atoms[at] = holds_in_cell(code_.atoms[at], choice) ? Truth::yes : Truth::no;
    return;
  }
  for (const std::uint32_t at : atoms_of_word_[variable.index]) {
    const bool yes = variable.kind == Variable::Kind::truth ? choice != 0 : code_.atoms[at].members[static_cast<std::size_t>(choice)];
    evaluation_.atoms[at] = yes ? Truth::yes : Truth::no;
  }
}

void Judge::leave_open(const Variable& variable) {
  const auto& atoms = variable.kind == Variable::Kind::measure ? atoms_of_measure_[variable.index] : atoms_of_word_[variable.index];
  for (const std::uint32_t at : atoms) evaluation_.atoms[at] = answer_.atoms[at];
}

// A tree of choices: where what is chosen so far already settles every conclusion, the rest need not be chosen.
void Judge::complete(std::size_t at, std::vector<int>& choices) {
  if (!answer_.exhaustive) return;
  if (at > 0) draw_conclusions();  // with nothing chosen the first look's stand
  if (at == variables_.size() || settled(evaluation_.conclusions)) {
    if (leaves_.size() >= most_leaves) {
      answer_.exhaustive = false;
      return;
    }
    leaves_.push_back({choices, evaluation_.conclusions});
    leaves_.back().choices.resize(variables_.size(), any_choice);
    return;
  }
  const Variable& variable = variables_[at];
  const auto with = [&](int choice) {
    choose(variable, choice);
    choices.push_back(choice);
    complete(at + 1, choices);
    choices.pop_back();
  };
  if (variable.kind == Variable::Kind::truth) {
    with(0);
    with(1);
  } else if (variable.kind == Variable::Kind::symbol) {
    for (const Symbol symbol : variable.representatives) with(symbol);
  } else {
    const Measure& measure = code_.measures[variable.index];
    const Interval whole = interval_of(measure, words_);
    const CellRange range = cells_of(measure, whole);
    const bool own_word = measure.steps.size() == 1;
    if (range.maybe_none) with(-1);
    for (int cell = range.first; cell >= 0 && cell <= range.last; ++cell) {
      if (own_word) words_[measure.words[0]] = cell_of(measure, cell, whole);
      with(cell);
      if (own_word) words_[measure.words[0]] = whole;
    }
  }
  leave_open(variable);
}

// A set of words decides when completions that agree on them always come to the same outcome.
bool Judge::decides(const std::vector<std::size_t>& words) const {
  std::vector<std::size_t> fixed;
  for (std::size_t v = 0; v < variables_.size(); ++v) {
    const auto known = [&](std::size_t word) { return std::ranges::find(words, word) != words.end(); };
    if (std::ranges::all_of(variables_[v].words, known)) fixed.push_back(v);
  }
  for (std::size_t i = 0; i < leaves_.size(); ++i) {
    for (std::size_t j = i + 1; j < leaves_.size(); ++j) {
      if (same_outcome(leaves_[i].conclusions, leaves_[j].conclusions)) continue;
      const bool meet = std::ranges::all_of(fixed, [&](std::size_t v) {
        const int a = leaves_[i].choices[v];
        const int b = leaves_[j].choices[v];
        return a == b || a == any_choice || b == any_choice;
      });
      if (meet) return false;
    }
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
  if (words.size() > 16 || leaves_.size() > most_compared) return;
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
  if (!answer_.missing.empty() || words.empty()) return;
  // no short list decides: then a longer one, without what makes no difference
  for (std::size_t i = words.size(); i-- > 0;) {
    std::vector<std::size_t> fewer = words;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    if (decides(fewer)) words = std::move(fewer);
  }
  answer_.missing.push_back(words);
}

}  // namespace brightline::law
