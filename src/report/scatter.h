// Predicted against measured, both logarithmic, as SVG: on the diagonal the prediction is right.
#pragma once
#include <string>
#include <vector>

namespace brightline::report {

struct ScatterPoint {
  double measured = 0, predicted = 0;
  bool held_out = false;
};

struct Scatter {
  std::string title;
  std::string unit;  ///< of both axes
  std::vector<ScatterPoint> points;
};

/// Of many points every n-th is drawn, so that a page stays light.
std::string to_svg(const Scatter& scatter);

}  // namespace brightline::report
