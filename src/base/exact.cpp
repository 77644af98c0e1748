#include "base/exact.h"

#include <cmath>
#include <limits>

namespace brightline::base {

namespace {

using Wide = __int128;

Wide gcd(Wide a, Wide b) {
  if (a < 0) a = -a;
  while (b != 0) {
    const Wide rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

bool fits(Wide value) {
  return value <= std::numeric_limits<std::int64_t>::max() && value >= -std::numeric_limits<std::int64_t>::max();
}

constexpr int max_decimals = 12;

}  // namespace

std::optional<Exact> Exact::reduced(Wide num, Wide den) {
  if (den == 0) return std::nullopt;
  if (den < 0) {
    num = -num;
    den = -den;
  }
  const Wide common = gcd(num, den);
  if (common > 1) {
    num /= common;
    den /= common;
  }
  if (!fits(num) || !fits(den)) return std::nullopt;
  return Exact(static_cast<std::int64_t>(num), static_cast<std::int64_t>(den));
}

// Both products stay below 2^126, so their sum never leaves 128 bits.
std::optional<Exact> Exact::sum(const Exact& a, Wide num, std::int64_t den) {
  if (a.den_ == den) return reduced(a.num_ + num, den);
  return reduced(static_cast<Wide>(a.num_) * den + num * a.den_, static_cast<Wide>(a.den_) * den);
}

std::optional<Exact> Exact::ratio(std::int64_t num, std::int64_t den) { return reduced(num, den); }

std::optional<Exact> Exact::parse(std::string_view text) {
  std::size_t at = 0;
  bool negative = false;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) negative = text[at++] == '-';
  Wide digits = 0;
  int decimals = 0;
  int exponent = 0;
  bool any = false;
  bool point = false;
  const Wide ceiling = static_cast<Wide>(std::numeric_limits<std::int64_t>::max()) * 1'000'000;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '_' && any) continue;
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') break;
    any = true;
    digits = digits * 10 + (c - '0');
    if (point) ++decimals;
    if (digits > ceiling || decimals > max_decimals) return std::nullopt;
  }
  if (!any) return std::nullopt;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    bool down = false;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) down = text[at++] == '-';
    bool power = false;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9' && exponent < 100; ++at) {
      exponent = exponent * 10 + (text[at] - '0');
      power = true;
    }
    if (!power || exponent > 18) return std::nullopt;
    if (down) exponent = -exponent;
  }
  if (at != text.size()) return std::nullopt;
  Wide den = 1;
  for (int i = exponent - decimals; i < 0; ++i) den *= 10;
  for (int i = exponent - decimals; i > 0; --i) {
    digits *= 10;
    if (digits > ceiling) return std::nullopt;
  }
  return reduced(negative ? -digits : digits, den);
}

std::optional<Exact> Exact::nearest(double value) {
  if (!std::isfinite(value) || std::fabs(value) > 9e12) return std::nullopt;
  return reduced(static_cast<Wide>(std::llround(value * 1e6)), 1'000'000);
}

std::string Exact::to_text(int places) const {
  Wide scale = 1;
  int shown = 0;
  for (; shown < places; ++shown) {
    if ((static_cast<Wide>(num_) * scale) % den_ == 0) break;
    scale *= 10;
  }
  Wide scaled = static_cast<Wide>(num_) * scale;
  const bool negative = scaled < 0;
  if (negative) scaled = -scaled;
  Wide whole = (2 * scaled + den_) / (2 * static_cast<Wide>(den_));  // rounds half up
  std::string digits;
  do {
    digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(whole % 10)));
    whole /= 10;
  } while (whole > 0);
  const auto decimals = static_cast<std::size_t>(shown);
  if (decimals > 0) {
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    digits.insert(digits.size() - decimals, ".");
  }
  return (negative && digits.find_first_not_of("0.") != std::string::npos ? "-" : "") + digits;
}

std::optional<Exact> plus(const Exact& a, const Exact& b) {
  return Exact::sum(a, b.num_, b.den_);
}

std::optional<Exact> minus(const Exact& a, const Exact& b) {
  return Exact::sum(a, -static_cast<Wide>(b.num_), b.den_);
}

std::optional<Exact> times(const Exact& a, const Exact& b) {
  return Exact::reduced(static_cast<Wide>(a.num_) * b.num_, static_cast<Wide>(a.den_) * b.den_);
}

std::optional<Exact> over(const Exact& a, const Exact& b) {
  if (b.num_ == 0) return std::nullopt;
  return Exact::reduced(static_cast<Wide>(a.num_) * b.den_, static_cast<Wide>(a.den_) * b.num_);
}

}  // namespace brightline::base
