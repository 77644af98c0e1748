#include "report/chips_document.h"

#include <algorithm>
#include <array>

#include "report/judge_document.h"
#include "report/terminal_number.h"
#include "report/terminal_text.h"

namespace brightline::report {

using base::Json;
using chip::MeasureId;

namespace {

/// The measures of the list, with the titles of their columns.
struct Listed {
  MeasureId id;
  const char* title;
  const char* doubt;
  int priority;
};
constexpr std::array listed{Listed{MeasureId::tpp, "TPP", "tpp", 0},
                            Listed{MeasureId::applicable_die_area, "mm2", "area", 0},
                            Listed{MeasureId::performance_density, "Density", "density", 0},
                            Listed{MeasureId::dram_bandwidth, "DRAM GB/s", "dram", 2},
                            Listed{MeasureId::interconnect_bandwidth, "I/O GB/s", "io", 3},
                            Listed{MeasureId::efficiency, "TFLOPS/W", "power", 5}};

// "~" before a value whose bounds lie apart: the number is the best known, not the only one.
Cell measure_cell(const chip::Measure& measure) {
  const chip::Interval& value = measure.value;
  const Json data = known_json(value);
  if (measure.no_value) return {"none", Style::quiet, Json()};
  if (value.is_unknown()) return {"?", Style::warning, Json()};
  if (value.is_exact()) return {number_text(*value.stated, 2), Style::plain, data};
  if (value.stated) return {"~" + number_text(*value.stated, 2), Style::warning, data};
  if (value.low && value.high) return {number_text(*value.low, 2) + "-" + number_text(*value.high, 2), Style::warning, data};
  return {value.low ? "≥" + number_text(*value.low, 2) : "≤" + number_text(*value.high, 2), Style::warning, data};
}

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + text;
  return out;
}

std::string key_of(MeasureId id) { return key_with_unit(chip::info(id).name, chip::info(id).unit); }

std::string maker_name(const catalogue::Catalogue& catalogue, const chip::Accelerator& chip) {
  const auto* maker = catalogue::find_maker(catalogue.references.makers, chip.maker);
  return maker == nullptr ? chip.maker : maker->name;
}

Json identity_json(const catalogue::Catalogue& catalogue, const chip::Accelerator& chip) {
  const auto* maker = catalogue::find_maker(catalogue.references.makers, chip.maker);
  const auto text = [](std::string_view value) { return value.empty() ? Json() : Json(value); };
  Json out = Json::object();
  out.set("id", chip.id).set("name", chip.name).set("maker", chip.maker).set("maker_name", maker_name(catalogue, chip));
  out.set("maker_headquarters", maker == nullptr ? Json() : Json(maker->headquarters)).set("product_line", text(chip.product_line));
  out.set("architecture", text(chip.architecture))
      .set("form_factor", text(chip.form_factor))
      .set("segment", name_in(chip::segments, chip.segment));
  out.set("datacenter", name_in(chip::answers, chip.datacenter)).set("datacenter_doubt", text(chip.datacenter_doubt));
  out.set("form", name_in(chip::forms, chip.form))
      .set("described_in", chip.described_in)
      .set("sold_in_us", name_in(chip::answers, chip.sold_in_us));
  out.set("status", name_in(chip::statuses, chip.status))
      .set("packages", chip.packages)
      .set("nodes", Json::texts(chip.nodes))
      .set("note", text(chip.note));
  return out;
}

const catalogue::Source* source_of(const catalogue::Catalogue& catalogue, const std::string& id) {
  const auto found = catalogue.references.sources.find(id);
  return found == catalogue.references.sources.end() ? nullptr : &found->second;
}

std::string value_text(const chip::Sourced& value, const chip::FieldInfo& field) {
  return field.shape == chip::Shape::text ? value.text : chip::to_text(value.range, field.unit);
}

Json value_json(const catalogue::Catalogue& catalogue, chip::Field id, const chip::Sourced& value) {
  const chip::FieldInfo& field = chip::info(id);
  const auto* source = source_of(catalogue, value.source);
  Json out = Json::object();
  out.set("field", field.name).set("value", field.shape == chip::Shape::text ? Json(value.text) : known_json(value.range));
  out.set("unit", field.unit).set("source", value.source).set("source_title", source == nullptr ? Json() : Json(source->title));
  out.set("source_url", source == nullptr || source->url.empty() ? Json() : Json(source->url))
      .set("kind", name_in(chip::kinds, value.kind));
  out.set("checked", value.checked).set("note", value.note.empty() ? Json() : Json(value.note));
  return out;
}

Json measure_json(const chip::MeasureInfo& info, const chip::Measure& measure) {
  Json out = Json::object();
  out.set("measure", info.name).set("value", known_json(measure.value)).set("unit", info.unit).set("no_value", measure.no_value);
  out.set("derivation", measure.derivation).set("note", measure.note.empty() ? Json() : Json(measure.note));
  out.set("weakest_kind", measure.value.is_unknown() ? Json() : Json(name_in(chip::kinds, measure.weakest))).set("meaning", info.meaning);
  return out;
}

std::string source_line(const catalogue::Catalogue& catalogue, const std::string& id) {
  const auto* source = source_of(catalogue, id);
  if (source == nullptr) return id;
  std::string out = source->title;
  if (!source->publisher.empty()) out += ", " + source->publisher;
  return out + (source->url.empty() ? "" : " " + source->url);
}

// The values, each with the number of its source; then the sources.
std::string values_text(const catalogue::Catalogue& catalogue, const chip::Accelerator& chip, const Terminal& terminal) {
  std::string out = "\n" + terminal.paint(Style::strong, "As stated") + " (of the whole product; rates dense)\n";
  constexpr int names_width = 22;
  constexpr int values_width = 26;
  std::vector<std::string> sources;
  for (const auto& [id, value] : chip.values) {
    const chip::FieldInfo& field = chip::info(id);
    auto at = std::ranges::find(sources, value.source);
    if (at == sources.end()) at = sources.insert(sources.end(), value.source);
    std::string origin = "[" + std::to_string(at - sources.begin() + 1) + "] " + std::string(name_in(chip::kinds, value.kind)) +
                         (value.checked ? "" : ", not checked");
    if (!value.note.empty()) origin += "; " + value.note;
    const std::string head = "  " + padded(field.name, names_width) + padded(value_text(value, field), values_width) + "  ";
    const std::string text =
        paragraph(origin, std::max(terminal.width, columns_of(head) + 20), std::string(static_cast<std::size_t>(columns_of(head)), ' '));
    out += head + terminal.paint(Style::quiet, text.substr(static_cast<std::size_t>(columns_of(head))));
  }
  out += "\n" + terminal.paint(Style::strong, "Sources") + "\n";
  for (std::size_t i = 0; i < sources.size(); ++i) {
    out += terminal.paint(Style::quiet,
                          paragraph(source_line(catalogue, sources[i]), terminal.width, padded("  [" + std::to_string(i + 1) + "]", 7)));
  }
  return out;
}

std::string measures_text(const chip::Measures& measures, const Terminal& terminal) {
  std::string out = "\n" + terminal.paint(Style::strong, "As the law measures it") + " (one integrated circuit)\n";
  constexpr int names_width = 30;
  for (const chip::MeasureInfo& info : chip::measure_table) {
    const chip::Measure& measure = measures[info.id];
    const std::string value = measure.no_value ? "no value" : chip::to_text(measure.value, info.unit);
    out += "  " + padded(info.name, names_width) +
           terminal.paint(measure.value.is_exact() || measure.no_value ? Style::plain : Style::warning, value) + "\n";
    std::string how = measure.derivation == value ? "" : measure.derivation;  // a value carried over as it is derives nothing
    if (!measure.note.empty()) how += (how.empty() ? "" : "; ") + measure.note;
    if (!how.empty()) out += terminal.paint(Style::quiet, paragraph(how, terminal.width, std::string(names_width + 2, ' ')));
  }
  return out;
}

// Both are shown where both are known: the declared one governs, so that a gap between them matters.
std::string tpp_text(const chip::Measures& measures) {
  const chip::Interval& declared = measures[MeasureId::declared_tpp].value;
  const chip::Interval& computed = measures[MeasureId::computed_tpp].value;
  if (declared.is_unknown()) return computed.is_unknown() ? "TPP unknown" : "TPP " + chip::to_text(computed, "") + ", computed";
  std::string out = "TPP " + chip::to_text(declared, "") + " declared";
  if (!computed.is_unknown()) out += ", " + chip::to_text(computed, "") + " computed";
  if (declared.stated && computed.stated && !computed.stated->is_zero()) {
    const double gap = declared.stated->to_double() / computed.stated->to_double() - 1;
    out += gap == 0 ? " (equal)" : std::string(" (") + (gap < 0 ? "-" : "+") + rounded_text(gap < 0 ? -gap * 100 : gap * 100, 2) + " %)";
  }
  return out;
}

}  // namespace

