#include <algorithm>

#include "report/evidence.h"
#include "report/judge_document.h"
#include "report/law_document.h"

namespace brightline::report {

using search::ClauseRef;

namespace {

// Yellow marks what does not bind in full, quiet what is over.
Style style_of(const std::string& status) {
  if (status == "in force") return Style::good;
  if (status == "repealed" || status == "expired" || status == "ended") return Style::quiet;
  if (status == "unread" || status == "open point" || status.find("stayed") != std::string::npos ||
      status.find("not yet") != std::string::npos)
    return Style::warning;
  return Style::plain;
}

std::string quiet(const std::string& text, const Terminal& terminal, const char* first) {
  return terminal.paint(Style::quiet, paragraph(text, terminal.width, first));
}

std::string span(base::Date from, base::Date until) {
  return "from " + from.to_text() + (until == base::Date::max() ? "" : " to " + until.to_text());
}

// What befell a clause: its days, its repeal, its stays.
std::vector<std::string> fate(const law::Law& law, const law::Clause& clause) {
  std::vector<std::string> out;
  std::string days = span(clause.from, clause.until);
  if (clause.enforced_from != clause.from) days += ", enforced from " + clause.enforced_from.to_text();
  out.push_back(days);
  if (const auto ending = search::ending_of(law, clause.id))
    out.push_back("repealed from " + ending->from.to_text() + " by " + ending->by->id);
  for (const search::StayedBy& one : search::stays_of(law, clause.id)) {
    out.push_back("stayed " + span(one.stay->from, one.stay->until) + " by " + one.by->id +
                  (one.stay->when ? ", when " + one.stay->when->text : "") + ": " + one.stay->says);
  }
  return out;
}

std::string clause_head(const law::Law& law, const ClauseRef& ref, base::Date day, const std::string& id, const Terminal& terminal) {
  const std::string status = search::to_text(search::life_of(law, *ref.clause, day));
  const std::string concludes = conclusion_text(*ref.clause);
  std::string out = "  " + terminal.paint(Style::strong, id);
  if (concludes != id) out += "  " + concludes;
  if (status != "in force") out += "  " + terminal.paint(style_of(status), status);
  return out + "\n";
}

std::string joined(const std::vector<std::string>& texts, const char* separator) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : separator) + text;
  return out;
}

std::string clause_body(const law::Law& law, const ClauseRef& ref, const Terminal& terminal) {
  const law::Clause& clause = *ref.clause;
  std::string out = paragraph(clause.says + " [" + clause.cite + "; " + law::to_text(clause.confidence) + "]", terminal.width, "    ");
  out += quiet("when " + clause.when.text, terminal, "    ");
  if (!clause.defeats.empty()) out += quiet("defeats " + joined(clause.defeats, ", "), terminal, "    ");
  if (!clause.assumes.empty()) out += quiet("reading: " + clause.assumes, terminal, "    ");
  for (const std::string& line : fate(law, clause)) out += quiet(line, terminal, "    ");
  return out;
}

std::string days_of(const law::Instrument& instrument) {
  std::string out;
  if (instrument.released) out += "released " + instrument.released->to_text() + ", ";
  if (instrument.published) out += "published " + instrument.published->to_text() + ", ";
  return out + "effective " + instrument.effective.to_text();
}

std::string title(const char* text, const Terminal& terminal) { return "\n" + terminal.paint(Style::strong, text) + "\n"; }

std::string effects_text(const law::Instrument& instrument, const Terminal& terminal) {
  std::string out;
  if (!instrument.repeals.empty()) out += title("Repeals", terminal);
  for (const law::Repeal& repeal : instrument.repeals)
    out += paragraph(repeal.id + " from " + repeal.from.to_text(), terminal.width, "  - ");
  if (!instrument.stays.empty()) out += title("Stays", terminal);
  for (const law::Stay& stay : instrument.stays) {
    const std::string when = stay.when ? ", when " + stay.when->text : "";
    out += paragraph(stay.id + " " + span(stay.from, stay.until) + when + ": " + stay.says + " [" + stay.cite + "; " +
                         law::to_text(stay.confidence) + "]",
                     terminal.width, "  - ");
  }
  if (!instrument.groups.empty()) out += title("Country groups", terminal);
  for (const law::GroupChange& group : instrument.groups) {
    const std::string add = group.add.empty() ? "" : ", in: " + joined(group.add, " ");
    const std::string remove = group.remove.empty() ? "" : ", out: " + joined(group.remove, " ");
    out += paragraph(group.id + " from " + group.from.to_text() + add + remove + " [" + law::to_text(group.confidence) + "]",
                     terminal.width, "  - ");
  }
  if (!instrument.unresolved.empty()) out += title("Unresolved", terminal);
  for (const law::Unresolved& point : instrument.unresolved) out += paragraph(point.says, terminal.width, "  - ");
  return out;
}

