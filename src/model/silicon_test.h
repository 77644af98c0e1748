// Technology with round numbers for tests of area and cost: two nodes, stacked memory and memory on the board.
#pragma once
#include <array>
#include <random>
#include <string>
#include <vector>

#include "model/die_cost.h"

namespace brightline::model::silicon {

inline chip::Sourced value(std::int64_t number) {
  chip::Sourced out;
  out.range = chip::Interval::exactly(base::Exact(number));
  return out;
}
/// thousandths
inline chip::Sourced milli(std::int64_t number) {
  chip::Sourced out;
  out.range = chip::Interval::exactly(*base::Exact::ratio(number, 1000));
  return out;
}

inline const std::vector<std::string> memories{"stack", "board"};

inline chip::MemoryType memory(const std::string& id, bool hbm, std::int64_t phy) {
  chip::MemoryType out;
  out.id = out.name = id;
  out.hbm = hbm;
  out.phy_area = value(phy);
  out.package_area = value(100);
  out.bandwidth = value(1000);
  out.price = value(10);
  return out;
}

/// "small" has four times the density of "old", which is planar and what the constants are of.
inline std::vector<chip::Node> nodes() {
  chip::Node old;
  old.id = "old";
  old.logic_density = value(25'000'000);
  old.sram_bitcell = milli(100);
  old.defect_density = milli(100);
  old.wafer_price = value(4000);
  chip::Node small = old;
  small.id = "small";
  small.non_planar = true;
  small.logic_density = value(100'000'000);
  small.sram_bitcell = milli(50);
  small.wafer_price = value(10'000);
  chip::Node silent;
  silent.id = "silent";
  silent.non_planar = true;
  silent.logic_density = value(90'000'000);
  return {old, small, silent};
}

inline chip::PackagingFacts packaging() {
  chip::PackagingFacts out;
  out.wafer = {value(300), value(5), value(0), value(2)};
  out.reticle = {value(26), value(33), value(858), value(429)};
  out.test = {milli(10), value(50)};
  out.carriers = {{"plain", false, value(4), milli(10), value(20), value(100), value(10'000)}, {"interposer", true, milli(1100), milli(500), value(60), value(99), value(3000)}};
  return out;
}

inline chip::Technology technology() {
  chip::Technology out;
  out.nodes = nodes();
  out.memories = {memory("stack", true, 10), memory("board", false, 4)};
  out.area.reference_node = "old";
  out.area.reference_memory = "stack";
  for (const char* name : names::area) out.area.constants.push_back({name, value(1), 1, 0.01});
  const auto set = [&](std::string_view name, double fitted) {
    for (auto& one : out.area.constants) {
      if (one.name == name) one.fitted = fitted;
    }
  };
  set("density_reached", 1);
  set("analog_shrink", 0.5);
  set("memory_phy", 1);
  set("memory_control", 0.5);
  set("local", 4);
  set("l2", 8);
  set("multiplier", 0.001);
  set("eight_bit", 0.2);
  out.area.buses = {{4, milli(500)}, {5, milli(600)}};
  out.area.core = {value(100), value(2), value(100)};
  out.packaging = packaging();
  return out;
}

inline AreaRates area(const std::string& node = "small", const std::string& io_node = "old") {
  base::Problems problems;
  AreaRates out = area_rates(technology(), node, io_node, memories, problems);
  base::stop_at(problems);
  return out;
}

inline CostRates cost(CostLevel level = CostLevel::typical) {
  base::Problems problems;
  CostRates out = cost_rates(technology(), "small", "old", memories, level, problems);
  base::stop_at(problems);
  return out;
}

/// Any design of sensible size.
inline Design any_design(std::mt19937_64& random) {
  const auto upto = [&](int most) { return static_cast<double>(random() % static_cast<unsigned>(most)); };
  const auto one_of = [&](std::array<double, 4> values) { return values[random() % values.size()]; };
  Design out;
  out.dies = 1 + upto(4);
  out.cores = 1 + upto(150);
  out.units = 1 + upto(8);
  out.rows = one_of({4, 8, 16, 32});
  out.columns = one_of({4, 8, 16, 32});
  out.eight_bit = upto(2);
  out.four_bit = upto(2);
  out.registers = 64 * (1 + upto(8));
  out.local = 32 * (1 + upto(16));
  out.l2 = upto(128);
  out.memory_type = upto(2);
  out.stacks = 1 + upto(12);
  out.stack_gb = 8 + upto(40);
  out.memory_rate = 50 + upto(51);
  out.scaleup = 50 * upto(36);
  out.bus_generation = 3 + upto(4);
  out.bus_lanes = 16;
  out.io_die = upto(2);
  out.spare = upto(3) * 40;
  return out;
}

}  // namespace brightline::model::silicon
