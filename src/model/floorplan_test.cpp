// The floorplan: does it add up by hand, does the short way agree with the long one, does more ever take less?
#include "model/floorplan.h"

#include <gtest/gtest.h>

#include <cmath>

#include "model/real_die.h"
#include "model/silicon_test.h"

namespace brightline::model {
namespace {

double sum_of_blocks(const Floorplan& p) {
  return p.cores + p.tensor + p.core_memory + p.l2 + p.interconnect + p.memory_phy + p.memory_control + p.scaleup + p.scaleup_control + p.bus + p.die_links + p.other + p.spare;
}

TEST(Floorplan, AddsUpByHand) {
  Design d;
  d.cores = 10;
  d.units = 4;
  d.rows = d.columns = 16;
  d.eight_bit = 1;
  d.registers = 200;
  d.local = 100;
  d.l2 = 10;
  d.stacks = 2;
  d.scaleup = 100;
  d.bus_generation = 4;
  const Floorplan p = floorplan_of(d, silicon::area());
  // Logic takes a quarter of what it takes on the node of the constants, PHYs a half.
  EXPECT_NEAR(p.cores, 10 * (0.01 + 100 * 0.01 + 2 * 0.01) / 4, 1e-12);
  EXPECT_NEAR(p.tensor, 10 * 4 * (256 * 0.001 * 1.2 + 32 * 0.01) / 4, 1e-12);
  EXPECT_NEAR(p.core_memory, 10 * (200 * 0.01 / 4 + 100 * 4 * 8192 * 0.05e-6), 1e-12);
  EXPECT_NEAR(p.l2, 10 * 8 * 8192 * 1024 * 0.05e-6 + 10 * 4 * 256 * 0.01 / 4, 1e-9);
  EXPECT_NEAR(p.interconnect, (10 * 0.01 + 10 * 0.01) / 4, 1e-12);
  EXPECT_NEAR(p.memory_phy, 2 * 10 * 0.5, 1e-12);
  EXPECT_NEAR(p.memory_control, 2 * 10 * 0.5 / 4, 1e-12);
  EXPECT_NEAR(p.scaleup, 4 * 0.01 / 2, 1e-12);  // 100 GB/s both ways are four lanes of 100 Gb/s both ways
  EXPECT_NEAR(p.bus, 16 * (0.5 / 2 + 0.01 / 4), 1e-12);
  EXPECT_EQ(p.die_links, 0);
  EXPECT_NEAR(p.die, sum_of_blocks(p), 1e-9);
  EXPECT_NEAR(p.other, 0.01 / 1.01 * p.die, 1e-9);
  EXPECT_EQ(p.applicable, p.die);
  EXPECT_EQ(p.memory_package, 200);
  EXPECT_NEAR(p.transistors, 0.1 * p.die, 1e-12);
}

TEST(Floorplan, WhatStandsApartOnAPlanarNodeDoesNotCount) {
  Design d;
  d.io_die = 1;
  d.dies = 2;
  d.spare = 30;
  const Floorplan p = floorplan_of(d, silicon::area());
  EXPECT_GT(p.io_die, 0);
  EXPECT_NEAR(p.applicable, 2 * p.die, 1e-12);
  EXPECT_NEAR(p.logic, 2 * p.die + p.io_die, 1e-12);
  EXPECT_EQ(floorplan_of(d, silicon::area("small", "small")).applicable, floorplan_of(d, silicon::area("small", "small")).logic);
  Design without = d;
  without.spare = 0;
  EXPECT_NEAR(p.applicable - floorplan_of(without, silicon::area()).applicable, 60, 1e-9);
}

TEST(Floorplan, DiesOfOnePackageAreJoined) {
  Design d;
  EXPECT_EQ(floorplan_of(d, silicon::area()).die_links, 0);
  d.dies = 2;
  EXPECT_GT(floorplan_of(d, silicon::area()).die_links, 0);
}

TEST(Floorplan, LargerArraysAreCheaperAMultiplier) {
  Design small;
  small.units = 4;
  Design large = small;
  large.units = 1;
  large.rows = large.columns = 32;
  EXPECT_EQ(small.multipliers(), large.multipliers());
  EXPECT_LT(floorplan_of(large, silicon::area()).tensor, floorplan_of(small, silicon::area()).tensor);
}

TEST(Floorplan, BlocksMakeTheWholeAndTheShortWayAgrees) {
  std::mt19937_64 random(7);
  const AreaRates rates = silicon::area();
  for (int i = 0; i < 2000; ++i) {
    const Design d = silicon::any_design(random);
    const Floorplan p = floorplan_of(d, rates);
    EXPECT_NEAR(p.logic, sum_of_blocks(p), 1e-9 * p.logic);
    EXPECT_EQ(p.die, die_area(d, rates));
    EXPECT_NEAR(p.applicable, applicable_area(d, rates), 1e-12 * p.applicable);
  }
}

TEST(Floorplan, MoreNeverTakesLess) {
  std::mt19937_64 random(11);
  const AreaRates rates = silicon::area();
  for (int i = 0; i < 2000; ++i) {
    const Design less = silicon::any_design(random);
    const Floorplan before = floorplan_of(less, rates);
    for (const DesignField& field : design_fields) {
      if (!field.more_is_quicker) continue;
      Design more = less;
      more.*field.member += 1;
      const Floorplan after = floorplan_of(more, rates);
      for (const auto part : {&Floorplan::die, &Floorplan::io_die, &Floorplan::applicable, &Floorplan::logic, &Floorplan::memory_package, &Floorplan::transistors}) {
        EXPECT_GE(after.*part, before.*part) << field.name;
      }
    }
  }
}

TEST(AreaRates, SaysWhatItAssumesAndWhatIsNotKnown) {
  EXPECT_EQ(silicon::area("silent").assumed.size(), 1U);
  base::Problems problems;
  const std::vector<std::string> wrong{"no such memory"};
  (void)area_rates(silicon::technology(), "no such node", "", wrong, problems);
  EXPECT_GE(problems.size(), 2U) << base::render(problems);
}

TEST(RealDie, CountsBecomeADesign) {
  chip::DieFacts facts;
  facts.node = facts.io_node = "old";
  facts.counts = {{"cores", 7}, {"l2", 3}, {"fp32_lanes", 64}, {"lane_rate", 50}, {"graphics", 1}};
  const RealDie die = real_die(facts);
  EXPECT_EQ(die.design.cores, 7);
  EXPECT_EQ(die.design.l2, 3);
  EXPECT_EQ(die.kind.lane_rate, 50);
  EXPECT_TRUE(die.kind.graphics);
  base::Problems problems;
  const chip::Technology technology = silicon::technology();
  const Floorplan p = floorplan_of(die, technology, area_constants(technology.area, problems), problems);
  EXPECT_TRUE(problems.empty()) << base::render(problems);
  double blocks = 0;
  for (const std::string_view block : chip::die_blocks) blocks += block_area(p, block);
  EXPECT_NEAR(blocks, p.die, 1e-9);
}

}  // namespace
}  // namespace brightline::model
