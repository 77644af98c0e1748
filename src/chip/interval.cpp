#include "chip/interval.h"

#include <algorithm>

#include <fmt/format.h>

namespace brightline::chip {

namespace {

using base::Exact;
using Part = std::optional<Exact>;

Part zero_if_missing(const Part& part) { return part ? part : Part(Exact(0)); }

Part larger_part(const Part& a, const Part& b) {
  if (!a) return b;
  if (!b) return a;
  return std::max(*a, *b);
}

}  // namespace

Interval plus(const Interval& a, const Interval& b) {
  Interval sum;
  if (a.low || b.low) sum.low = plus(*zero_if_missing(a.low), *zero_if_missing(b.low));
  if (a.stated && b.stated) sum.stated = plus(*a.stated, *b.stated);
  if (a.high && b.high) sum.high = plus(*a.high, *b.high);
  return sum;
}

Interval times(const Interval& a, const Interval& b) {
  Interval product;
  if (a.low && b.low) product.low = times(*a.low, *b.low);
  if (a.stated && b.stated) product.stated = times(*a.stated, *b.stated);
  if (a.high && b.high) product.high = times(*a.high, *b.high);
  return product;
}

Interval over(const Interval& a, const Interval& b) {
  if (a.is_unknown() || b.is_unknown() || (b.high && b.high->is_zero())) return Interval::unknown();
  Interval quotient;
  if (a.low && b.high) quotient.low = over(*a.low, *b.high);
  if (a.stated && b.stated) quotient.stated = over(*a.stated, *b.stated);
  if (a.high && b.low) quotient.high = over(*a.high, *b.low);
  if (!quotient.low) quotient.low = Exact(0);  // a quotient of non-negative numbers
  return quotient;
}

Interval larger(const Interval& a, const Interval& b) {
  Interval out;
  out.low = larger_part(a.low, b.low);
  if (a.stated && b.stated) out.stated = std::max(*a.stated, *b.stated);
  if (a.high && b.high) out.high = std::max(*a.high, *b.high);
  return out;
}

std::string to_text(const Interval& interval, std::string_view unit) {
  const std::string tail = unit.empty() ? std::string{} : fmt::format(" {}", unit);
  const auto number = [](const Part& part) { return part->to_text(3); };
  if (interval.is_unknown()) return "unknown";
  if (interval.stated) {
    std::string stated = number(interval.stated) + tail;
    if (interval.is_exact()) return stated;
    const std::string low = interval.low ? number(interval.low) : "0";
    return interval.high ? fmt::format("{} ({} to {})", stated, low, number(interval.high)) : fmt::format("{} (at least {})", stated, low);
  }
  if (interval.low && interval.high) return fmt::format("{} to {}{}", number(interval.low), number(interval.high), tail);
  return interval.low ? fmt::format("at least {}{}", number(interval.low), tail) : fmt::format("at most {}{}", number(interval.high), tail);
}

}  // namespace brightline::chip
