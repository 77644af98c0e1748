// Are the spaces of data/spaces what a search needs: large, buildable, and reaching what is sold?
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "rediscovery/cases.h"

namespace brightline::tests {
namespace {

class Spaces : public testing::TestWithParam<std::string> {
 protected:
  static std::unique_ptr<search::DesignCase> free_case(const std::string& id) {
    Case one;
    one.id = one.space = id;
    one.day = *base::Date::parse("2022-08-01");  // before any rule
    return asked(one);
  }
};

TEST_P(Spaces, HoldsAMillionMillionDesigns) {
  base::Problems problems;
  const search::Space space = search::find_space(BRIGHTLINE_ROOT "/data", GetParam(), problems);
  base::stop_at(problems);
  EXPECT_EQ(space.id, GetParam());
  EXPECT_GE(space.size(), 1'000'000'000'000U);
}

TEST_P(Spaces, SomeOfItsDesignsCanBeBuiltAndRunItsWorkloads) {
  const auto one = free_case(GetParam());
  EXPECT_GE(one->question.tasks.size(), 2U);
  const search::DesignEvaluator evaluator(one->question);
  std::mt19937_64 draw(1);
  constexpr int draws = 100'000;
  int good = 0;
  for (int i = 0; i < draws; ++i) good += static_cast<int>(evaluator.check(one->question.space.at(one->question.space.levels_of(draw() % one->question.space.size()))) == search::Rejection::none);
  EXPECT_GT(good, draws / 1000);
}

// The reference chip's own numbers should lie inside, so that what is shipped can be found at all.
TEST_P(Spaces, ReachesTheSpeedOfItsReference) {
  const auto one = free_case(GetParam());
  search::DesignEvaluator evaluator(one->question);
  std::uint64_t evaluated = 0;
  const search::Found found = search::climb_from_random(evaluator, 8, 1, evaluated);
  ASSERT_NE(found.score, search::no_score);
  const model::Design best = one->question.space.at(one->question.space.levels_of(found.index));
  EXPECT_GT(evaluator.value(best, best), std::log(0.9));
}

INSTANTIATE_TEST_SUITE_P(All, Spaces, testing::ValuesIn(search::space_ids(BRIGHTLINE_ROOT "/data")), [](const auto& one) {
  std::string name = one.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

}  // namespace
}  // namespace brightline::tests
