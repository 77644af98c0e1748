#include "search/money.h"

#include <gtest/gtest.h>

namespace brightline::search {
namespace {

base::Exact number(const char* text) { return *base::Exact::parse(text); }
std::string product(const char* quantity, const char* each, const char* percent = "100") {
  const auto out = Money::of(number(quantity), number(each), number(percent));
  return out ? out->to_text() : "refused";
}

TEST(Money, IsExactWhereDoublesAreNot) {
  EXPECT_EQ(product("3", "0.1"), "0.30");
  EXPECT_EQ(product("999999999", "999.99"), "999989999000.01");
  Money sum;
  for (int i = 0; i < 1'000'000; ++i) sum += *Money::of(1, number("0.01"));
  EXPECT_EQ(sum.to_text(), "10000.00");
}

TEST(Money, IsRoundedOnceHalfUp) {
  EXPECT_EQ(product("1", "0.005"), "0.01");
  EXPECT_EQ(product("1", "0.004999"), "0.00");
  Money sum;
  for (int i = 0; i < 3; ++i) sum += *Money::of(1, number("0.004"));
  EXPECT_EQ(sum.to_text(), "0.01") << "0.012, not three times 0.00";
}

TEST(Money, TakesAShare) {
  EXPECT_EQ(product("10", "12.50", "87.5"), "109.38");
  EXPECT_EQ(product("10", "12.50", "0"), "0.00");
}

TEST(Money, RefusesWhatItCannotKeep) {
  EXPECT_EQ(product("1", "0.0000001"), "refused");
  EXPECT_EQ(product("1000000000", "1000"), "refused");
  EXPECT_EQ(product("1", "1", "100.0001"), "refused");
}

}  // namespace
}  // namespace brightline::search
