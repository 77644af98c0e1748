#include "report/terminal_number.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "report/terminal_text.h"

namespace brightline::report {

using base::Exact;

namespace {

constexpr int columns_beyond = 3;

std::string without_trailing_zeros(std::string text) {
  if (!text.contains('.')) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string repeated(std::string_view glyph, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += glyph;
  return out;
}

}  // namespace

std::string grouped(std::string_view number) {
  const std::size_t begin = number.starts_with('-') || number.starts_with('+') ? 1 : 0;
  const std::size_t end = std::min(number.find_first_not_of("0123456789", begin), number.size());
  std::string out(number);
  for (std::size_t at = end; at > begin + 3; at -= 3) out.insert(at - 3, ",");
  return out;
}

std::string number_text(const Exact& value, int places) { return grouped(without_trailing_zeros(value.to_text(places))); }

std::string quantity_text(const Exact& value, std::string_view unit, int places) {
  std::string out = number_text(value, places);
  if (!unit.empty()) out += " " + std::string(unit);
  return out;
}

double significant(double value, int digits) {
  if (value == 0) return 0;
  const double scale = std::pow(10, digits - 1 - std::floor(std::log10(std::abs(value))));
  return std::round(value * scale) / scale;
}

std::string rounded_text(double value, int digits) {
  if (!std::isfinite(value)) return value > 0 ? "∞" : value < 0 ? "-∞" : "?";
  if (value == 0) return "0";
  const int before_point = static_cast<int>(std::floor(std::log10(std::fabs(value)))) + 1;
  const int places = std::max(0, digits - before_point);
  const double step = before_point > digits ? std::pow(10.0, before_point - digits) : 0;  // 0: the decimals do the rounding
  if (places > 9 || before_point > 15) return fmt::format("{:.{}g}", value, digits);
  return grouped(without_trailing_zeros(fmt::format("{:.{}f}", step > 0 ? std::round(value / step) * step : value, places)));
}

std::string share_text(const Exact& value, const Exact& limit) {
  if (value == limit) return "100 %";
  const double share = 100 * value.to_double() / limit.to_double();
  if (share >= 1000) return fmt::format("{} x", rounded_text(share / 100, 3));
  const bool above = value > limit;
  const double tenths = std::round(share * 10);  // to the nearest, but never onto the line
  return fmt::format("{:.1f} %", (above ? std::max(tenths, 1001.0) : std::min(tenths, 999.0)) / 10);
}

std::string margin_bar(const Exact& value, const Exact& limit, int width) {
  if (limit <= Exact(0)) return {};
  const double cells = std::clamp(width * value.to_double() / limit.to_double(), 0.0, width + columns_beyond + 1.0);
  const bool reaches = value >= limit;
  const int before = reaches ? width : std::min(static_cast<int>(cells), width - 1);
  const bool off_the_end = cells > width + columns_beyond;
  const int beyond = value > limit ? std::clamp(static_cast<int>(std::ceil(cells - width)), 1, columns_beyond) : 0;
  std::string out = repeated("█", before) + repeated("░", width - before) + "│";
  out += off_the_end ? repeated("█", columns_beyond - 1) + "▶" : repeated("█", beyond) + repeated(" ", columns_beyond - beyond);
  return out + padded(share_text(value, limit), 9, Align::right);
}

}  // namespace brightline::report
