#include "report/exposure_document.h"

#include <algorithm>

#include "report/evidence.h"
#include "report/judge_document.h"
#include "report/law_document.h"
#include "report/terminal_number.h"

namespace brightline::report {

using base::Json;
using search::Exposure;
using search::Movement;

namespace {


const char* name_of(Movement movement) { return search::movement_names.at(static_cast<std::size_t>(movement)); }

Json ids_of(const std::vector<search::Ground>& clauses) {
  Json out = Json::list();
  for (const search::Ground& ground : clauses) out.push(ground.clause->id);
  return out;
}

Json answer_json(const search::LineAnswer& answer) {
  Json out = Json::object();
  out.set("requirement", answer.requirement)
      .set("review", answer.review)
      .set("paragraph", answer.paragraph)
      .set("because", ids_of(answer.because));
  return out;
}

// One line of the stock on one line of text. Its two answers are written once and shared: a list may be long.
std::string line_json(const search::StockLine& line, const std::string& answers, Movement movement) {
  const Json head = Json::Object{{"id", line.id},
                                 {"line", line.row},
                                 {"chip", line.chip->id},
                                 {"kind", line.kind},
                                 {"quantity", line.quantity},
                                 {"destination", line.destination},
                                 {"headquarters", line.headquarters},
                                 {"value_usd", money_json(line.value)},
                                 {"value_net_of_salvage_usd", money_json(line.net)},
                                 {"change", name_of(movement)}};
  std::string out = head.dump(-1);
  out.pop_back();
  return out + answers + "}";
}

std::string lines_json(const Exposure& exposure) {
  std::vector<std::string> answers;
  for (const search::LineJudgement& one : exposure.judgements) {
    answers.push_back(",\"before\":" + answer_json(one.before).dump(-1) + ",\"after\":" + answer_json(one.after).dump(-1));
  }
  std::string out = "[";
  for (std::size_t i = 0; i < exposure.stock.lines.size(); ++i) {
    const std::size_t at = exposure.judgement_of[i];
    out += i == 0 ? "\n    " : ",\n    ";
    out += line_json(exposure.stock.lines[i], answers[at], exposure.judgements[at].movement);
  }
  return out + (exposure.stock.lines.empty() ? "]" : "\n  ]");
}

Json clause_json(const law::Clause& clause, const char* change) {
  Json out = Json::object();
  out.set("clause", clause.id)
      .set("change", change)
      .set("says", clause.says)
      .set("cite", clause.cite)
      .set("confidence", law::to_text(clause.confidence));
  return out;
}

/// Clauses that moved some line into or out of reach, each once.
search::Moved moved_by(const Exposure& exposure) {
  search::Moved out;
  const auto add = [](std::vector<search::Ground>& to, const std::vector<search::Ground>& from) {
    for (const search::Ground& ground : from) {
      const bool known = std::ranges::any_of(to, [&ground](const search::Ground& other) { return other.clause == ground.clause; });
      if (!known) to.push_back(ground);
    }
  };
  for (const search::LineJudgement& one : exposure.judgements) {
    if (one.movement == Movement::still_blocked || one.movement == Movement::still_free) continue;
    add(out.gone, one.moved.gone);
    add(out.come, one.moved.come);
  }
  return out;
}

Json moved_json(const Exposure& exposure) {
  const search::Moved moved = moved_by(exposure);
  Json out = Json::list();
  for (const search::Ground& ground : moved.come) out.push(clause_json(*ground.clause, "now-holds"));
  for (const search::Ground& ground : moved.gone) out.push(clause_json(*ground.clause, "no-longer-holds"));
  return out;
}

Json problems_json(const base::Problems& problems) {
  Json out = Json::list();
  for (const base::Problem& problem : problems.all()) {
    Json entry = Json::object();
    entry.set("line", problem.where.line).set("message", problem.message).set("hint", problem.hint);
    out.push(std::move(entry));
  }
  return out;
}

Json by_kind_json(const Exposure& exposure) {
  Json out = Json::list();
  for (std::size_t kind = 0; kind < search::stock_kinds.size(); ++kind) {
    Json entry = Json::object();
    entry.set("kind", search::stock_kinds.at(kind));
    for (std::size_t movement = 0; movement < search::movement_names.size(); ++movement) {
      std::string key = search::movement_names.at(movement);
      std::ranges::replace(key, '-', '_');
      entry.set(key + "_usd", money_json(exposure.by_kind.at(kind).at(movement).value));
    }
    out.push(std::move(entry));
  }
  return out;
}

Style style_of(Movement movement) {
  switch (movement) {
    case Movement::newly_blocked:
      return Style::bad;
    case Movement::newly_free:
      return Style::good;
    case Movement::undetermined:
      return Style::warning;
    case Movement::still_blocked:
    case Movement::still_free:
      return Style::quiet;
  }
  return Style::plain;
}

std::string answer_text(const search::LineAnswer& answer) {
  return answer.requirement == "licence" ? "licence, " + (answer.review == "undetermined" ? "review open" : answer.review)
                                         : answer.requirement;
}

std::string lines_text(std::size_t count) { return std::to_string(count) + (count == 1 ? " line" : " lines"); }

std::string verdict(const Exposure& exposure, const Terminal& terminal) {
  std::string out;
  const auto add = [&](Movement movement, const char* says) {
    const search::Sum& sum = exposure.of(movement);
    if (sum.lines == 0) return;
    out += (out.empty() ? "" : "; ") + terminal.paint(style_of(movement), money_text(sum.value) + " " + says) + " (" +
           lines_text(sum.lines) + ")";
  };
  add(Movement::newly_blocked, "newly blocked");
  add(Movement::newly_free, "newly free");
  add(Movement::undetermined, "undetermined");
  if (out.empty()) out = "nothing newly blocked and nothing newly free";
  return out + "\n";
}

Table groups_table(const Exposure& exposure) {
  Table out;
  out.columns = {{.key = "chip", .title = "Chip"},
                 {.key = "destination", .title = "To"},
                 {.key = "headquarters", .title = "Party", .priority = 2},
                 {.key = "lines", .title = "Lines", .align = Align::right, .priority = 3},
                 {.key = "quantity", .title = "Pieces", .align = Align::right},
                 {.key = "value", .title = "USD", .align = Align::right},
                 {.key = "before", .title = exposure.before.date.to_text(), .wrap = true, .min_width = 12},
                 {.key = "after", .title = exposure.after.date.to_text(), .wrap = true, .min_width = 12},
                 {.key = "change", .title = "Change"}};
  for (const auto movement :
       {Movement::newly_blocked, Movement::newly_free, Movement::undetermined, Movement::still_blocked, Movement::still_free}) {
    for (const search::LineJudgement& one : exposure.judgements) {
      if (one.movement != movement) continue;
      out.add({Cell(one.chip->id, Style::strong), one.destination, one.headquarters, std::to_string(one.lines), number_text(one.quantity),
               grouped(one.value.to_text()), answer_text(one.before), answer_text(one.after), Cell(name_of(movement), style_of(movement))});
    }
  }
  return out;
}

std::string moved_text(const Exposure& exposure, const Terminal& terminal) {
  const search::Moved moved = moved_by(exposure);
  if (moved.come.empty() && moved.gone.empty()) return {};
  std::string out = "\n" + terminal.paint(Style::strong, "What moved it") + "\n";
  const auto add = [&](const law::Clause& written, const char* mark) {
    out += paragraph(written.id + ": " + written.says + " [" + written.cite + "; " + law::to_text(written.confidence) + "]", terminal.width,
                     mark);
  };
  for (const search::Ground& ground : moved.come) add(*ground.clause, "  + ");
  for (const search::Ground& ground : moved.gone) add(*ground.clause, "  - ");
  return out;
}

std::string open_points(const Exposure& exposure, const law::Law& law, const base::Problems& problems, const Terminal& terminal) {
  std::string out;
  if (!exposure.assumptions.empty()) out += "\n" + terminal.paint(Style::strong, "Assumed") + "\n";
  for (const std::string& one : exposure.assumptions) out += terminal.paint(Style::quiet, paragraph(one, terminal.width, "  - "));
  if (!problems.empty()) {
    const std::string bad =
        std::to_string(problems.size()) + " of " + lines_text(exposure.stock.rows) + " could not be read and are in no sum";
    out += "\n" + terminal.paint(Style::warning, paragraph(bad, terminal.width));
  }
  if (const std::string outside = outside_evidence(law, exposure.before.date, exposure.after.date); !outside.empty())
    out += "\n" + terminal.paint(Style::warning, paragraph(outside, terminal.width));
  return out;
}

}  // namespace

Json money_json(search::Money money) {
  const std::int64_t cents = money.cents();
  if (cents % 100 == 0) return cents / 100;
  return static_cast<double>(cents) / 100.0;  // exact: search::expose refuses what a double could not tell apart by cents
}

std::string money_text(search::Money money) { return "USD " + grouped(money.to_text()); }

std::string exposure_json(const Exposure& exposure, const law::Law& law, const base::Problems& problems) {
  Json out = Json::object();
  out.set("from", exposure.before.date.to_text()).set("to", exposure.after.date.to_text());
  out.set("as", exposure.before.asked == law::Asked::text ? "text" : "enforced").set("letters", exposure.before.letters);
  out.set("newly_blocked_usd", money_json(exposure.of(Movement::newly_blocked).value))
      .set("newly_free_usd", money_json(exposure.of(Movement::newly_free).value));
  out.set("undetermined_usd", money_json(exposure.of(Movement::undetermined).value)).set("total_usd", money_json(exposure.total.value));
  out.set("still_blocked_usd", money_json(exposure.of(Movement::still_blocked).value))
      .set("still_free_usd", money_json(exposure.of(Movement::still_free).value));
  out.set("newly_blocked_net_of_salvage_usd", money_json(exposure.of(Movement::newly_blocked).net));
  out.set("by_kind", by_kind_json(exposure)).set("moved_by", moved_json(exposure));
  out.set("rows", exposure.stock.rows).set("problems", problems_json(problems)).set("assumptions", Json::texts(exposure.assumptions));
  out.set("past_evidence", exposure.after.date > law.evidence_through);
  set_colophon(out, law);
  std::string text = out.dump();
  text.erase(text.rfind('\n'));
  return text + ",\n  \"lines\": " + lines_json(exposure) + "\n}\n";
}

Table exposure_table(const Exposure& exposure) {
  Table out;
  out.columns = {{.key = "id", .title = "Id"},
                 {.key = "chip", .title = "Chip"},
                 {.key = "kind", .title = "Kind"},
                 {.key = "quantity", .title = "Pieces", .align = Align::right},
                 {.key = "value_usd", .title = "USD", .align = Align::right},
                 {.key = "destination", .title = "To"},
                 {.key = "headquarters", .title = "Party"},
                 {.key = "requirement_before", .title = "Before"},
                 {.key = "review_before", .title = "Review before"},
                 {.key = "requirement_after", .title = "After"},
                 {.key = "review_after", .title = "Review after"},
                 {.key = "change", .title = "Change"}};
  for (std::size_t i = 0; i < exposure.stock.lines.size(); ++i) {
    const search::StockLine& line = exposure.stock.lines[i];
    const search::LineJudgement& one = exposure.judgements[exposure.judgement_of[i]];
    out.add({line.id, line.chip->id, line.kind, Cell::number(line.quantity, 6), line.value.to_text(), line.destination, line.headquarters,
             one.before.requirement, one.before.review, one.after.requirement, one.after.review,
             Cell(name_of(one.movement), style_of(one.movement))});
  }
  return out;
}

std::string exposure_text(const Exposure& exposure, const law::Law& law, const base::Problems& problems, const Terminal& terminal) {
  std::string out = verdict(exposure, terminal);
  out += paragraph("of " + money_text(exposure.total.value) + " in " + lines_text(exposure.total.lines) + ", from " +
                       exposure.before.date.to_text() + " to " + exposure.after.date.to_text() +
                       (exposure.before.asked == law::Asked::text ? ", by the text" : ", as enforced") +
                       (exposure.before.letters ? "" : ", without letters"),
                   terminal.width, "  ");
  const search::Sum& blocked = exposure.of(Movement::newly_blocked);
  if (blocked.net != blocked.value) out += paragraph("newly blocked, net of salvage: " + money_text(blocked.net), terminal.width, "  ");
  out += "\n" + to_screen(groups_table(exposure), terminal);
  out += moved_text(exposure, terminal) + open_points(exposure, law, problems, terminal);
  return out + colophon(law, terminal);
}

}  // namespace brightline::report
