#include "report/training_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/terminal_number.h"

namespace brightline::report {

using base::Json;
using workload::TrainingPlan;

namespace {

double digits(double value) { return significant(value, 5); }

std::string offloaded(const TrainingPlan& p) {
  std::string out;
  for (const auto& [is, name] : {std::pair{p.offload_weights, "weights"}, {p.offload_activations, "activations"}, {p.offload_optimizer, "optimizer states"}}) {
    if (is) out += (out.empty() ? "" : " and ") + std::string(name);
  }
  return out;
}

// The part whose time differs most between two plans.
std::string because(const model::RankedPlan& best, const model::RankedPlan& other) {
  std::size_t most = 0;
  double difference = 0;
  for (std::size_t i = 0; i < model::training_parts; ++i) {
    const double more = other.step.parts[i] - best.step.parts[i];
    if (more > difference) {
      difference = more;
      most = i;
    }
  }
  if (difference <= 0) return "as quick";
  return fmt::format("{} s more of {}", rounded_text(difference), model::part_name(static_cast<model::TrainingPart>(most)));
}

std::string of_space(const TrainingEstimate& e) {
  const model::PlanSearch& s = e.search;
  std::string out = fmt::format("{} plans listed, {} evaluated in {} s.", rounded_text(static_cast<double>(s.space), 8), rounded_text(static_cast<double>(s.evaluated), 8), rounded_text(e.seconds_searched, 2));
  for (std::size_t i = 0; i < model::reasons_left_out; ++i) {
    if (s.left_out[i] > 0) out += fmt::format(" {} {}.", rounded_text(static_cast<double>(s.left_out[i]), 8), model::reason_text(static_cast<model::LeftOut>(i)));
  }
  return out;
}

}  // namespace

std::string plan_words(const TrainingPlan& p) {
  std::string out = fmt::format("tensor {:g}", p.tp);
  if (p.pp > 1) out += fmt::format(", pipeline {:g}", p.pp) + (p.chunks > 1 ? fmt::format(" in {:g} chunks", p.chunks) : "");
  if (p.dp > 1) out += fmt::format(", data {:g}", p.dp);
  if (p.ep > 1) out += fmt::format(", expert {:g}", p.ep);
  if (p.cp > 1) out += fmt::format(", context {:g}", p.cp);
  out += fmt::format(", micro-batch {:g}", p.micro_batch);
  if (p.recompute != workload::Recompute::none) out += fmt::format(", {} recomputation", workload::recompute_name(p.recompute));
  if (p.fused_activation) out += ", activation functions recomputed";
  if (p.zero > 0) out += fmt::format(", ZeRO-{}", p.zero);
  if (const std::string away = offloaded(p); !away.empty()) out += ", " + away + " on the host";
  return out;
}

Json plan_json(const TrainingPlan& p) {
  Json out = Json::Object{{"tp", p.tp}, {"pp", p.pp}, {"dp", p.dp}, {"ep", p.ep}, {"cp", p.cp}, {"micro_batch", p.micro_batch}, {"chunks", p.chunks}};
  out.set("recompute", std::string(workload::recompute_name(p.recompute))).set("zero", p.zero).set("fused_activation", p.fused_activation).set("sequence_parallel", p.sequence_parallel);
  return out.set("offload_weights", p.offload_weights).set("offload_activations", p.offload_activations).set("offload_optimizer", p.offload_optimizer);
}

std::vector<std::pair<std::string, double>> memory_parts(const model::TrainingMemory& m) {
  return {{"weights", m.weights}, {"gradients", m.gradients}, {"optimizer", m.optimizer}, {"activations", m.activations}, {"logits", m.logits}, {"buffers", m.buffers}};
}

std::string infeasible_text(const TrainingEstimate& e) {
  if (!e.why.empty()) return e.why;
  if (!e.search.why.empty()) return e.search.why;
  const double has = e.memory;
  return fmt::format("no plan fits: the leanest ({}) wants {:.1f} GB a device, {:.1f} GB more than its {:.1f}", plan_words(e.search.nearest.plan), e.search.least_memory / 1e9, (e.search.least_memory - has) / 1e9, has / 1e9);
}

std::string training_heading(const TrainingEstimate& e, const Terminal& terminal) {
  std::string out = terminal.paint(Style::strong, fmt::format("{}, train, on {:g} x {}", e.model->shape.name, e.devices, e.processor.id)) + "\n";
  out += fmt::format("  {:g} sequences of {:g} tokens a step; products in {}", e.task.global_batch, e.task.sequence, workload::info(e.task.numbers.linear).name);
  if (!e.cluster.empty()) out += fmt::format("; {}: {:g} devices joined, {} GB/s each beyond", e.cluster, e.network.domain, rounded_text(e.network.scaleout / 1e9));
  return out + "\n\n";
}

Json plan_document(const TrainingEstimate& e) {
  Json out = training_document(e);
  Json list = Json::list();
  for (const model::RankedPlan& one : e.search.best) {
    Json row = plan_json(one.plan);
    row.set("step_time_s", digits(one.step.seconds)).set("memory_gb_per_device", digits(one.step.memory.total() / 1e9)).set("slower_pct", digits(100 * (one.step.seconds / e.search.best.front().step.seconds - 1)));
    list.push(row.set("because", because(e.search.best.front(), one)));
  }
  Json left = Json::object();
  for (std::size_t i = 0; i < model::reasons_left_out; ++i) left.set(std::string(model::reason_key(static_cast<model::LeftOut>(i))), e.search.left_out[i]);
  return out.set("plans", list).set("space", Json::Object{{"plans", e.search.space}, {"evaluated", e.search.evaluated}, {"left_out", left}, {"seconds", digits(e.seconds_searched)}});
}

Table plan_table(const TrainingEstimate& e) {
  Table out;
  const auto number = [](const char* key, const char* title, int priority = 0) { return Column{key, title, Align::right, false, 5, priority}; };
  out.columns = {{"plan", "Plan", Align::left, true, 30}, number("step_time_s", "Step s"), number("slower_pct", "Slower %"), number("memory_gb_per_device", "Memory GB", 2), {"because", "Lost by", Align::left, true, 16, 1}};
  for (const model::RankedPlan& one : e.search.best) {
    const model::RankedPlan& best = e.search.best.front();
    out.add({plan_words(one.plan), Cell::number(digits(one.step.seconds)), Cell::number(significant(100 * (one.step.seconds / best.step.seconds - 1), 3)), Cell::number(significant(one.step.memory.total() / 1e9, 3)),
             &one == &best ? Cell("the best", Style::good) : Cell(because(best, one))});
  }
  return out;
}

std::string plan_text(const TrainingEstimate& e, const Terminal& terminal) {
  if (!e.feasible()) return training_text(e, terminal) + "\n" + paragraph(of_space(e), terminal.width);
  return training_heading(e, terminal) + to_screen(plan_table(e), terminal) + "\n" + paragraph(of_space(e), terminal.width) + "\n" + training_text(e, terminal).substr(training_heading(e, terminal).size());
}

}  // namespace brightline::report
