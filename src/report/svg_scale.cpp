#include "report/svg_scale.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace brightline::report {

namespace {

std::vector<double> logarithmic_ticks(double from, double to) {
  std::vector<double> ticks;
  const bool one_decade = to / from < 30;
  for (double decade = std::pow(10.0, std::floor(std::log10(from))); decade <= to; decade *= 10) {
    for (const double step : {1.0, 1.5, 2.0, 3.0, 5.0, 7.0}) {
      const bool coarse = step == 1.0 || step == 2.0 || step == 5.0;
      if ((coarse || one_decade) && decade * step >= from * 0.999 && decade * step <= to * 1.001) ticks.push_back(decade * step);
    }
  }
  return ticks;
}

std::vector<double> linear_ticks(double from, double to) {
  const double rough = (to - from) / 8;
  const double decade = std::pow(10.0, std::floor(std::log10(rough)));
  const double share = rough / decade;
  const double step = decade * (share < 1.5 ? 1 : share < 3.5 ? 2 : share < 7.5 ? 5 : 10);
  std::vector<double> ticks;
  for (double tick = std::ceil(from / step) * step; tick <= to + step * 1e-9; tick += step) ticks.push_back(tick);
  return ticks;
}

}  // namespace

Scale::Scale(const Axis& axis, double begin, double end)
    : from_(axis.from), to_(axis.to), logarithmic_(axis.logarithmic), begin_(begin), end_(end), ticks_(axis.ticks) {
  if (logarithmic_ && from_ <= 0) from_ = to_ > 0 ? to_ / 1000 : 1;
  if (!(to_ > from_)) to_ = from_ + 1;
  if (ticks_.empty()) ticks_ = logarithmic_ ? logarithmic_ticks(from_, to_) : linear_ticks(from_, to_);
}

double Scale::at(double value) const {
  const double share = logarithmic_ ? std::log(std::max(value, from_ * 1e-6) / from_) / std::log(to_ / from_) : (value - from_) / (to_ - from_);
  // What lies far outside keeps its direction but not its size: renderers choke on huge coordinates.
  return begin_ + std::clamp(share, -4.0, 5.0) * (end_ - begin_);
}

std::string px(double value) {
  std::string out = fmt::format("{:.1f}", value);
  if (out.ends_with(".0")) out.resize(out.size() - 2);
  return out == "-0" ? "0" : out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default:
        if (static_cast<unsigned char>(c) >= ' ' || c == '\n' || c == '\t') out += c;
    }
  }
  return out;
}

double text_width(std::string_view text, double size) {
  double ems = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0U) == 0x80U) continue;
    if (std::string_view("iIjltf.,:;'|!() ").contains(c)) {
      ems += 0.36;
    } else if (std::string_view("mwMW%@").contains(c)) {
      ems += 0.92;
    } else if ((c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80U) {
      ems += 0.68;
    } else {
      ems += 0.60;
    }
  }
  return ems * size;
}

std::vector<std::string> text_lines(std::string_view text, double size, double width) {
  std::vector<std::string> lines;
  std::string line;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string word(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::string longer = line.empty() ? word : line + " " + word;
    if (!line.empty() && text_width(longer, size) > width) {
      lines.push_back(std::move(line));
      line = word;
    } else {
      line = longer;
    }
  }
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

}  // namespace brightline::report
