#include "search/label_walk.h"

#include <algorithm>
#include <map>

#include "law/agenda.h"
#include "law/judge.h"

namespace brightline::search {

using law::Atom;
using law::Truth;

namespace {

bool of_conclusion(const Atom& atom) {
  return atom.kind == Atom::Kind::presumed || atom.kind == Atom::Kind::licence || atom.kind == Atom::Kind::paragraph ||
         atom.kind == Atom::Kind::constant;
}

}  // namespace

LabelWalk::LabelWalk(law::Code code, const law::Facts& fixed) : code_(std::move(code)) {
  // clauses stand in the order of their verbs, so the cut leaves every index good
  std::erase_if(code_.clauses, [](const law::CompiledClause& clause) { return clause.verb > law::Verb::label; });
  law::plan_evaluation(code_);
  for (std::size_t i = 0; i < fixed.size(); ++i) words_.push_back(law::interval_of(fixed[i]));
  law::Judge judge(code_);
  const law::Answer& look = judge.first_look(fixed);
  evaluation_.atoms = look.atoms;
  law::evaluate(code_, evaluation_);
  law::keep_what_is_sure(code_, evaluation_);
  names_.assign(fixed.size(), law::unknown_symbol);
  for (std::size_t i = 0; i < code_.clauses.size(); ++i) {
    if (look.holds[i] != Truth::unknown) continue;
    for (const std::uint32_t at : code_.clauses[i].atoms) {
      if (!of_conclusion(code_.atoms[at]) && look.atoms[at] == Truth::unknown) add_axis(code_.atoms[at]);
    }
  }
}

void LabelWalk::add_axis(const Atom& atom) {
  const std::size_t index = atom.kind == Atom::Kind::number ? atom.measure : atom.word;
  const auto same = [&](const Axis& axis) { return axis.kind == atom.kind && axis.index == index; };
  if (std::ranges::any_of(axes_, same)) return;
  Axis axis;
  axis.kind = atom.kind;
  axis.index = index;
  for (std::size_t i = 0; i < code_.atoms.size(); ++i) {
    const Atom& other = code_.atoms[i];
    const std::size_t of = other.kind == Atom::Kind::number ? other.measure : other.word;
    if (other.kind == atom.kind && of == index) axis.atoms.push_back(static_cast<std::uint32_t>(i));
  }
  axis.cells = 2;
  if (atom.kind == Atom::Kind::number) {
    axis.may_lack_value = law::interval_of(code_.measures[index], words_).maybe_none;
    axis.cells = static_cast<int>(code_.measures[index].boundaries.size()) + 1 + (axis.may_lack_value ? 1 : 0);
  } else if (atom.kind == Atom::Kind::member) {
    add_names(axis);
  }
  axes_.push_back(std::move(axis));
}

// Of a closed word every value is its own cell, so that a note can name it; of an open one, every class.
void LabelWalk::add_names(Axis& axis) {
  const auto& values = code_.law->vocabulary.words()[axis.index].values;
  std::map<std::vector<bool>, law::Symbol> classes;
  for (std::size_t s = law::other_symbol; s < code_.law->symbols.size(); ++s) {
    const auto symbol = static_cast<law::Symbol>(s);
    if (!values.empty()) {
      if (std::ranges::find(values, code_.law->symbols.name(symbol)) != values.end()) axis.names.push_back(symbol);
      continue;
    }
    std::vector<bool> signature;
    for (const std::uint32_t at : axis.atoms) signature.push_back(code_.atoms[at].members[s]);
    if (classes.emplace(std::move(signature), symbol).second) axis.names.push_back(symbol);
  }
  axis.cells = static_cast<int>(axis.names.size());
}

void LabelWalk::choose(const Axis& axis, int cell) {
  const bool number = axis.kind == Atom::Kind::number;
  const bool none = number && axis.may_lack_value && cell == axis.cells - 1;
  if (axis.kind == Atom::Kind::member) names_[axis.index] = axis.names[static_cast<std::size_t>(cell)];
  for (const std::uint32_t at : axis.atoms) {
    const Atom& atom = code_.atoms[at];
    const bool yes = number                           ? law::holds_in_cell(atom, none ? -1 : cell)
                     : axis.kind == Atom::Kind::truth ? cell == 1
                                                      : atom.members[axis.names[static_cast<std::size_t>(cell)]];
    evaluation_.atoms[at] = yes ? Truth::yes : Truth::no;
  }
}

bool LabelWalk::reachable(const std::vector<int>& cells) const {
  std::vector<law::Interval> words = words_;
  for (std::size_t i = 0; i < axes_.size(); ++i) {
    if (axes_[i].kind != Atom::Kind::number) continue;
    const law::Measure& measure = code_.measures[axes_[i].index];
    if (measure.steps.size() == 1) words[measure.words[0]] = law::cell_of(measure, cells[i], words[measure.words[0]]);
  }
  for (std::size_t i = 0; i < axes_.size(); ++i) {
    if (axes_[i].kind != Atom::Kind::number) continue;
    const law::Measure& measure = code_.measures[axes_[i].index];
    if (measure.steps.size() == 1) continue;
    const law::Interval interval = law::interval_of(measure, words);
    const law::CellRange range = law::cells_of(measure, interval);
    const bool none = axes_[i].may_lack_value && cells[i] == axes_[i].cells - 1;
    if (none ? !interval.maybe_none : range.surely_none || cells[i] < range.first || cells[i] > range.last) return false;
  }
  return true;
}

std::size_t LabelWalk::visit(const std::function<void(const Cell&)>& visitor) {
  std::vector<int> cells(axes_.size(), 0);
  for (const Axis& axis : axes_) choose(axis, 0);
  std::size_t visited = 0;
  while (true) {
    if (reachable(cells)) {
      law::Conflict conflict;
      law::evaluate(code_, evaluation_, &conflict);
      visitor({&evaluation_.conclusions, &conflict, &names_});
      ++visited;
    }
    std::size_t axis = 0;
    while (axis < axes_.size() && ++cells[axis] == axes_[axis].cells) {
      cells[axis] = 0;
      choose(axes_[axis], 0);
      ++axis;
    }
    if (axis == axes_.size()) return visited;
    choose(axes_[axis], cells[axis]);
  }
}

}  // namespace brightline::search
