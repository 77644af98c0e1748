// Area, power and cost of the designs of one space: rates resolved once, a few operations a design.
#pragma once
#include <algorithm>

#include "model/design_power.h"
#include "model/die_cost.h"
#include "model/floorplan.h"

namespace brightline::search {

struct Physics {
  model::AreaRates area;
  model::PowerRates rates;
  model::CostRates money;  ///< typical prices
  model::CostRates money_low, money_high;
  double rating = 1;       ///< the reference's stated rating over that which the formula finds for it

  /// mm2 of one compute die, or of the I/O die where that is larger.
  [[nodiscard]] double die(const model::Design& d) const {
    const double compute = model::die_area(d, area);
    return d.io_die > 0 ? std::max(compute, model::io_die_area(d, area)) : compute;
  }
  /// mm2 that the law calls applicable die area.
  [[nodiscard]] double applicable(const model::Design& d) const { return model::applicable_area(d, area); }
  /// mm2 of all dies, whatever their node.
  [[nodiscard]] double logic(const model::Design& d) const { return model::floorplan_of(d, area).logic; }
  /// Whether what carries dies and stacks can be made so large.
  [[nodiscard]] bool fits_carrier(const model::Design& d) const {
    return model::cost_of(d, model::floorplan_of(d, area), money).carrier <= money.carriers[money.carrier[static_cast<std::size_t>(d.memory_type)]].largest;
  }
  /// W of the rating the design needs, in proportion to the reference's.
  [[nodiscard]] double power(const model::Design& d) const { return model::power_of(d, rates).total * rating; }
  /// USD to make one packaged device.
  [[nodiscard]] double cost(const model::Design& d) const { return cost(d, money); }
  [[nodiscard]] double cost(const model::Design& d, const model::CostRates& prices) const { return model::cost_of(d, model::floorplan_of(d, area), prices).total; }
};

}  // namespace brightline::search