Json known_json(const chip::Interval& interval) {
  if (interval.is_unknown()) return {};
  if (interval.is_exact()) return *interval.stated;
  const auto part = [](const std::optional<base::Exact>& value) { return value ? Json(*value) : Json(); };
  Json out = Json::object();
  out.set("low", part(interval.low)).set("stated", part(interval.stated)).set("high", part(interval.high));
  return out;
}

std::vector<std::string> doubts_of(const chip::Accelerator& chip, const chip::Measures& measures) {
  std::vector<std::string> out;
  for (const Listed& one : listed) {
    const chip::Measure& measure = measures[one.id];
    if (!measure.no_value && !measure.value.is_exact()) out.emplace_back(one.doubt);
  }
  if (chip.datacenter == chip::Answer::unknown || !chip.datacenter_doubt.empty()) out.emplace_back("market");
  return out;
}

Table chips_table(const catalogue::Catalogue& catalogue, const ChipList& chips) {
  Table out;
  out.columns = {{.key = "id", .title = "Id"},
                 {.key = "name", .title = "Name", .priority = 7},
                 {.key = "maker", .title = "Maker", .priority = 4},
                 {.key = "segment", .title = "Segment", .priority = 6}};
  for (const Listed& one : listed)
    out.columns.push_back({.key = key_of(one.id), .title = one.title, .align = Align::right, .priority = one.priority});
  out.columns.push_back({.key = "doubts", .title = "In doubt", .wrap = true, .min_width = 10, .priority = 1});
  for (const chip::Accelerator* chip : chips) {
    const chip::Measures measures = catalogue.measures(*chip);
    std::vector<Cell> row{Cell(chip->id, Style::strong), chip->name, chip->maker, std::string(name_in(chip::segments, chip->segment))};
    for (const Listed& one : listed) row.push_back(measure_cell(measures[one.id]));
    row.emplace_back(joined(doubts_of(*chip, measures)), Style::quiet);
    out.add(std::move(row));
  }
  return out;
}

