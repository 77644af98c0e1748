#include "measured/compare_power.h"

#include <algorithm>
#include <cmath>

#include "model/serve_energy.h"

namespace brightline::measured {

namespace {

constexpr const char* no_rated_power = "the rated power is not known";

bool is_fitted(const model::Processor& chip, const model::Stack& stack, const World& world) {
  const auto fit = world.calibration->fits.find("energy");
  return fit != world.calibration->fits.end() && fit->second.factors.contains("pair " + chip.family + " " + stack.versioned());
}

void predict(Compared& out, double value, const model::Spread& spread) {
  out.predicted = value;
  out.low = value * spread.low;
  out.high = value * spread.high;
}

// W of a device for its part of the node's processors, fans and conversion.
double host_watts(const ServedCase& one, const chip::EnergyFacts& facts) {
  if (!one.whole_node || !facts.host || !facts.host->range.stated) return 0;
  return facts.host->range.stated->to_double() / facts.host_devices;
}

}  // namespace

std::expected<model::Served, model::Infeasible> serve_case(const ServedCase& one, const model::Processor& chip, KnownChips& chips) {
  const World& world = chips.world();
  const model::Resolved& constants = chips.resolved("serving", chip, {one.engine, "", ""});
  return model::serve(chips.engine(chip, one.framework), one.shape->shape, one.plan, numbers_on(chip, one), one.request, model::serving_constants(constants.constants), {world.calibration->memory_reserve},
                      world.calibration->expert_skew);
}

Compared compare_power(const Case& one, const Compared& row, KnownChips& chips) {
  Compared out = row;
  out.metric = "power " + one.metric;
  out.unit = "W";
  out.measured = one.watts;
  if (!out.refused.empty()) return out;
  std::string id;
  const model::Processor* chip = chips.find(one.hardware, id, out.refused);
  if (chip == nullptr) return out;
  model::Activity activity;
  for (const workload::Operator& op : one.operators) activity += model::activity_of(op, *chip);
  activity.seconds = row.predicted * 1e-6;
  const model::Stack stack = model::energy_stack(one.operators.front(), one.stack);
  const model::EnergyUse use = model::energy_of(activity, *chip, chips.energy(*chip, stack));
  if (!use.known) {
    out.refused = no_rated_power;
    return out;
  }
  predict(out, use.mean.base, use.spread);
  out.fitted = one.operators.size() == 1 && !held_out(one) && is_fitted(*chip, stack, chips.world());
  return out;
}

void add_power(const ServedCase& one, const Compared& row, KnownChips& chips, std::vector<Compared>& out) {
  Compared watts = row;
  watts.metric = one.whole_node ? "power serving, node" : "power serving";
  watts.unit = "W";
  watts.measured = one.watts;
  const bool of_all = one.metric == ServedMetric::total_tokens_s;
  Compared energy = watts;
  energy.metric = one.whole_node ? "energy serving, node" : "energy serving";
  energy.unit = "J/token";
  energy.measured = one.value > 0 ? one.watts / one.value : 0;
  if (watts.refused.empty() && !of_all && one.metric != ServedMetric::output_tokens_s) watts.refused = "a power beside a latency is not modelled";
  if (watts.refused.empty()) {
    std::string id;
    const model::Processor* chip = chips.find(one.hardware, id, watts.refused);
    const auto served = serve_case(one, *chip, chips);
    const model::Stack stack = model::serving_stack(one.engine);
    const model::EnergyConstants& constants = chips.energy(*chip, stack);
    const model::ServedRun run{&one.shape->shape, one.plan, numbers_on(*chip, one), one.request, &*served, chips.world().calibration->expert_skew};
    const model::EnergyUse use = model::energy_of(model::request_activity(run, served->tokens_per_second / one.request.output), *chip, constants);
    if (!use.known) watts.refused = no_rated_power;
    const double all = (use.mean.base + host_watts(one, chips.world().catalogue->references.technology.energy)) * one.plan.devices();
    predict(watts, all, use.spread);
    // The doubts of power and of throughput are about different things.
    const double down = std::hypot(std::log(use.spread.low), std::log(row.high / row.predicted));
    const double up = std::hypot(std::log(use.spread.high), std::log(row.low / row.predicted));
    predict(energy, all / row.predicted, {std::exp(-down), std::exp(up)});
    watts.fitted = energy.fitted = !one.whole_node && of_all && !held_out(one) && is_fitted(*chip, stack, chips.world());
  }
  energy.refused = watts.refused;
  out.push_back(watts);
  out.push_back(energy);
}

}  // namespace brightline::measured
