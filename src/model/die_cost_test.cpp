// Cost of dies and devices: by hand, in its limits, and does more ever cost less?
#include "model/die_cost.h"

#include <gtest/gtest.h>

#include <cmath>

#include "model/silicon_test.h"

namespace brightline::model {
namespace {

/// A die of that area with a fifth of it spare, or none.
Floorplan plain_die(double area) {
  Floorplan out;
  out.die = out.logic = out.applicable = area;
  return out;
}

Design on_board() {
  Design out;
  out.memory_type = 1;
  out.stacks = 0;
  return out;
}

// 100 mm2 are 10 mm x 10 mm without scribe lines. Of the wafer 290 mm bear dies: across = 29,
// pi 29 (29 / 4 - 0.58) = 607.68 dies. Each costs 10,000 / 607.68 = 16.456 USD, 1 USD more to sort.
TEST(DieCost, ASmallDieByHand) {
  const CostRates rates = silicon::cost();
  EXPECT_NEAR(dies_per_wafer(100, rates), 607.68, 0.01);
  // 0.1 defects per cm2, so 0.1 on it; clustering 2: (1 + 0.1 / 2)^-2 = 0.90703.
  const DesignCost cost = cost_of(on_board(), plain_die(100), rates);
  EXPECT_NEAR(cost.yield, 0.907029, 1e-6);
  EXPECT_NEAR(cost.compute_dies, 17.456 / 0.907029, 0.001);  // 19.245
  CostRates clean = rates;
  clean.compute.defects = 0;
  EXPECT_NEAR(cost_of(on_board(), plain_die(100), clean).compute_dies, 17.456, 0.001);
  // On the board: a carrier of 4 x 100 mm2 at 0.01 USD, 20 USD fixed, no loss, 50 USD of test.
  EXPECT_NEAR(cost.package, 4 + 20 + 50, 1e-9);
}

// 784 mm2 are 28 mm x 28 mm: across = 10.357, pi 10.357 (2.5893 - 0.58) = 65.378 dies of 152.96 USD, 7.84 USD to sort.
// 0.784 defects: (1 + 0.392)^-2 = 0.51608; by Poisson e^-0.784 = 0.45658.
TEST(DieCost, ALargeDieByHand) {
  CostRates rates = silicon::cost();
  EXPECT_NEAR(dies_per_wafer(784, rates), 65.378, 0.001);
  const DesignCost cost = cost_of(on_board(), plain_die(784), rates);
  EXPECT_NEAR(cost.yield, 0.516085, 1e-6);
  EXPECT_NEAR(cost.compute_dies, 160.80 / 0.516085, 0.02);  // 311.57
  rates.clustering = 0;
  EXPECT_NEAR(cost_of(on_board(), plain_die(784), rates).yield, 0.456576, 1e-6);
  rates.compute.defects = 0;
  EXPECT_NEAR(cost_of(on_board(), plain_die(784), rates).compute_dies, 160.80, 0.01);
}

TEST(DieCost, ADeviceByHand) {
  Design d;  // five stacks of 16 GB at 10 USD
  const DesignCost cost = cost_of(d, [] {
    Floorplan plan = plain_die(100);
    plan.memory_package = 500;
    return plan;
  }(), silicon::cost());
  EXPECT_EQ(cost.memory, 800);
  EXPECT_NEAR(cost.carrier, 1.1 * 600, 1e-9);
  const double bare = 660 * 0.5 + 60;
  const double sets = std::pow(0.99, -6);  // a die and five stacks
  EXPECT_NEAR(cost.package, bare + (cost.compute_dies + 800 + bare) * (sets - 1) + 50, 1e-6);
  EXPECT_NEAR(cost.total, cost.compute_dies + cost.memory + cost.package, 1e-9);
}

TEST(DieCost, PoissonIsTheLimitOfLittleClustering) {
  CostRates rates = silicon::cost();
  rates.clustering = 100'000;
  const double nearly = yield_of(500, 0, rates.compute, rates);
  rates.clustering = 0;
  EXPECT_NEAR(nearly, yield_of(500, 0, rates.compute, rates), 1e-5);
}

// Poisson with one defect a die, half of it cores: e^-1 without salvage; one defect on a core may stand besides:
// e^-1 (1 + 1/2); any number of them: e^-1/2, the yield of the other half.
TEST(DieCost, DefectiveCoresMayBeSold) {
  CostRates rates = silicon::cost();
  rates.clustering = 0;
  EXPECT_NEAR(yield_of(1000, 0.5, rates.compute, rates), std::exp(-1), 1e-12);
  rates.defective_cores = 1;
  EXPECT_NEAR(yield_of(1000, 0.5, rates.compute, rates), 1.5 * std::exp(-1), 1e-12);
  rates.defective_cores = 50;
  EXPECT_NEAR(yield_of(1000, 0.5, rates.compute, rates), std::exp(-0.5), 1e-12);
  // Clustered: the same limit is the yield of the other half.
  rates.clustering = 2;
  EXPECT_NEAR(yield_of(1000, 0.5, rates.compute, rates), std::pow(1 + 0.5 / 2, -2), 1e-9);
}

TEST(DieCost, SpareAreaTakesRoomButKillsNothing) {
  Design d = on_board();
  d.spare = 100;
  const CostRates rates = silicon::cost();
  const DesignCost with = cost_of(d, plain_die(500), rates);
  EXPECT_EQ(with.yield, cost_of(on_board(), plain_die(400), rates).yield);
  EXPECT_GT(with.compute_dies, cost_of(on_board(), plain_die(400), rates).compute_dies);
}

TEST(DieCost, ADieThatDoesNotFitCostsWithoutLimit) {
  EXPECT_EQ(cost_of(on_board(), plain_die(70'000), silicon::cost()).total, std::numeric_limits<double>::infinity());
}

TEST(DieCost, MoreNeverCostsLess) {
  std::mt19937_64 random(13);
  const AreaRates area = silicon::area();
  for (int salvage : {0, 4}) {
    CostRates rates = silicon::cost();
    rates.defective_cores = salvage;
    for (int i = 0; i < 1000; ++i) {
      const Design less = silicon::any_design(random);
      const double before = cost_of(less, floorplan_of(less, area), rates).total;
      for (const DesignField& field : design_fields) {
        if (!field.more_is_quicker) continue;
        Design more = less;
        more.*field.member += 1;
        EXPECT_GE(cost_of(more, floorplan_of(more, area), rates).total, before * (1 - 1e-12)) << field.name;
      }
    }
  }
}

TEST(CostRates, LevelsAreInOrderAndGapsAreSaid) {
  base::Problems problems;
  chip::Technology technology = silicon::technology();
  technology.packaging.wafer.clustering.range = {base::Exact(1), base::Exact(2), base::Exact(10)};
  const auto total = [&](CostLevel level) {
    const CostRates rates = cost_rates(technology, "small", "", silicon::memories, level, problems);
    return cost_of(on_board(), plain_die(500), rates).total;
  };
  EXPECT_LT(total(CostLevel::low), total(CostLevel::typical));
  EXPECT_LT(total(CostLevel::typical), total(CostLevel::high));
  EXPECT_TRUE(problems.empty()) << base::render(problems);
  EXPECT_EQ(cost_rates(technology, "silent", "", silicon::memories, CostLevel::low, problems).assumed.size(), 2U);
  technology.packaging.wafer.clustering = silicon::milli(2500);
  (void)cost_rates(technology, "no such node", "", silicon::memories, CostLevel::typical, problems);
  EXPECT_GE(problems.size(), 2U) << base::render(problems);
}

}  // namespace
}  // namespace brightline::model
