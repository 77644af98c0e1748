// US dollars, exactly: sums of quantity x unit value x share are kept whole and rounded once, when they are printed.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "base/exact.h"

namespace brightline::search {

class Money {
 public:
  /// Decimals a quantity, a unit value and a percentage may have; together they fit the scale.
  static constexpr int decimals = 6;
  static constexpr int percent_decimals = 4;

  constexpr Money() = default;
  /// quantity x unit_value x percent / 100. Empty when a factor has too many decimals or the value is a trillion or more.
  static std::optional<Money> of(const base::Exact& quantity, const base::Exact& unit_value, const base::Exact& percent = 100);

  Money& operator+=(Money other) {
    scaled_ += other.scaled_;
    return *this;
  }
  friend constexpr auto operator<=>(const Money&, const Money&) = default;

  /// A double tells apart all cents below 2^53; beyond this no sum is given.
  static constexpr std::int64_t most_cents = 9'000'000'000'000'000;
  /// Is it more than that?
  [[nodiscard]] bool too_large() const;

  /// Rounded half up.
  [[nodiscard]] std::int64_t cents() const;
  /// "1234.50": rounded half up to the cent.
  [[nodiscard]] std::string to_text() const;

 private:
  __int128 scaled_ = 0;  // in 10^-18 dollars
};

/// `value` x 10^decimals when that is a whole number.
std::optional<std::int64_t> scaled(const base::Exact& value, int decimals);

}  // namespace brightline::search
