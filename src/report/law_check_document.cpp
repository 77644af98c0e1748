#include <fmt/format.h>

#include "report/law_diff_document.h"
#include "report/law_document.h"
#include "report/terminal_number.h"

namespace brightline::report {

using base::Json;

namespace {

std::string place_of(const base::Problem& problem) {
  return problem.where.line > 0 ? fmt::format("{}:{}", problem.where.file, problem.where.line) : problem.where.file;
}

}  // namespace

Json law_check_document(const search::LawCheck& check, const law::Law& law) {
  Json conflicts = Json::list();
  for (const search::CheckConflict& conflict : check.conflicts) {
    Json entry = Json::object();
    entry.set("message", conflict.problem.message).set("where", place_of(conflict.problem)).set("hint", conflict.problem.hint);
    entry.set("with", conflict.with.empty() ? Json() : Json(conflict.with))
        .set("date", conflict.day.to_text())
        .set("transaction", conflict.transaction);
    conflicts.push(std::move(entry));
  }
  Json notes = Json::list();
  for (const search::CheckNote& note : check.notes) {
    Json entry = Json::object();
    entry.set("kind", note.kind).set("says", note.says).set("first_version", note.first.to_text());
    entry.set("with", note.with.empty() ? Json() : Json(note.with));
    notes.push(std::move(entry));
  }
  Json out = Json::object();
  out.set("sound", check.conflicts.empty())
      .set("instruments", check.instruments)
      .set("proposals", check.proposals)
      .set("clauses", check.clauses);
  out.set("versions", check.versions).set("transactions", check.transactions).set("maps", check.maps).set("cells", check.cells);
  out.set("conflicts", std::move(conflicts)).set("notes", std::move(notes));
  set_colophon(out, law);
  return out;
}

Table law_check_table(const search::LawCheck& check) {
  Table out;
  out.columns = {{.key = "kind", .title = "Kind"},
                 {.key = "says", .title = "Says", .wrap = true, .min_width = 30},
                 {.key = "date", .title = "First version"},
                 {.key = "with", .title = "With"},
                 {.key = "where", .title = "Where"}};
  for (const search::CheckConflict& conflict : check.conflicts) {
    out.add({"conflict", conflict.problem.message, conflict.day.to_text(), conflict.with, place_of(conflict.problem)});
  }
  for (const search::CheckNote& note : check.notes) out.add({note.kind, note.says, note.first.to_text(), note.with, ""});
  return out;
}

std::string law_check_text(const search::LawCheck& check, const Terminal& terminal) {
  const auto number = [](std::size_t value) { return grouped(std::to_string(value)); };
  std::string out = fmt::format("{} instruments and {} proposals, {} clauses, {} versions, {} cells visited: ", number(check.instruments),
                                number(check.proposals), number(check.clauses), number(check.versions), number(check.cells));
  const std::size_t count = check.conflicts.size();
  out += count == 0 ? terminal.paint(Style::good, "no conflict")
                    : terminal.paint(Style::bad, fmt::format("{} {}", count, count == 1 ? "conflict" : "conflicts"));
  out += "\n";
  for (const search::CheckConflict& conflict : check.conflicts) {
    out += "\n" + terminal.paint(Style::bad, paragraph(place_of(conflict.problem) + ": " + conflict.problem.message, terminal.width));
    const std::string with = conflict.with.empty() ? "" : ", with " + conflict.with;
    out += paragraph("first on " + conflict.day.to_text() + with + ", " + conflict.transaction, terminal.width, "  ");
    out += paragraph("hint: " + conflict.problem.hint, terminal.width, "  ");
  }
  if (!check.notes.empty()) out += "\n" + terminal.paint(Style::strong, "Gaps worth knowing") + "\n";
  for (const search::CheckNote& note : check.notes) {
    const std::string with = note.with.empty() ? "" : ", with " + note.with;
    out += paragraph(note.says + " (first on " + note.first.to_text() + with + ")", terminal.width, "  - ");
  }
  out += "\n" +
         terminal.paint(Style::quiet,
                        paragraph(fmt::format("Walked for {} transactions (five destinations, companies of the place and of China, export, "
                                              "reexport and transfer, every "
                                              "addressee of a letter); what else belongs to a transaction stands as assumed when left out.",
                                              check.transactions),
                                  terminal.width));
  return out;
}

}  // namespace brightline::report
