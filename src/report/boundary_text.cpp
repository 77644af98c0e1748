#include <algorithm>
#include <array>
#include <cmath>

#include "report/evidence.h"
#include "report/boundary_document.h"
#include "report/judge_document.h"
#include "report/study_document.h"
#include "report/terminal_number.h"
#include "report/terminal_text.h"

namespace brightline::report {

namespace {

using law::Requirement;

Style style_of(const std::string& requirement) {
  if (requirement == "none") return Style::good;
  if (requirement == "exception" || requirement == "notify") return Style::warning;
  return requirement == "licence" ? Style::bad : Style::quiet;
}

std::string heading(const Terminal& terminal, const std::string& text) { return terminal.paint(Style::strong, text) + "\n"; }

void add_rules(std::string& out, const search::Boundary& boundary, const Terminal& terminal) {
  constexpr std::array shown{law::Verb::classify, law::Verb::require, law::Verb::permit, law::Verb::review};
  constexpr std::array titles{"classification", "licence requirement", "exceptions", "review"};
  out += heading(terminal, "Rules in force");
  for (std::size_t i = 0; i < shown.size(); ++i) {
    std::string lines;
    for (const law::CompiledClause& clause : boundary.code->clauses) {
      if (clause.verb != shown[i] || (clause.letter && clause.verb == law::Verb::review)) continue;
      // a clause that can't apply to this transaction whatever the chip is not this reader's rule
      const law::Truth holds = law::answer_of(*boundary.code, clause.formula, boundary.open_atoms);
      if (holds == law::Truth::no && !clause.letter) continue;
      if (clause.letter && holds == law::Truth::no && !boundary.letter_may_apply(clause)) continue;
      std::string text = clause.clause->says;
      if (!clause.concludes) text = "except: " + text;
      if (clause.letter) text = (clause.instrument->addressees.empty() ? law::to_text(clause.instrument->kind) + " " + clause.instrument->id : "letter to " + clause.instrument->addressees.front()) + ": " + text;
      if (!clause.stayed.empty()) text += " (in part not enforced)";
      lines += paragraph(text + "  [" + clause.clause->cite + "; " + law::to_text(clause.clause->confidence) + "]", terminal.width, "    ");
    }
    if (!lines.empty()) out += "  " + terminal.paint(Style::quiet, titles[i]) + "\n" + lines;
  }
  out += "\n";
}

const law::RegionPiece* highest_with(const law::RegionBand& band, std::initializer_list<Requirement> wanted) {
  const law::RegionPiece* best = nullptr;
  for (const law::RegionPiece& piece : band.pieces) {
    for (const Requirement one : wanted) {
      if (piece.standing.requirement == one) best = &piece;
    }
  }
  return best;
}

std::string clauses_text(const law::RegionEdge& edge) {
  std::string out;
  for (const law::CompiledClause* clause : edge.clauses) {
    const std::string& id = clause->clause->id;
    out += (out.empty() ? "" : ", ") + id.substr(id.find(':') + 1);
  }
  return out;
}

void add_region(std::string& out, const search::Boundary& boundary, const law::Region& region, const Terminal& terminal) {
  const std::string where = law::contexts_text(*boundary.map, region);
  out += terminal.paint(Style::strong, paragraph(where.empty() ? "every integrated circuit" : where, terminal.width, "  "));
  Table table;
  table.columns = {{"area", "die area", Align::left, false, 8, 0}, {"free", "nothing required", Align::left, false, 8, 0},
                   {"exception", "with an exception", Align::left, false, 8, 0}, {"beyond", "beyond", Align::left, false, 8, 1},
                   {"clauses", "the line is", Align::left, true, 12, 2}};
  for (const law::RegionBand& band : region.bands) {
    const law::RegionPiece* free = law::highest_free(band);
    const law::RegionPiece* excepted = highest_with(band, {Requirement::exception, Requirement::notify});
    const law::RegionPiece& last = band.pieces.back();
    const std::string beyond = last.standing.requirement == Requirement::none ? "" : law::to_text(last.standing.requirement);
    table.add({Cell(law::areas_of(band)), free == nullptr ? Cell("none", Style::bad) : Cell(law::to_text(free->high), Style::good),
               excepted == nullptr ? Cell("-", Style::quiet) : Cell(law::to_text(excepted->high) + (excepted->standing.requirement == Requirement::notify ? ", notice" : ""), Style::warning),
               Cell(beyond, Style::bad), Cell(free == nullptr ? "" : clauses_text(free->high), Style::quiet)});
  }
  Terminal narrower = terminal;
  narrower.width -= 4;
  std::string text = to_screen(table, narrower);
  std::string indented = "    ";
  for (std::size_t i = 0; i < text.size(); ++i) {
    indented += text[i];
    if (text[i] == '\n' && i + 1 < text.size()) indented += "    ";
  }
  out += indented + "\n";
}

// Where a licence may be had: reviews other than denial, in the words of the review region.
void add_licensable(std::string& out, const search::Boundary& boundary, const Terminal& terminal) {
  const auto& reviews = boundary.code->values[static_cast<std::size_t>(law::Verb::review)];
  std::vector<std::string> lines;
  for (const law::Region& region : boundary.reviews) {
    std::string best;
    for (const law::RegionBand& band : region.bands) {
      for (const law::RegionPiece& piece : band.pieces) {
        const bool licence = piece.standing.requirement == Requirement::licence && piece.standing.review < reviews.size();
        const std::string review = law::review_name(*boundary.code, piece.standing.review);
        if (!licence || (review != "case-by-case" && review != "approval")) continue;
        best = "reviewed for " + review + ": " + law::to_text(piece.high);
      }
    }
    if (best.empty()) continue;
    const std::string where = law::contexts_text(*boundary.map, region);
    lines.push_back((where.empty() ? "" : where + ": ") + best);
  }
  if (lines.empty()) return;
  out += heading(terminal, "Licensable (a licence is still required; the outcome is the authority's)");
  for (const std::string& line : lines) out += paragraph(line, terminal.width, "  ");
  out += "\n";
}

void add_summary(std::string& out, const search::Boundary& boundary, const Terminal& terminal) {
  std::array<int, 5> counts{};
  constexpr std::array names{"none", "exception", "notify", "licence", "undetermined"};
  for (const search::Product& product : boundary.products) {
    const std::string requirement = product.answer.requirement();
    for (std::size_t i = 0; i < names.size(); ++i) counts[i] += requirement == names[i] ? 1 : 0;
  }
  out += heading(terminal, "Products");
  out += "  " + std::to_string(boundary.products.size()) + " in the catalogue: " + terminal.paint(Style::good, std::to_string(counts[0]) + " free") + ", " +
         terminal.paint(Style::warning, std::to_string(counts[1] + counts[2]) + " under an exception") + ", " +
         terminal.paint(Style::bad, std::to_string(counts[3]) + " need a licence") + ", " + terminal.paint(Style::quiet, std::to_string(counts[4]) + " undetermined") + "\n\n";
}

std::string nearest_text(const search::Product& product) {
  if (product.margins.empty()) return "";
  const search::Margin& margin = product.margins.front();
  std::string measure = margin.measure == "performance_density" ? "PD" : margin.measure == "tpp" ? "TPP" : margin.measure;
  for (char& c : measure) {
    if (c == '_') c = ' ';
  }
  const std::string sign = margin.relative > 0 ? "+" : margin.relative < 0 ? "-" : "";
  return measure + " " + number_text(margin.limit) + " " + sign + rounded_text(std::fabs(margin.relative) * 100) + " %";
}

Cell answer_cell(const law::Answer& answer) {
  const std::string requirement = answer.requirement();
  std::string text = requirement == "none" ? "free" : requirement;
  std::string exceptions;
  for (const std::string& exception : answer.exceptions()) exceptions += (exceptions.empty() ? " " : "/") + exception;
  if (requirement == "exception" || requirement == "notify") text += exceptions;
  const auto flags = answer.set_of(law::Verb::flag);
  const bool gp10 = std::ranges::find(flags, "GP10") != flags.end();
  if (requirement == "licence") text += ", " + (answer.review() == "undetermined" ? "review open" : answer.review());
  if (gp10) text += "; GP10";
  return {text, style_of(requirement), base::Json(requirement)};
}

std::string short_interval(const chip::Interval& value, int places) {
  if (value.is_unknown()) return "?";
  if (value.is_exact()) return number_text(*value.stated, places);
  if (value.low && value.high) {
    const std::string low = number_text(*value.low, places);
    const std::string high = number_text(*value.high, places);
    return low == high ? low : low + "-" + high;
  }
  return value.low ? ">=" + number_text(*value.low, places) : "?";
}

}  // namespace

Table products_table(const search::Boundary& boundary, bool for_people) {
  Table table;
  table.columns = {{"chip", "chip", Align::left, false, 8, 0},       {"tpp", "TPP", Align::right, false, 5, 0},
                   {"applicable_die_area_mm2", "area mm2", Align::right, false, 5, 4}, {"performance_density", "PD", Align::right, false, 4, 3},
                   {"dram_bandwidth_gb_per_s", "DRAM GB/s", Align::right, false, 5, 5}, {"paragraph", "para", Align::left, false, 4, 2},
                   {"requirement", "answer", Align::left, false, 10, 0}, {"nearest_line", "nearest line", Align::left, false, 8, 1},
                   {"change", for_people ? "free with, or missing" : "change", Align::left, true, 14, 2}};
  if (!for_people) {
    table.columns.push_back({"review", "review", Align::left, false, 8, 0});
    table.columns.push_back({"label", "label", Align::left, false, 8, 0});
    table.columns.push_back({"exceptions", "exceptions", Align::left, false, 8, 0});
    table.columns.push_back({"missing", "missing", Align::left, false, 8, 0});
  }
  for (const search::Product& product : boundary.products) {
    const auto measure = [&](chip::MeasureId id, int places) { return short_interval(product.described.measures[id].value, places); };
    std::string change = change_text(product.changes);
    const std::string missing = missing_text(product.answer);
    if (for_people && change.empty() && !missing.empty()) {
      change = "missing: " + missing;
      std::ranges::replace(change, '_', ' ');
    }
    std::string paragraph = product.answer.paragraph();
    if (for_people && paragraph.starts_with("3A090")) paragraph = paragraph.substr(5);
    if (for_people && paragraph == "undetermined") paragraph = "?";
    std::vector<Cell> row{Cell(product.described.chip->id), Cell(measure(chip::MeasureId::tpp, 1)), Cell(measure(chip::MeasureId::applicable_die_area, 1)),
                          Cell(measure(chip::MeasureId::performance_density, 3)), Cell(measure(chip::MeasureId::dram_bandwidth, 0)), Cell(paragraph),
                          answer_cell(product.answer), Cell(nearest_text(product)), Cell(change, Style::quiet)};
    if (!for_people) {
      std::string exceptions;
      for (const std::string& exception : product.answer.exceptions()) exceptions += (exceptions.empty() ? "" : ";") + exception;
      row.insert(row.end(), {Cell(product.answer.review()), Cell(product.answer.label()), Cell(exceptions), Cell(missing)});
    }
    table.add(std::move(row));
  }
  return table;
}

std::string boundary_text(const search::Boundary& boundary, const Terminal& terminal, const std::vector<const search::Study*>& studies) {
  std::string out = heading(terminal, "Performance boundary list: " + route_text(boundary.transaction));
  const law::Law& law = *boundary.code->law;
  const base::Date day = boundary.transaction.date;
  if (const std::string outside = outside_evidence(law, day, day); !outside.empty()) out += terminal.paint(Style::warning, paragraph(outside, terminal.width, "  "));
  out += "\n";
  add_rules(out, boundary, terminal);
  out += heading(terminal, "The legal region (TPP against applicable die area)");
  for (const law::Region& region : boundary.regions) add_region(out, boundary, region, terminal);
  add_licensable(out, boundary, terminal);
  for (const search::Study* study : studies) out += study_text(*study, terminal);
  add_summary(out, boundary, terminal);
  out += to_screen(products_table(boundary, true), terminal) + "\n";
  std::vector<std::string> lines;
  for (const law::Assumption& assumption : boundary.assumptions) lines.push_back(assumption.says);
  if (!lines.empty()) {
    out += heading(terminal, "Assumed");
    std::string all;
    for (const std::string& line : lines) all += (all.empty() ? "" : "; ") + line;
    out += terminal.paint(Style::quiet, paragraph(all + ".", terminal.width, "  "));
  }
  if (!boundary.unresolved.empty()) {
    out += heading(terminal, "Unresolved");
    for (const std::string& line : boundary.unresolved) out += terminal.paint(Style::quiet, paragraph(line, terminal.width, "  - "));
  }
  std::string with;
  for (const std::string& id : law.with) with += (with.empty() ? ", with " : ", ") + id;
  out += "\n" + terminal.paint(Style::quiet, paragraph("Law " + law.version + with + "; " + std::to_string(boundary.cells_visited) + " cells visited, " +
                                                           std::to_string(boundary.products.size()) + " products judged in " + rounded_text(boundary.seconds * 1000) + " ms. " + not_legal_advice,
                                                       terminal.width));
  return out;
}

}  // namespace brightline::report