Json chips_document(const catalogue::Catalogue& catalogue, const ChipList& chips) {
  Json list = Json::list();
  for (const chip::Accelerator* chip : chips) {
    Json entry = identity_json(catalogue, *chip);
    const chip::Measures measures = catalogue.measures(*chip);
    for (const Listed& one : listed) entry.set(key_of(one.id), known_json(measures[one.id].value));
    entry.set("declared_tpp", known_json(measures[MeasureId::declared_tpp].value))
        .set("computed_tpp", known_json(measures[MeasureId::computed_tpp].value));
    entry.set("doubts", Json::texts(doubts_of(*chip, measures)));
    list.push(std::move(entry));
  }
  Json out = Json::object();
  out.set("count", chips.size()).set("chips", std::move(list));
  return out;
}

std::string chips_text(const catalogue::Catalogue& catalogue, const ChipList& chips, const Terminal& terminal) {
  std::string out = terminal.paint(Style::strong, std::to_string(chips.size()) + (chips.size() == 1 ? " chip" : " chips")) + "\n\n";
  out += to_screen(chips_table(catalogue, chips), terminal);
  const char* legend = "~ bounds lie apart, ? unknown, none: no such measure. One with every source: brightline chips ID";
  return out + "\n" + terminal.paint(Style::quiet, paragraph(legend, terminal.width));
}

Json chip_document(const catalogue::Catalogue& catalogue, const chip::Accelerator& chip) {
  Json out = identity_json(catalogue, chip);
  Json values = Json::list();
  for (const auto& [id, value] : chip.values) values.push(value_json(catalogue, id, value));
  const chip::Measures measures = catalogue.measures(chip);
  Json derived = Json::list();
  for (const chip::MeasureInfo& info : chip::measure_table) derived.push(measure_json(info, measures[info.id]));
  out.set("values", std::move(values)).set("measures", std::move(derived)).set("doubts", Json::texts(doubts_of(chip, measures)));
  return out;
}

