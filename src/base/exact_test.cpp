#include "base/exact.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <limits>

namespace brightline::base {
namespace {

using Wide = __int128;
constexpr std::int64_t biggest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();

Exact parsed(std::string_view text) {
  const auto value = Exact::parse(text);
  EXPECT_TRUE(value.has_value()) << text;
  return value.value_or(Exact(-1));
}

TEST(Exact, ReadsDecimals) {
  EXPECT_EQ(parsed("5.92"), *Exact::ratio(148, 25));
  EXPECT_EQ(parsed("26_900_000"), Exact(26'900'000));
  EXPECT_EQ(parsed("-3"), Exact(-3));
  EXPECT_EQ(parsed("+3"), Exact(3));
  EXPECT_EQ(parsed(".5"), *Exact::ratio(1, 2));
  EXPECT_EQ(parsed("1."), Exact(1));
  EXPECT_EQ(parsed("1e3"), Exact(1000));
  EXPECT_EQ(parsed("2.5E-3"), *Exact::ratio(1, 400));
  EXPECT_EQ(parsed("0.000000000001"), *Exact::ratio(1, 1'000'000'000'000));
  EXPECT_EQ(parsed("9223372036854775807"), Exact(biggest));
  EXPECT_EQ(parsed("-0"), Exact(0));
}

TEST(Exact, RefusesWhatIsNoNumberOrDoesNotFit) {
  for (const char* text : {"", "-", ".", "_1", "1,5", "1.2.3", "0x10", "1e", "1e+", "e3", " 1", "1 ", "nan", "inf", "1-2", "--1"}) {
    EXPECT_FALSE(Exact::parse(text)) << text;
  }
  for (const char* text : {"9223372036854775808", "1e19", "1e99", "1e999999999999", "0.0000000000001", "99999999999999999999999999999999999999999",
                           "123456789.123456789123"}) {
    EXPECT_FALSE(Exact::parse(text)) << text;
  }
}

TEST(Exact, CatchesAThresholdAtEquality) {
  EXPECT_EQ(parsed("4800"), Exact(4800));
  EXPECT_LT(parsed("4799.999999999999"), Exact(4800));
  EXPECT_GT(parsed("4800.000000000001"), Exact(4800));
  // 5.92 x 400 is 2368 here, and a shade off it in binary; H20's 2368 / 400 would not meet its own limit.
  EXPECT_EQ(*times(parsed("5.92"), Exact(400)), Exact(2368));
  EXPECT_EQ(*over(Exact(2368), parsed("5.92")), Exact(400));
}

TEST(Exact, ComparesAtTheEdgesOf64Bits) {
  EXPECT_LT(Exact(smallest), Exact(biggest));
  EXPECT_LT(*Exact::ratio(biggest - 1, biggest), Exact(1));
  EXPECT_LT(*Exact::ratio(biggest - 2, biggest - 1), *Exact::ratio(biggest - 1, biggest));
  EXPECT_GT(*Exact::ratio(1, biggest), Exact(0));
}

TEST(Exact, SaysWhenAResultDoesNotFit) {
  EXPECT_FALSE(plus(Exact(biggest), Exact(1)));
  EXPECT_FALSE(minus(Exact(-biggest), Exact(2)));
  EXPECT_FALSE(minus(Exact(biggest), Exact(smallest)));
  EXPECT_EQ(*minus(Exact(-1), Exact(smallest)), Exact(biggest));
  EXPECT_FALSE(times(Exact(biggest), Exact(2)));
  EXPECT_FALSE(over(Exact(1), Exact(0)));
  EXPECT_FALSE(Exact::ratio(1, 0));
  EXPECT_FALSE(plus(*Exact::ratio(1, biggest), *Exact::ratio(1, biggest - 1)));
}

TEST(Exact, KeepsASumWhoseTermsAreWideButWhoseValueFits) {
  // Over the common denominator the terms are near 10^37; the sum is 1.
  const std::int64_t den = 3'000'000'000'000'000'001;
  const Exact most = *Exact::ratio(den - 1, den);
  const Exact rest = *Exact::ratio(1, den);
  EXPECT_EQ(plus(most, rest), Exact(1));
  const Exact large = *Exact::ratio(8'000'000'000'000'000'003, 2);
  const Exact taken = *Exact::ratio(7'999'999'999'999'999'999, 4);
  EXPECT_EQ(minus(large, taken), Exact::ratio(8'000'000'000'000'000'007, 4));
}

TEST(Exact, WritesTheShortestDecimal) {
  EXPECT_EQ(parsed("5.92").to_text(), "5.92");
  EXPECT_EQ(Exact(4800).to_text(), "4800");
  EXPECT_EQ(parsed("-0.5").to_text(), "-0.5");
  EXPECT_EQ(Exact::ratio(1, 3)->to_text(), "0.333333");
  EXPECT_EQ(Exact::ratio(2, 3)->to_text(2), "0.67");
  EXPECT_EQ(Exact::ratio(-2, 3)->to_text(2), "-0.67");
  EXPECT_EQ(Exact::ratio(5, 2)->to_text(0), "3");
  EXPECT_EQ(Exact::ratio(-1, 1000)->to_text(2), "0.00");
  EXPECT_EQ(Exact::ratio(999'999, 1'000'000)->to_text(3), "1.000");
  EXPECT_EQ(Exact(smallest).to_text(), "-9223372036854775808");
}

TEST(Exact, TakesTheNearestDecimalOfADouble) {
  EXPECT_EQ(*Exact::nearest(0.1 + 0.2), *Exact::ratio(3, 10));
  EXPECT_EQ(*Exact::nearest(-2.3684210526), *Exact::ratio(-2'368'421, 1'000'000));
  EXPECT_FALSE(Exact::nearest(std::numeric_limits<double>::quiet_NaN()));
  EXPECT_FALSE(Exact::nearest(std::numeric_limits<double>::infinity()));
  EXPECT_FALSE(Exact::nearest(1e13));
}

// The properties are held against arithmetic in 128 bits over operands that fit in 31, where nothing can overflow.
Exact fraction(std::int32_t num, std::int32_t den) { return *Exact::ratio(num, den == 0 ? 1 : den); }
bool same(const Exact& value, Wide num, Wide den) { return static_cast<Wide>(value.num()) * den == num * value.den(); }

RC_GTEST_PROP(ExactProperty, ArithmeticIsThatOfFractions, (std::int32_t a, std::int32_t b, std::int32_t c, std::int32_t d)) {
  const Exact x = fraction(a, b);
  const Exact y = fraction(c, d);
  const Wide n = x.num();
  const Wide m = x.den();
  const Wide p = y.num();
  const Wide q = y.den();
  if (const auto sum = plus(x, y)) RC_ASSERT(same(*sum, n * q + p * m, m * q));
  if (const auto rest = minus(x, y)) RC_ASSERT(same(*rest, n * q - p * m, m * q));
  if (const auto product = times(x, y)) RC_ASSERT(same(*product, n * p, m * q));
  if (p != 0) RC_ASSERT(same(*over(x, y), n * q, m * p));
  RC_ASSERT((x <=> y) == (n * q <=> p * m));
  RC_ASSERT((x == y) == (n * q == p * m));
}

RC_GTEST_PROP(ExactProperty, WholeNumbersOverflowExactlyWhen64BitsDo, (std::int64_t a, std::int64_t b)) {
  // Small inputs are what a generator likes; the edge is where the interest lies.
  const std::array<std::int64_t, 4> near{a, b, biggest - (a & 1023), -biggest + (b & 1023)};
  for (const std::int64_t x : near) {
    for (const std::int64_t y : near) {
      const auto fits = [](Wide v) { return v <= biggest && v >= -static_cast<Wide>(biggest); };
      RC_ASSERT(plus(Exact(x), Exact(y)).has_value() == fits(static_cast<Wide>(x) + y));
      RC_ASSERT(minus(Exact(x), Exact(y)).has_value() == fits(static_cast<Wide>(x) - y));
      RC_ASSERT(times(Exact(x), Exact(y)).has_value() == fits(static_cast<Wide>(x) * y));
    }
  }
}

RC_GTEST_PROP(ExactProperty, DecimalsSurviveWritingAndReading, (std::int32_t whole, std::uint32_t millionths)) {
  const Exact value = *Exact::ratio(static_cast<std::int64_t>(whole) * 1'000'000 + millionths % 1'000'000, 1'000'000);
  RC_ASSERT(Exact::parse(value.to_text()) == value);
}

RC_GTEST_PROP(ExactProperty, NeverBreaksOnAnyText, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("0123456789.-+eE_x ")));
  const auto value = Exact::parse(text);
  if (value) RC_ASSERT(value->den() > 0);
}

}  // namespace
}  // namespace brightline::base