std::string definitions_text(const std::vector<const law::Define*>& defines, const Terminal& terminal) {
  std::string out;
  if (!defines.empty()) out += title("Definitions", terminal);
  for (const law::Define* define : defines) {
    out += paragraph(define->id + ": " + define->says, terminal.width, "  - ");
    out += quiet("is " + define->is.text, terminal, "    ");
  }
  return out;
}

std::vector<Cell> timeline_row(const law::Law& law, const law::Instrument& instrument) {
  const std::string status = search::status_of(law, instrument, law.evidence_through);
  return {instrument.effective.to_text(),
          Cell(instrument.id, Style::strong),
          law::to_text(instrument.kind),
          Cell(status, style_of(status)),
          law::to_text(instrument.confidence),
          instrument.summary,
          instrument.cite};
}

Table empty_timeline() {
  Table out;
  out.columns = {{.key = "effective", .title = "Day"},
                 {.key = "id", .title = "Instrument"},
                 {.key = "kind", .title = "Kind", .priority = 2},
                 {.key = "status", .title = "Status", .wrap = true, .min_width = 12},
                 {.key = "confidence", .title = "Read", .priority = 1},
                 {.key = "summary", .title = "What it changes", .wrap = true, .min_width = 30},
                 {.key = "cite", .title = "Citation", .wrap = true, .min_width = 14, .priority = 3}};
  return out;
}

}  // namespace

std::string colophon(const law::Law& law, const Terminal& terminal) {
  const std::string with = law.with.empty() ? "" : ", with " + joined(law.with, ", ");
  return "\n" +
         quiet("Law " + law.version + with + ", sources through " + law.evidence_through.to_text() + ". " + not_legal_advice, terminal, "");
}

Table timeline_table(const law::Law& law) {
  Table out = empty_timeline();
  for (const auto* list : {&law.instruments, &law.proposed}) {
    for (const law::Instrument& instrument : *list) out.add(timeline_row(law, instrument));
  }
  return out;
}

std::string timeline_text(const law::Law& law, const Terminal& terminal) {
  Table applied = empty_timeline();
  Table proposed = empty_timeline();
  for (const law::Instrument& instrument : law.instruments) applied.add(timeline_row(law, instrument));
  for (const law::Instrument& instrument : law.proposed) proposed.add(timeline_row(law, instrument));
  std::string out = terminal.paint(Style::strong, std::to_string(law.instruments.size()) + " instruments") + ", as they stand on " +
                    law.evidence_through.to_text() + "\n\n";
  out += to_screen(applied, terminal);
  if (!law.proposed.empty()) {
    out += title("Proposed", terminal) + "  " + terminal.paint(Style::quiet, "not law; applied only with --with ID") + "\n\n";
    out += to_screen(proposed, terminal);
  }
  out += "\n" +
         quiet("Read: P primary text, Q quoted elsewhere, S secondary source, M memory. One in full: brightline law show ID", terminal, "");
  return out + colophon(law, terminal);
}

std::string instrument_text(const law::Law& law, const law::Instrument& instrument, const Terminal& terminal) {
  const std::string status = search::status_of(law, instrument, law.evidence_through);
  std::string out = terminal.paint(Style::strong, instrument.id) + ": " + terminal.paint(style_of(status), status) + " on " +
                    law.evidence_through.to_text() + "\n";
  out += paragraph(instrument.title, terminal.width, "  ");
  out += paragraph(
      law::to_text(instrument.kind) + " " + instrument.cite + "; " + days_of(instrument) + "; " + confidence_text(instrument.confidence),
      terminal.width, "  ");
  out += paragraph(instrument.summary, terminal.width, "  ");
  if (!instrument.url.empty()) out += "  " + terminal.paint(Style::quiet, instrument.url) + "\n";
  std::vector<const law::Define*> defines;
  for (const law::Define& define : instrument.defines) defines.push_back(&define);
  out += definitions_text(defines, terminal);
  if (!instrument.clauses.empty()) out += title("Clauses", terminal);
  for (const law::Clause& clause : instrument.clauses) {
    const ClauseRef ref{&instrument, &clause};
    out += clause_head(law, ref, law.evidence_through, search::short_id(clause.id), terminal) + clause_body(law, ref, terminal);
  }
  return out + effects_text(instrument, terminal) + colophon(law, terminal);
}

std::string clause_text(const law::Law& law, const ClauseRef& ref, const Terminal& terminal) {
  std::string out = clause_head(law, ref, law.evidence_through, ref.clause->id, terminal).substr(2) + clause_body(law, ref, terminal);
  out += "    " + terminal.paint(Style::quiet, confidence_text(ref.clause->confidence)) + "\n";
  out += paragraph("a clause of " + ref.instrument->cite + ", " + ref.instrument->title, terminal.width, "    ");
  return out + colophon(law, terminal);
}

