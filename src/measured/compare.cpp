#include "measured/compare.h"

#include <algorithm>
#include <cmath>

#include "measured/compare_power.h"
#include "measured/compare_trained.h"
#include "measured/known_chips.h"

namespace brightline::measured {

namespace {

Compared compare_kernel(const Case& one, KnownChips& chips, const World& world) {
  Compared out;
  out.line = one.line;
  out.metric = one.metric;
  out.unit = "us";
  out.stack = one.stack.versioned();
  out.measured = one.seconds * 1e6;
  out.refused = one.refused;
  std::string why;
  const model::Processor* chip = chips.find(one.hardware, out.hardware, why);
  if (out.refused.empty()) out.refused = why;
  if (!out.refused.empty()) return out;
  const model::Link link = model::link_of(*chip);
  for (const workload::Operator& op : one.operators) {
    out.refused = model::lacks(op, *chip);
    if (!out.refused.empty()) return out;
    const std::string key = model::fit_key(op);
    const model::Resolved& resolved = chips.resolved(key, *chip, one.stack);
    const model::KernelTime time = model::kernel_time(op, *chip, link, resolved.constants);
    const double us = time.time.base * 1e6;
    const model::Spread& spread = resolved.spread[static_cast<std::size_t>(time.bound)];
    if (!bounded(us)) {
      out.refused = "the time is beyond all bounds";
      return out;
    }
    out.predicted += us;
    out.low += us * spread.low;
    out.high += us * spread.high;
    const auto fit = world.calibration->fits.find(key);
    if (fit != world.calibration->fits.end() && fit->second.factors.contains("pair " + chip->family + " " + one.stack.versioned())) out.fitted = true;
  }
  return out;
}

Compared compare_served(const ServedCase& one, KnownChips& chips, const World& world) {
  Compared out;
  out.line = one.line;
  out.metric = one.metric_name;
  out.unit = one.metric == ServedMetric::ttft_ms || one.metric == ServedMetric::tpot_ms ? "ms" : "tokens/s";
  out.stack = one.engine;
  out.measured = one.value;
  out.full = one.full;
  out.refused = one.refused;
  out.hardware = one.hardware;
  std::string why;
  const model::Processor* chip = chips.find(one.hardware, out.hardware, why);
  if (out.refused.empty()) out.refused = why;
  if (!out.refused.empty()) return out;
  const workload::Transformer& shape = one.shape->shape;
  const workload::Numbers numbers = numbers_on(*chip, one);
  for (const workload::NumberScheme scheme : {numbers.linear, shape.has_experts() ? numbers.experts : numbers.linear}) {
    if (chip->rate(workload::info(scheme).multiplies).base <= 0) {
      out.refused = "the chip has no rate for the number format";
      return out;
    }
  }
  const model::Resolved& constants = chips.resolved("serving", *chip, {one.engine, "", ""});
  const auto served = serve_case(one, *chip, chips);
  if (!served) {
    out.refused = "does not fit in memory or context";
    return out;
  }
  out.predicted = figure(*served, one.metric);
  if (!bounded(out.predicted)) {
    out.refused = "the figure is beyond all bounds";
    return out;
  }
  const model::Spread& spread = constants.spread[static_cast<std::size_t>(one.metric)];
  out.low = out.predicted * spread.low;
  out.high = out.predicted * spread.high;
  const auto fit = world.calibration->fits.find("serving");
  const bool seen = fit != world.calibration->fits.end() && fit->second.factors.contains("pair " + chip->family + " " + one.engine + ":@");
  out.fitted = seen && !held_out(one) && one.full;
  return out;
}

// Rows of a caller who brought nothing to predict training with.
Compared unasked(const Table& table, std::size_t row) {
  const Cells cells(table, row);
  Compared out;
  out.line = cells.line();
  out.hardware = cells.text("hardware");
  out.metric = "step time";
  out.unit = "s";
  out.full = false;
  out.refused = "no training software and clusters are known";
  return out;
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

Summary summary_of(const std::string& name, const std::vector<const Compared*>& rows) {
  Summary out;
  out.name = name;
  std::vector<double> errors;
  std::vector<double> widths;
  std::size_t inside = 0;
  for (const Compared* row : rows) {
    ++out.rows;
    out.full += row->full ? 1 : 0;
    if (!row->refused.empty()) {
      ++out.refused[row->refused];
      continue;
    }
    ++out.predicted;
    out.full_predicted += row->full ? 1 : 0;
    errors.push_back(std::abs(row->error_pct()));
    widths.push_back(50 * (row->high - row->low) / row->measured);
    out.mape_pct += std::abs(row->error_pct());
    out.bias_pct += row->error_pct();
    inside += row->inside() ? 1 : 0;
    out.has_interval = out.has_interval || row->has_interval();
  }
  if (out.predicted > 0) {
    const auto n = static_cast<double>(out.predicted);
    out.mape_pct /= n;
    out.bias_pct /= n;
    out.inside_interval_pct = 100 * static_cast<double>(inside) / n;
    out.median_ape_pct = median(errors);
    out.width_over_error = out.median_ape_pct > 0 ? median(widths) / out.median_ape_pct : 0;
  }
  return out;
}

std::vector<Summary> grouped(const std::vector<Compared>& rows, const auto& name_of) {
  std::map<std::string, std::vector<const Compared*>> groups;
  for (const Compared& row : rows) groups[name_of(row)].push_back(&row);
  std::vector<Summary> out;
  for (const auto& [name, members] : groups) out.push_back(summary_of(name, members));
  return out;
}

}  // namespace

void summarise(Comparison& c) {
  const auto whole = [](const std::vector<Compared>& rows) {
    std::vector<const Compared*> all;
    for (const Compared& row : rows) all.push_back(&row);
    return summary_of("", all);
  };
  const auto hardware = [](const Compared& row) { return row.hardware; };
  const auto metric = [](const Compared& row) { return row.metric; };
  const auto used = [](const std::vector<Compared>& rows) {
    std::vector<Compared> predicted;
    std::ranges::copy_if(rows, std::back_inserter(predicted), [](const Compared& row) { return row.refused.empty(); });
    return grouped(predicted, [](const Compared& row) { return std::string(row.fitted ? "fitted" : "held out"); });
  };
  const auto stack = [](const Compared& row) { return row.hardware + " " + row.stack; };
  c.all = whole(c.rows);
  c.by_hardware = grouped(c.rows, hardware);
  c.by_metric = grouped(c.rows, metric);
  c.by_stack = grouped(c.rows, stack);
  c.by_use = used(c.rows);
  for (CountedApart* apart : {&c.power, &c.memory}) {
    apart->all = whole(apart->rows);
    apart->by_hardware = grouped(apart->rows, hardware);
    apart->by_metric = grouped(apart->rows, metric);
    apart->by_stack = grouped(apart->rows, stack);
    apart->by_use = used(apart->rows);
  }
}

Comparison compare(const Table& table, const World& world) {
  Comparison out;
  out.file = table.file;
  out.kind = table.kind;
  KnownChips chips(world);
  if (is_kernel_table(table.kind)) {
    for (const Case& one : kernel_cases(table)) {
      Compared row = compare_kernel(one, chips, world);
      row.fitted = row.fitted && table.kind != TableKind::layers && may_be_fitted(one);
      if (one.watts > 0) out.power.rows.push_back(compare_power(one, row, chips));
      out.rows.push_back(std::move(row));
    }
  } else if (table.kind == TableKind::inference) {
    for (const ServedCase& one : served_cases(table, *world.models, *world.families)) {
      out.rows.push_back(compare_served(one, chips, world));
      if (one.watts > 0) add_power(one, out.rows.back(), chips, out.power.rows);
    }
  } else if (world.models == nullptr || world.families == nullptr || world.catalogue == nullptr || world.calibration == nullptr || world.softwares == nullptr || world.clusters == nullptr) {
    for (std::size_t i = 0; i < table.cells.size(); ++i) out.rows.push_back(unasked(table, i));
  } else {
    for (const TrainedCase& one : trained_cases(table, {world.models, world.families, world.softwares, world.clusters})) {
      const model::TrainingStep step = add_trained(one, chips, out.rows);
      if (one.memory_bytes > 0) out.memory.rows.push_back(compare_memory(one, out.rows.back(), step));
    }
  }
  summarise(out);
  return out;
}

}  // namespace brightline::measured
