#include "search/design_chip.h"

#include <fmt/format.h>

#include "base/exact.h"

namespace brightline::search {

namespace {

using chip::Field;

chip::Sourced exactly(const base::Exact& value) {
  chip::Sourced out;
  out.range = chip::Interval::exactly(value);
  out.source = "design";
  out.kind = chip::Kind::user;
  out.checked = true;
  return out;
}

base::Exact millionths(std::int64_t value) { return base::Exact::ratio(value, law::millionths).value_or(base::Exact()); }
base::Exact whole(double value) { return {static_cast<std::int64_t>(value)}; }

}  // namespace

chip::Accelerator chip_of(const DesignCase& one, const model::Design& d) {
  const DesignQuestion& q = one.question;
  const WordValues words = q.words(d, q.physics.applicable(d));
  const auto operations = static_cast<std::int64_t>(2 * d.multipliers() * d.clock);  // millionths of a TFLOPS
  chip::Accelerator out;
  out.id = "design";
  out.name = q.space.name;
  out.maker = one.ask.maker;
  out.segment = q.space.datacenter ? chip::Segment::datacenter : chip::Segment::workstation;
  out.datacenter = q.space.datacenter ? chip::Answer::yes : chip::Answer::no;
  out.form = chip::Form::ic;
  out.nodes = {q.space.node};
  const auto set = [&](Field field, const base::Exact& value) { out.values[field] = exactly(value); };
  set(Field::fp16, millionths(operations));
  set(Field::bf16, millionths(operations));
  const auto lanes = [&](double count) { return millionths(static_cast<std::int64_t>(2 * d.dies * d.cores * count * d.clock)); };
  set(Field::fp32, lanes(q.fp32_lanes));
  set(Field::fp64, lanes(q.fp64_lanes));
  if (d.eight_bit > 0) set(Field::fp8, millionths(2 * operations));
  if (d.eight_bit > 0) set(Field::int8, millionths(2 * operations));
  if (d.four_bit > 0) set(Field::fp4, millionths(4 * operations));
  set(Field::die_area, millionths(at(words, LegalWord::applicable_die_area)));
  set(Field::compute_dies, whole(d.dies));
  set(Field::memory_bandwidth, millionths(at(words, LegalWord::dram_bandwidth)));
  set(Field::memory_capacity, whole(d.stacks * d.stack_gb));
  set(Field::cores, whole(d.dies * d.cores));
  set(Field::boost_clock, whole(d.clock));
  set(Field::scaleup_bandwidth, whole(d.scaleup));
  set(Field::pcie_generation, whole(d.bus_generation));
  set(Field::pcie_lanes, whole(d.bus_lanes));
  set(Field::board_power, millionths(static_cast<std::int64_t>(q.physics.power(d)) * law::millionths));
  chip::Sourced memory;
  memory.text = q.basis->memory(d).name;
  memory.source = "design";
  out.values[Field::memory_type] = memory;
  return out;
}

std::unique_ptr<Judgement> judge_design(const DesignCase& one, const catalogue::Catalogue& catalogue, const model::Design& design, base::Problems& problems) {
  const chip::Accelerator chip = chip_of(one, design);
  const Described described = describe(catalogue, chip);
  law::Facts facts = facts_of(described, *one.code->law, one.ask.transaction, problems);
  if (!problems.empty()) return nullptr;
  auto out = judge_facts(chip.name, chip.id, one.ask.transaction, std::move(facts), *one.code);
  const DesignQuestion& q = one.question;
  const bool gate = q.gate.allows(q.words(design, q.physics.applicable(design)));
  const std::string requirement = out->answer.requirement();
  const std::string review = out->answer.review();
  const bool free = requirement == "none" || requirement == "exception";
  const bool noticed = requirement == "notify" && one.ask.wanted != WantedStanding::none;
  const bool licensable = requirement == "licence" && one.ask.wanted == WantedStanding::licensable && (review == "approval" || review == "case-by-case");
  const bool lenient = one.ask.assume == Assume::lenient && (requirement == "undetermined" || review == "undetermined");
  base::check(gate == (free || noticed || licensable || lenient), "the judge and the map say the same of a design");
  return out;
}

}  // namespace brightline::search
