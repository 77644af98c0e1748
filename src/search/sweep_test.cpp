#include "search/sweep.h"

#include <gtest/gtest.h>

#include <random>

#include "search/small_designs_test.h"

namespace brightline::search {
namespace {

const std::vector<Figure> over{Figure::prefill, Figure::decode, Figure::cost};

class SweepTest : public testing::Test {
 protected:
  CodeBook codes_{real_law()};
  std::unique_ptr<DesignCase> case_ = small_case(codes_);
  const DesignQuestion& question_ = case_->question;
};

// As a sweep's description says: index by index, each looked at alone.
SweepResult walked(const DesignQuestion& question, const SweepBlock& block) {
  DesignEvaluator evaluator(question);
  SweepResult out(over);
  for (std::uint64_t index = block.from; index < block.to; index += block.stride) {
    const Levels levels = question.space.levels_of(index);
    const model::Design design = question.space.at(levels);
    ++out.designs;
    const Rejection why = evaluator.check(design);
    ++out.rejected[static_cast<std::size_t>(why)];
    if (why != Rejection::none) continue;
    ++out.evaluated;
    out.frontier.offer({index, figures_of(evaluator, design)});
    const Found found = assess(evaluator, levels);
    if (found.better_than(out.best)) out.best = found;
  }
  return out;
}

void expect_same(const SweepResult& a, const SweepResult& b) {
  EXPECT_EQ(a.best, b.best);
  EXPECT_EQ(a.designs, b.designs);
  EXPECT_EQ(a.evaluated, b.evaluated);
  EXPECT_EQ(a.rejected, b.rejected);
  const std::vector<Archived> left = a.frontier.sorted();
  const std::vector<Archived> right = b.frontier.sorted();
  ASSERT_EQ(left.size(), right.size());
  for (std::size_t i = 0; i < left.size(); ++i) {
    EXPECT_EQ(left[i].index, right[i].index);
    EXPECT_EQ(left[i].values, right[i].values);
  }
}

TEST_F(SweepTest, OfEveryStrideIsTheWalkIndexByIndex) {
  const std::uint64_t size = question_.space.size();
  DesignEvaluator evaluator(question_);
  std::mt19937_64 random(3);
  std::vector<SweepBlock> blocks{{0, size, 1}, {0, size, 7}, {5, size, 64}, {size - 1, size, 1}, {0, 1, 5}, {3, 3, 1}, {0, size, size}, {0, size, size - 1}, {0, size, size + 3}};
  for (int i = 0; i < 20; ++i) {
    const std::uint64_t from = random() % size;
    blocks.push_back({from, from + random() % (size - from + 1), 1 + random() % 97});
  }
  for (const SweepBlock& block : blocks) {
    SCOPED_TRACE(std::to_string(block.from) + " to " + std::to_string(block.to) + " by " + std::to_string(block.stride));
    expect_same(sweep(evaluator, block, over), walked(question_, block));
  }
  const SweepResult whole = sweep(evaluator, {0, size, 1}, over);
  EXPECT_GT(whole.evaluated, size / 50) << "the space tells something";
  EXPECT_LT(whole.evaluated, size);
  EXPECT_EQ(whole.rejected[0], whole.evaluated);
}

TEST_F(SweepTest, AnswersTheSameOnAnyNumberOfThreads) {
  case_->question.space.values[*model::design_field_named("spare")].clear();  // several blocks, most of them settled by the die
  for (int spare = 0; spare < 2000; ++spare) case_->question.space.values[*model::design_field_named("spare")].push_back(spare);
  const std::uint64_t size = question_.space.size();
  ASSERT_GT(size, std::uint64_t{2} << 18U);
  for (const SweepBlock& block : {SweepBlock{0, size, 1}, SweepBlock{11, size - 5, 2}, SweepBlock{1, size, 13}}) {
    DesignEvaluator evaluator(question_);
    const SweepResult alone = sweep(evaluator, block, over);
    for (const unsigned threads : {1U, 2U, 3U}) expect_same(sweep_all(question_, block, over, threads, nullptr, {}), alone);
  }
}

TEST_F(SweepTest, MergedBlocksAreTheWhole) {
  const std::uint64_t size = question_.space.size();
  DesignEvaluator evaluator(question_);
  SweepResult merged(over);
  constexpr std::uint64_t parts = 7;
  for (std::uint64_t i = 0; i < parts; ++i) merged.merge(sweep(evaluator, {i * size / parts, (i + 1) * size / parts, 1}, over));
  expect_same(merged, sweep(evaluator, {0, size, 1}, over));
}

TEST_F(SweepTest, TellsHowFarItIsAndStops) {
  std::atomic<bool> stop{false};
  double last = 0;
  sweep_all(question_, {0, question_.space.size(), 1}, over, 2, &stop, [&](double share, const SweepResult& so_far) {
    EXPECT_GT(share, last);
    EXPECT_GT(so_far.designs, 0U);
    last = share;
  });
  EXPECT_EQ(last, 1);
  stop = true;
  EXPECT_EQ(sweep_all(question_, {0, question_.space.size(), 1}, over, 2, &stop, {}).designs, 0U);
  EXPECT_EQ(sweep_all(question_, {9, 9, 1}, over, 2, nullptr, {}).designs, 0U);
}

// A few designs of very many: a block of them would reach beyond 64 bits.
TEST_F(SweepTest, TakesAFewOfVeryManyDesigns) {
  for (const char* field : {"cores", "clock", "registers", "local"}) {
    auto& values = case_->question.space.values[*model::design_field_named(field)];
    values.clear();
    for (int i = 0; i < 4000; ++i) values.push_back(1 + i);
  }
  const std::uint64_t size = question_.space.size();
  ASSERT_GT(size, std::uint64_t{1} << 55U);
  for (const std::uint64_t count : {3U, 100U, 3000U}) {
    const std::uint64_t stride = size / count;
    const SweepResult all = sweep_all(question_, {0, size, stride}, over, 2, nullptr, {});
    EXPECT_EQ(all.designs, (size + stride - 1) / stride);
    expect_same(all, walked(question_, {0, size, stride}));
  }
}

TEST_F(SweepTest, FiguresAreThoseOfTheDesign) {
  DesignEvaluator evaluator(question_);
  const model::Design design = question_.space.at(question_.space.levels_of(question_.space.size() / 2));
  const FigureValues found = figures_of(evaluator, design);
  const auto at = [&](Figure figure) { return found[static_cast<std::size_t>(figure)]; };
  std::vector<double> seconds;
  evaluator.seconds(design, seconds);
  EXPECT_NEAR(at(Figure::prefill), seconds[0], 1e-12 * seconds[0]);
  EXPECT_NEAR(at(Figure::decode), seconds[1], 1e-12 * seconds[1]);
  EXPECT_EQ(at(Figure::training), 0) << "no task is training";
  EXPECT_EQ(at(Figure::area), question_.physics.applicable(design));
  EXPECT_EQ(at(Figure::cost), question_.physics.cost(design));
  const double slower = std::sqrt(seconds[0] / question_.tasks[0].reference_seconds * seconds[1] / question_.tasks[1].reference_seconds);
  EXPECT_NEAR(at(Figure::energy), question_.physics.power(design) * slower, 1e-9 * at(Figure::energy));
  EXPECT_EQ(at(Figure::margin), -question_.gate.margin(question_.words(design, question_.physics.applicable(design))));
}

}  // namespace
}  // namespace brightline::search
