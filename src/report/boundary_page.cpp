#include "report/boundary_document.h"
#include "report/judge_document.h"

namespace brightline::report {

namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

constexpr const char* head = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root { color-scheme: light dark; --ink: #1c2430; --quiet: #5b6675; --ground: #fff; --rule: #d9dee5; --good: #1c7a45; --warning: #9a6200; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecf1; --quiet: #9aa5b4; --ground: #14181d; --rule: #333b45; --good: #5ccb8b; --warning: #e5b04f; --bad: #ff8a80; } }
body { margin: 0 auto; max-width: 78rem; padding: 1.5rem; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; } .quiet { color: var(--quiet); }
figure { margin: 1rem 0; background: #fff; border: 1px solid var(--rule); border-radius: 6px; overflow-x: auto; } figure svg { display: block; width: 100%; height: auto; min-width: 46rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid var(--rule); vertical-align: top; } th { position: sticky; top: 0; background: var(--ground); }
td.right, th.right { text-align: right; } td:not(:last-child) { white-space: nowrap; } .good { color: var(--good); } .warning { color: var(--warning); } .bad { color: var(--bad); }
</style>
)";

const char* class_of(Style style) {
  switch (style) {
    case Style::good: return "good";
    case Style::warning: return "warning";
    case Style::bad: return "bad";
    case Style::quiet: return "quiet";
    case Style::plain:
    case Style::strong: return "";
  }
  return "";
}

std::string table_html(const Table& table) {
  std::string out = "<div class=\"scroll\"><table><thead><tr>";
  for (const Column& column : table.columns) out += "<th scope=\"col\"" + std::string(column.align == Align::right ? " class=\"right\"" : "") + ">" + escaped(column.title) + "</th>";
  out += "</tr></thead><tbody>\n";
  for (const auto& row : table.rows) {
    out += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i) {
      std::string style = class_of(row[i].style);
      if (table.columns[i].align == Align::right) style += style.empty() ? "right" : " right";
      out += "<td" + (style.empty() ? "" : " class=\"" + style + "\"") + ">" + escaped(row[i].text) + "</td>";
    }
    out += "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string requirement_words(law::Requirement requirement) {
  switch (requirement) {
    case law::Requirement::none: return "no licence needed";
    case law::Requirement::exception: return "exception, no notice";
    case law::Requirement::notify: return "exception after notice";
    case law::Requirement::licence: return "licence needed";
    case law::Requirement::undetermined: break;
  }
  return "undetermined";
}

std::string region_html(const search::Boundary& boundary) {
  std::string out;
  for (const law::Region& region : boundary.regions) {
    const std::string where = law::contexts_text(*boundary.map, region);
    out += "<h3>" + escaped(where.empty() ? "every integrated circuit" : where) + "</h3><ul>\n";
    for (const law::RegionBand& band : region.bands) {
      out += "<li>" + escaped(law::areas_of(band)) + ": ";
      for (std::size_t i = 0; i < band.pieces.size(); ++i) {
        const law::RegionPiece& piece = band.pieces[i];
        out += (i == 0 ? "" : "; ") + escaped(law::to_text(piece.high)) + ": <b>" + requirement_words(piece.standing.requirement) + "</b>";
      }
      out += "</li>\n";
    }
    out += "</ul>\n";
  }
  return out;
}

}  // namespace

std::string boundary_page(const search::Boundary& boundary) {
  const law::Law& law = *boundary.code->law;
  const std::string title = "Performance boundary list: " + route_text(boundary.transaction);
  std::string svg = to_svg(boundary_chart(boundary));
  if (const std::size_t begin = svg.find("<svg"); begin != std::string::npos) svg.erase(0, begin);  // no XML declaration inside HTML
  std::string out = head;
  out += "<title>" + escaped(title) + "</title></head><body><main>\n<h1>" + escaped(title) + "</h1>\n";
  out += "<p class=\"quiet\">Law " + escaped(law.version) + ", sources end on " + law.evidence_through.to_text() +
         (boundary.past_evidence ? ": what came after them is not in these answers" : "") + ". " + escaped(not_legal_advice) + "</p>\n";
  out += "<figure>" + svg + "</figure>\n<h2>The legal region</h2>\n" + region_html(boundary);
  out += "<h2>Products</h2>\n" + table_html(products_table(boundary, true));
  if (!boundary.unresolved.empty()) {
    out += "<h2>Unresolved</h2><ul>\n";
    for (const std::string& line : boundary.unresolved) out += "<li>" + escaped(line) + "</li>\n";
    out += "</ul>\n";
  }
  return out + "</main></body></html>\n";
}

}  // namespace brightline::report
