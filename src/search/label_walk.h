// Every combination of cells of the questions that classification and labels ask. The legal map leaves labels out: they
// change no requirement; but two labels for one chip are a conflict all the same.
#pragma once
#include <functional>
#include <vector>

#include "law/cells.h"
#include "law/evaluate.h"

namespace brightline::search {

class LabelWalk {
 public:
  /// `fixed` are the facts of the transaction; `code` is cut to the verbs up to label.
  LabelWalk(law::Code code, const law::Facts& fixed);

  /// One reachable cell: names as their symbols, by word (unknown_symbol where no clause asks).
  struct Cell {
    const law::Conclusions* conclusions = nullptr;
    const law::Conflict* conflict = nullptr;
    const std::vector<law::Symbol>* names = nullptr;
  };
  /// Visits all; gives back how many.
  std::size_t visit(const std::function<void(const Cell&)>& visitor);
  [[nodiscard]] const law::Code& code() const { return code_; }

 private:
  struct Axis {
    law::Atom::Kind kind = law::Atom::Kind::truth;
    std::size_t index = 0;             ///< measure, or word
    std::vector<law::Symbol> names;    ///< of a name: one per class
    std::vector<std::uint32_t> atoms;  ///< that it answers
    int cells = 0;
    bool may_lack_value = false;  ///< of a measure: its last cell is "no value"
  };
  void add_axis(const law::Atom& atom);
  void add_names(Axis& axis);
  void choose(const Axis& axis, int cell);
  [[nodiscard]] bool reachable(const std::vector<int>& cells) const;

  law::Code code_;
  std::vector<law::Interval> words_;
  law::Evaluation evaluation_;
  std::vector<Axis> axes_;
  std::vector<law::Symbol> names_;
};

}  // namespace brightline::search
