#include "report/svg_labels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace brightline::report {

namespace {

constexpr int rounds = 8;
constexpr double hard = 10'000;  // what may never stand in the end: names over names, names over what is taken

struct Point {
  double x;
  double y;
};

double turn(Point a, Point b, Point c) { return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x); }

bool cross(Point a, Point b, Point c, Point d) { return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0; }

bool passes_through(Point a, Point b, const Box& box) {
  if (std::max(a.x, b.x) < box.left || std::min(a.x, b.x) > box.right || std::max(a.y, b.y) < box.top || std::min(a.y, b.y) > box.bottom) return false;
  const std::array corner{Point{box.left, box.top}, Point{box.right, box.top}, Point{box.right, box.bottom}, Point{box.left, box.bottom}};
  for (std::size_t i = 0; i < corner.size(); ++i) {
    if (cross(a, b, corner[i], corner[(i + 1) % corner.size()])) return true;
  }
  return a.x > box.left && a.x < box.right && a.y > box.top && a.y < box.bottom;
}

Box around(const Wanted& mark) { return {mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius}; }

/// The name's box when it lies in direction `angle` with its near edge `distance` from the mark's middle.
Placed place_at(const Wanted& mark, double angle, double distance) {
  const double dx = std::cos(angle);
  const double dy = std::sin(angle);
  Placed placed;
  placed.found = true;
  placed.side = dx > 0.35 ? 1 : dx < -0.35 ? -1 : 0;
  const double x = mark.x + dx * distance;
  const double y = mark.y + dy * distance;
  placed.box.left = placed.side > 0 ? x : placed.side < 0 ? x - mark.width : x - mark.width / 2;
  // Beside the mark the name is centred on the direction; above and below it stands clear of it.
  placed.box.top = placed.side != 0 ? y - mark.height / 2 : dy < 0 ? y - mark.height : y;
  placed.box.right = placed.box.left + mark.width;
  placed.box.bottom = placed.box.top + mark.height;
  placed.leader = distance > mark.radius + 8;
  placed.leader_x = placed.side > 0 ? placed.box.left - 2 : placed.side < 0 ? placed.box.right + 2 : x;
  placed.leader_y = placed.side != 0 ? y : dy < 0 ? placed.box.bottom : placed.box.top;
  return placed;
}

std::vector<Placed> places_around(const Wanted& mark) {
  std::vector<Placed> places;
  constexpr double eighth = std::numbers::pi / 4;
  for (int i = 0; i < 8; ++i) places.push_back(place_at(mark, -i * eighth, mark.radius + 4));
  for (const double away : {14.0, 22.0, 32.0, 44.0, 58.0, 76.0, 98.0, 124.0, 155.0}) {
    for (int i = 0; i < 24; ++i) places.push_back(place_at(mark, i * eighth / 3, mark.radius + away));
  }
  return places;
}

/// A place with what it costs whatever the other names do.
struct Option {
  Placed place;
  double cost = 0;
};

class Placement {
 public:
  Placement(const std::vector<Wanted>& wanted, const std::vector<Box>& taken, const std::vector<Stroke>& strokes, const Box& frame)
      : wanted_(wanted), options_(wanted.size()), chosen_(wanted.size()) {
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      for (const Placed& place : places_around(wanted[i])) {
        if (place.box.inside(frame)) options_[i].push_back({place, own_cost(i, place, taken, strokes)});
      }
    }
  }

  std::vector<Placed> run() {
    for (int round = 0; round < rounds; ++round) {
      for (const std::size_t i : crowded_first()) improve(i);
    }
    std::vector<Placed> placed;
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      if (chosen_[i].place.found && cost(i, chosen_[i]) >= hard) chosen_[i] = {};
      placed.push_back(chosen_[i].place);
    }
    return placed;
  }

 private:
  [[nodiscard]] std::vector<std::size_t> crowded_first() const {
    std::vector<std::size_t> order(wanted_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<int> neighbours(wanted_.size());
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      for (const Wanted& other : wanted_) neighbours[i] += std::hypot(other.x - wanted_[i].x, other.y - wanted_[i].y) < 60 ? 1 : 0;
    }
    std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t i) { return neighbours[i]; });
    return order;
  }

  void improve(std::size_t i) {
    double least = std::numeric_limits<double>::infinity();
    const Option* best = nullptr;
    for (const Option& option : options_[i]) {
      const double here = cost(i, option);
      if (here < least) {
        least = here;
        best = &option;
      }
    }
    chosen_[i] = best == nullptr ? Option{} : *best;
  }

  [[nodiscard]] double own_cost(std::size_t i, const Placed& place, const std::vector<Box>& taken, const std::vector<Stroke>& strokes) const {
    const Point begin{wanted_[i].x, wanted_[i].y};
    const Point end{place.leader_x, place.leader_y};
    // Near is better, right and left are better than above and below.
    double sum = std::hypot(end.x - begin.x, end.y - begin.y) + (place.side > 0 ? 0 : place.side < 0 ? 2 : 4) + (place.leader ? 6 : 0);
    for (const Box& box : taken) {
      if (place.box.overlaps(box, 2)) sum += hard;
      if (place.leader && passes_through(begin, end, box)) sum += 60;
    }
    for (const Stroke& stroke : strokes) {
      if (passes_through(stroke, place.box)) sum += stroke.weight;
    }
    for (std::size_t k = 0; k < wanted_.size(); ++k) {
      if (k == i) continue;
      if (place.box.overlaps(around(wanted_[k]), 1)) sum += 400;
      if (place.leader && passes_through(begin, end, around(wanted_[k]))) sum += 80;
    }
    return sum;
  }

  [[nodiscard]] double cost(std::size_t i, const Option& option) const {
    double sum = option.cost;
    for (std::size_t k = 0; k < wanted_.size(); ++k) {
      if (k == i || !chosen_[k].place.found) continue;
      sum += quarrel(option.place, {wanted_[i].x, wanted_[i].y}, chosen_[k].place, {wanted_[k].x, wanted_[k].y});
    }
    return sum;
  }

  [[nodiscard]] static double quarrel(const Placed& place, Point begin, const Placed& other, Point other_begin) {
    const Point end{place.leader_x, place.leader_y};
    const Point other_end{other.leader_x, other.leader_y};
    double sum = 0;
    if (place.box.overlaps(other.box, 1.5)) sum += hard;
    if (place.leader && passes_through(begin, end, other.box)) sum += 800;
    if (other.leader && passes_through(other_begin, other_end, place.box)) sum += 800;
    if (place.leader && other.leader && cross(begin, end, other_begin, other_end)) sum += 250;
    return sum;
  }

  const std::vector<Wanted>& wanted_;
  std::vector<std::vector<Option>> options_;
  std::vector<Option> chosen_;
};

}  // namespace

bool passes_through(const Stroke& stroke, const Box& box) { return passes_through({stroke.x1, stroke.y1}, {stroke.x2, stroke.y2}, box); }

std::vector<Placed> place_labels(const std::vector<Wanted>& wanted, const std::vector<Box>& taken, const std::vector<Stroke>& strokes,
                                 const Box& frame) {
  return Placement(wanted, taken, strokes, frame).run();
}

}  // namespace brightline::report
