// The middle 80 % of errors in groups: does every group weigh the same?
#include "fit/spreads.h"

#include <gtest/gtest.h>

#include <cmath>

namespace brightline::fit {
namespace {

TEST(Spreads, AreTheTenthAndNinetiethPercentile) {
  GroupedErrors errors;
  for (int i = 1; i <= 10; ++i) errors[std::to_string(i)] = {0.1 * i};
  const model::Spread s = spread_of(errors, {0.5, 2});
  EXPECT_NEAR(s.low, std::exp(0.1), 1e-9);
  EXPECT_NEAR(s.high, std::exp(0.9), 1e-9);
}

TEST(Spreads, ALargeGroupWeighsNoMoreThanASmallOne) {
  GroupedErrors errors;
  for (int i = 0; i < 7; ++i) errors[std::to_string(i)] = {0};
  errors["large"].assign(1000, -1);
  errors["other"] = {1};
  const model::Spread s = spread_of(errors, {0.5, 2});
  EXPECT_NEAR(s.low, std::exp(-1), 1e-9);  // one group of nine: more than a tenth
  EXPECT_NEAR(s.high, std::exp(1), 1e-9);
  errors["more"] = errors["again"] = {0};
  EXPECT_NEAR(spread_of(errors, {0.5, 2}).low, 1, 1e-9);  // one of eleven: less
  EXPECT_NEAR(spread_of(errors, {0.5, 2}).high, 1, 1e-9);
}

TEST(Spreads, WithoutErrorsAreThoseGiven) {
  const model::Spread s = spread_of({}, {0.5, 2});
  EXPECT_EQ(s.low, 0.5);
  EXPECT_EQ(s.high, 2);
}

}  // namespace
}  // namespace brightline::fit
