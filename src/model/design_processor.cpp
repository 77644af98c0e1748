#include "model/design_processor.h"

#include <algorithm>

namespace brightline::model {

namespace {

constexpr double kibi = 1024;
constexpr double mebi = kibi * kibi;
constexpr double mega = 1e6;
constexpr double giga = 1e9;
constexpr double operations_per_multiply = 2;  // multiply and add

double stated(const std::optional<chip::Sourced>& value) { return value && value->range.stated ? value->range.stated->to_double() : 0; }

}  // namespace

DesignBasis::DesignBasis(Processor reference, std::vector<const chip::MemoryType*> memories, const chip::Technology& technology)
    : reference_(std::move(reference)), blank_(reference_), memories_(std::move(memories)) {
  for (const chip::MemoryType* one : memories_) stack_gb_per_s_.push_back(stated(one->bandwidth));
  for (const chip::BusGeneration& bus : technology.buses) {
    const auto at = static_cast<std::size_t>(bus.generation);
    if (lane_gb_per_s_.size() <= at) lane_gb_per_s_.resize(at + 1, 0);
    lane_gb_per_s_[at] = stated(bus.rate);
  }
  reference_per_core_ = reference_.rate(chip::Precision::bf16).base / (operations_per_multiply * reference_.cores * reference_.clock.base);
  accumulators_per_byte_ = stated(technology.core.accumulator_share) / stated(technology.core.accumulator_bytes);
  line_bytes_ = stated(technology.core.line_bytes);
  blank_.id = "design";
  for (Rate& rate : blank_.rates) rate = {0};
  blank_.joined = 1e9;
}

double DesignBasis::bus_gb_per_s(const Design& design) const { return design.bus_lanes * lane_gb_per_s_[static_cast<std::size_t>(design.bus_generation)]; }

void DesignBasis::describe(const Design& d, Processor& out) const {
  const double rate = operations_per_multiply * d.multipliers() * d.clock * mega;
  const auto set = [&](chip::Precision precision, double value) { out.rates[static_cast<std::size_t>(precision)] = {value}; };
  set(chip::Precision::fp16, rate);
  set(chip::Precision::bf16, rate);
  set(chip::Precision::fp8, d.eight_bit * 2 * rate);
  set(chip::Precision::int8, d.eight_bit * 2 * rate);
  set(chip::Precision::fp4, d.four_bit * 4 * rate);
  out.memory_bandwidth = {memory_gb_per_s(d) * giga};
  out.memory = {d.stacks * d.stack_gb * giga};
  out.l2 = {d.l2 * mebi};
  out.cores = d.dies * d.cores;
  out.clock = {d.clock * mega};
  out.scaleup = {d.scaleup * giga / 2};
  out.pcie = {bus_gb_per_s(d) * giga / 2};
  out.core.tile_rows = d.rows;
  out.core.tile_columns = d.columns;
  out.core.half_rate = d.per_core() / reference_per_core_;
  out.core.accumulators = d.registers * kibi * accumulators_per_byte_;
  out.core.operand_lines = d.local * kibi / line_bytes_;
}

}  // namespace brightline::model
