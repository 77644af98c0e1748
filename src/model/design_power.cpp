#include "model/design_power.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "model/energy.h"

namespace brightline::model {

namespace {

constexpr double mega = 1e6;
constexpr double giga = 1e9;
constexpr double pico = 1e-12;
constexpr double bits_per_byte = 8;
constexpr double percent = 100;
constexpr double directions = 2;

using Operation = chip::EnergyFacts::Operation;

double stated(const chip::Sourced& value) {
  if (value.range.stated) return value.range.stated->to_double();
  return value.range.low && value.range.high ? (value.range.low->to_double() + value.range.high->to_double()) / 2 : 0;
}

const Operation* entry_with(const chip::EnergyFacts& facts, std::string_view id, std::vector<std::string> Operation::* ids) {
  const auto at = std::ranges::find_if(facts.operations, [&](const Operation& one) { return std::ranges::find(one.*ids, id) != (one.*ids).end(); });
  return at != facts.operations.end() ? &*at : nullptr;
}

/// From the node a family was measured on to that of the designs.
struct NodeStep {
  double energy = 1, clock = 1;
};

NodeStep node_step(const chip::EnergyFacts& facts, const Operation& here, const Operation* family) {
  const Operation* there = family != nullptr && !family->node.empty() ? entry_with(facts, family->node, &Operation::nodes) : nullptr;
  if (there == nullptr || there == &here || !there->clock) return {};
  return {stated(here.energy) / stated(there->energy), stated(*here.clock) / stated(*there->clock)};
}

// Factors are fitted to chips that were mostly not at their limit, and may ask more than there is at it: `high` of a family's
// energy is all that the measured chip may draw over the rate it held, of which the idle share is not the operations'.
double held_within(double energy, const Operation* family, double idle) {
  if (family == nullptr || !family->energy.range.high) return energy;
  return std::min(energy, family->energy.range.high->to_double() * pico * (1 - idle));
}

// The units run narrow formats at the inverse ratio of bits; of several formats of one width the hungriest counts.
double narrow_power(const chip::EnergyFacts& facts, int bits) {
  constexpr double wide = 16;
  double out = 0;
  for (const chip::PrecisionInfo& precision : chip::precisions) {
    if (precision.bits != bits) continue;
    const auto format = std::ranges::find(facts.formats, precision.name, &chip::EnergyFacts::Format::name);
    if (format != facts.formats.end()) out = std::max(out, wide / bits * stated(format->times));
  }
  return out;
}

void take_bus(const std::vector<chip::BusGeneration>& buses, double energy, PowerRates& out) {
  for (const chip::BusGeneration& bus : buses) {
    const auto at = static_cast<std::size_t>(bus.generation);
    if (out.bus.size() <= at) out.bus.resize(at + 1, 0);
    out.bus[at] = stated(bus.rate) * giga / directions * energy;
  }
  // A generation that nobody states takes at least what an older one does, so that a newer one never draws less; the oldest
  // ones what the first stated one does, for nothing runs at no power.
  const auto first = std::ranges::find_if(out.bus, [](double lane) { return lane > 0; });
  if (first != out.bus.end()) std::fill(out.bus.begin(), first, *first);
  for (std::size_t i = 1; i < out.bus.size(); ++i) out.bus[i] = std::max(out.bus[i], out.bus[i - 1]);
}

void take_clock(const chip::RatingFacts& facts, double clock, PowerRates& out) {
  out.clock = clock;
  out.most_clock = clock * stated(facts.most);
  out.exponent = stated(facts.exponent);
  const double least = stated(facts.least);
  out.at_clock.resize(static_cast<std::size_t>(out.most_clock) + 1);
  for (std::size_t mhz = 0; mhz < out.at_clock.size(); ++mhz) out.at_clock[mhz] = std::pow(std::max(static_cast<double>(mhz) / clock, least), out.exponent);
}

std::optional<PowerRates::Memory> memory_rates(const chip::MemoryType& type, double energy, base::Problems& problems) {
  if (type.energy && type.bandwidth && !type.per_chip) return PowerRates::Memory{stated(*type.bandwidth) * giga / percent, energy};
  problems.add({"data/technology/memory.toml", 0, 0, {}}, fmt::format("memory type '{}' states no {}: a design's power needs it", type.id, type.per_chip ? "bandwidth of one stack" : type.energy ? "bandwidth" : "energy"),
               "choose another type, or state it there");
  return std::nullopt;
}

std::vector<PowerRates::Memory> memories_of(Processor chip, const chip::Technology& technology, std::span<const std::string> ids, double factor, base::Problems& problems) {
  std::vector<PowerRates::Memory> out;
  for (const std::string& id : ids) {
    const chip::MemoryType* type = technology.memory(id);
    if (type == nullptr) problems.add({"data/technology/memory.toml", 0, 0, {}}, fmt::format("there is no memory type '{}'", id), "data/technology/memory.toml lists them");
    chip.memory_type = id;
    const auto rates = type != nullptr ? memory_rates(*type, energy_rates(chip, technology).memory * factor, problems) : std::nullopt;
    out.push_back(rates.value_or(PowerRates::Memory{}));
  }
  return out;
}

double clock_factor(double mhz, const PowerRates& rates) {
  const auto at = static_cast<std::size_t>(mhz);
  return at < rates.at_clock.size() ? rates.at_clock[at] : std::pow(mhz / rates.clock, rates.exponent);
}

/// Energies of an operation that technology states.
struct Stated {
  const Operation* node = nullptr;
  const Operation* family = nullptr;  ///< null: none of its own
};

/// Else false, with a Problem for each thing that is missing.
bool enough(const Stated& found, const chip::Technology& technology, std::string_view node, base::Problems& problems) {
  const std::size_t before = problems.size();
  if (found.node == nullptr || !found.node->clock) problems.add({"data/technology/energy.toml", 0, 0, {}}, fmt::format("no energy of an operation and its clock is stated for node '{}'", node), "choose another node, or state it there");
  if (found.family != nullptr && (!found.family->clock || !found.family->share)) problems.add({"data/technology/energy.toml", 0, 0, {}}, "a family's energy lacks its clock or share");
  if (!technology.rating) problems.add({"data/technology/rating.toml", 0, 0, {}}, "the loads of a rated power are not stated");
  if (technology.buses.empty()) problems.add({"data/technology/links.toml", 0, 0, {}}, "no generation of the system bus is stated");
  return problems.size() == before;
}

}  // namespace

PowerRates power_rates(const chip::Technology& technology, const Calibration& calibration, std::string_view family, std::string_view kind, std::string_view node,
                       std::string_view link, std::span<const std::string> memory_type_ids, base::Problems& problems) {
  PowerRates out;
  const chip::EnergyFacts& facts = technology.energy;
  const Stated found{entry_with(facts, node, &Operation::nodes), entry_with(facts, family, &Operation::families)};
  if (!enough(found, technology, node, problems)) return out;
  Processor chip;
  chip.family = family;
  chip.kind = kind;
  chip.node = node;
  chip.link = link;
  const Resolved resolved = calibration.resolve("energy", chip, {});
  const EnergyFactors factors = energy_factors(resolved.constants);
  const EnergyRates energies = energy_rates(chip, technology);
  const NodeStep step = node_step(facts, *found.node, found.family);
  const chip::RatingFacts& rating = *technology.rating;
  const Operation& energy_of = found.family != nullptr ? *found.family : *found.node;
  out.validated = resolved.family_seen;
  out.spread = resolved.spread.front();
  const double fitted = energies.operation[static_cast<std::size_t>(chip::Precision::bf16)] * factors.operation;
  out.operation = held_within(fitted, found.family, factors.idle) * step.energy;
  out.eight = narrow_power(facts, 8);
  out.four = narrow_power(facts, 4);
  out.share = stated(energy_of.share ? *energy_of.share : rating.share);
  out.product = stated(rating.product);
  out.stream = stated(rating.stream);
  out.scaleup = energies.scaleup * giga / directions;
  out.idle = factors.idle;
  out.memories = memories_of(chip, technology, memory_type_ids, factors.memory, problems);
  take_bus(technology.buses, stated(rating.bus) * pico * bits_per_byte, out);
  take_clock(rating, stated(*energy_of.clock) * step.clock, out);
  base::check(out.idle < 1 && out.product > 0 && out.clock > 0, "a share below 1, and loads and clocks above 0");
  return out;
}

DesignPower power_of(const Design& design, const PowerRates& rates) {
  const PowerRates::Memory& memory = rates.memories[static_cast<std::size_t>(design.memory_type)];
  const double bandwidth = design.stacks * design.memory_rate * memory.bandwidth;
  const double operations = 2 * design.multipliers() * design.clock * mega * rates.share;
  const double narrow = std::max({1.0, design.eight_bit > 0 ? rates.eight : 0, design.four_bit > 0 ? rates.four : 0});
  const double operation = rates.operation * narrow * clock_factor(design.clock, rates);

  DesignPower out{operations * operation, std::min(bandwidth, operations / rates.product) * memory.energy, 0, 0, 0};
  const double computed = std::min(operations, bandwidth * rates.stream) * operation;
  const double streamed = bandwidth * memory.energy;
  if (computed + streamed > out.compute + out.memory) {
    out.compute = computed;
    out.memory = streamed;
  }
  const auto generation = std::min(static_cast<std::size_t>(design.bus_generation), rates.bus.size() - 1);
  out.links = design.scaleup * rates.scaleup + design.bus_lanes * rates.bus[generation];
  const double work = out.compute + out.memory + out.links;
  out.total = work / (1 - rates.idle);
  out.idle = out.total - work;
  return out;
}

}  // namespace brightline::model
