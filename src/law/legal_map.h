// The compiled form of the law for one transaction: with date, place and parties fixed, every conclusion is constant
// on the cells between the constants its conditions mention. One small table per conclusion; a look-up is a few
// comparisons. The table is the legal region: the report draws it, the search reads it.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "law/judge.h"

namespace brightline::law {

/// What an axis of a table counts: the cells of a measure, yes and no, or classes of names.
struct Axis {
  enum class Kind { measure, truth, symbol };
  Kind kind = Kind::measure;
  std::size_t index = 0;                ///< measure, or word
  std::vector<Symbol> representatives;  ///< of a symbol axis
  std::vector<std::uint8_t> class_of;   ///< of a symbol axis: cell by symbol
  int cells = 0;                        ///< a measure that may have no value has one more, its last
};

/// How to compute a measure from a design's coordinates without exact arithmetic on the way.
struct FastMeasure {
  enum class Form { word, ratio, sum, exact };
  Form form = Form::exact;
  std::size_t first = 0;
  std::size_t second = 0;
  struct Cut {
    std::int64_t value = 0;  ///< in millionths
    std::int64_t above = 0;  ///< 1 where the value itself lies below: a whole number of millionths is then beyond from value + 1
  };
  std::vector<Cut> cuts;
};

/// One design for look-up: numbers in millionths of the word's unit, truths as 0 or 1, names as symbols. Words the
/// map's transaction fixes are ignored.
struct Design {
  std::vector<std::int64_t> values;  ///< by word
};
inline constexpr std::int64_t millionths = 1'000'000;

/// What the map says of a design: indices as in Conclusions, `undetermined` where a clause says so.
struct Standing {
  std::uint8_t paragraph = 0;
  std::uint8_t licence = 0;  ///< 0 no, 1 yes, 2 undetermined
  Requirement requirement = Requirement::none;
  std::uint8_t review = 0;  ///< index into Code::values[review]
  friend bool operator==(const Standing&, const Standing&) = default;
};

/// The review policy of a standing; a licence for which no clause states one reads "undetermined".
std::string review_name(const Code& code, std::uint8_t review);

class LegalMap {
 public:
  /// Compiles `code` for the facts that are known; the item words left unknown become axes. A conflict between clauses,
  /// or a table beyond `most_cells`, is a Problem.
  static LegalMap build(const Code& code, const Facts& fixed, base::Problems& problems);

  [[nodiscard]] Standing look_up(const Design& design) const;
  [[nodiscard]] const std::vector<Axis>& axes() const { return axes_; }
  /// How a look-up computes the measure of an axis.
  [[nodiscard]] const FastMeasure& fast(std::size_t axis) const { return fast_[axis]; }
  [[nodiscard]] const Code& code() const { return *code_; }
  [[nodiscard]] std::size_t cell_count() const;

  /// Calls `visit(cells, standing)` for every reachable combination of cells; `cells` is by axis.
  template <class Visit>
  void for_each_cell(Visit visit) const;
  static constexpr int any_cell = -1;
  /// Is some combination of word values in these cells (any_cell: wherever)? Derived measures make some combinations empty.
  [[nodiscard]] bool reachable(const std::vector<int>& cells) const;
  [[nodiscard]] Standing at(const std::vector<int>& cells) const;
  /// The words that axes read, each once.
  [[nodiscard]] std::vector<std::size_t> words() const;

 private:
  static constexpr std::size_t most_cells = 1'000'000;
  enum Table { paragraph_table, licence_table, requirement_table, review_table, table_count };
  struct Slice {
    std::vector<std::size_t> axes;     ///< of this table
    std::vector<std::uint32_t> strides;  ///< by axis of the map; 0 where the table does not depend on it
    std::vector<std::uint8_t> values;
  };
  void find_axes(const Facts& fixed);
  bool fill(base::Problems& problems);
  bool report_conflict(const Slice& slice, const std::vector<int>& cells, const Conflict& conflict, base::Problems& problems) const;
  void set_atoms(Evaluation& evaluation, std::size_t axis, int cell) const;
  [[nodiscard]] int cell_of(const Axis& axis, const FastMeasure& fast, const Design& design) const;
  [[nodiscard]] std::vector<bool> atoms_bearing_on(Table table, const std::vector<Truth>& holds) const;

  const Code* code_ = nullptr;
  std::vector<Interval> words_;      ///< fixed facts as intervals
  std::vector<Truth> fixed_atoms_;   ///< answers that no axis changes
  std::vector<Axis> axes_;
  std::vector<FastMeasure> fast_;    ///< by axis
  std::array<Slice, table_count> slices_;
  std::vector<std::array<std::uint32_t, table_count>> strides_;  ///< those of the slices, by axis: what a look-up reads
};

template <class Visit>
void LegalMap::for_each_cell(Visit visit) const {
  std::vector<int> cells(axes_.size(), 0);
  while (true) {
    if (reachable(cells)) visit(static_cast<const std::vector<int>&>(cells), at(cells));
    std::size_t axis = 0;
    while (axis < axes_.size() && ++cells[axis] == axes_[axis].cells) cells[axis++] = 0;
    if (axis == axes_.size()) return;
  }
}

}  // namespace brightline::law
