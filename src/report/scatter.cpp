#include "report/scatter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/svg_scale.h"
#include "report/svg_shapes.h"

namespace brightline::report {

namespace {

constexpr double size = 420, left = 64, top = 40, bottom = 52, right = 16;
constexpr std::size_t most_points = 500;
constexpr std::string_view seen = "#9aa4b2", unseen = "#0072b2";

std::string number_text(double value) { return value >= 1e4 || value < 1e-2 ? fmt::format("{:.0e}", value) : fmt::format("{:g}", value); }

std::string axes(const Scale& x, const Scale& y, double low, double high, const std::string& unit) {
  std::string out;
  for (double tick = std::pow(10, std::ceil(std::log10(low))); tick <= high * 1.001; tick *= 10) {
    out += fmt::format("<path d=\"M{} {}V{}M{} {}H{}\" stroke=\"{}\" fill=\"none\"/>", px(x.at(tick)), px(top), px(size - bottom), px(left), px(y.at(tick)), px(size - right), grid);
    out += text_at(x.at(tick), size - bottom + 16, 11, muted, "middle", number_text(tick));
    out += text_at(left - 6, y.at(tick) + 4, 11, muted, "end", number_text(tick));
  }
  out += text_at((left + size - right) / 2, size - 16, 12, ink, "middle", "measured, " + unit);
  out += text_at(14, (top + size - bottom) / 2, 12, ink, "middle", "predicted, " + unit, fmt::format("transform=\"rotate(-90 14 {})\"", px((top + size - bottom) / 2)));
  return out;
}

}  // namespace

std::string to_svg(const Scatter& scatter) {
  double low = 1e300;
  double high = 0;
  for (const ScatterPoint& p : scatter.points) {
    low = std::min({low, p.measured, p.predicted});
    high = std::max({high, p.measured, p.predicted});
  }
  if (!(high > 0) || !(low > 0)) low = 1, high = 10;
  low /= 1.3;
  high *= 1.3;
  const Axis axis{"", low, high, true, {}};
  const Scale x(axis, left, size - right);
  const Scale y(axis, size - bottom, top);
  std::string out = fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {0}\" width=\"{0}\" height=\"{0}\" font-family=\"system-ui, sans-serif\" role=\"img\">", px(size));
  out += fmt::format("<title>{}</title><rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>", escaped(scatter.title));
  out += text_at(left, 24, 14, ink, "start", scatter.title) + axes(x, y, low, high, scatter.unit);
  const auto diagonal = [&](double factor, std::string_view dash) {
    const double from = std::max(low, low / factor);
    const double to = std::min(high, high / factor);
    out += fmt::format("<path d=\"M{} {}L{} {}\" stroke=\"{}\" fill=\"none\"{}/>", px(x.at(from)), px(y.at(from * factor)), px(x.at(to)), px(y.at(to * factor)), muted, dash);
  };
  diagonal(1, "");
  diagonal(1.2, " stroke-dasharray=\"3 3\"");
  diagonal(1 / 1.2, " stroke-dasharray=\"3 3\"");
  const std::size_t step = scatter.points.size() / most_points + 1;
  for (const bool held_out : {false, true}) {
    std::string spots;
    for (std::size_t i = 0; i < scatter.points.size(); i += step) {
      const ScatterPoint& p = scatter.points[i];
      if (p.held_out == held_out) spots += fmt::format("M{} {}h.1", px(x.at(p.measured)), px(y.at(p.predicted)));
    }
    if (!spots.empty()) out += fmt::format("<path d=\"{}\" stroke=\"{}\" stroke-width=\"3.4\" stroke-linecap=\"round\" stroke-opacity=\".6\" fill=\"none\"/>", spots, held_out ? unseen : seen);
  }
  out += text_at(size - right, 24, 11, unseen, "end", "held out of the fit") + text_at(size - right, 36, 11, muted, "end", "grey: fitted; dashes: 20 %");
  return out + "</svg>\n";
}

}  // namespace brightline::report
