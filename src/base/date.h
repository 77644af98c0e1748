// Calendar days. The law turns on days, never on hours.
#pragma once
#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace brightline::base {

/// A day, counted from 1970-01-01.
class Date {
 public:
  constexpr Date() = default;
  constexpr explicit Date(std::int32_t days) : days_(days) {}
  /// An ISO day, "2024-01-15"; empty when the text is none, or no such day exists.
  static std::optional<Date> parse(std::string_view text);
  static std::optional<Date> of(int year, unsigned month, unsigned day);
  static Date today();
  static constexpr Date min() { return Date(-1'000'000); }
  static constexpr Date max() { return Date(1'000'000); }

  [[nodiscard]] constexpr std::int32_t days() const { return days_; }
  [[nodiscard]] constexpr Date next() const { return Date(days_ + 1); }
  [[nodiscard]] constexpr Date previous() const { return Date(days_ - 1); }
  [[nodiscard]] std::string to_text() const;
  [[nodiscard]] int year() const;

  friend constexpr auto operator<=>(const Date&, const Date&) = default;

 private:
  std::int32_t days_ = 0;
};

}  // namespace brightline::base
