// The area of a design by block: what a search asks of each of its designs. Docs: docs/model/area.md.
#pragma once
#include "model/area_rates.h"
#include "model/design.h"

namespace brightline::model {

/// mm2 of the whole package by block, unless it says otherwise.
struct Floorplan {
  double cores = 0;           ///< control and vector parts
  double tensor = 0;
  double core_memory = 0;     ///< registers and local memories of the cores
  double l2 = 0;
  double interconnect = 0;    ///< on the die
  double memory_phy = 0, memory_control = 0;
  double scaleup = 0, scaleup_control = 0;
  double bus = 0;
  double die_links = 0;       ///< between dies of the package
  double other = 0;
  double spare = 0;
  double die = 0;             ///< one compute die
  double io_die = 0;          ///< 0: none
  double applicable = 0;      ///< all dies on non-planar nodes, spare area included: the applicable die area of the law
  double logic = 0;           ///< all dies
  double memory_package = 0;  ///< stacks or devices, seen from above
  double transistors = 0;     ///< bn, the published density of each die's node times its area, as the law approximates it
};

/// Never decreases in a field of a design that is more_is_quicker: interval bounds rest on it. No allocation.
Floorplan floorplan_of(const Design& design, const AreaRates& rates);

/// PHYs and controllers at the edge of a package.
inline double port_area(const Design& d, const PortRates& ports) {
  const auto type = static_cast<std::size_t>(d.memory_type);
  return d.stacks * (ports.memory_phy[type] + ports.memory_control[type]) + d.scaleup * (ports.scaleup_phy + ports.scaleup_control) +
         d.bus_lanes * ports.bus_lane[static_cast<std::size_t>(d.bus_generation)];
}

/// Links between dies, summed over one side of them: to the I/O die, or where there is none among the compute dies, each of
/// which can then take in all of the package's memory bandwidth.
inline double die_link_area(const Design& d, const AreaRates& r) {
  const double memory = d.stacks * r.memory_link[static_cast<std::size_t>(d.memory_type)];
  return d.io_die > 0 ? memory + d.scaleup * r.scaleup_link : d.dies > 1 ? d.dies * memory : 0;
}

/// One compute die, as floorplan_of() has it.
inline double die_area(const Design& d, const AreaRates& r) {
  const double multiplier = r.multiplier + r.l2_port + d.eight_bit * r.eight_bit + d.four_bit * r.four_bit;
  const double unit = d.rows * d.columns * multiplier + (d.rows + d.columns) * r.edge;
  const double core = r.core + r.core_port + d.units * unit + d.registers * r.registers + d.local * r.local;
  const double shared = d.l2 * (r.l2 + r.l2_wire) + die_link_area(d, r) + (d.io_die > 0 ? 0 : port_area(d, r.ports));
  return r.with_other * (d.cores * core + r.display + shared / d.dies) + d.spare;
}

inline double io_die_area(const Design& d, const AreaRates& r) { return d.io_die > 0 ? r.with_other * (port_area(d, r.io_ports) + die_link_area(d, r)) : 0; }

inline double applicable_area(const Design& d, const AreaRates& r) { return r.counted * d.dies * die_area(d, r) + r.io_counted * io_die_area(d, r); }

}  // namespace brightline::model
