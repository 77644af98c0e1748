#include "law/legal_map.h"

#include <algorithm>
#include <bit>
#include <map>

namespace brightline::law {

namespace {

using Step = NumberStep::Op;

std::uint8_t index_of(Mask mask) { return determined(mask) ? static_cast<std::uint8_t>(std::countr_zero(mask)) : 2; }

std::optional<std::int64_t> in_millionths(const base::Exact& value) {
  const auto scaled = times(value, base::Exact(millionths));
  return scaled && scaled->den() == 1 ? std::optional(scaled->num()) : std::nullopt;
}

// A cut that is no whole number of millionths sends its measure to exact arithmetic.
FastMeasure fast_form(const Measure& measure) {
  FastMeasure out;
  for (const Boundary& boundary : measure.boundaries) {
    const auto value = in_millionths(boundary.value);
    if (!value) return {};
    out.cuts.push_back({*value, boundary.above ? 1 : 0});
  }
  const auto& steps = measure.steps;
  const auto word = [&](std::size_t i) { return i < steps.size() && steps[i].op == Step::word; };
  if (steps.size() == 1 && word(0)) {
    out.form = FastMeasure::Form::word;
    out.first = steps[0].word;
  } else if (steps.size() == 3 && word(0) && word(1) && (steps[2].op == Step::over || steps[2].op == Step::plus)) {
    out.form = steps[2].op == Step::over ? FastMeasure::Form::ratio : FastMeasure::Form::sum;
    out.first = steps[0].word;
    out.second = steps[1].word;
  }
  return out;
}

}  // namespace

LegalMap LegalMap::build(const Code& code, const Facts& fixed, base::Problems& problems) {
  LegalMap map;
  map.code_ = &code;
  for (std::size_t i = 0; i < fixed.size(); ++i) map.words_.push_back(interval_of(fixed[i]));
  Judge first_look(code);
  map.fixed_atoms_ = first_look.first_look(fixed).atoms;
  map.find_axes(fixed);
  map.fill(problems);
  map.strides_.resize(map.axes_.size());
  for (std::size_t axis = 0; axis < map.axes_.size(); ++axis) {
    for (std::size_t t = 0; t < table_count; ++t) {
      const auto& strides = map.slices_[t].strides;
      map.strides_[axis][t] = axis < strides.size() ? strides[axis] : 0;  // a map that was refused has none
    }
  }
  return map;
}

// An atom bears on a table when a clause that can still go either way asks it; conclusions of earlier verbs hand on
// what bears on them.
std::vector<bool> LegalMap::atoms_bearing_on(Table table, const std::vector<Truth>& holds) const {
  std::vector<bool> verbs(verb_count);
  const auto need = [&](Verb verb) { verbs[static_cast<std::size_t>(verb)] = true; };
  if (table == paragraph_table) need(Verb::classify);
  if (table == licence_table || table == requirement_table || table == review_table) need(Verb::require);
  if (table == requirement_table || table == review_table) need(Verb::permit);
  if (table == review_table) need(Verb::review);
  std::vector<bool> out(code_->atoms.size());
  for (std::size_t i = code_->clauses.size(); i-- > 0;) {
    const CompiledClause& clause = code_->clauses[i];
    if (!verbs[static_cast<std::size_t>(clause.verb)] || holds[i] != Truth::unknown) continue;
    for (const std::uint32_t at : clause.atoms) {
      out[at] = true;
      if (code_->atoms[at].kind == Atom::Kind::paragraph) need(Verb::classify);
      if (code_->atoms[at].kind == Atom::Kind::presumed) need(Verb::presume);
      if (code_->atoms[at].kind == Atom::Kind::licence) need(Verb::require);
    }
  }
  return out;
}

void LegalMap::find_axes(const Facts& fixed) {
  std::map<std::pair<int, std::size_t>, std::size_t> known;
  // only atoms of clauses that the fixed facts leave open can make a difference
  Evaluation look;
  look.atoms = fixed_atoms_;
  evaluate(*code_, look);
  std::array<std::vector<bool>, table_count> bearing;
  for (int t = 0; t < table_count; ++t) bearing[static_cast<std::size_t>(t)] = atoms_bearing_on(static_cast<Table>(t), look.holds);
  for (std::size_t i = 0; i < code_->atoms.size(); ++i) {
    const Atom& atom = code_->atoms[i];
    const bool conclusion = atom.kind == Atom::Kind::presumed || atom.kind == Atom::Kind::licence || atom.kind == Atom::Kind::paragraph;
    const bool read = std::ranges::any_of(bearing, [i](const std::vector<bool>& atoms) { return atoms[i]; });
    if (!read || conclusion || fixed_atoms_[i] != Truth::unknown) continue;
    const Axis::Kind kind = atom.kind == Atom::Kind::number ? Axis::Kind::measure : atom.kind == Atom::Kind::truth ? Axis::Kind::truth : Axis::Kind::symbol;
    const std::size_t index = kind == Axis::Kind::measure ? atom.measure : atom.word;
    const auto [at, fresh] = known.emplace(std::pair(static_cast<int>(kind), index), axes_.size());
    if (fresh) {
      Axis axis;
      axis.kind = kind;
      axis.index = index;
      FastMeasure fast;
      if (kind == Axis::Kind::measure) {
        const Measure& measure = code_->measures[index];
        const bool may_lack_value = interval_of(measure, words_).maybe_none;
        axis.cells = static_cast<int>(measure.boundaries.size()) + 1 + (may_lack_value ? 1 : 0);
        fast = fast_form(measure);
        // a design does not state what the transaction fixes, and the fast forms read the design alone
        if (std::ranges::any_of(measure.words, [this](std::size_t word) { return words_[word].is_point(); })) fast = FastMeasure{};
      } else if (kind == Axis::Kind::truth) {
        axis.cells = 2;
      } else {
        std::map<std::vector<bool>, std::uint8_t> classes;
        axis.class_of.assign(code_->law->symbols.size(), 0);
        const auto& values = code_->law->vocabulary.words()[index].values;
        for (std::size_t s = other_symbol; s < code_->law->symbols.size(); ++s) {
          // of a closed set only its own values are possible
          if (!values.empty() && std::ranges::find(values, code_->law->symbols.name(static_cast<Symbol>(s))) == values.end()) continue;
          std::vector<bool> signature;
          for (const Atom& other : code_->atoms) {
            if (other.kind == Atom::Kind::member && other.word == index) signature.push_back(other.members[s]);
          }
          const auto [where, is_new] = classes.emplace(signature, static_cast<std::uint8_t>(classes.size()));
          if (is_new) axis.representatives.push_back(static_cast<Symbol>(s));
          axis.class_of[s] = where->second;
        }
        axis.cells = static_cast<int>(axis.representatives.size());
      }
      axes_.push_back(std::move(axis));
      fast_.push_back(std::move(fast));
    }
    for (std::size_t t = 0; t < table_count; ++t) {
      auto& slice = slices_[t].axes;
      if (bearing[t][i] && std::ranges::find(slice, at->second) == slice.end()) slice.push_back(at->second);
    }
  }
  (void)fixed;
}

void LegalMap::set_atoms(Evaluation& evaluation, std::size_t axis, int cell) const {
  const Axis& along = axes_[axis];
  const bool none = along.kind == Axis::Kind::measure && cell > static_cast<int>(code_->measures[along.index].boundaries.size());
  for (std::size_t i = 0; i < code_->atoms.size(); ++i) {
    const Atom& atom = code_->atoms[i];
    bool yes = false;
    if (along.kind == Axis::Kind::measure) {
      if (atom.kind != Atom::Kind::number || atom.measure != along.index) continue;
      yes = holds_in_cell(atom, none ? -1 : cell);
    } else if (along.kind == Axis::Kind::truth) {
      if (atom.kind != Atom::Kind::truth || atom.word != along.index) continue;
      yes = cell == 1;
    } else {
      if (atom.kind != Atom::Kind::member || atom.word != along.index) continue;
      yes = atom.members[along.representatives[static_cast<std::size_t>(cell)]];
    }
    evaluation.atoms[i] = yes ? Truth::yes : Truth::no;
  }
}

bool LegalMap::fill(base::Problems& problems) {
  Evaluation evaluation;
  for (std::size_t t = 0; t < table_count; ++t) {
    Slice& slice = slices_[t];
    std::size_t size = 1;
    slice.strides.assign(axes_.size(), 0);
    for (const std::size_t axis : slice.axes) {
      slice.strides[axis] = static_cast<std::uint32_t>(size);
      size *= static_cast<std::size_t>(axes_[axis].cells);
      if (size > most_cells) {
        problems.add({code_->law->directory, 0, 0, {}}, "a legal map would have over a million cells", "fix more of the transaction's facts");
        slice.values.assign(1, 0);
        return false;
      }
    }
    slice.values.assign(size, 0);
    evaluation.atoms = fixed_atoms_;
    start_afresh(evaluation);
    evaluate(*code_, evaluation);
    keep_what_is_sure(*code_, evaluation);
    // axes the table does not read stand at their first cell: it can't matter
    for (std::size_t axis = 0; axis < axes_.size(); ++axis) set_atoms(evaluation, axis, 0);
    std::vector<int> cells(slice.axes.size(), 0);
    for (std::size_t at = 0; at < size; ++at) {
      Conflict conflict;
      evaluate(*code_, evaluation, &conflict);
      if (conflict.found && !report_conflict(slice, cells, conflict, problems)) return false;
      const Conclusions& c = evaluation.conclusions;
      slice.values[at] = t == paragraph_table     ? index_of(c.paragraph)
                         : t == licence_table     ? index_of(c.licence)
                         : t == requirement_table ? static_cast<std::uint8_t>(std::countr_zero(c.requirement))
                                                  : static_cast<std::uint8_t>(std::countr_zero(c.review));
      std::size_t i = 0;
      while (i < cells.size()) {
        const std::size_t axis = slice.axes[i];
        const bool wraps = ++cells[i] == axes_[axis].cells;
        if (wraps) cells[i] = 0;
        set_atoms(evaluation, axis, cells[i]);
        if (!wraps) break;
        ++i;
      }
    }
  }
  return true;
}

// Two clauses that both hold in a cell some chip could reach: one of them must say that it defeats the other.
bool LegalMap::report_conflict(const Slice& slice, const std::vector<int>& cells, const Conflict& conflict, base::Problems& problems) const {
  std::vector<int> all(axes_.size(), any_cell);
  for (std::size_t i = 0; i < cells.size(); ++i) all[slice.axes[i]] = cells[i];
  if (!reachable(all)) return true;
  problems.add(conflict_problem(*code_, conflict));
  return false;
}

int LegalMap::cell_of(const Axis& axis, const FastMeasure& fast, const Design& design) const {
  if (axis.kind == Axis::Kind::truth) return design.values[axis.index] != 0 ? 1 : 0;
  if (axis.kind == Axis::Kind::symbol) return axis.class_of[static_cast<std::size_t>(design.values[axis.index])];
  int cell = 0;
  switch (fast.form) {
    case FastMeasure::Form::word: {
      const std::int64_t value = design.values[fast.first];
      for (const auto& cut : fast.cuts) cell += static_cast<int>(value >= cut.value + cut.above);
      return cell;
    }
    case FastMeasure::Form::sum: {
      const std::int64_t value = design.values[fast.first] + design.values[fast.second];
      for (const auto& cut : fast.cuts) cell += static_cast<int>(value >= cut.value + cut.above);
      return cell;
    }
    case FastMeasure::Form::ratio: {
      const std::int64_t below = design.values[fast.second];
      if (below == 0) return axis.cells - 1;
      const __int128 above = static_cast<__int128>(design.values[fast.first]) * millionths;
      for (const auto& cut : fast.cuts) {
        const __int128 line = static_cast<__int128>(cut.value) * below;
        cell += static_cast<int>(above >= line + cut.above);
      }
      return cell;
    }
    case FastMeasure::Form::exact: break;
  }
  const Measure& measure = code_->measures[axis.index];
  std::vector<Interval> words = words_;
  for (const std::size_t word : measure.words) {
    if (words[word].is_point()) continue;
    const auto value = base::Exact::ratio(design.values[word], millionths);
    words[word] = Interval::point(value.value_or(base::Exact()));
  }
  const CellRange range = cells_of(measure, interval_of(measure, words));
  return range.surely_none ? axis.cells - 1 : range.first;
}

std::string review_name(const Code& code, std::uint8_t review) {
  const auto& names = code.values[static_cast<std::size_t>(Verb::review)];
  return review < names.size() ? names[review] : "undetermined";
}

Standing LegalMap::look_up(const Design& design) const {
  std::array<std::uint32_t, table_count> at{};
  for (std::size_t i = 0; i < axes_.size(); ++i) {
    const auto cell = static_cast<std::uint32_t>(cell_of(axes_[i], fast_[i], design));
    for (std::size_t t = 0; t < table_count; ++t) at[t] += strides_[i][t] * cell;
  }
  return {slices_[paragraph_table].values[at[paragraph_table]], slices_[licence_table].values[at[licence_table]],
          static_cast<Requirement>(slices_[requirement_table].values[at[requirement_table]]), slices_[review_table].values[at[review_table]]};
}

Standing LegalMap::at(const std::vector<int>& cells) const {
  std::array<std::uint32_t, table_count> at{};
  for (std::size_t i = 0; i < axes_.size(); ++i) {
    for (std::size_t t = 0; t < table_count; ++t) at[t] += slices_[t].strides[i] * static_cast<std::uint32_t>(cells[i]);
  }
  return {slices_[paragraph_table].values[at[paragraph_table]], slices_[licence_table].values[at[licence_table]],
          static_cast<Requirement>(slices_[requirement_table].values[at[requirement_table]]), slices_[review_table].values[at[review_table]]};
}

std::size_t LegalMap::cell_count() const {
  std::size_t out = 0;
  for (const Slice& slice : slices_) out += slice.values.size();
  return out;
}

bool LegalMap::reachable(const std::vector<int>& cells) const {
  std::vector<Interval> words = words_;
  for (std::size_t i = 0; i < axes_.size(); ++i) {
    if (axes_[i].kind != Axis::Kind::measure || cells[i] == any_cell) continue;
    const Measure& measure = code_->measures[axes_[i].index];
    if (measure.steps.size() != 1) continue;
    Interval& word = words[measure.words[0]];
    const CellRange range = cells_of(measure, word);
    if (cells[i] < range.first || cells[i] > range.last) return false;
    word = law::cell_of(measure, cells[i], word);
  }
  for (std::size_t i = 0; i < axes_.size(); ++i) {
    if (axes_[i].kind != Axis::Kind::measure || cells[i] == any_cell) continue;
    const Measure& measure = code_->measures[axes_[i].index];
    if (measure.steps.size() == 1) continue;
    const Interval interval = interval_of(measure, words);
    const CellRange range = cells_of(measure, interval);
    const bool none = cells[i] > static_cast<int>(measure.boundaries.size());
    if (none ? !interval.maybe_none : range.surely_none || cells[i] < range.first || cells[i] > range.last) return false;
  }
  return true;
}

std::vector<std::size_t> LegalMap::words() const {
  std::vector<std::size_t> out;
  const auto add = [&](std::size_t word) {
    if (!words_[word].is_point() && std::ranges::find(out, word) == out.end()) out.push_back(word);
  };
  for (const Axis& axis : axes_) {
    if (axis.kind != Axis::Kind::measure) {
      out.push_back(axis.index);
    } else {
      for (const std::size_t word : code_->measures[axis.index].words) add(word);
    }
  }
  return out;
}

}  // namespace brightline::law
