// The legal map reduced to one question: may this design be had in the standing asked for? As a table for single designs and
// as pieces of the measures' ranges for sets of designs.
#pragma once
#include <string>
#include <vector>

#include "base/problem.h"
#include "law/legal_map.h"
#include "search/legal_words.h"

namespace brightline::search {

/// The worst standing that will do.
enum class WantedStanding {
  none,        ///< nothing is required, or an exception applies without notice
  notify,      ///< or an exception after notice
  licensable,  ///< or a licence that is looked at case by case or with a view to approval
};
std::optional<WantedStanding> wanted_named(std::string_view name);
std::string_view wanted_name(WantedStanding wanted);

/// What to do where the standing hangs on a fact that no design states, or is undetermined.
enum class Assume {
  strict,   ///< such a design is not legal
  lenient,  ///< it counts as legal where some completion of the facts makes it so
};

bool acceptable(const law::Code& code, const law::Standing& standing, WantedStanding wanted, Assume assume);

/// From the lowest to the highest value of each word that a set of designs may take.
struct WordRange {
  WordValues low{}, high{};
};

/// One measure that the standing hangs on.
struct GateAxis {
  enum class Form { word, ratio, sum };
  Form form = Form::word;
  std::size_t first = 0, second = 0;  ///< LegalWords
  std::vector<law::FastMeasure::Cut> cuts;
  int cells = 1;
  std::string name, unit;
  [[nodiscard]] int cell(std::int64_t first_value, std::int64_t second_value) const;
  [[nodiscard]] double value(const WordValues& values) const;  ///< in `unit`
};

/// Ranges of cells, by axis, all of whose designs are acceptable.
struct LegalPiece {
  std::vector<std::pair<int, int>> cells;
};

enum class Fit { outside, partly, inside };

class LegalGate {
 public:
  /// A measure that can't be had from a design's words is a Problem when the standing hangs on it beyond `assume`.
  static LegalGate build(const law::LegalMap& map, WantedStanding wanted, Assume assume, base::Problems& problems);

  [[nodiscard]] bool allows(const WordValues& values) const {
    std::size_t at = 0;
    for (std::size_t i = 0; i < axes_.size(); ++i) at += strides_[i] * static_cast<std::size_t>(axes_[i].cell(values[axes_[i].first], values[axes_[i].second]));
    return allowed_[at] != 0;
  }
  /// No two overlap, and together they hold every acceptable cell.
  [[nodiscard]] const std::vector<LegalPiece>& pieces() const { return pieces_; }
  [[nodiscard]] const std::vector<GateAxis>& axes() const { return axes_; }
  [[nodiscard]] Fit fits(const WordRange& range, const LegalPiece& piece) const;
  [[nodiscard]] bool allowed_cell(const std::vector<int>& cells) const;
  /// A line of the law where it is not, to learn what it costs; in millionths.
  void move_cut(std::size_t axis, std::size_t cut, std::int64_t by) { axes_[axis].cuts[cut].value += by; }
  /// By what share the nearest line above lies above the measure it limits; 0 on a line, 1 where none does.
  [[nodiscard]] double margin(const WordValues& values) const;
  /// Words whose values no design states but the standing hangs on.
  [[nodiscard]] const std::vector<std::string>& unstated() const { return unstated_; }

 private:
  void find_pieces();
  std::vector<GateAxis> axes_;
  std::vector<std::size_t> strides_;
  std::vector<std::uint8_t> allowed_;
  std::vector<LegalPiece> pieces_;
  std::vector<std::string> unstated_;
};

}  // namespace brightline::search
