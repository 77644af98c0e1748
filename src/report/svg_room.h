// What room a drawing has left, and where in it the names of lines and regions go.
#pragma once
#include <optional>
#include <vector>

#include "report/svg.h"
#include "report/svg_labels.h"

namespace brightline::report {

struct Room {
  Box frame;
  std::vector<Box> taken;       ///< nothing may stand there
  std::vector<Stroke> strokes;  ///< lines of the law and whiskers: better not there

  [[nodiscard]] bool free(const Box& box) const;
  void add_path(const std::vector<Spot>& path, double weight);
};

/// Where a text of some width begins, and its angle in radians, when it runs along a path.
struct AlongPath {
  Spot begin;
  double angle = 0;
};

/// The name of a line just above it, or else below, where it is straight and the room free; from its end, where lines lie
/// apart. The place is taken then.
std::optional<AlongPath> name_along(Room& room, const std::vector<Spot>& path, double width);

/// The middle of a box of that size that lies wholly inside `polygon`, outside of `covered`, on nothing, and as far from
/// all else as may be.
std::optional<Spot> roomiest(const Room& room, const std::vector<Spot>& polygon, const std::vector<std::vector<Spot>>& covered, double width,
                             double height);

}  // namespace brightline::report
