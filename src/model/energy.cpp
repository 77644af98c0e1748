#include "model/energy.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "model/kernel.h"
#include "model/stated.h"

namespace brightline::model {

namespace {

constexpr double pico = 1e-12;
constexpr double bits_per_byte = 8;
double joules_per_byte(double pico_per_bit) { return pico_per_bit * pico * bits_per_byte; }

// The middle of what is known, for what is not.
class GeometricMean {
 public:
  void add(double value) {
    if (value <= 0) return;
    logs_ += std::log(value);
    ++count_;
  }
  [[nodiscard]] double value() const { return count_ > 0 ? std::exp(logs_ / count_) : 0; }

 private:
  double logs_ = 0;
  int count_ = 0;
};

double operation_energy(const Processor& chip, const chip::EnergyFacts& facts, EnergyRates& out) {
  for (const auto& one : facts.operations) {
    if (std::ranges::find(one.families, chip.family) != one.families.end()) return stated(one.energy) * pico;
  }
  GeometricMean mean;
  for (const auto& one : facts.operations) {
    if (std::ranges::find(one.nodes, chip.node) != one.nodes.end()) return stated(one.energy) * pico;
    if (!one.nodes.empty()) mean.add(stated(one.energy));
  }
  out.wider *= stated(facts.unknown);
  out.assumed.push_back(fmt::format("energy of an operation as on a middling node: {}", chip.node.empty() ? "its node is not known" : "none is stated for " + chip.node));
  return mean.value() * pico;
}

double memory_energy(const Processor& chip, const chip::Technology& technology, EnergyRates& out) {
  const chip::MemoryType* type = chip.memory_type.empty() ? nullptr : technology.memory(chip.memory_type);
  if (type != nullptr && type->energy) return joules_per_byte(stated(*type->energy));
  GeometricMean mean;
  for (const chip::MemoryType& one : technology.memories) mean.add(stated(one.energy));
  out.wider *= stated(technology.energy.unknown);
  out.assumed.push_back(fmt::format("energy of a byte as of a middling memory: {}", chip.memory_type.empty() ? "its memory type is not known" : "none is stated for " + chip.memory_type));
  return joules_per_byte(mean.value());
}

double link_energy(std::string_view link, const chip::EnergyFacts& facts) {
  for (const auto& one : facts.links) {
    if (std::ranges::any_of(one.called, [&](const std::string& begin) { return link.starts_with(begin); })) return joules_per_byte(stated(one.energy));
  }
  return joules_per_byte(stated(facts.scaleout));
}

}  // namespace

Activity& Activity::operator+=(const Activity& other) {
  for (std::size_t i = 0; i < operations.size(); ++i) operations[i] += other.operations[i];
  memory_bytes += other.memory_bytes;
  scaleup_bytes += other.scaleup_bytes;
  scaleout_bytes += other.scaleout_bytes;
  seconds += other.seconds;
  cache_bytes += other.cache_bytes;
  return *this;
}

Activity operator*(Activity a, double times) {
  for (double& one : a.operations) one *= times;
  a.memory_bytes *= times;
  a.scaleup_bytes *= times;
  a.scaleout_bytes *= times;
  a.seconds *= times;
  a.cache_bytes *= times;
  return a;
}

EnergyRates energy_rates(const Processor& chip, const chip::Technology& technology) {
  EnergyRates out;
  const double sixteen_bit = operation_energy(chip, technology.energy, out);
  for (const chip::PrecisionInfo& precision : chip::precisions) {
    const auto format = std::ranges::find(technology.energy.formats, precision.name, &chip::EnergyFacts::Format::name);
    base::check(format != technology.energy.formats.end(), "energy.toml has every precision");
    out.operation[static_cast<std::size_t>(precision.id)] = sixteen_bit * stated(format->times);
  }
  out.memory = memory_energy(chip, technology, out);
  out.scaleup = link_energy(chip.link, technology.energy);
  out.scaleout = joules_per_byte(stated(technology.energy.scaleout));
  return out;
}

EnergyFactors energy_factors(std::span<const double> values) {
  std::array<double, sizeof(EnergyFactors) / sizeof(double)> own{};
  static_assert(sizeof(own) == names::energy.size() * sizeof(double), "each factor has its name, in its place");
  std::copy_n(values.begin(), own.size(), own.begin());
  return std::bit_cast<EnergyFactors>(own);
}

EnergyConstants energy_constants(const EnergyRates& rates, const EnergyFactors& factors, const Processor& chip) {
  EnergyConstants out;
  for (const chip::PrecisionInfo& precision : chip::precisions) {
    const double narrow = precision.bits == 8 ? factors.eight_bit : precision.bits == 4 ? factors.four_bit : 1;
    const auto at = static_cast<std::size_t>(precision.id);
    out.operation[at] = rates.operation[at] * factors.operation * narrow;
  }
  out.memory = rates.memory * factors.memory;
  out.cache = out.memory * factors.cache;
  out.scaleup = rates.scaleup;
  out.scaleout = rates.scaleout;
  if (chip.rated.base > 0) out.static_power = chip.rated.base * factors.idle;
  return out;
}

EnergyConstants energy_constants(const Processor& chip, const chip::Technology& technology, const Calibration& calibration, const Stack& stack) {
  const Resolved resolved = calibration.resolve("energy", chip, stack);
  const EnergyRates rates = energy_rates(chip, technology);
  EnergyConstants out = energy_constants(rates, energy_factors(resolved.constants), chip);
  out.spread = {resolved.spread.front().low / rates.wider, resolved.spread.front().high * rates.wider};
  out.validated = resolved.family_seen && rates.assumed.empty();
  out.assumed = rates.assumed;
  return out;
}

Stack energy_stack(const workload::Operator& op, const Stack& stack) { return {stack.framework, fit_key(op) + " " + stack.kernel, stack.version}; }

EnergyUse energy_of(const Activity& activity, const Processor& chip, const EnergyConstants& c) {
  EnergyUse out;
  for (std::size_t i = 0; i < activity.operations.size(); ++i) out.compute.base += activity.operations[i] * c.operation[i];
  out.memory = {activity.memory_bytes * c.memory + activity.cache_bytes * c.cache};
  out.links = {activity.scaleup_bytes * c.scaleup + activity.scaleout_bytes * c.scaleout};
  out.idle = {c.static_power * activity.seconds};
  const base::Energy work = out.compute + out.memory + out.links + out.idle;
  const base::Energy most = chip.rated * base::Time{activity.seconds};
  out.known = chip.rated.base > 0 && work.base == work.base;
  out.at_limit = out.known && work > most;
  if (out.at_limit && most.base > 0) out.over_limit = work / most - 1;
  out.total = out.at_limit && most.base > 0 ? most : work;
  if (!out.known) out.total = {std::numeric_limits<double>::quiet_NaN()};
  out.mean = {activity.seconds > 0 ? out.total.base / activity.seconds : std::numeric_limits<double>::quiet_NaN()};
  out.spread = c.spread;
  out.validated = c.validated;
  return out;
}

double load_of(const Activity& activity, const Processor& chip, const EnergyConstants& constants) {
  const EnergyUse use = energy_of(activity, chip, constants);
  return (use.compute + use.memory + use.links + use.idle).base / (chip.rated.base * activity.seconds);
}

}  // namespace brightline::model
