#include "search/bound.h"

#include <gtest/gtest.h>

#include "search/small_designs_test.h"

namespace brightline::search {
namespace {

class BoundTest : public testing::Test {
 protected:
  void expect_proven(const BoundResult& found, const Found& best) const {
    EXPECT_EQ(found.winner, best);
    EXPECT_TRUE(found.proven);
    EXPECT_EQ(found.bound, best.score);
    EXPECT_EQ(found.proof.winner, best);
    const ProofCheck check = replay(case_->question, found.proof);
    EXPECT_TRUE(check.holds) << check.why;
    EXPECT_EQ(check.open_designs, 0);
    EXPECT_EQ(check.bound, best.score);
  }
  BoundLimits on(unsigned threads, int climbs = 2) const {
    BoundLimits out;
    out.threads = threads;
    out.climbs = climbs;
    return out;
  }
  CodeBook codes_{real_law()};
  std::unique_ptr<DesignCase> case_ = small_case(codes_);
};

TEST_F(BoundTest, FindsTheBestWhicheverWayItStarts) {
  const Found best = best_one_by_one(case_->question);
  ASSERT_NE(best.score, no_score);
  for (const int climbs : {0, 1, 24}) {
    for (const unsigned threads : {0U, 1U, 2U, 3U}) expect_proven(best_design(case_->question, on(threads, climbs)), best);
  }
}

TEST_F(BoundTest, OfEqualsTheLowestIndexWins) {
  case_->question.resolution = 0.5;  // few scores: many designs are equals
  const Found best = best_one_by_one(case_->question);
  DesignEvaluator evaluator(case_->question);
  std::uint64_t equals = 0;
  for (std::uint64_t i = 0; i < case_->question.space.size(); ++i) equals += assess(evaluator, case_->question.space.levels_of(i)).score == best.score ? 1 : 0;
  ASSERT_GT(equals, 3U);
  for (const unsigned threads : {1U, 3U}) expect_proven(best_design(case_->question, on(threads, 0)), best);
}

TEST_F(BoundTest, ASpaceWithNothingInQuestionIsProvenEmpty) {
  case_->question.most_die = 1e-9;
  expect_proven(best_design(case_->question, on(2)), Found{});
}

TEST_F(BoundTest, ASpaceOfOneDesignIsSettled) {
  Space& space = case_->question.space;
  const Levels best = space.levels_of(best_one_by_one(case_->question).index);
  for (std::size_t i = 0; i < design_dimensions; ++i) space.values[i] = {space.values[i][best[i]]};
  ASSERT_EQ(space.size(), 1U);
  expect_proven(best_design(case_->question, on(1)), best_one_by_one(case_->question));
  EXPECT_EQ(best_design(case_->question, on(1)).winner.index, 0U);
}

TEST_F(BoundTest, StoppedItSaysWhatIsLeftOpen) {
  const Found best = best_one_by_one(case_->question);
  const std::atomic<bool> stop{true};
  for (const unsigned threads : {1U, 2U}) {
    BoundLimits limits = on(threads, 0);
    limits.stop = &stop;
    const BoundResult found = best_design(case_->question, limits);
    ASSERT_FALSE(found.proven);
    EXPECT_GE(found.bound, best.score) << "nothing is better than the bound";
    EXPECT_FALSE(found.winner.better_than(best));
    const ProofCheck check = replay(case_->question, found.proof);
    EXPECT_TRUE(check.holds) << check.why;
    EXPECT_GT(check.open_designs, 0);
    EXPECT_GE(check.bound, best.score);
  }
}

TEST_F(BoundTest, WithATimeLimitWhatItSaysIsStillTrue) {
  const Found best = best_one_by_one(case_->question);
  for (const double seconds : {1e-6, 0.002, 0.01}) {
    BoundLimits limits = on(2, 1);
    limits.most_seconds = seconds;
    const BoundResult found = best_design(case_->question, limits);
    EXPECT_GE(found.bound, best.score);
    EXPECT_TRUE(!found.proven || found.winner == best);
    const ProofCheck check = replay(case_->question, found.proof);
    EXPECT_TRUE(check.holds) << check.why;
    EXPECT_GE(check.bound, best.score);
    EXPECT_EQ(check.open_designs == 0, found.proven);
  }
}

TEST_F(BoundTest, ATolerancePromisesNoMore) {
  const Found best = best_one_by_one(case_->question);
  for (const Score tolerance : {1, 100, 3000}) {
    BoundLimits limits = on(1, 1);
    limits.tolerance = tolerance;
    const BoundResult found = best_design(case_->question, limits);
    EXPECT_LE(found.bound, found.winner.score + tolerance);
    EXPECT_GE(found.bound, best.score);
    EXPECT_GE(found.winner.score, best.score - tolerance);
  }
}

TEST_F(BoundTest, AWarmStartIsOneOfTheDesigns) {
  DesignEvaluator evaluator(case_->question);
  const Found best = best_one_by_one(case_->question);
  std::uint64_t evaluated = 0;
  const Found one = climb_from_random(evaluator, 5, 42, evaluated);
  EXPECT_FALSE(one.better_than(best));
  EXPECT_EQ(assess(evaluator, case_->question.space.levels_of(one.index)), one);
  std::uint64_t again = 0;
  EXPECT_EQ(climb_from_random(evaluator, 5, 42, again), one) << "the same for the same seed";
  EXPECT_EQ(again, evaluated);
  EXPECT_EQ(climb(evaluator, case_->question.space.levels_of(best.index), evaluated), best) << "from the top there is no way up";
}

TEST_F(BoundTest, CountsWhatItDid) {
  std::vector<BoundProgress> told;
  BoundLimits limits = on(2);
  limits.progress = [&](const BoundProgress& now) { told.push_back(now); };
  const BoundResult found = best_design(case_->question, limits);
  EXPECT_GT(found.boxes, 0U);
  EXPECT_GT(found.evaluated, 0U);
  for (const BoundProgress& one : told) EXPECT_GE(one.bound, one.best.score);
}

}  // namespace
}  // namespace brightline::search
