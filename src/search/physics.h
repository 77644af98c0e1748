// Area, power and cost of the designs of one space: rates resolved once, a few operations a design.
#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include "model/design_power.h"

namespace brightline::search {

// placeholder until the floorplan lands
struct Physics {
  double core = 0.5, mac = 0.0006, kib = 0.0015, l2 = 0.9, phy = 12, link = 0.03, lane = 0.25, other = 40;
  [[nodiscard]] double die(const model::Design& d) const {
    return d.cores * (core + d.per_core() * mac * (1 + 0.5 * d.eight_bit + 0.25 * d.four_bit) + d.units * (d.rows + d.columns) * 0.002 + (d.registers + d.local) * kib) +
           (d.l2 * l2 + d.stacks * phy + d.scaleup * link + d.bus_lanes * lane * d.bus_generation / 4) / d.dies + other + d.spare;
  }
  [[nodiscard]] double applicable(const model::Design& d) const { return die(d) * d.dies; }
  /// W of the rating the design needs, in the proportion of the reference's stated rating to that which the formula finds for it.
  [[nodiscard]] double power(const model::Design& d) const { return model::power_of(d, power_rates).total * rating; }
  model::PowerRates power_rates;
  double rating = 1;
  [[nodiscard]] double cost(const model::Design& d) const { return applicable(d) * 0.4 + d.stacks * d.stack_gb * 15 + 200; }
};

}  // namespace brightline::search
