// Names beside their marks without overlap: every name tries places around its mark, near ones first, and takes the one
// that disturbs least; some rounds let early choices give way.
#pragma once
#include <vector>

namespace brightline::report {

struct Box {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;

  [[nodiscard]] bool overlaps(const Box& other, double margin = 0) const {
    return left - margin < other.right && other.left - margin < right && top - margin < other.bottom && other.top - margin < bottom;
  }
  [[nodiscard]] bool inside(const Box& frame) const {
    return left >= frame.left && right <= frame.right && top >= frame.top && bottom <= frame.bottom;
  }
};

/// A mark that wants a name of a certain size.
struct Wanted {
  double x = 0;
  double y = 0;
  double radius = 5;
  double width = 0;
  double height = 0;
};

/// Where a name goes. `side` is -1 where it lies left of its mark, 1 right of it, 0 above or below.
struct Placed {
  bool found = false;
  Box box;
  int side = 1;
  bool leader = false;  ///< far enough away to need a line from mark to name
  double leader_x = 0;  ///< where that line meets the name
  double leader_y = 0;
};

/// A line that a name should rather not lie on, and how much that would disturb (a blank pixel of distance counts 1).
struct Stroke {
  double x1 = 0;
  double y1 = 0;
  double x2 = 0;
  double y2 = 0;
  double weight = 25;
};

bool passes_through(const Stroke& stroke, const Box& box);

/// One place for each of `wanted`, inside `frame`, off the marks, off `taken`, and off one another,
/// and rather not on the `strokes`.
std::vector<Placed> place_labels(const std::vector<Wanted>& wanted, const std::vector<Box>& taken, const std::vector<Stroke>& strokes,
                                 const Box& frame);

}  // namespace brightline::report
