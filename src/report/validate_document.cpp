#include "report/validate_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/terminal_number.h"

namespace brightline::report {

using base::Json;
using measured::Compared;
using measured::Comparison;
using measured::Summary;

namespace {

double rounded(double value) {  // what a percentage can bear
  return std::round(value * 100) / 100;
}

double digits(double value) { return significant(value, 6); }

Json summary_json(const Summary& s) {
  Json refused = Json::object();
  for (const auto& [why, count] : s.refused) refused.set(why, count);
  Json out = Json::object();
  if (!s.name.empty()) out.set("name", s.name);
  out.set("rows", s.rows).set("predicted", s.predicted).set("refused", refused);
  const auto figure = [&](double value) { return s.predicted > 0 ? Json(rounded(value)) : Json(); };
  out.set("mape_pct", figure(s.mape_pct)).set("median_ape_pct", figure(s.median_ape_pct)).set("bias_pct", figure(s.bias_pct));
  const auto claim = [&](double value) { return s.has_interval ? figure(value) : Json(); };
  out.set("inside_interval_pct", claim(s.inside_interval_pct)).set("half_width_over_median_error", claim(s.width_over_error));
  out.set("full_configurations", s.full).set("full_configurations_predicted", s.full_predicted);
  return out;
}

Json list_json(const std::vector<Summary>& list) {
  Json out = Json::list();
  for (const Summary& one : list) out.push(summary_json(one));
  return out;
}

Json row_json(const std::string& file, const Compared& row) {
  Json out = Json::object();
  out.set("file", file).set("line", row.line).set("hardware", row.hardware).set("metric", row.metric).set("stack", row.stack).set("unit", row.unit);
  out.set("measured", row.measured > 0 ? Json(digits(row.measured)) : Json());
  if (!row.refused.empty()) return out.set("predicted", Json()).set("refused", row.refused);
  out.set("predicted", digits(row.predicted)).set("error_pct", rounded(row.error_pct())).set("p10", digits(row.low)).set("p90", digits(row.high));
  return out.set("inside_interval", row.inside()).set("used_to_fit", row.fitted);
}

Comparison together(const std::vector<Comparison>& files) {
  if (files.size() == 1) return files.front();
  Comparison all;
  for (const Comparison& one : files) {
    all.rows.insert(all.rows.end(), one.rows.begin(), one.rows.end());
    all.power.rows.insert(all.power.rows.end(), one.power.rows.begin(), one.power.rows.end());
    all.memory.rows.insert(all.memory.rows.end(), one.memory.rows.begin(), one.memory.rows.end());
  }
  measured::summarise(all);
  return all;
}

std::vector<Cell> summary_cells(const std::string& group, const Summary& s) {
  std::vector<Cell> out{Cell(group), Cell(s.name.empty() ? "all" : s.name), Cell::number(base::Exact(static_cast<std::int64_t>(s.rows))), Cell::number(base::Exact(static_cast<std::int64_t>(s.predicted)))};
  if (s.predicted == 0) return out;
  for (const double value : {s.mape_pct, s.median_ape_pct, s.bias_pct}) out.emplace_back(fmt::format("{:.1f}", value), Style::plain, Json(rounded(value)));
  if (s.has_interval) out.emplace_back(fmt::format("{:.1f}", s.inside_interval_pct), Style::plain, Json(rounded(s.inside_interval_pct)));
  return out;
}

Table summary_table(const Comparison& c) {
  Table out;
  out.columns = {{"group", "Group"}, {"name", "Name", Align::left, true, 16}, {"rows", "Rows", Align::right}, {"predicted", "Predicted", Align::right}, {"mape_pct", "MAPE %", Align::right},
                 {"median_ape_pct", "Median %", Align::right}, {"bias_pct", "Bias %", Align::right}, {"inside_interval_pct", "Inside %", Align::right}};
  out.add(summary_cells("all", c.all));
  for (const Summary& s : c.by_use) out.add(summary_cells("use", s));
  const auto add = [&](const char* group, const std::vector<Summary>& list) {
    for (const Summary& s : list) {
      if (s.predicted > 0) out.add(summary_cells(group, s));  // what was refused is told below, by reason
    }
  };
  add("hardware", c.by_hardware);
  add("metric", c.by_metric);
  for (const auto& [group, apart] : {std::pair{"power", &c.power}, std::pair{"memory", &c.memory}}) {
    if (apart->all.predicted == 0) continue;
    out.add(summary_cells(group, apart->all));
    add(group, apart->by_use);
    add(group, apart->by_hardware);
    add(group, apart->by_metric);
  }
  return out;
}

}  // namespace

Json validate_document(const std::vector<Comparison>& files, bool rows) {
  const Comparison all = together(files);
  Json out = summary_json(all.all);
  Json names = Json::list();
  for (const Comparison& one : files) names.push(Json::Object{{"file", one.file}, {"kind", std::string(measured::kind_name(one.kind))}});
  std::vector<Summary> metrics = all.by_metric;
  for (const measured::CountedApart* apart : {&all.power, &all.memory}) metrics.insert(metrics.end(), apart->by_metric.begin(), apart->by_metric.end());
  out.set("files", names).set("by_hardware", list_json(all.by_hardware)).set("by_metric", list_json(metrics)).set("by_stack", list_json(all.by_stack)).set("by_use", list_json(all.by_use));
  if (rows) {
    Json list = Json::list();
    for (const Comparison& one : files) {
      for (const Compared& row : one.rows) list.push(row_json(one.file, row));
    }
    out.set("per_row", list);
  }
  if (all.power.rows.empty()) return out;
  Json power = summary_json(all.power.all);
  power.set("by_hardware", list_json(all.power.by_hardware)).set("by_metric", list_json(all.power.by_metric)).set("by_use", list_json(all.power.by_use));
  if (rows) {
    Json list = Json::list();
    for (const Comparison& one : files) {
      for (const Compared& row : one.power.rows) list.push(row_json(one.file, row));
    }
    power.set("per_row", list);
  }
  return out.set("power", power);
}

Table validate_table(const std::vector<Comparison>& files) {
  Table out;
  out.columns = {{"file", "File"}, {"line", "Line", Align::right}, {"hardware", "Hardware"}, {"metric", "Metric"}, {"stack", "Stack"}, {"unit", "Unit"}, {"measured", "Measured", Align::right},
                 {"predicted", "Predicted", Align::right}, {"error_pct", "Error %", Align::right}, {"p10", "P10", Align::right}, {"p90", "P90", Align::right}, {"used_to_fit", "Used to fit"}, {"refused", "Refused"}};
  for (const Comparison& one : files) {
    std::vector<Compared> rows = one.rows;
    for (const measured::CountedApart* apart : {&one.power, &one.memory}) rows.insert(rows.end(), apart->rows.begin(), apart->rows.end());
    for (const Compared& row : rows) {
      const auto number = [&](double value) { return row.refused.empty() ? Cell(fmt::format("{:.6g}", value)) : Cell(""); };
      const auto bound = [&](double value) { return row.has_interval() ? number(value) : Cell(""); };
      out.add({Cell(one.file), Cell(fmt::format("{}", row.line)), Cell(row.hardware), Cell(row.metric), Cell(row.stack), Cell(row.unit), Cell(row.measured > 0 ? fmt::format("{:.6g}", row.measured) : ""), number(row.predicted),
               row.refused.empty() ? Cell(fmt::format("{:.2f}", row.error_pct())) : Cell(""), bound(row.low), bound(row.high), Cell(row.refused.empty() ? (row.fitted ? "yes" : "no") : ""), Cell(row.refused)});
    }
  }
  return out;
}

std::string validate_text(const std::vector<Comparison>& files, const Terminal& terminal) {
  const Comparison all = together(files);
  std::string out = terminal.paint(Style::strong, fmt::format("{} rows, {} predicted", all.all.rows, all.all.predicted)) + "\n\n";
  out += to_screen(summary_table(all), terminal);
  if (!all.all.refused.empty()) {
    out += "\n" + terminal.paint(Style::strong, "Refused") + "\n";
    for (const auto& [why, count] : all.all.refused) out += paragraph(fmt::format("{} {}: {}", count, count == 1 ? "row" : "rows", why), terminal.width, "  ");
  }
  out += "\n" + paragraph("MAPE: mean of |predicted / measured - 1|. Bias: its mean with the sign. Inside: measurements within the 10-90 interval; 80 would be right. Rows 'fitted' helped to set the constants; only 'held out' rows ask "
                          "about shapes never seen.", terminal.width);
  if (all.power.all.predicted > 0) out += paragraph("Power and energy are further questions about rows that state a power; no other line counts them.", terminal.width);
  if (all.memory.all.predicted > 0) out += paragraph("Memory of a device is a further question about training rows that state it, without an interval; no other line counts it.", terminal.width);
  return out;
}

}  // namespace brightline::report