std::string chip_text(const catalogue::Catalogue& catalogue, const chip::Accelerator& chip, const Terminal& terminal) {
  const chip::Measures measures = catalogue.measures(chip);
  std::string out =
      terminal.paint(Style::strong, chip.id) + ": " + maker_name(catalogue, chip) + " " + chip.name + ", " + tpp_text(measures) + "\n";
  std::string market = std::string(name_in(chip::segments, chip.segment)) + ", " + std::string(name_in(chip::statuses, chip.status));
  market += std::string(", designed or marketed for data centres: ") + std::string(name_in(chip::answers, chip.datacenter));
  if (!chip.datacenter_doubt.empty()) market += " (" + chip.datacenter_doubt + ")";
  out += paragraph(market, terminal.width, "  ");
  std::string build = std::string(name_in(chip::forms, chip.form));
  if (!chip.architecture.empty()) build += ", " + chip.architecture;
  if (!chip.form_factor.empty()) build += ", " + chip.form_factor;
  if (chip.packages > 1) build += ", " + std::to_string(chip.packages) + " packages";
  for (const std::string& node : chip.nodes) build += ", " + node;
  out += paragraph(build, terminal.width, "  ");
  if (!chip.note.empty()) out += paragraph(chip.note, terminal.width, "  ");
  const auto doubts = doubts_of(chip, measures);
  if (!doubts.empty()) out += terminal.paint(Style::warning, paragraph("in doubt: " + joined(doubts), terminal.width, "  "));
  return out + measures_text(measures, terminal) + values_text(catalogue, chip, terminal);
}

Table chip_table(const catalogue::Catalogue& catalogue, const chip::Accelerator& chip) {
  Table out;
  out.columns = {{.key = "name", .title = "Name"},
                 {.key = "value", .title = "Value", .wrap = true},
                 {.key = "kind", .title = "Kind"},
                 {.key = "checked", .title = "Checked"},
                 {.key = "source", .title = "Source"},
                 {.key = "url", .title = "Address", .wrap = true},
                 {.key = "note", .title = "Note", .wrap = true, .min_width = 20}};
  for (const auto& [id, value] : chip.values) {
    const auto* source = source_of(catalogue, value.source);
    out.add({std::string(chip::info(id).name), value_text(value, chip::info(id)), std::string(name_in(chip::kinds, value.kind)),
             value.checked ? "yes" : "no", source == nullptr ? value.source : source->title, source == nullptr ? "" : source->url,
             value.note});
  }
  const chip::Measures measures = catalogue.measures(chip);
  for (const chip::MeasureInfo& info : chip::measure_table) {
    const chip::Measure& measure = measures[info.id];
    const std::string note = measure.derivation + (measure.note.empty() ? "" : "; " + measure.note);
    out.add({"law: " + std::string(info.name), measure.no_value ? "no value" : chip::to_text(measure.value, info.unit), "derived", "", "",
             "", note});
  }
  return out;
}

Table findings_table(const std::vector<catalogue::Finding>& findings) {
  Table out;
  out.columns = {{.key = "chip", .title = "Chip"},
                 {.key = "check", .title = "Check"},
                 {.key = "text", .title = "Finding", .wrap = true, .min_width = 30}};
  for (const catalogue::Finding& finding : findings) out.add({Cell(finding.chip, Style::strong), finding.check, finding.text});
  return out;
}

Json findings_document(const std::vector<catalogue::Finding>& findings, std::size_t checked) {
  Json out = Json::object();
  out.set("checked", checked).set("findings", to_json(findings_table(findings)));
  return out;
}

std::string findings_text(const std::vector<catalogue::Finding>& findings, std::size_t checked, const Terminal& terminal) {
  const std::string count = std::to_string(findings.size()) + (findings.size() == 1 ? " finding" : " findings");
  std::string out = terminal.paint(findings.empty() ? Style::good : Style::strong, count) + " in " + std::to_string(checked) +
                    (checked == 1 ? " chip" : " chips") + ": questions about the data, not errors\n";
  if (!findings.empty()) out += "\n" + to_screen(findings_table(findings), terminal);
  return out;
}

}  // namespace brightline::report
