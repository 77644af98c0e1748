#include "fit/least.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace brightline::fit {
namespace {

/// Times of the form start + size / rate, the shape of every kernel's time; sizes from 1 to 2^(rows - 1).
struct Line {
  double start, cost;
  [[nodiscard]] double at(std::size_t row) const { return start + cost * std::exp2(static_cast<double>(row)); }
};

constexpr std::size_t sizes = 16;

/// `lines`: one of each group; rows of a group follow each other.
Problem timed(const std::vector<Line>& lines, double offset_spread = 1) {
  Problem out;
  out.priors = {{10, 2, offset_spread}, {0.1, 2, offset_spread}};
  out.groups = static_cast<int>(lines.size());
  for (std::size_t g = 0; g < lines.size(); ++g) {
    for (std::size_t i = 0; i < sizes; ++i) out.rows.push_back({lines[g].at(i), {static_cast<int>(g) + 1}});
  }
  out.predict = [](std::size_t row, std::span<const double> c) { return Line{c[0], c[1]}.at(row % sizes); };
  return out;
}

std::vector<double> fitted(const Problem& problem, std::initializer_list<int> groups) {
  const std::vector<int> named(groups);
  return solve(problem, 40).constants(problem, named);
}

TEST(Least, RecoversKnownConstants) {
  const Problem problem = timed({{50, 0.02}});
  const auto found = fitted(problem, {1});
  EXPECT_NEAR(found[0] / 50, 1, 0.005);
  EXPECT_NEAR(found[1] / 0.02, 1, 0.005);
}

RC_GTEST_PROP(LeastProperty, RecoversConstantsFarFromThePrior, ()) {
  const double start = 10 * std::exp(*rc::gen::inRange(-200, 200) * 0.01);
  const double cost = 0.1 * std::exp(*rc::gen::inRange(-200, 200) * 0.01);
  const auto found = fitted(timed({{start, cost}}), {1});
  RC_ASSERT(std::abs(found[0] / start - 1) < 0.03);
  RC_ASSERT(std::abs(found[1] / cost - 1) < 0.03);
}

TEST(Least, AGroupHasItsOwnOffsets) {
  const Problem problem = timed({{20, 0.1}, {20, 0.3}});
  const Solution solution = solve(problem, 40);
  const std::vector<int> one{1};
  const std::vector<int> two{2};
  EXPECT_NEAR(solution.constants(problem, one)[1] / 0.1, 1, 0.01);
  EXPECT_NEAR(solution.constants(problem, two)[1] / 0.3, 1, 0.01);
  EXPECT_NEAR(solution.constants(problem, two)[0] / 20, 1, 0.01);
  // A group never seen takes the default, which lies between the two.
  const double otherwise = solution.constants(problem, {})[1];
  EXPECT_GT(otherwise, 0.12);
  EXPECT_LT(otherwise, 0.25);
  // What both groups share is told to the default and not to each of them.
  EXPECT_NEAR(solution.logs[1][0], 0, 0.1);
}

TEST(Least, ATightOffsetHoldsGroupsTogether) {
  const Problem problem = timed({{20, 0.1}, {20, 0.3}}, 0.001);
  const Solution solution = solve(problem, 40);
  const std::vector<int> one{1};
  const std::vector<int> two{2};
  EXPECT_NEAR(solution.constants(problem, one)[1] / solution.constants(problem, two)[1], 1, 0.05);
}

TEST(Least, OneOutlierHardlyMoves) {
  for (const double factor : {30.0, 1 / 30.0}) {
    Problem problem = timed({{50, 0.02}});
    problem.rows[11].measured *= factor;
    const auto found = fitted(problem, {1});
    EXPECT_NEAR(found[0] / 50, 1, 0.03) << factor;
    EXPECT_NEAR(found[1] / 0.02, 1, 0.03) << factor;
  }
}

TEST(Least, StaysAtThePriorWithoutRows) {
  Problem problem = timed({});
  EXPECT_EQ(fitted(problem, {}), (std::vector<double>{std::exp(std::log(10.0)), std::exp(std::log(0.1))}));
  problem.groups = 3;
  for (const std::vector<double>& logs : solve(problem, 40).logs) ASSERT_EQ(logs.size(), 2U);
  EXPECT_EQ(solve(problem, 40).logs[3], (std::vector<double>{0, 0}));
}

TEST(Least, AGroupWithoutRowsStaysAtTheDefault) {
  Problem problem = timed({{50, 0.02}});
  problem.groups = 2;
  EXPECT_EQ(solve(problem, 40).logs[2], (std::vector<double>{0, 0}));
}

TEST(Least, AConstantThatNothingTellsStaysAtItsPrior) {
  Problem problem = timed({{50, 0.02}});
  problem.priors.push_back({7, 1, 1});  // not in the formula
  EXPECT_NEAR(fitted(problem, {1})[2], 7, 1e-9);
}

TEST(Least, AnUnlikelyConstantIsHeldByItsPrior) {
  Problem problem = timed({{50, 0.02}});
  for (Prior& prior : problem.priors) prior.spread = prior.offset_spread = 0.001;
  const auto found = fitted(problem, {1});
  EXPECT_NEAR(found[0] / 10, 1, 0.05);
}

/// Rows that contradict each other about one constant.
Problem torn(double weight_of_four) {
  Problem out;
  out.priors = {{2, 5, 1}};
  out.rows = {{1, {}, 1}, {4, {}, weight_of_four}};
  out.predict = [](std::size_t, std::span<const double> c) { return c[0]; };
  return out;
}

TEST(Least, TheHeavierRowWins) {
  EXPECT_NEAR(fitted(torn(3), {})[0], 4, 0.1);
  EXPECT_NEAR(fitted(torn(1.0 / 3), {})[0], 1, 0.03);
}

TEST(Least, AShareStopsAtItsBound) {
  Problem problem = torn(3);
  problem.priors[0].most = 1.5;
  EXPECT_DOUBLE_EQ(fitted(problem, {})[0], 1.5);
}

TEST(Least, AShareNearsItsBoundAsAsked) {
  Problem problem = torn(1);
  problem.rows = {{0.6, {}, 1}};
  problem.priors = {{0.5, 5, 1, 1}};
  problem.saturate = [](double value, double most) { return value * most / (value + most); };
  const Solution solution = solve(problem, 40);
  EXPECT_NEAR(solution.constants(problem, {})[0], 0.6, 0.005);
  EXPECT_NEAR(std::exp(solution.logs[0][0]), 1.5, 0.05);  // before it is bounded: 1.5 / 2.5
}

}  // namespace
}  // namespace brightline::fit