Table clauses_table(const law::Law& law, const std::vector<ClauseRef>& clauses) {
  Table out;
  out.columns = {{.key = "id", .title = "Clause"},
                 {.key = "then", .title = "Concludes"},
                 {.key = "says", .title = "Says", .wrap = true, .min_width = 30},
                 {.key = "when", .title = "When", .wrap = true, .min_width = 30},
                 {.key = "cite", .title = "Citation", .wrap = true, .min_width = 14},
                 {.key = "from", .title = "From"},
                 {.key = "enforced_from", .title = "Enforced"},
                 {.key = "until", .title = "Until"},
                 {.key = "confidence", .title = "Read"},
                 {.key = "repealed_by", .title = "Repealed by"},
                 {.key = "status", .title = "Status"}};
  for (const ClauseRef& ref : clauses) {
    const law::Clause& clause = *ref.clause;
    const auto ending = search::ending_of(law, clause.id);
    out.add({clause.id, conclusion_text(clause), clause.says, clause.when.text, clause.cite, clause.from.to_text(),
             clause.enforced_from.to_text(), clause.until == base::Date::max() ? "" : clause.until.to_text(),
             law::to_text(clause.confidence), ending ? ending->by->id : "",
             search::to_text(search::life_of(law, clause, law.evidence_through))});
  }
  return out;
}

std::string day_text(const law::Law& law, base::Date day, law::Asked asked, const Terminal& terminal) {
  const auto clauses = clauses_on(law, day, asked);
  const char* how = asked == law::Asked::text ? ", by the text" : ", as enforced";
  std::string out =
      terminal.paint(Style::strong, "The law of " + day.to_text() + how) + ": " + std::to_string(clauses.size()) + " clauses\n";
  if (const std::string outside = outside_evidence(law, day, day); !outside.empty()) out += terminal.paint(Style::warning, paragraph(outside, terminal.width));
  const auto add_verb = [&](std::optional<law::Verb> verb, const char* name) {
    bool any = false;
    for (const ClauseRef& ref : clauses) {
      const bool fits = verb ? ref.clause->then && ref.clause->then->verb == *verb : !ref.clause->then;
      if (!fits) continue;
      if (!any) out += title(name, terminal);
      any = true;
      out += clause_head(law, ref, day, ref.clause->id, terminal);
      out += paragraph(ref.clause->says + " [" + ref.clause->cite + "]", terminal.width, "    ");
      for (const search::StayedBy& one : search::stays_of(law, ref.clause->id)) {
        if (one.stay->from <= day && day <= one.stay->until)
          out += terminal.paint(Style::warning, paragraph("not enforced, " + one.by->id + ": " + one.stay->says, terminal.width, "    "));
      }
    }
  };
  for (int verb = 0; verb < law::verb_count; ++verb)
    add_verb(static_cast<law::Verb>(verb), law::to_text(static_cast<law::Verb>(verb)).c_str());
  add_verb(std::nullopt, "what only defeats");
  std::vector<const law::Define*> defines;
  for (const auto& [id, ref] : search::definitions_on(law, day)) defines.push_back(ref.define);
  out += definitions_text(defines, terminal);
  out += title("Country groups", terminal);
  for (const auto& [id, members] : search::groups_on(law, day)) {
    out += paragraph(joined({members.begin(), members.end()}, " ") + " (" + std::to_string(members.size()) + ")", terminal.width,
                     "  " + padded(id, 5));
  }
  return out + colophon(law, terminal);
}

Table words_table(const law::Law& law) {
  Table out;
  out.columns = {{.key = "word", .title = "Word"},
                 {.key = "type", .title = "Type"},
                 {.key = "unit", .title = "Unit"},
                 {.key = "of", .title = "Of", .priority = 2},
                 {.key = "means", .title = "Means", .wrap = true, .min_width = 30},
                 {.key = "assumed", .title = "Left out", .wrap = true, .min_width = 10},
                 {.key = "cite", .title = "Citation", .wrap = true, .min_width = 16, .priority = 1}};
  constexpr std::array types{"number", "yes or no", "one of", "place"};
  for (const law::Word& word : law.vocabulary.words()) {
    std::string means = word.means;
    if (!word.values.empty()) means += " (" + joined(word.values, ", ") + ")";
    out.add({Cell(word.id, Style::strong), types.at(static_cast<std::size_t>(word.type)), word.unit, word.of_item ? "item" : "transaction",
             means, Cell(word.assumed.empty() ? "unknown" : word.assumed, word.assumed.empty() ? Style::quiet : Style::plain), word.cite});
  }
  return out;
}

}  // namespace brightline::report
