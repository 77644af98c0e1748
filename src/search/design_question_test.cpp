#include "search/design_question.h"

#include <gtest/gtest.h>

#include "base/exact.h"
#include "search/small_designs_test.h"

namespace brightline::search {
namespace {

class DesignQuestionTest : public testing::Test {
 protected:
  CodeBook codes_{real_law()};
  std::unique_ptr<DesignCase> case_ = small_case(codes_);
  const DesignQuestion& question_ = case_->question;
};

TEST_F(DesignQuestionTest, TellsTheLawWholeMillionths) {
  model::Design d;
  d.dies = 2;
  d.cores = 66;
  d.units = 4;
  d.rows = 16;
  d.columns = 32;
  d.clock = 1755;
  d.stacks = 5;
  d.memory_rate = 80;
  d.scaleup = 900;
  d.bus_generation = 5;
  d.bus_lanes = 16;
  // 270,336 multipliers, two operations each
  constexpr std::int64_t operations = 2LL * 2 * 66 * 4 * 16 * 32 * 1755;  // millionths of a TOPS
  const auto words = [&](double area) { return question_.words(d, area); };
  EXPECT_EQ(at(words(814), LegalWord::tpp), operations * 16);
  EXPECT_EQ(at(words(814), LegalWord::bits_x_tops), operations * 16);
  EXPECT_EQ(at(words(814), LegalWord::tops), operations);
  EXPECT_EQ(at(words(814), LegalWord::aggregate_bidirectional_rate), (900 + 16 * 8) * law::millionths);
  EXPECT_EQ(at(words(814), LegalWord::interconnect_bandwidth), (900 + 16 * 8) * law::millionths);
  EXPECT_EQ(at(words(814), LegalWord::hbm_in_package), 1);
  EXPECT_EQ(at(words(814), LegalWord::datacenter), 1);
  d.eight_bit = 1;
  EXPECT_EQ(at(words(814), LegalWord::tops), operations * 2);
  EXPECT_EQ(at(words(814), LegalWord::tpp), operations * 16) << "narrower formats gain in rate what they lose in length";
  d.four_bit = 1;
  EXPECT_EQ(at(words(814), LegalWord::tops), operations * 4);
  EXPECT_EQ(at(words(814), LegalWord::tpp), operations * 16);
}

TEST_F(DesignQuestionTest, AnAreaIsTakenDownToAHundredth) {
  const auto area = [&](double mm2) { return at(question_.words({}, mm2), LegalWord::applicable_die_area); };
  EXPECT_EQ(area(814), 814'000'000);
  EXPECT_EQ(area(814.001), 814'000'000);
  EXPECT_EQ(area(814.009), 814'000'000);
  EXPECT_EQ(area(0), 0);
}

TEST_F(DesignQuestionTest, MemoryBandwidthIsWhatTheTypeGivesToTheMillionth) {
  model::Design d;
  for (const double stacks : {1.0, 3.0, 7.0}) {
    for (const double rate : {33.0, 50.0, 67.0, 100.0}) {
      d.stacks = stacks;
      d.memory_rate = rate;
      const base::Exact whole = question_.basis->memory(d).bandwidth->range.stated->to_double() == 819 ? base::Exact(819) : base::Exact(0);
      ASSERT_FALSE(whole.is_zero()) << "the test knows HBM3";
      const base::Exact exact = *times(*times(whole, base::Exact(static_cast<std::int64_t>(stacks * rate))), base::Exact(law::millionths / 100));
      EXPECT_EQ(base::Exact(at(question_.words(d, 1), LegalWord::dram_bandwidth)), exact);
    }
  }
}

TEST_F(DesignQuestionTest, WeightsSumToOneAndNeedsAreThoseOfTheNeediestTask) {
  double sum = 0;
  double most = 0;
  for (std::size_t i = 0; i < question_.tasks.size(); ++i) {
    sum += question_.weights[i];
    most = std::max(most, question_.tasks[i].bytes);
  }
  EXPECT_NEAR(sum, 1, 1e-12);
  EXPECT_EQ(question_.least_bytes, most);
  EXPECT_FALSE(question_.eight_bit);
}

TEST_F(DesignQuestionTest, ChecksInTheOrderItSays) {
  DesignEvaluator evaluator(question_);
  model::Design d = question_.space.at(question_.space.levels_of(best_one_by_one(question_).index));
  ASSERT_EQ(evaluator.check(d), Rejection::none);
  const double cost = question_.physics.cost(d);
  case_->question.most_cost = cost;
  EXPECT_EQ(evaluator.check(d), Rejection::none) << "a limit may be reached";
  case_->question.most_cost = cost * 0.999;
  EXPECT_EQ(evaluator.check(d), Rejection::cost);
  case_->question.most_power = question_.physics.power(d) * 0.999;
  EXPECT_EQ(evaluator.check(d), Rejection::power);
  case_->question.eight_bit = true;
  d.eight_bit = 0;
  EXPECT_EQ(evaluator.check(d), Rejection::formats);
  case_->question.least_bytes = d.stacks * d.stack_gb * 1e9 + 1;
  EXPECT_EQ(evaluator.check(d), Rejection::memory);
  d.clock = 1e6;
  EXPECT_EQ(evaluator.check(d), Rejection::law);
  case_->question.most_die = question_.physics.die(d) * 0.999;
  EXPECT_EQ(evaluator.check(d), Rejection::die);
}

TEST_F(DesignQuestionTest, ADesignThatLacksAFormatHasNoScore) {
  DesignEvaluator evaluator(question_);
  case_->question.tasks[0].eight_bit = true;
  model::Design d = question_.space.at({});
  d.eight_bit = 0;
  EXPECT_EQ(evaluator.score(d), no_score);
  d.eight_bit = 1;
  EXPECT_NE(evaluator.score(d), no_score);
}

// Twice the speed at everything is the logarithm of two more, whatever the weights; a unit price divides.
TEST_F(DesignQuestionTest, ScoresTheLogarithmOfTheSpeed) {
  DesignEvaluator evaluator(question_);
  const model::Design d = question_.space.at(question_.space.last());
  std::vector<double> seconds;
  evaluator.seconds(d, seconds);
  std::vector<double> half = seconds;
  for (double& one : half) one /= 2;
  EXPECT_NEAR(evaluator.value_of(d, half) - evaluator.value_of(d, seconds), std::log(2), 1e-12);
  std::vector<double> as_reference;
  for (const Task& task : question_.tasks) as_reference.push_back(task.reference_seconds);
  EXPECT_NEAR(evaluator.value_of(d, as_reference), 0, 1e-12);
  const auto divided = [&](Objective objective) {
    case_->question.objective = objective;
    return std::exp(-evaluator.value_of(d, as_reference));
  };
  EXPECT_NEAR(divided(Objective::per_usd), question_.physics.cost(d), 1e-9 * question_.physics.cost(d));
  EXPECT_NEAR(divided(Objective::per_watt), question_.physics.power(d), 1e-9 * question_.physics.power(d));
  EXPECT_NEAR(divided(Objective::per_mm2), question_.physics.applicable(d), 1e-9 * question_.physics.applicable(d));
}

TEST(Objective, IsNamed) {
  for (const Objective one : {Objective::performance, Objective::per_usd, Objective::per_watt, Objective::per_mm2}) EXPECT_EQ(objective_named(objective_name(one)), one);
  EXPECT_FALSE(objective_named("speed"));
}

}  // namespace
}  // namespace brightline::search
