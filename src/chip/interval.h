// What is known of a non-negative number: a stated value, bounds, or nothing.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/exact.h"

namespace brightline::chip {

/// Every part may be missing. No `stated` but bounds: only the bounds are known. No `high`: no upper bound is known. All
/// missing: unknown, which is never 0. Where all are there, low <= stated <= high.
struct Interval {
  std::optional<base::Exact> low;
  std::optional<base::Exact> stated;
  std::optional<base::Exact> high;

  static Interval exactly(const base::Exact& value) { return {value, value, value}; }
  static Interval at_least(const base::Exact& value) { return {value, std::nullopt, std::nullopt}; }
  static Interval unknown() { return {}; }
  [[nodiscard]] bool is_unknown() const { return !low && !stated && !high; }
  /// One value and no doubt about it.
  [[nodiscard]] bool is_exact() const { return low && stated && high && *low == *high; }
  friend bool operator==(const Interval&, const Interval&) = default;
};

/// A part that does not fit in 64 bits is missing in the result.
Interval plus(const Interval& a, const Interval& b);
Interval times(const Interval& a, const Interval& b);
/// Where b may be 0 the result has no upper bound; b known to be 0 gives unknown.
Interval over(const Interval& a, const Interval& b);
/// The larger of two, where an unknown one leaves the other as a lower bound.
Interval larger(const Interval& a, const Interval& b);

/// "814 mm2", "2360 mm2 (2160 to 2400)", "880 to 2596 mm2", "at least 1600 GB/s", "unknown".
std::string to_text(const Interval& interval, std::string_view unit);

}  // namespace brightline::chip
