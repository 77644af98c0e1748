#include "report/svg_room.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "report/svg_shapes.h"

namespace brightline::report {

namespace {

/// The boxes that a name of some height covers on its way from `a` to `b`.
std::vector<Box> boxes_between(Spot a, Spot b, double half_height) {
  constexpr int pieces = 8;
  const double half_width = std::hypot(b.x - a.x, b.y - a.y) / pieces / 2;
  std::vector<Box> boxes;
  for (int i = 0; i < pieces; ++i) {
    const double t = (i + 0.5) / pieces;
    const Spot c{a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
    boxes.push_back({c.x - half_width, c.y - half_height, c.x + half_width, c.y + half_height});
  }
  return boxes;
}

bool holds(const std::vector<Spot>& polygon, const Box& box) {
  for (const double x : {box.left, (box.left + box.right) / 2, box.right}) {
    for (const double y : {box.top, (box.top + box.bottom) / 2, box.bottom}) {
      if (!within(polygon, x, y)) return false;
    }
  }
  return true;
}

bool touches(const std::vector<Spot>& polygon, const Box& box) {
  for (const double x : {box.left, (box.left + box.right) / 2, box.right}) {
    for (const double y : {box.top, (box.top + box.bottom) / 2, box.bottom}) {
      if (within(polygon, x, y)) return true;
    }
  }
  return false;
}

}  // namespace

bool Room::free(const Box& box) const {
  return box.inside(frame) && std::ranges::none_of(taken, [&box](const Box& other) { return box.overlaps(other, 3); }) &&
         std::ranges::none_of(strokes, [&box](const Stroke& stroke) { return passes_through(stroke, box); });
}

void Room::add_path(const std::vector<Spot>& path, double weight) {
  for (std::size_t i = 1; i < path.size(); ++i) strokes.push_back({path[i - 1].x, path[i - 1].y, path[i].x, path[i].y, weight});
}

namespace {

std::optional<AlongPath> name_beside(Room& room, const std::vector<Spot>& path, double width, bool above) {
  const double middle = above ? 9.5 : -9.5;  // from the line to the middle of its name
  const double foot = above ? 4.5 : -13.5;
  for (double at = length_of(path) - width - 10; at >= 0; at -= 5) {
    const Spot a = along(path, at);
    const Spot b = along(path, at + width);
    if (std::hypot(b.x - a.x, b.y - a.y) < width * 0.99) continue;
    const double angle = std::atan2(b.y - a.y, b.x - a.x);
    const Spot up{std::sin(angle), -std::cos(angle)};
    const auto boxes = boxes_between({a.x + up.x * middle, a.y + up.y * middle}, {b.x + up.x * middle, b.y + up.y * middle}, 6);
    const bool good = std::ranges::all_of(boxes, [&room](const Box& box) {
      const Box core{box.left, box.top + 2, box.right, box.bottom - 3};  // its own line may come near, no other may cross
      return box.inside(room.frame) && std::ranges::none_of(room.taken, [&box](const Box& other) { return box.overlaps(other, 5); }) &&
             std::ranges::none_of(room.strokes, [&core](const Stroke& stroke) { return passes_through(stroke, core); });
    });
    if (!good) continue;
    room.taken.insert(room.taken.end(), boxes.begin(), boxes.end());
    return AlongPath{{a.x + up.x * foot, a.y + up.y * foot}, angle};
  }
  return std::nullopt;
}

}  // namespace

std::optional<AlongPath> name_along(Room& room, const std::vector<Spot>& path, double width) {
  const auto above = name_beside(room, path, width, true);
  return above ? above : name_beside(room, path, width, false);
}

std::optional<Spot> roomiest(const Room& room, const std::vector<Spot>& polygon, const std::vector<std::vector<Spot>>& covered, double width,
                             double height) {
  std::optional<Spot> best;
  double most = -std::numeric_limits<double>::infinity();
  for (double x = room.frame.left + width / 2 + 6; x < room.frame.right - width / 2; x += 8) {
    for (double y = room.frame.top + height / 2 + 4; y < room.frame.bottom - height / 2; y += 4) {
      const Box box{x - width / 2, y - height / 2, x + width / 2, y + height / 2};
      const bool fits = room.free(box) && holds(polygon, box) && std::ranges::none_of(covered, [&box](const auto& other) { return touches(other, box); });
      if (!fits) continue;
      double space = 150;
      for (const Box& other : room.taken) {
        space = std::min(space, std::hypot((other.left + other.right) / 2 - x, ((other.top + other.bottom) / 2 - y) * 1.6));
      }
      space -= std::fabs(x - (room.frame.left + room.frame.right) / 2) * 0.02;
      if (space > most) {
        most = space;
        best = Spot{x, y};
      }
    }
  }
  return best;
}

}  // namespace brightline::report
