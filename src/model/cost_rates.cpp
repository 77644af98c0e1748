// Prices and yields of the data as what cost_of() works with.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "model/die_cost.h"
#include "model/nearest_node.h"
#include "model/stated.h"

namespace brightline::model {

namespace {

constexpr double mm2_per_cm2 = 100;

// `dearer`: whether more of it costs more.
double at(const chip::Sourced& value, CostLevel level, bool dearer = true) {
  if (level == CostLevel::typical) return stated(value);
  const auto& bound = (level == CostLevel::high) == dearer ? value.range.high : value.range.low;
  return bound ? bound->to_double() : stated(value);
}

double of_node(const chip::Technology& technology, const chip::Node& node, std::optional<chip::Sourced> chip::Node::* value, const char* name, CostLevel level, std::vector<std::string>& assumed) {
  const chip::Node* from = node_with(technology, node, value);
  if (from == nullptr) return 0;
  if (from != &node) assumed.push_back(fmt::format("the {} of {} is taken to be that of {}: none is stated", name, node.id, from->id));
  return at(*(from->*value), level);
}

WaferRates wafer_rates(const chip::Technology& technology, std::string_view id, CostLevel level, std::vector<std::string>& assumed, base::Problems& problems) {
  const chip::Node* node = technology.node(id);
  if (node == nullptr) {
    problems.add({"node", 0, 0, ""}, fmt::format("there is no node '{}'", id), "data/technology/nodes.toml lists them");
    return {};
  }
  const WaferRates out{of_node(technology, *node, &chip::Node::wafer_price, "wafer price", level, assumed),
                       of_node(technology, *node, &chip::Node::defect_density, "defect density", level, assumed) / mm2_per_cm2};
  if (out.price <= 0) problems.add({"data/technology/nodes.toml", 0, 0, ""}, fmt::format("no wafer price is known for node '{}' or any like it", id));
  return out;
}

CarrierRates carrier_rates(const chip::PackagingFacts::Carrier& carrier, CostLevel level) {
  CarrierRates out{.times = at(carrier.times, level), .price = at(carrier.price, level), .fixed = at(carrier.fixed, level), .stacked = carrier.stacked_memory ? 1.0 : 0.0, .largest = stated(carrier.largest)};
  const double attach = at(carrier.attach, level, false) / 100;
  for (std::size_t i = 0; i < out.parts_for_one.size(); ++i) out.parts_for_one[i] = std::pow(attach, -static_cast<double>(i));
  return out;
}

void set_memory(const chip::Technology& technology, std::span<const std::string> ids, CostLevel level, CostRates& out, base::Problems& problems) {
  if (ids.size() > most_memory_types) problems.add({"memory types", 0, 0, ""}, fmt::format("at most {} of them at once", most_memory_types));
  for (std::size_t i = 0; i < std::min(ids.size(), most_memory_types); ++i) {
    const chip::MemoryType* type = technology.memory(ids[i]);
    if (type == nullptr || !type->price) {
      problems.add({"memory types", 0, 0, ""}, fmt::format("memory '{}' has no price", ids[i]), "data/technology/memory.toml lists them");
      continue;
    }
    out.usd_per_gb[i] = at(*type->price, level);
    out.carrier[i] = type->hbm ? 1 : 0;
  }
}

}  // namespace

CostRates cost_rates(const chip::Technology& technology, std::string_view node, std::string_view io_node, std::span<const std::string> ids, CostLevel level, base::Problems& problems) {
  CostRates out;
  const chip::PackagingFacts& facts = technology.packaging;
  out.diameter = stated(facts.wafer.diameter) - 2 * at(facts.wafer.edge, level);
  out.scribe = at(facts.wafer.scribe, level);
  out.compute = wafer_rates(technology, node, level, out.assumed, problems);
  out.io = io_node.empty() || io_node == node ? out.compute : wafer_rates(technology, io_node, level, out.assumed, problems);
  // Fewer killed dies where defects stand together: a low exponent.
  const double clustering = at(facts.wafer.clustering, level);
  out.clustering = static_cast<int>(clustering);
  if (clustering != std::floor(clustering)) problems.add({"data/technology/packaging.toml", facts.wafer.clustering.line, facts.wafer.clustering.column, ""}, "'clustering' must be a whole number");
  out.sort = at(facts.test.die, level);
  out.device_test = at(facts.test.device, level);
  out.reticle = stated(facts.reticle.area);
  out.high_na_reticle = stated(facts.reticle.high_na_area);
  for (const bool stacked : {false, true}) {
    const auto* carrier = facts.carrier(stacked);
    if (carrier == nullptr) problems.add({"data/technology/packaging.toml", 0, 0, ""}, "a carrier is missing");
    else out.carriers[stacked ? 1 : 0] = carrier_rates(*carrier, level);
  }
  set_memory(technology, ids, level, out, problems);
  return out;
}

}  // namespace brightline::model
