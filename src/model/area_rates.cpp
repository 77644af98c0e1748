#include "model/area_rates.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "model/nearest_node.h"
#include "model/stated.h"

namespace brightline::model {

namespace {

constexpr double bits_per_kib = 8.0 * 1024;
constexpr double bits_per_mib = bits_per_kib * 1024;
constexpr double mm2_per_um2 = 1e-6;
constexpr double giga = 1e9;
constexpr double bits_per_byte = 8;

// How a node compares with the one the constants are of.
struct Scale {
  double logic = 1, analog = 1;
  double bitcell = 0;  // mm2
};

Scale scale_of(const chip::Technology& technology, const chip::Node& node, const chip::Node& reference, const AreaConstants& c, AreaRates& out, base::Problems& problems) {
  Scale scale;
  const double density = stated(node.logic_density);
  if (density <= 0) {
    problems.add({"data/technology/nodes.toml", 0, 0, ""}, fmt::format("node '{}' has no logic_density: areas on it are not known", node.id));
    return scale;
  }
  const double shrink = stated(reference.logic_density) / density;
  scale.logic = std::pow(shrink, c.density_reached);
  scale.analog = std::pow(shrink, c.analog_shrink);
  const chip::Node* from = node_with(technology, node, &chip::Node::sram_bitcell);
  if (from == nullptr) return scale;
  scale.bitcell = stated(from->sram_bitcell) * mm2_per_um2;
  if (from != &node) out.assumed.push_back(fmt::format("the SRAM cell of {} is taken to be that of {}: none is stated", node.id, from->id));
  return scale;
}

// Lanes of both ways that carry a GB/s, both ways summed.
double lanes_per_gbps(double gigabit) { return bits_per_byte / (2 * gigabit); }

PortRates port_rates(const chip::Technology& technology, std::span<const chip::MemoryType* const> types, const Scale& scale, const AreaConstants& c, const CoreKind& kind) {
  PortRates out;
  for (std::size_t i = 0; i < types.size(); ++i) {
    const double phy = stated(types[i]->phy_area) * c.memory_phy;
    out.memory_phy[i] = phy * scale.analog;
    out.memory_control[i] = phy * c.memory_control * scale.logic;
  }
  const double lanes = lanes_per_gbps(kind.lane_rate);
  out.scaleup_phy = lanes * c.scaleup_lane * scale.analog;
  out.scaleup_control = lanes * c.scaleup_control * scale.logic;
  // A generation newer than those known takes what the last known one takes.
  double lane = 0;
  for (std::size_t generation = 0; generation < most_bus_generations; ++generation) {
    for (const auto& bus : technology.area.buses) {
      if (bus.generation <= static_cast<int>(generation)) lane = std::max(lane, stated(bus.area));
    }
    out.bus_lane[generation] = lane * scale.analog + c.bus_control * scale.logic;
  }
  return out;
}

std::vector<const chip::MemoryType*> memory_types(const chip::Technology& technology, std::span<const std::string> ids, base::Problems& problems) {
  std::vector<const chip::MemoryType*> out;
  if (ids.size() > most_memory_types) problems.add({"memory types", 0, 0, ""}, fmt::format("at most {} of them at once", most_memory_types));
  for (const std::string& id : ids.first(std::min(ids.size(), most_memory_types))) {
    const chip::MemoryType* type = technology.memory(id);
    if (type == nullptr) problems.add({"memory types", 0, 0, ""}, fmt::format("there is no memory type '{}'", id), "data/technology/memory.toml lists them");
    else if (!type->phy_area || !type->package_area || !type->bandwidth) problems.add({"data/technology/memory.toml", 0, 0, ""}, fmt::format("memory '{}' needs phy_area, package_area and bandwidth for a floorplan", id));
    else out.push_back(type);
  }
  return out;
}

void set_core_rates(const AreaConstants& c, const CoreKind& kind, const Scale& scale, AreaRates& out) {
  out.core = (c.core_control + kind.fp32_lanes * c.fp32_lane + kind.fp64_lanes * c.fp64_lane + (kind.graphics ? c.graphics : 0)) * scale.logic;
  out.multiplier = c.multiplier * scale.logic;
  out.eight_bit = c.eight_bit * out.multiplier;
  out.four_bit = c.four_bit * out.multiplier;
  out.edge = c.edge * scale.logic;
  out.l2_port = c.l2_port * scale.logic;
  out.display = (kind.graphics ? c.display : 0) * scale.logic;
  out.core_port = c.core_port * scale.logic;
  out.registers = c.registers * scale.logic;
  out.local = c.local * bits_per_kib * scale.bitcell;
  out.l2 = c.l2 * bits_per_mib * scale.bitcell;
  out.l2_wire = c.l2_wire * scale.logic;
  out.with_other = 1 + c.other;
}

}  // namespace

AreaConstants area_constants(std::span<const double> values) {
  std::array<double, sizeof(AreaConstants) / sizeof(double)> own{};
  static_assert(own.size() == names::area.size(), "each constant has its name, in its place");
  std::copy_n(values.begin(), own.size(), own.begin());
  return std::bit_cast<AreaConstants>(own);
}

AreaConstants area_constants(const chip::AreaFacts& facts, base::Problems& problems) {
  std::array<double, names::area.size()> values{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto* one = facts.constant(names::area[i]);
    if (one == nullptr || !one->fitted) problems.add({"data/technology/area.toml", 0, 0, ""}, fmt::format("there is no constant '{}'", names::area[i]));
    else values[i] = *one->fitted;
  }
  return area_constants(values);
}

CoreKind usual_core(const chip::AreaFacts& facts) {
  return {stated(facts.core.fp32_lanes), stated(facts.core.fp64_lanes), stated(facts.core.lane_rate), false};
}

AreaRates area_rates(const chip::Technology& technology, std::string_view node, std::string_view io_node, std::span<const std::string> ids, base::Problems& problems) {
  return area_rates(technology, node, io_node, ids, area_constants(technology.area, problems), usual_core(technology.area), problems);
}

AreaRates area_rates(const chip::Technology& technology, std::string_view node, std::string_view io_node, std::span<const std::string> ids, const AreaConstants& c, const CoreKind& kind,
                     base::Problems& problems) {
  AreaRates out;
  const chip::Node* compute = technology.node(node);
  const chip::Node* io = io_node.empty() ? compute : technology.node(io_node);
  const chip::Node* reference = technology.node(technology.area.reference_node);
  for (const auto& [found, name] : {std::pair{compute, node}, std::pair{io, io_node}, std::pair{reference, std::string_view(technology.area.reference_node)}}) {
    if (found == nullptr) problems.add({"node", 0, 0, ""}, fmt::format("there is no node '{}'", name), "data/technology/nodes.toml lists them");
  }
  const auto types = memory_types(technology, ids, problems);
  if (compute == nullptr || io == nullptr || reference == nullptr) return out;
  const Scale scale = scale_of(technology, *compute, *reference, c, out, problems);
  const Scale io_scale = io == compute ? scale : scale_of(technology, *io, *reference, c, out, problems);
  set_core_rates(c, kind, scale, out);
  out.ports = port_rates(technology, types, scale, c, kind);
  out.io_ports = port_rates(technology, types, io_scale, c, kind);
  out.memory_types = types.size();
  for (std::size_t i = 0; i < types.size(); ++i) {
    out.package[i] = stated(types[i]->package_area);
    out.memory_link[i] = stated(types[i]->bandwidth) * c.die_link;
  }
  out.scaleup_link = c.die_link;
  out.counted = compute->non_planar ? 1 : 0;
  out.io_counted = io->non_planar ? 1 : 0;
  out.density = stated(compute->logic_density) / giga;
  out.io_density = stated(io->logic_density) / giga;
  return out;
}

}  // namespace brightline::model
