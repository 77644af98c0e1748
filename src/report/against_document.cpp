#include "report/against_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "report/terminal_number.h"
#include "report/training_plan.h"

namespace brightline::report {

using base::Json;

namespace {

double longer_pct(const TrainingEstimate& full, const TrainingEstimate& cut) {
  if (!full.feasible() || !cut.feasible()) return std::numeric_limits<double>::quiet_NaN();
  return 100 * (cut.search.best.front().step.seconds / full.search.best.front().step.seconds - 1);
}

double digits(double value) { return significant(value, 5); }

Json step_json(const TrainingEstimate& e) {
  if (!e.feasible()) return Json::Object{{"feasible", false}, {"infeasible_because", infeasible_text(e)}};
  const model::RankedPlan& best = e.search.best.front();
  return Json::Object{{"feasible", true}, {"step_time_s", digits(best.step.seconds)}, {"plan", plan_json(best.plan)}};
}

Json percent(double value) { return std::isfinite(value) ? Json(significant(value, 3)) : Json(); }

// Least and most over the rows that have a figure.
std::pair<double, double> range_of(const std::vector<AgainstRow>& rows, double (AgainstRow::*figure)() const) {
  std::pair<double, double> out{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  for (const AgainstRow& row : rows) {
    const double value = (row.*figure)();
    if (!std::isfinite(value)) continue;
    out = {std::min(out.first, value), std::max(out.second, value)};
  }
  return out;
}

Json range_json(const std::pair<double, double>& range) {
  if (range.first > range.second) return {};
  return Json::Object{{"least", significant(range.first, 3)}, {"most", significant(range.second, 3)}};
}

std::string words(const std::pair<double, double>& range) {
  if (range.first > range.second) return "nothing to compare";
  const std::string least = fmt::format("{:+.1f}", range.first);
  const std::string most = fmt::format("{:+.1f}", range.second);
  return least == most ? most + " %" : least + " to " + most + " %";
}

}  // namespace

double AgainstRow::same_pct() const { return longer_pct(full, same_plan); }
double AgainstRow::own_pct() const { return longer_pct(full, own_plan); }

Json against_document(const std::vector<AgainstRow>& rows) {
  const TrainingEstimate& first = rows.front().full;
  Json list = Json::list();
  for (const AgainstRow& row : rows) {
    Json one = Json::Object{{"software", row.full.software.framework}, {"full", step_json(row.full)}, {"same_plan", step_json(row.same_plan)}, {"own_plan", step_json(row.own_plan)}};
    list.push(one.set("same_plan_longer_pct", percent(row.same_pct())).set("own_plan_longer_pct", percent(row.own_pct())));
  }
  Json out = Json::Object{{"chip", rows.front().own_plan.processor.id}, {"against", first.processor.id}, {"count", first.devices}, {"model", first.model->shape.id}, {"batch", first.task.global_batch}, {"input", first.task.sequence}};
  out.set("same_plan_longer_pct", range_json(range_of(rows, &AgainstRow::same_pct))).set("own_plan_longer_pct", range_json(range_of(rows, &AgainstRow::own_pct)));
  return out.set("by_software", list);
}

Table against_table(const std::vector<AgainstRow>& rows) {
  Table out;
  const auto number = [](const char* key, const char* title) { return Column{key, title, Align::right, false, 6}; };
  const std::string full = rows.front().full.processor.id;
  out.columns = {{"software", "Software"}, {"plan", "Best plan on " + full, Align::left, true, 24, 1}, number("step_time_s", "Step s"), number("same_plan_longer_pct", "Same plan %"), number("own_plan_longer_pct", "Own plan %")};
  for (const AgainstRow& row : rows) {
    if (!row.full.feasible()) {
      out.add({row.full.software.framework, infeasible_text(row.full)});
      continue;
    }
    const auto cell = [](double value) { return std::isfinite(value) ? Cell(fmt::format("{:+.1f}", value), Style::plain, Json(significant(value, 3))) : Cell("does not fit"); };
    out.add({row.full.software.framework, plan_words(row.full.search.best.front().plan), Cell::number(significant(row.full.search.best.front().step.seconds, 3)), cell(row.same_pct()), cell(row.own_pct())});
  }
  return out;
}

std::string against_text(const std::vector<AgainstRow>& rows, const Terminal& terminal) {
  const TrainingEstimate& full = rows.front().full;
  const std::string& cut = rows.front().own_plan.processor.id;
  std::string out = terminal.paint(Style::strong, fmt::format("{}, train, on {:g} x {} against {}", full.model->shape.name, full.devices, cut, full.processor.id)) + "\n";
  out += fmt::format("  {:g} sequences of {:g} tokens a step; products in {}\n\n", full.task.global_batch, full.task.sequence, workload::info(full.task.numbers.linear).name);
  out += to_screen(against_table(rows), terminal) + "\n";
  out += fmt::format("  {} takes longer with the same plan: {}\n", cut, words(range_of(rows, &AgainstRow::same_pct)));
  out += fmt::format("  with a plan of its own:            {}\n\n", words(range_of(rows, &AgainstRow::own_pct)));
  out += paragraph("Each row is software whose runs were measured: how much communication it hides differs, and that is how sure the figure is.", terminal.width);
  return out;
}

}  // namespace brightline::report
