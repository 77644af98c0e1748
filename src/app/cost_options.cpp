#include "app/cost_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "catalogue/price_file.h"

namespace brightline::app {

namespace {

double within(const std::optional<double>& value, const char* option, double least, double most, const char* range) {
  if (!value) return 0;
  if (*value > 0 && *value >= least && *value <= most) return *value;
  base::refuse(option, fmt::format("'{:g}' must be {}", *value, range));
}

// Two ways of paying can't both be meant.
void check_ways(const CostOptions& o) {
  if (o.owned && o.rent) base::refuse("--owned", "devices are either bought or rented", "leave out --owned or --rent");
  if (o.usd_per_hour && o.owned) base::refuse("--usd-per-hour", "this is a rent, and --owned devices are bought", "leave out one of them");
  if (o.usd_per_hour && !o.price_class.empty()) base::refuse("--price-class", "a rent of your own has no class", "leave out --price-class or --usd-per-hour");
  if (o.usd_per_hour && !o.region.empty()) base::refuse("--region", "a rent of your own holds everywhere", "leave out --region or --usd-per-hour");
  for (const auto& [given, option] : {std::pair{o.electricity.has_value(), "--electricity"}, {o.pue.has_value(), "--pue"}, {o.years.has_value(), "--years"}}) {
    if (given && !o.owned) base::refuse(option, "a rent contains it", "add --owned for devices that are bought");
  }
}

}  // namespace

model::Terms terms_of(const CostOptions& o, const chip::Prices& prices, const catalogue::Places& places) {
  check_ways(o);
  model::Terms out;
  if (o.owned || o.rent) out.owned = o.owned;
  constexpr double any = std::numeric_limits<double>::max();
  out.usd_per_hour = within(o.usd_per_hour, "--usd-per-hour", 0, any, "dollars above 0 for an hour of a device");
  out.electricity = within(o.electricity, "--electricity", 0, any, "dollars above 0 for a kWh");
  out.pue = within(o.pue, "--pue", 1, any, "1 or more: a site takes in no less than its computers");
  out.years = within(o.years, "--years", 0, any, "a number of years above 0");
  out.utilisation = within(o.utilisation, "--utilisation", 0, 1, "a share above 0 and up to 1");
  if (!o.price_class.empty()) {
    const std::vector<std::string> known = prices.all_terms();
    std::string list;
    for (const std::string& one : known) list += (list.empty() ? "" : ", ") + one;
    const std::string near = base::did_you_mean(o.price_class, known);
    if (std::ranges::find(known, o.price_class) == known.end()) base::refuse("--price-class", "no price is of the class '" + o.price_class + "'", near.empty() ? list : near);
    out.terms = o.price_class;
  }
  if (!o.region.empty()) {
    out.region = catalogue::region_code(o.region, places);
    if (out.region.empty()) base::refuse("--region", "'" + o.region + "' is no region", "a country such as CN, a part of one such as US-TX, or global");
  }
  return out;
}

report::Costing costing_of(const std::string& chip, double devices, base::Power power, const model::Terms& terms, const ModelWorld& world) {
  model::Running running{chip, devices, power, std::nullopt};
  const chip::Cluster* cluster = chip::usual_cluster(world.clusters, chip);
  if (cluster != nullptr && cluster->host_power_per_device) running.host_power = model::span_of(cluster->host_power_per_device->range);
  report::Costing out;
  auto cost = model::cost_of(world.prices, terms, running);
  if (cost) out.cost = std::move(*cost);
  else out.why = cost.error().why;
  // Where a price was found elsewhere, the grey market of another country is beside the point.
  const std::string region = !terms.region.empty() ? terms.region : out.cost ? out.cost->prices.front().region : std::string{};
  if (terms.usd_per_hour <= 0) out.warnings = model::price_warnings(world.prices, chip, region);
  return out;
}

}  // namespace brightline::app
