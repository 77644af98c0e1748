#include "report/accuracy.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/accuracy_parts.h"
#include "report/scatter.h"

namespace brightline::report {

namespace {

using measured::Compared;
using measured::Comparison;
using measured::Summary;
using measured::TableKind;

constexpr std::array<std::pair<TableKind, std::string_view>, 6> kernel_kinds{{{TableKind::gemm, "GEMM"}, {TableKind::attention, "Attention"}, {TableKind::experts, "Mixture of experts"},
                                                                              {TableKind::latent, "Latent attention"}, {TableKind::collective, "Collectives"}, {TableKind::exchange, "Dispatch and combine"}}};

std::string kernel_section(const std::vector<Comparison>& files, TableKind kind, std::string_view title, std::vector<AccuracyFile>& plots) {
  const auto of_kind = [&](const Comparison& file, const Compared&) { return file.kind == kind; };
  const Comparison all = taken(files, of_kind);
  if (all.rows.empty()) return {};
  const Comparison unseen = taken(files, [&](const Comparison& file, const Compared& row) { return file.kind == kind && row.refused.empty() && !row.fitted; });
  std::string out = fmt::format("\n## {}\n\nRows held out of the fit (shapes never seen), by what was measured and by chip and stack.\n\n", title) + head("metric") + line("all", unseen.all);
  for (const Summary& s : unseen.by_metric) out += line(s.name, s);
  out += "\n" + head("chip");
  for (const Summary& s : unseen.by_hardware) out += line(s.name, s);
  out += "\n<details><summary>by chip and stack</summary>\n\n" + head("chip and stack");
  for (const Summary& s : unseen.by_stack) out += line("`" + s.name + "`", s);
  out += "\n</details>\n";
  const std::string name = fmt::format("accuracy-{}.svg", measured::kind_name(kind));
  Scatter scatter{std::string(title), "us", {}};
  for (const Compared& row : all.rows) {
    if (row.refused.empty()) scatter.points.push_back({row.measured, row.predicted, !row.fitted});
  }
  plots.push_back({name, to_svg(scatter)});
  return out + fmt::format("\n![{} predicted against measured]({})\n", title, name);
}

std::string families_section(const model::Calibration& calibration) {
  std::string out =
      "\n## Constants, and families never seen\n\nEach fit has a value for every constant, and factors for kinds of core, families, stacks, and stacks on a family; ridge priors (`data/calibration/priors.toml`) hold most of them near 1. "
      "The last column leaves one family at a time out of the fit and predicts it from the others: what to expect of a chip whose family nobody measured.\n\n"
      "| fit | rows fitted | constants | MAPE % held out | MAPE % of a family left out |\n|---|---|---|---|---|\n";
  std::size_t total = 0;
  for (const auto& [key, fit] : calibration.fits) {
    const std::size_t constants = (fit.factors.size() + 1) * fit.defaults.size();
    total += constants;
    std::string families;
    for (const auto& [family, mape] : fit.new_family) families += fmt::format("{}{} {:.1f}", families.empty() ? "" : ", ", family, mape);
    out += fmt::format("| `{}` | {} | {} | {:.1f} | {} |\n", key, fit.rows, constants, fit.held_out_mape, families.empty() ? "-" : families);
  }
  return out + fmt::format("\n{} constants in all.\n", total);
}

std::string tables_section(const std::vector<Comparison>& files) {
  std::string out;
  for (const Comparison& file : files) {
    if (file.kind != TableKind::operators && file.kind != TableKind::layers) continue;
    out += file.kind == TableKind::operators ? "\n## Single operators, A100 and MI210\n\nTimed in eager PyTorch by LLMCompass's authors; four rows in five were fitted.\n\n" : "\n## GPT-3 layer on four A100\n\nNo row was fitted.\n\n";
    out += head("metric") + line("all", file.all);
    for (const Summary& s : file.by_use) out += line(s.name, s);
    for (const Summary& s : file.by_metric) out += line(s.name, s);
    if (file.kind == TableKind::layers) {
      for (const char* phase : {"prefill", "decode"}) {
        double measured_us = 0;
        double predicted_us = 0;
        for (const Compared& row : file.rows) {
          if (row.metric.starts_with(phase)) measured_us += row.measured, predicted_us += row.predicted;
        }
        if (measured_us > 0) out += fmt::format("\n{}: {:.0f} us measured, {:.0f} us predicted, {:+.1f} %.\n", phase, measured_us, predicted_us, 100 * (predicted_us / measured_us - 1));
      }
    }
  }
  return out;
}

std::string served_section(const std::vector<Comparison>& files, std::vector<AccuracyFile>& plots) {
  const auto served = [](const Comparison& file, const Compared&) { return file.kind == TableKind::inference; };
  const Comparison all = taken(files, served);
  if (all.rows.empty()) return {};
  const Comparison unseen = taken(files, [&](const Comparison& file, const Compared& row) { return served(file, row) && row.refused.empty() && !row.fitted; });
  std::string out = fmt::format("\n## Inference, end to end\n\n{} of {} full configurations are predicted. Held out are whole groups: a model on a chip with an engine at given lengths.\n\n", all.all.full_predicted, all.all.full);
  out += head("rows") + line("all", all.all);
  for (const Summary& s : all.by_use) out += line(s.name, s);
  out += "\nHeld out:\n\n" + head("metric");
  for (const Summary& s : unseen.by_metric) out += line(s.name, s);
  out += "\n" + head("chip");
  for (const Summary& s : unseen.by_hardware) out += line(s.name, s);
  out += "\nAll, by chip and engine:\n\n" + head("chip and engine");
  for (const Summary& s : all.by_stack) out += line("`" + s.name + "`", s);
  if (!all.all.refused.empty()) out += "\nRefused:\n\n" + refused_list(all.all);
  for (const bool time : {true, false}) {
    Scatter scatter{time ? "TTFT and TPOT" : "Throughput", time ? "ms" : "tokens/s", {}};
    for (const Compared& row : all.rows) {
      if (row.refused.empty() && (row.unit == "ms") == time) scatter.points.push_back({row.measured, row.predicted, !row.fitted});
    }
    const std::string name = time ? "accuracy-latency.svg" : "accuracy-throughput.svg";
    plots.push_back({name, to_svg(scatter)});
    out += fmt::format("\n![{} predicted against measured]({})\n", scatter.title, name);
  }
  return out;
}

std::string power_section(const std::vector<Comparison>& files, std::vector<AccuracyFile>& plots) {
  Comparison all;
  for (const Comparison& file : files) all.power.rows.insert(all.power.rows.end(), file.power.rows.begin(), file.power.rows.end());
  if (all.power.rows.empty()) return {};
  Comparison unseen;
  std::ranges::copy_if(all.power.rows, std::back_inserter(unseen.power.rows), [](const Compared& row) { return row.refused.empty() && !row.fitted; });
  measured::summarise(all);
  measured::summarise(unseen);
  std::string out = "\n## Power and energy\n\nMean power in W of the devices, of the rows that state one, from the time that the model predicts; of served runs J a token besides, from the throughput that it predicts.\n\n";
  out += head("rows") + line("all", all.power.all);
  for (const Summary& s : all.power.by_use) out += line(s.name, s);
  out += "\nHeld out:\n\n" + head("chip");
  for (const Summary& s : unseen.power.by_hardware) out += line(s.name, s);
  out += "\n" + head("metric");
  for (const Summary& s : unseen.power.by_metric) out += line(s.name, s);
  out += "\nAll:\n\n" + head("chip");
  for (const Summary& s : all.power.by_hardware) out += line(s.name, s);
  if (!all.power.all.refused.empty()) out += "\nRefused:\n\n" + refused_list(all.power.all);
  Scatter scatter{"Mean power", "W", {}};
  for (const Compared& row : all.power.rows) {
    if (row.refused.empty() && row.unit == "W") scatter.points.push_back({row.measured, row.predicted, !row.fitted});
  }
  plots.push_back({"accuracy-power.svg", to_svg(scatter)});
  return out + "\n![Mean power predicted against measured](accuracy-power.svg)\n";
}

}  // namespace

std::vector<AccuracyFile> accuracy_files(const std::vector<Comparison>& files, const model::Calibration& calibration) {
  std::vector<AccuracyFile> out(1);
  std::string page =
      "# How far off the model is\n\nMade by `brightline validate FOLDER data/measurements --report docs`; do not edit. FOLDER holds the tables of measured kernels, which are too large to be part of the project; "
      "`data/measurements` holds what was published end to end.\n\nOne shape in five is held out of every fit: whole (n, k) pairs, head configurations, expert shapes or message sizes. "
      "*MAPE* is the mean of |predicted / measured - 1|, *bias* its mean with the sign. *Inside* is the share of measurements within the 10-90 interval; 80 would be right. "
      "Errors of the measurements themselves are in these figures too: the same shape differs between stacks by 4 to 20 % in the median, and identical runs between versions by several percent.\n";
  for (const auto& [kind, title] : kernel_kinds) page += kernel_section(files, kind, title, out);
  page += tables_section(files) + served_section(files, out) + training_section(files, out) + power_section(files, out) + families_section(calibration);
  out.front() = {"accuracy.md", page};
  return out;
}

}  // namespace brightline::report
