#include "model/floorplan.h"

namespace brightline::model {

namespace {

void add_cores(const Design& d, const AreaRates& r, Floorplan& out) {
  const double cores = d.dies * d.cores;
  const double units = cores * d.units;
  const double multipliers = units * d.rows * d.columns;
  out.cores = cores * r.core;
  out.tensor = multipliers * (r.multiplier + d.eight_bit * r.eight_bit + d.four_bit * r.four_bit) + units * (d.rows + d.columns) * r.edge;
  out.core_memory = cores * (d.registers * r.registers + d.local * r.local);
  out.l2 = d.l2 * r.l2 + multipliers * r.l2_port;
  out.interconnect = cores * r.core_port + d.l2 * r.l2_wire;
}

void add_ports(const Design& d, const PortRates& ports, Floorplan& out) {
  const auto type = static_cast<std::size_t>(d.memory_type);
  out.memory_phy = d.stacks * ports.memory_phy[type];
  out.memory_control = d.stacks * ports.memory_control[type];
  out.scaleup = d.scaleup * ports.scaleup_phy;
  out.scaleup_control = d.scaleup * ports.scaleup_control;
  out.bus = d.bus_lanes * ports.bus_lane[static_cast<std::size_t>(d.bus_generation)];
}

}  // namespace

Floorplan floorplan_of(const Design& d, const AreaRates& r) {
  Floorplan out;
  const bool apart = d.io_die > 0;
  add_cores(d, r, out);
  add_ports(d, apart ? r.io_ports : r.ports, out);
  const double sides = apart ? 2 : 1;
  out.die_links = sides * die_link_area(d, r);
  const double named = out.cores + out.tensor + out.core_memory + out.l2 + out.interconnect + out.memory_phy + out.memory_control + out.scaleup + out.scaleup_control + out.bus + out.die_links + d.dies * r.display;
  out.other = (r.with_other - 1) * named + d.dies * r.display;
  out.spare = d.dies * d.spare;
  out.die = die_area(d, r);
  out.io_die = io_die_area(d, r);
  const double compute = d.dies * out.die;
  out.logic = compute + out.io_die;
  out.applicable = r.counted * compute + r.io_counted * out.io_die;
  out.memory_package = d.stacks * r.package[static_cast<std::size_t>(d.memory_type)];
  out.transistors = r.density * compute + r.io_density * out.io_die;
  return out;
}

}  // namespace brightline::model
