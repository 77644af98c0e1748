#include "model/real_die.h"

#include <array>

namespace brightline::model {

RealDie real_die(const chip::DieFacts& facts) {
  RealDie out;
  out.facts = &facts;
  for (const auto& count : facts.counts) {
    if (const auto at = design_field_named(count.name)) out.design.*design_fields[*at].member = count.value;
  }
  out.design.memory_type = 0;
  out.kind = {facts.count("fp32_lanes"), facts.count("fp64_lanes"), facts.count("lane_rate"), facts.count("graphics") > 0};
  return out;
}

Floorplan floorplan_of(const RealDie& die, const chip::Technology& technology, const AreaConstants& constants, base::Problems& problems) {
  const std::array memory{die.facts->memory.empty() ? technology.area.reference_memory : die.facts->memory};
  const AreaRates rates = area_rates(technology, die.facts->node, die.facts->io_node, memory, constants, die.kind, problems);
  return floorplan_of(die.design, rates);
}

double block_area(const Floorplan& plan, std::string_view block) {
  if (block == "cores") return plan.cores + plan.tensor + plan.core_memory;
  if (block == "l2") return plan.l2;
  if (block == "interconnect") return plan.interconnect;
  if (block == "memory_phy") return plan.memory_phy;
  if (block == "memory_control") return plan.memory_control;
  if (block == "scaleup") return plan.scaleup;
  if (block == "scaleup_control") return plan.scaleup_control;
  base::check(block == "other", "a block of chip::die_blocks");
  return plan.other + plan.bus + plan.die_links + plan.spare;
}

}  // namespace brightline::model
