// Rated power of designs: does the sum hold by hand, does more of anything ever draw less, what cannot be rated?
#include "model/design_power.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace brightline::model {
namespace {

chip::Sourced value(std::int64_t number, std::int64_t most = 0) {
  chip::Sourced out;
  out.range = chip::Interval::exactly(base::Exact(number));
  if (most > 0) out.range.high = base::Exact(most);
  return out;
}

chip::Sourced tenths(std::int64_t number) {
  chip::Sourced out;
  out.range = chip::Interval::exactly(*base::Exact::ratio(number, 10));
  return out;
}

/// 2 pJ an operation on "small" at 2000 MHz, 8 on "large" at 1000; a family of 1 pJ, at most 4, measured on "small".
chip::Technology technology() {
  chip::Technology out;
  out.energy.operations = {{{"small"}, {}, value(2), value(2000), {}, {}}, {{"large"}, {}, value(8), value(1000), {}, {}}, {{}, {"thrifty"}, value(1, 4), value(2000), tenths(9), "small"}};
  for (const chip::PrecisionInfo& one : chip::precisions) out.energy.formats.push_back({std::string(one.name), one.bits == 4 ? tenths(5) : value(1)});
  out.energy.links = {{{"NVLink"}, value(5)}, {{""}, value(10)}};
  out.energy.scaleout = value(10);
  out.energy.unknown = value(2);
  for (const auto& [name, energy] : {std::pair{"quick", 5}, {"slow", 20}}) {
    chip::MemoryType type;
    type.id = type.name = name;
    type.energy = value(energy);
    type.bandwidth = value(energy == 5 ? 1000 : 50);
    out.memories.push_back(type);
  }
  chip::MemoryType silent;
  silent.id = silent.name = "silent";
  out.memories.push_back(silent);
  out.buses = {{4, value(4)}, {5, value(8)}};
  out.rating = chip::RatingFacts{tenths(5), value(1000), value(32), value(2), tenths(5), tenths(15), value(5)};
  return out;
}

/// A quarter drawn whatever runs; memory twice the energy of its device.
Calibration calibration() {
  Calibration out;
  out.priors["energy"] = {{0.25, 0.1, 0.1, 1.0}, {1, 0.1, 0.1, 0}, {1, 0.1, 0.1, 0}, {1, 0.1, 0.1, 0}, {2, 0.1, 0.1, 0}, {0.3, 0.1, 0.1, 1.0}};
  out.unmeasured = {0.5, 2};
  return out;
}

PowerRates rates(std::string_view family = "", std::string_view node = "small") {
  base::Problems problems;
  const std::vector<std::string> ids{"quick", "slow"};
  PowerRates out = power_rates(technology(), calibration(), family, "synchronous", node, "NVLink4", ids, problems);
  base::stop_at(problems);
  return out;
}

/// 100 cores of 4 units of 16 x 16 at 2000 MHz: 409.6 TFLOPS; 2000 GB/s.
Design some_design() {
  Design out;
  out.cores = 100;
  out.clock = 2000;
  out.stacks = 2;
  out.bus_generation = 5;
  return out;
}

TEST(DesignPower, SumsByHand) {
  const DesignPower out = power_of(some_design(), rates());
  const double operations = 2 * 102400 * 2000e6 * 0.5;
  EXPECT_NEAR(out.compute, operations * 2e-12, 1e-6);
  EXPECT_NEAR(out.memory, operations / 1000 * 5e-12 * 8 * 2, 1e-6);
  EXPECT_NEAR(out.links, 300e9 * 8 * 5e-12 + 16 * 4e9 * 8 * 5e-12, 1e-6);
  EXPECT_NEAR(out.total, (out.compute + out.memory + out.links) / 0.75, 1e-6);
  EXPECT_NEAR(out.idle, out.total / 4, 1e-6);
}

TEST(DesignPower, OfAChipCutFarBelowItsMemoryIsThatOfReading) {
  Design cut = some_design();
  cut.cores = 2;
  cut.stacks = 5;
  const DesignPower out = power_of(cut, rates());
  EXPECT_NEAR(out.memory, 5000e9 * 5e-12 * 8 * 2, 1e-6);
  EXPECT_NEAR(out.compute, 2 * 2048 * 2000e6 * 0.5 * 2e-12, 1e-6) << "less than the memory could feed";
}

TEST(DesignPower, TakesTheHungriestFormat) {
  Design design = some_design();
  const double wide = power_of(design, rates()).compute;
  design.four_bit = 1;
  EXPECT_NEAR(power_of(design, rates()).compute, 2 * wide, 1e-6) << "four times the rate at half the energy";
  design.eight_bit = 1;
  EXPECT_NEAR(power_of(design, rates()).compute, 2 * wide, 1e-6);
}

TEST(DesignPower, EnergyGrowsWithTheClockBetweenItsEnds) {
  const PowerRates some = rates();
  EXPECT_NEAR(some.most_clock, 3000, 1e-9);
  const auto an_operation = [&](double clock) {
    Design design = some_design();
    design.clock = clock;
    design.memory_rate = 1;  // so that products stay the heavier load
    return power_of(design, some).compute / clock;
  };
  EXPECT_NEAR(an_operation(3000) / an_operation(2000), 2.25, 1e-9);
  EXPECT_NEAR(an_operation(3200) / an_operation(2000), 2.56, 1e-9) << "beyond the table";
  EXPECT_NEAR(an_operation(1000) / an_operation(2000), 0.25, 1e-9);
  EXPECT_NEAR(an_operation(500), an_operation(1000), 1e-9) << "the voltage is as low as it goes";
}

TEST(DesignPower, OfAFamilyScalesToAnotherNode) {
  EXPECT_NEAR(rates("thrifty").operation, 1e-12, 1e-20);
  EXPECT_NEAR(rates("thrifty").share, 0.9, 1e-12);
  EXPECT_NEAR(rates("thrifty", "large").operation, 4e-12, 1e-20) << "8 over 2 pJ";
  EXPECT_NEAR(rates("thrifty", "large").clock, 1000, 1e-9);
  EXPECT_NEAR(rates("unheard of").operation, 2e-12, 1e-20) << "its node's";
}

TEST(DesignPower, OfAFamilyIsHeldWithinWhatTheMeasuredChipCouldDraw) {
  Calibration hungry = calibration();
  hungry.priors["energy"][1].value = 7;
  base::Problems problems;
  const std::vector<std::string> ids{"quick"};
  EXPECT_NEAR(power_rates(technology(), hungry, "thrifty", "", "small", "", ids, problems).operation, 3e-12, 1e-20) << "4 pJ less the idle quarter";
}

TEST(DesignPower, WhatNobodyStatesIsAProblemEach) {
  base::Problems problems;
  const std::vector<std::string> ids{"silent", "unheard of"};
  power_rates(technology(), calibration(), "", "", "small", "", ids, problems);
  EXPECT_EQ(problems.size(), 2U) << base::render(problems);
  power_rates(technology(), calibration(), "", "", "unheard of", "", ids, problems);
  EXPECT_EQ(problems.size(), 3U) << base::render(problems);
}

Design any_design() {
  Design out;
  for (const DesignField& field : design_fields) out.*field.member = *rc::gen::inRange(1, 200);
  out.memory_type = *rc::gen::inRange(0, 2);
  out.eight_bit = *rc::gen::inRange(0, 2);
  out.four_bit = *rc::gen::inRange(0, 2);
  out.clock = *rc::gen::inRange(1, 5000);
  out.bus_generation = *rc::gen::inRange(0, 9);
  return out;
}

RC_GTEST_PROP(DesignPower, MoreNeverDrawsLess, ()) {
  static const PowerRates some = rates();
  const Design less = any_design();
  for (const DesignField& field : design_fields) {
    if (!field.more_is_quicker) continue;
    Design more = less;
    more.*field.member += *rc::gen::inRange(1, 100);
    RC_ASSERT(power_of(more, some).total >= power_of(less, some).total);
  }
}

RC_GTEST_PROP(DesignPower, PartsSumToTheTotalAndNoneIsNegative, ()) {
  static const PowerRates some = rates();
  const DesignPower out = power_of(any_design(), some);
  RC_ASSERT(out.compute >= 0 && out.memory >= 0 && out.links >= 0 && out.idle >= 0);
  RC_ASSERT(std::abs(out.compute + out.memory + out.links + out.idle - out.total) <= 1e-9 * out.total);
}

}  // namespace
}  // namespace brightline::model
