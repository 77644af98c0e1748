// On whose terms devices are paid for: the options of an estimate, and what they give.
#pragma once
#include <optional>
#include <string>

#include "app/model_world.h"
#include "report/estimate_document.h"

namespace brightline::app {

struct CostOptions {
  std::string price_class, region;
  bool owned = false, rent = false;
  std::optional<double> usd_per_hour, electricity, pue, years, utilisation;
};

/// Refuses what contradicts itself and what no price is of (BadInput).
model::Terms terms_of(const CostOptions& options, const chip::Prices& prices, const catalogue::Places& places);

/// What devices cost on those terms; `power`: of one at work, 0: not known.
report::Costing costing_of(const std::string& chip, double devices, base::Power power, const model::Terms& terms, const ModelWorld& world);

}  // namespace brightline::app
