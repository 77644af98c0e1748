// Measures as intervals and cells: which cells of a measure a fact may lie in.
#pragma once
#include <vector>

#include "law/code.h"
#include "law/facts.h"

namespace brightline::law {

/// One end of an interval; infinite when `infinite`.
struct End {
  base::Exact value;
  bool infinite = false;
  bool open = false;
};

/// The values a measure may take. `maybe_none`: some completion gives it no value (a division by zero);
/// `surely_none`: every completion does.
struct Interval {
  End low;
  End high;
  bool maybe_none = false;
  bool surely_none = false;

  static Interval point(const base::Exact& value) { return {{value, false, false}, {value, false, false}, false, false}; }
  static Interval all() { return {{base::Exact(), false, false}, {base::Exact(), true, true}, false, false}; }  ///< [0, inf)
  [[nodiscard]] bool is_point() const { return !low.infinite && !high.infinite && low.value == high.value && !maybe_none && !surely_none; }
};

/// Cells [first, last] of a measure; `none` counts as one more cell of its own.
struct CellRange {
  int first = 0;
  int last = 0;
  bool maybe_none = false;
  bool surely_none = false;
  [[nodiscard]] bool single() const { return surely_none || (first == last && !maybe_none); }
};

/// The interval a fact leaves a numeric word.
Interval interval_of(const Fact& fact);
/// The interval of a measure, computed from intervals of its words (by word index).
Interval interval_of(const Measure& measure, const std::vector<Interval>& words);
/// The part of `interval` that lies in cell `cell` of `measure`.
Interval cell_of(const Measure& measure, int cell, const Interval& interval);
CellRange cells_of(const Measure& measure, const Interval& interval);
/// Does a value in `cell` (or none, when cell is -1) satisfy the numeric atom?
inline bool holds_in_cell(const Atom& atom, int cell) {
  if (cell < 0) return false;
  const bool from_boundary = cell > static_cast<int>(atom.boundary);
  return atom.yes ? from_boundary : !from_boundary;
}

}  // namespace brightline::law
