#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "measured/compare_trained.h"
#include "report/accuracy_parts.h"
#include "report/scatter.h"

namespace brightline::report {

namespace {

using measured::Compared;
using measured::Comparison;
using measured::Summary;

constexpr std::size_t enough_to_order = 30;  // rows of one software that say something about the order

// What others print of themselves, on rows of their own.
constexpr std::string_view others =
    "\nFor comparison, as others print it of themselves: Calculon (SC23) has a mean error of 3.65 % on the eight runs of arXiv:2205.05198 on A100 (`megatron-2022` above, but for one row); "
    "SimuMax 1.2 is off by up to 13.5 % and 5.6 % in the mean on its 43 B200 cases (`megatron-core` above), with efficiencies measured on that machine, and by at most 1.4 % in their memory. "
    "Neither these figures nor our `fitted` ones on the same rows are a test: both sides had seen the machine. Only `held out` is.\n";

enum class Use { fitted, held_out, all };

Comparison trained(const std::vector<Comparison>& files, Use use) {
  return taken(files, [&](const Comparison& file, const Compared& row) {
    return file.kind == measured::TableKind::training && (use == Use::all || (row.refused.empty() && row.fitted == (use == Use::fitted)));
  });
}

std::vector<Summary> by_software(Comparison comparison) {
  for (Compared& row : comparison.rows) row.metric = row.stack;
  measured::summarise(comparison);
  return comparison.by_metric;
}

/// Fitted and held out apart, side by side.
std::string apart(std::string_view first, const std::vector<Summary>& fitted, const std::vector<Summary>& unseen) {
  std::string out = fmt::format("\n| {} | fitted: rows | median % | mean % | inside % | held out: rows | median % | mean % | inside % |\n|---|---|---|---|---|---|---|---|---|\n", first);
  std::map<std::string, std::pair<const Summary*, const Summary*>> lines;
  for (const Summary& s : fitted) lines[s.name].first = &s;
  for (const Summary& s : unseen) lines[s.name].second = &s;
  const auto cells = [](const Summary* s) {
    if (s == nullptr) return std::string("0 | | |");
    return fmt::format("{} | {:.1f} | {:.1f} | {:.0f}", s->predicted, s->median_ape_pct, s->mape_pct, s->inside_interval_pct);
  };
  for (const auto& [name, both] : lines) out += fmt::format("| {} | {} | {} |\n", name.empty() ? "all" : name, cells(both.first), cells(both.second));
  return out;
}

void plot(const std::vector<Compared>& rows, const std::string& name, Scatter scatter, std::vector<AccuracyFile>& plots) {
  for (const Compared& row : rows) {
    if (row.refused.empty()) scatter.points.push_back({row.measured, row.predicted, !row.fitted});
  }
  plots.push_back({name, to_svg(scatter)});
}

std::string order_section(const std::vector<Compared>& rows) {
  std::string out = fmt::format(
      "\n### Are plans put in the right order?\n\nSpearman's rank correlation of predicted with measured step times, of every software with at least {} rows. The rows of `deepspeed-2022` are plans tried for one model "
      "(BLOOM) on the same devices, most with one batch, so that order is about plans; rows of other software are of many models and batches, and mostly ordered by size.\n\n"
      "| software | rows | rank correlation | held out: rows | rank correlation |\n|---|---|---|---|---|\n", enough_to_order);
  for (const measured::Ordered& one : measured::ordered_by_stack(rows, enough_to_order)) {
    out += fmt::format("| {} | {} | {:.3f} | {} | {} |\n", one.stack, one.rows, one.spearman, one.held_out, one.spearman_held_out ? fmt::format("{:.3f}", *one.spearman_held_out) : "");
  }
  return out;
}

std::string memory_section(const std::vector<Comparison>& files, std::vector<AccuracyFile>& plots) {
  Comparison all;
  for (const Comparison& file : files) all.memory.rows.insert(all.memory.rows.end(), file.memory.rows.begin(), file.memory.rows.end());
  if (all.memory.rows.empty()) return {};
  measured::summarise(all);
  std::string out =
      "\n### Memory of a device\n\nOf the rows that state it. Memory is counted, not fitted, and has no interval; but for software whose `allocated` in `data/training_software.toml` was set by what its runs state, which "
      "are called fitted here. No figure of step times above holds these rows.\n\n";
  out += head("rows") + line("all", all.memory.all);
  for (const Summary& s : all.memory.by_use) out += line(s.name, s);
  out += "\n" + head("chip and software");
  for (const Summary& s : all.memory.by_stack) out += line("`" + s.name + "`", s);
  out += "\n<details><summary>row by row</summary>\n\n| line | chip and software | stated, GB | predicted, GB | error % |\n|---|---|---|---|---|\n";
  for (const Compared& row : all.memory.rows) {
    if (row.refused.empty()) out += fmt::format("| {} | `{} {}` | {:.1f} | {:.1f} | {:+.1f} |\n", row.line, row.hardware, row.stack, row.measured, row.predicted, row.error_pct());
  }
  plot(all.memory.rows, "accuracy-memory.svg", {"Memory of a device in training", "GB", {}}, plots);
  return out + "\n</details>\n\n![Memory predicted against stated](accuracy-memory.svg)\n";
}

}  // namespace

std::string training_section(const std::vector<Comparison>& files, std::vector<AccuracyFile>& plots) {
  const Comparison all = trained(files, Use::all);
  if (all.rows.empty()) return {};
  const Comparison fitted = trained(files, Use::fitted);
  const Comparison unseen = trained(files, Use::held_out);
  std::string out = fmt::format(
      "\n## Training, step time\n\n{} of {} rows with a full plan are predicted. Held out are whole groups: a model's shape on a chip with a software, a sequence length and a tensor and pipeline parallelism. "
      "[model/training.md](model/training.md) says what is fitted.\n\n", all.all.full_predicted, all.all.full);
  out += head("rows") + line("all", all.all);
  for (const Summary& s : all.by_use) out += line(s.name, s);
  out += apart("chip", fitted.by_hardware, unseen.by_hardware) + apart("software", by_software(fitted), by_software(unseen)) + std::string(others);
  if (!all.all.refused.empty()) out += "\nRefused:\n\n" + refused_list(all.all);
  plot(all.rows, "accuracy-training.svg", {"Step time of training", "s", {}}, plots);
  out += "\n![Step time predicted against measured](accuracy-training.svg)\n";
  return out + order_section(all.rows) + memory_section(files, plots);
}

}  // namespace brightline::report
