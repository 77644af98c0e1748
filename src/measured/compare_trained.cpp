#include "measured/compare_trained.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

namespace brightline::measured {

namespace {

// Of each value; equal ones share the mean of their places.
std::vector<double> ranks(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
  std::vector<double> out(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first;
    while (end < order.size() && values[order[end]] == values[order[first]]) ++end;
    const double mean = static_cast<double>(first + end - 1) / 2;
    for (; first < end; ++first) out[order[first]] = mean;
  }
  return out;
}

}  // namespace

model::TrainingStep add_trained(const TrainedCase& one, KnownChips& chips, std::vector<Compared>& all) {
  const World& world = chips.world();
  Compared& out = all.emplace_back();
  out.line = one.line;
  out.metric = "step time";
  out.unit = "s";
  out.stack = one.stack.framework;
  out.measured = one.seconds;
  out.full = one.full;
  out.refused = one.refused;
  std::string why;
  const model::Processor* chip = chips.find(one.hardware, out.hardware, why);
  if (out.refused.empty()) out.refused = why;
  if (!out.refused.empty()) return {};
  out.refused = model::lacks(workload::Gemm{1, 1, 1, one.task.numbers.linear, 1}, *chip);
  if (!out.refused.empty()) return {};
  const model::Resolved& constants = chips.resolved("training", *chip, one.stack);
  const model::Block block = prepare(one, chips.engine(*chip, {}));
  const model::TrainingStep step = model::step_of(block, one.task, one.plan, one.network, model::training_constants(constants.constants), world.calibration->training_memory);
  out.predicted = step.seconds;
  if (!bounded(out.predicted)) {
    out.refused = "the figure is beyond all bounds";
    return {};
  }
  out.low = out.predicted * constants.spread[0].low;
  out.high = out.predicted * constants.spread[0].high;
  const auto fit = world.calibration->fits.find("training");
  const bool seen = fit != world.calibration->fits.end() && fit->second.factors.contains("pair " + chip->family + " " + one.stack.versioned());
  out.fitted = seen && !held_out(one) && one.full;
  return step;
}

Compared compare_memory(const TrainedCase& one, const Compared& row, const model::TrainingStep& step) {
  constexpr double gigabyte = 1e9;
  Compared out = row;
  out.metric = "memory per device";
  out.unit = "GB";
  out.measured = one.memory_bytes / gigabyte;
  out.predicted = out.low = out.high = step.memory.total() / gigabyte;
  out.fitted = out.refused.empty() && one.task.allocated != 1;
  return out;
}

std::optional<double> rank_correlation(const std::vector<const Compared*>& rows) {
  std::vector<double> measured;
  std::vector<double> predicted;
  for (const Compared* row : rows) {
    if (!row->refused.empty()) continue;
    measured.push_back(row->measured);
    predicted.push_back(row->predicted);
  }
  const std::vector<double> x = ranks(measured);
  const std::vector<double> y = ranks(predicted);
  const double mean = (static_cast<double>(x.size()) - 1) / 2;
  double both = 0;
  double of_x = 0;
  double of_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    both += (x[i] - mean) * (y[i] - mean);
    of_x += (x[i] - mean) * (x[i] - mean);
    of_y += (y[i] - mean) * (y[i] - mean);
  }
  if (!(of_x > 0) || !(of_y > 0)) return std::nullopt;
  return both / std::sqrt(of_x * of_y);
}

std::vector<Ordered> ordered_by_stack(const std::vector<Compared>& rows, std::size_t at_least) {
  std::map<std::string, std::vector<const Compared*>> stacks;
  for (const Compared& row : rows) {
    if (row.refused.empty()) stacks[row.stack].push_back(&row);
  }
  std::vector<Ordered> out;
  for (const auto& [stack, members] : stacks) {
    const auto correlation = rank_correlation(members);
    if (members.size() < at_least || !correlation) continue;
    std::vector<const Compared*> unseen;
    std::ranges::copy_if(members, std::back_inserter(unseen), [](const Compared* row) { return !row->fitted; });
    out.push_back({stack, members.size(), unseen.size(), *correlation, rank_correlation(unseen)});
  }
  return out;
}

}  // namespace brightline::measured
