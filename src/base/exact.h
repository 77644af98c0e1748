// Exact numbers for legal thresholds: 4800 is caught at equality and 5.92 x area is not left to binary rounding.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace brightline::base {

/// A rational number num/den, den > 0, in lowest terms. Arithmetic that would leave 64 bits gives an empty optional;
/// comparison never overflows (128-bit cross product).
class Exact {
 public:
  constexpr Exact() = default;
  constexpr Exact(std::int64_t whole) : num_(whole) {}  // NOLINT(google-explicit-constructor): 4800 is a number
  /// num/den in lowest terms; empty when den is 0 or the value does not fit.
  static std::optional<Exact> ratio(std::int64_t num, std::int64_t den);
  /// "5.92", "26_900_000", "-3", "1e3"; at most 12 decimals; empty when the text is not a number or does not fit.
  static std::optional<Exact> parse(std::string_view text);
  /// The nearest decimal with six places, for measured values that arrive as doubles.
  static std::optional<Exact> nearest(double value);

  [[nodiscard]] constexpr std::int64_t num() const { return num_; }
  [[nodiscard]] constexpr std::int64_t den() const { return den_; }
  [[nodiscard]] constexpr bool is_zero() const { return num_ == 0; }
  [[nodiscard]] double to_double() const { return static_cast<double>(num_) / static_cast<double>(den_); }
  /// The shortest decimal that is exact, or `places` decimals, rounded, when no shorter one is.
  [[nodiscard]] std::string to_text(int places = 6) const;

  friend constexpr bool operator==(const Exact& a, const Exact& b) { return a.num_ == b.num_ && a.den_ == b.den_; }
  friend constexpr std::strong_ordering operator<=>(const Exact& a, const Exact& b) {
    if (a.den_ == b.den_) return a.num_ <=> b.num_;
    const auto left = static_cast<__int128>(a.num_) * b.den_;
    const auto right = static_cast<__int128>(b.num_) * a.den_;
    return left < right   ? std::strong_ordering::less
           : left > right ? std::strong_ordering::greater
                          : std::strong_ordering::equal;
  }

 private:
  constexpr Exact(std::int64_t num, std::int64_t den) : num_(num), den_(den) {}
  static std::optional<Exact> reduced(__int128 num, __int128 den);
  static std::optional<Exact> sum(const Exact& a, __int128 num, std::int64_t den);
  friend std::optional<Exact> plus(const Exact& a, const Exact& b);
  friend std::optional<Exact> minus(const Exact& a, const Exact& b);
  friend std::optional<Exact> times(const Exact& a, const Exact& b);
  friend std::optional<Exact> over(const Exact& a, const Exact& b);

  std::int64_t num_ = 0;
  std::int64_t den_ = 1;
};

std::optional<Exact> plus(const Exact& a, const Exact& b);
std::optional<Exact> minus(const Exact& a, const Exact& b);
std::optional<Exact> times(const Exact& a, const Exact& b);
std::optional<Exact> over(const Exact& a, const Exact& b);  ///< empty also when b is 0

}  // namespace brightline::base
