// From the units of an axis to the units of the drawing.
#pragma once
#include <string>
#include <vector>

#include "report/svg.h"

namespace brightline::report {

class Scale {
 public:
  /// `begin` and `end` are where the axis's `from` and `to` lie in the drawing.
  Scale(const Axis& axis, double begin, double end);
  /// Where `value` lies; on a logarithmic axis all that is not positive lies at its beginning.
  [[nodiscard]] double at(double value) const;
  [[nodiscard]] bool holds(double value) const { return value >= from_ && value <= to_; }
  [[nodiscard]] const std::vector<double>& ticks() const { return ticks_; }

 private:
  double from_;
  double to_;
  bool logarithmic_;
  double begin_;
  double end_;
  std::vector<double> ticks_;
};

/// A coordinate or size as SVG wants it: one decimal at most.
std::string px(double value);

/// `text` for use between tags and in attributes; characters XML does not know are left out.
std::string escaped(std::string_view text);

/// About how wide `text` is drawn at `size`, on the wide side of common fonts.
double text_width(std::string_view text, double size);

/// `text` broken at blanks into lines of about `width`.
std::vector<std::string> text_lines(std::string_view text, double size, double width);

}  // namespace brightline::report
