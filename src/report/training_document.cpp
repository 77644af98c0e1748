#include "report/training_document.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "report/terminal_number.h"
#include "report/training_plan.h"

namespace brightline::report {

using base::Json;

namespace {

double digits(double value) { return significant(value, 5); }
double gigabytes(double bytes) { return bytes / 1e9; }

Json memory_json(const model::TrainingMemory& m) {
  Json out = Json::object();
  for (const auto& [name, bytes] : memory_parts(m)) out.set(name + "_gb", digits(gigabytes(bytes)));
  return out.set("host_gb", digits(gigabytes(m.host)));
}

// What a part waits for. Devices are idle in the pipeline's bubble.
std::vector<std::pair<std::string_view, double>> by_bound(const model::TrainingStep& step) {
  using model::TrainingPart;
  const auto sum = [&](std::initializer_list<TrainingPart> parts) {
    double out = 0;
    for (const TrainingPart part : parts) out += step.parts[static_cast<std::size_t>(part)];
    return out;
  };
  return {{"compute", sum({TrainingPart::linear, TrainingPart::attention, TrainingPart::experts})},
          {"memory", sum({TrainingPart::elementwise, TrainingPart::optimizer})},
          {"network", sum({TrainingPart::tensor, TrainingPart::exchange, TrainingPart::context, TrainingPart::pipeline, TrainingPart::data, TrainingPart::offload})},
          {"launch", sum({TrainingPart::host})},
          {"idle", sum({TrainingPart::bubble})}};
}

Json breakdown_json(const model::TrainingStep& step) {
  Json out = Json::object();
  for (std::size_t i = 0; i < model::training_parts; ++i) out.set(std::string(model::part_name(static_cast<model::TrainingPart>(i))), digits(step.parts[i]));
  Json bounds = Json::object();
  for (const auto& [name, seconds] : by_bound(step)) bounds.set(std::string(name), digits(seconds));
  return Json::Object{{"by_class_s", out}, {"by_bound_s", bounds}};
}

Json network_json(const TrainingEstimate& e) {
  return Json::Object{{"cluster", e.cluster.empty() ? Json() : Json(e.cluster)}, {"scale_up_devices", e.network.domain}, {"scale_out_gb_per_s", digits(e.network.scaleout / 1e9)}};
}

std::vector<std::string> assumptions(const TrainingEstimate& e) {
  std::vector<std::string> out = e.assumed;
  const std::string& family = e.processor.family.empty() ? e.processor.id : e.processor.family;
  if (e.why.empty() && !e.family_seen) out.push_back(fmt::format("constants of the kind of core ({}): no kernel was ever measured on {}", e.processor.kind, family));
  if (!e.software.framework.empty()) {
    const std::string name = e.software.framework + (e.software.kernel.empty() ? "" : " in " + e.software.kernel);
    out.push_back(e.measured ? "software as measured: " + name : fmt::format("software {}, never measured on {}: a wide interval", name, family));
  }
  if (e.feasible() && !e.energy.known) out.emplace_back("no energy: the rated power is not known");
  if (e.feasible() && e.energy.known && !e.energy.validated) out.push_back(fmt::format("energy unvalidated: no watts were measured on {}", family));
  if (e.feasible() && e.energy.at_limit) out.push_back(fmt::format("energy at the rated power: the work would draw {:.0f} % more, so the clock may fall and the step take longer", 100 * e.energy.over_limit));
  if (e.task.imbalance == 1 && e.model->shape.has_experts()) out.emplace_back("experts loaded evenly");
  return out;
}

constexpr double joules_per_mwh = 3.6e9;
double tokens_of_step(const TrainingEstimate& e) { return e.task.global_batch * e.task.sequence; }
double joules(const TrainingEstimate& e) { return e.energy.total.base * e.devices; }

double run_seconds(const TrainingEstimate& e, double rate) { return e.run_tokens / rate; }

std::string hours_text(double seconds, double devices) {
  const double days = seconds / 86400;
  return fmt::format("{} days, {} device-hours", rounded_text(days), rounded_text(seconds / 3600 * devices));
}

}  // namespace

model::Span training_rate(const TrainingEstimate& e) {
  const double rate = e.task.global_batch * e.task.sequence / e.search.best.front().step.seconds;
  return {rate / e.spread.high, rate, rate / e.spread.low};
}

Utilisation utilisation_of(const TrainingEstimate& e) {
  const model::RankedPlan& best = e.search.best.front();
  const double peak = e.processor.rate(workload::info(e.task.numbers.linear).multiplies).base * e.devices * best.step.seconds;
  const workload::Transformer& m = e.model->shape;
  return {workload::training_operations(m, e.task, false) / peak, workload::training_operations(m, e.task, true) / peak, workload::hardware_operations(m, e.task, best.plan, false) / peak};
}

Json training_document(const TrainingEstimate& e) {
  Json out = Json::object();
  out.set("chip", e.processor.id).set("count", e.devices).set("model", e.model->shape.id).set("phase", "train").set("network", network_json(e));
  out.set("batch", e.task.global_batch).set("input", e.task.sequence);
  out.set("numbers", Json::Object{{"linear", std::string(workload::info(e.task.numbers.linear).name)}, {"experts", std::string(workload::info(e.task.numbers.experts).name)}});
  out.set("feasible", e.feasible()).set("infeasible_because", e.feasible() ? Json() : Json(infeasible_text(e)));
  if (e.feasible()) {
    const model::RankedPlan& best = e.search.best.front();
    const model::Span rate = training_rate(e);
    const Utilisation used = utilisation_of(e);
    out.set("step_time_s", digits(best.step.seconds)).set("tokens_per_s", digits(rate.typical)).set("tokens_per_s_per_device", digits(rate.typical / e.devices));
    out.set("mfu", digits(used.model)).set("mfu_whole_scores", digits(used.whole_scores)).set("hfu", digits(used.hardware));
    out.set("energy_j_per_token", e.energy.known ? Json(digits(joules(e) / tokens_of_step(e))) : Json());
    add_cost(out, e.costing, rate, "trained");
    out.set("interval", Json::Object{{"of", "step_time_s"}, {"p10", digits(best.step.seconds * e.spread.low)}, {"p90", digits(best.step.seconds * e.spread.high)}});
    out.set("plan", plan_json(best.plan).set("software", e.software.framework).set("plans_tried", e.search.evaluated));
    out.set("breakdown", breakdown_json(best.step)).set("memory_gb_per_device", digits(gigabytes(best.step.memory.total()))).set("memory", memory_json(best.step.memory));
    if (e.run_tokens > 0) {
      const double seconds = run_seconds(e, rate.typical);
      Json run = Json::Object{{"tokens", e.run_tokens}, {"days", digits(seconds / 86400)}, {"device_hours", digits(seconds / 3600 * e.devices)}};
      run.set("device_hours_p10", digits(run_seconds(e, rate.high) / 3600 * e.devices)).set("device_hours_p90", digits(run_seconds(e, rate.low) / 3600 * e.devices));
      run.set("energy_mwh", e.energy.known ? Json(digits(joules(e) / tokens_of_step(e) * e.run_tokens / joules_per_mwh)) : Json());
      run.set("cost_usd", e.costing.cost ? Json(digits(model::usd_per_run(*e.costing.cost, base::Time{seconds}).typical)) : Json());
      out.set("run", run);
    }
  }
  return out.set("assumptions", Json::texts(assumptions(e)));
}

Json trainings_document(const std::vector<TrainingEstimate>& estimates) {
  Json list = Json::list();
  for (const TrainingEstimate& one : estimates) list.push(training_document(one));
  return Json::Object{{"estimates", list}};
}

Table training_table(const std::vector<TrainingEstimate>& estimates) {
  Table out;
  const auto number = [](const char* key, const char* title, int priority) { return Column{key, title, Align::right, false, 6, priority}; };
  out.columns = {{"chip", "Chip"}, {"plan", "Plan", Align::left, true, 16, 1}, number("step_time_s", "Step s", 0), number("p10", "P10", 5), number("p90", "P90", 5), number("tokens_per_s_per_device", "Tokens/s/device", 0),
                 number("mfu_pct", "MFU %", 2), number("memory_gb_per_device", "Memory GB", 3), number("cost_usd_per_million_tokens", "USD/Mtok", 4), {"infeasible_because", "Not possible", Align::left, true, 20}};
  for (const TrainingEstimate& e : estimates) {
    std::vector<Cell> row{e.processor.id};
    if (e.feasible()) {
      const model::RankedPlan& best = e.search.best.front();
      const model::Span rate = training_rate(e);
      row.emplace_back(plan_words(best.plan));
      const double s = best.step.seconds;
      for (const double value : {s, s * e.spread.low, s * e.spread.high, rate.typical / e.devices, 100 * utilisation_of(e).model, gigabytes(best.step.memory.total())}) row.push_back(Cell::number(digits(value)));
      const auto usd = usd_per_million_tokens(e.costing, rate);
      row.push_back(usd ? Cell::number(digits(usd->typical)) : Cell());
    } else {
      for (int i = 0; i < 8; ++i) row.emplace_back("");
      row.emplace_back(infeasible_text(e));
    }
    out.add(std::move(row));
  }
  return out;
}

std::string training_text(const TrainingEstimate& e, const Terminal& terminal) {
  std::string out = training_heading(e, terminal);
  const auto line = [&](std::string_view name, const std::string& value) { out += fmt::format("  {}  {}\n", padded(name, 25), value); };
  if (!e.feasible()) {
    out += terminal.paint(Style::bad, "Not possible") + ": " + paragraph(infeasible_text(e), terminal.width - 14);
  } else {
    const model::RankedPlan& best = e.search.best.front();
    const model::Span rate = training_rate(e);
    const Utilisation used = utilisation_of(e);
    const double s = best.step.seconds;
    line("a step", fmt::format("{} s   (10 to 90 %: {} to {})", rounded_text(s), rounded_text(s * e.spread.low), rounded_text(s * e.spread.high)));
    line("tokens a second", fmt::format("{}; {} a device", rounded_text(rate.typical), rounded_text(rate.typical / e.devices)));
    line("of the peak rate", fmt::format("MFU {:.1f} % (causal attention by half; {:.1f} % with whole score matrices), HFU {:.1f} %", 100 * used.model, 100 * used.whole_scores, 100 * used.hardware));
    line("plan", plan_words(best.plan));
    std::string parts;
    for (const auto& [name, bytes] : memory_parts(best.step.memory)) {
      if (gigabytes(bytes) >= 0.05) parts += fmt::format("{}{} {:.1f}", parts.empty() ? "" : ", ", name, gigabytes(bytes));
    }
    line("memory a device", fmt::format("{:.1f} of {:.1f} GB: {}", gigabytes(best.step.memory.total()), gigabytes(e.memory), parts));
    if (e.energy.known) line("energy", fmt::format("{} J a token; {} W a device{}{}", rounded_text(joules(e) / tokens_of_step(e)), rounded_text(e.energy.mean.base), e.energy.at_limit ? ", the rated power" : "", e.energy.validated ? "" : "; unvalidated"));
    line("cost", cost_line(e.costing, rate, "trained"));
    std::string shares;
    for (std::size_t i = 0; i < model::training_parts; ++i) {
      const double share = 100 * best.step.parts[i] / s;
      if (share >= 0.5) shares += fmt::format("{}{} {:.0f} %", shares.empty() ? "" : ", ", model::part_name(static_cast<model::TrainingPart>(i)), share);
    }
    out += paragraph(shares, terminal.width, "  " + padded("time goes to", 25) + "  ");
    if (e.run_tokens > 0) {
      const double seconds = run_seconds(e, rate.typical);
      line(fmt::format("{} tokens", rounded_text(e.run_tokens)), hours_text(seconds, e.devices) + fmt::format(" (10 to 90 %: {} to {})", rounded_text(run_seconds(e, rate.high) / 3600 * e.devices), rounded_text(run_seconds(e, rate.low) / 3600 * e.devices)));
      if (e.costing.cost) line("", fmt::format("USD {}", rounded_text(model::usd_per_run(*e.costing.cost, base::Time{seconds}).typical)));
    }
  }
  const std::vector<std::string> assumed = assumptions(e);
  if (!assumed.empty()) out += "\n" + terminal.paint(Style::quiet, "Assumed") + "\n";
  for (const std::string& one : assumed) out += paragraph(one, terminal.width, "  - ");
  if (e.feasible()) out += cost_notes(e.costing, terminal);
  return out;
}

std::string trainings_text(const std::vector<TrainingEstimate>& estimates, const Terminal& terminal) {
  const TrainingEstimate& first = estimates.front();
  std::string out = terminal.paint(Style::strong, fmt::format("{}, train, {:g} devices each", first.model->shape.name, first.devices)) + "\n";
  out += fmt::format("  {:g} sequences of {:g} tokens a step\n\n", first.task.global_batch, first.task.sequence);
  Table table = training_table(estimates);
  if (std::ranges::all_of(estimates, &TrainingEstimate::feasible)) table.columns.pop_back();
  out += to_screen(table, terminal) + "\n" + paragraph("P10 and P90 bound the middle 80 % of what to expect of the step.", terminal.width);
  out += "\n" + terminal.paint(Style::quiet, "Assumed") + "\n";
  for (const TrainingEstimate& e : estimates) {
    for (const std::string& text : assumptions(e)) out += paragraph(e.processor.id + ": " + text, terminal.width, "  - ");
  }
  std::vector<std::pair<std::string, const Costing*>> costings;
  for (const TrainingEstimate& e : estimates) {
    if (e.feasible()) costings.emplace_back(e.processor.id, &e.costing);
  }
  return out + costs_notes(costings, terminal);
}

}  // namespace brightline::report
