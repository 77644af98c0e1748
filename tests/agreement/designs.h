// Designs that sit on the faces of a legal map: every value a cut, or a millionth beside it, or well inside a cell.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "law/legal_map.h"

namespace brightline::tests {

/// A transaction with everything but the design's own figures settled.
struct Question {
  law::Reading reading;
  std::string destination;
  std::string item_kind = "ic";
  std::string described_in = "none";
  std::string maker = "unnamed";
  std::string product = "unnamed";
  std::string action = "export";
};

/// Facts of the question: the figures and truths of a design stay unknown, the rest is assumed.
law::Facts open_facts(const law::Law& law, const Question& question);

/// One value for each word the map reads.
using Values = std::map<std::size_t, base::Exact>;

/// For each word the values worth trying.
class Faces {
 public:
  explicit Faces(const law::LegalMap& map);
  [[nodiscard]] std::size_t count() const;
  /// The combination number `index`; empty where it has no exact value.
  [[nodiscard]] std::optional<Values> at(std::size_t index) const;
  /// How many of its values lie on a cut or a millionth beside it: none inside a cell, one on a face, more at an edge.
  [[nodiscard]] int cuts_met(std::size_t index) const;

 private:
  struct Point {
    base::Exact value;
    bool at_cut = false;
  };
  static std::vector<Point> around(const std::vector<law::Boundary>& boundaries);

  struct Dimension {
    std::size_t word = 0;
    std::vector<Point> values;
    // a quotient's second word is chosen so that the quotient takes these values; a sum's likewise
    std::vector<Point> quotients;
    std::vector<Point> sums;
    std::size_t first = 0;
    [[nodiscard]] std::size_t count() const { return values.size() + quotients.size() + sums.size(); }
    [[nodiscard]] const Point& at(std::size_t index) const;
  };
  Dimension& dimension_of(std::size_t word);
  std::vector<Dimension> dimensions_;
};

/// The cell of each axis, counted here and not by the map; a measure without a value lies in its last cell.
std::vector<int> cells_of(const law::LegalMap& map, const Values& values);
law::Facts with_values(const law::LegalMap& map, const law::Facts& open, const Values& values);
/// The same for the fast look-up; empty where a value is no whole number of millionths.
std::optional<law::Design> as_design(const law::LegalMap& map, const law::Facts& open, const Values& values);
/// What the judge says, in the map's terms.
law::Standing standing_of(const law::Answer& answer);
std::string to_text(const law::Code& code, const law::Standing& standing);
std::string to_text(const law::Law& law, const Values& values);

}  // namespace brightline::tests
