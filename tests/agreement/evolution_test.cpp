// Does a genetic algorithm with a hundred times as many evaluations find anything better than what the search proves best, or
// anything that the frontier of a full sweep lacks?
#include "agreement/evolution.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "search/bound.h"
#include "search/small_designs_test.h"

namespace brightline::tests {
namespace {

using search::Figure;

double figure(const search::FigureValues& values, Figure which) { return values[static_cast<std::size_t>(which)]; }

class Evolved : public testing::TestWithParam<const char*> {};

TEST_P(Evolved, FindsNothingBetterThanWhatIsProvenBest) {
  search::CodeBook codes(search::real_law());
  search::DesignAsk ask;
  ask.space = search::thinned(search::real_space("hopper-n4"), {{"eight_bit", {1}}, {"rows", {8, 16, 32}}, {"columns", {16, 32}}, {"cores", {20, 32, 48, 60, 80, 100, 114, 132}},
                                                                {"units", {2, 4}}, {"clock", {1005, 1200, 1410, 1605, 1755}}, {"registers", {128, 256}}, {"l2", {10, 30, 50}},
                                                                {"stacks", {3, 4, 5}}, {"memory_rate", {60, 82}}, {"scaleup", {200, 400, 600, 900}}, {"spare", {0, 50, 150}}});
  ask.workloads = {"llama3-70b-prefill", "llama3-70b-decode"};
  const auto asked = search::case_of(codes, ask, GetParam());
  search::set_middling_limits(asked->question);
  const search::DesignQuestion& question = asked->question;
  search::BoundLimits limits;
  limits.climbs = 2;
  const search::BoundResult ours = search::best_design(question, limits);
  ASSERT_TRUE(ours.proven);
  ASSERT_NE(ours.winner.score, search::no_score);
  const search::SweepResult swept = search::sweep_all(question, {0, question.space.size(), 1}, {Figure::prefill, Figure::decode}, 1, nullptr, {});
  EXPECT_EQ(swept.best, ours.winner);
  const std::vector<search::Archived> frontier = swept.frontier.sorted();
  const Evolution theirs = evolve(question, 100, 100 * ours.evaluated, 1);
  std::printf("%llu designs; ours: %llu evaluations, score %lld, frontier of %zu; theirs: %llu evaluations, %llu in question, score %lld, frontier of %zu\n",
              static_cast<unsigned long long>(question.space.size()), static_cast<unsigned long long>(ours.evaluated), static_cast<long long>(ours.winner.score), frontier.size(),
              static_cast<unsigned long long>(theirs.evaluations), static_cast<unsigned long long>(theirs.in_question), static_cast<long long>(theirs.best.score), theirs.front.size());
  EXPECT_GE(theirs.evaluations, 99 * ours.evaluated);
  EXPECT_GT(theirs.in_question, theirs.evaluations / 10) << "an opponent who never finds an allowed design tells nothing";
  EXPECT_FALSE(theirs.best.better_than(ours.winner));
  EXPECT_GT(static_cast<double>(theirs.best.score), static_cast<double>(ours.winner.score) - 0.25 / question.resolution) << "an opponent far behind tells nothing";
  for (const auto& [index, found] : theirs.front) {
    bool matched = false;
    for (const search::Archived& one : frontier) {
      const bool no_worse = figure(one.values, Figure::prefill) <= figure(found, Figure::prefill) && figure(one.values, Figure::decode) <= figure(found, Figure::decode);
      const bool equal = figure(one.values, Figure::prefill) == figure(found, Figure::prefill) && figure(one.values, Figure::decode) == figure(found, Figure::decode);
      matched |= no_worse;
      EXPECT_FALSE(!equal && figure(found, Figure::prefill) <= figure(one.values, Figure::prefill) && figure(found, Figure::decode) <= figure(one.values, Figure::decode))
          << "design " << index << " dominates design " << one.index;
    }
    EXPECT_TRUE(matched) << "the frontier of the sweep lacks design " << index;
  }
}

INSTANTIATE_TEST_SUITE_P(All, Evolved, testing::Values("2022-10-07", "2023-11-17", "2026-11-23"), [](const auto& day) {
  std::string name = day.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

}  // namespace
}  // namespace brightline::tests
