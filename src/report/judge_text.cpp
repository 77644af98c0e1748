#include <cmath>

#include "report/evidence.h"
#include "report/judge_document.h"
#include "report/terminal_number.h"
#include "report/terminal_text.h"

namespace brightline::report {

namespace {

Style style_of(const std::string& requirement) {
  if (requirement == "none") return Style::good;
  if (requirement == "exception" || requirement == "notify") return Style::warning;
  return requirement == "licence" ? Style::bad : Style::strong;
}

std::string verdict(const search::Judgement& judgement) {
  const law::Answer& answer = judgement.answer;
  const std::string requirement = answer.requirement();
  std::string exceptions;
  for (const std::string& exception : answer.exceptions()) exceptions += (exceptions.empty() ? "" : ", ") + exception;
  if (requirement == "none") return "no licence needed under these rules";
  if (requirement == "exception") return "may go under licence exception " + exceptions + ", without notice";
  if (requirement == "notify") return "may go under licence exception " + exceptions + ", after notice to BIS";
  if (requirement == "licence") {
    const std::string review = answer.review();
    if (review == "denial") return "licence required; presumption of denial";
    if (review == "approval") return "licence required; presumption of approval";
    if (review == "case-by-case") return "licence required; reviewed case by case";
    return "licence required; how it would be reviewed is undetermined";
  }
  if (judgement.transaction.destination.empty()) return "undetermined: to where? name a destination, such as --to CN";
  return answer.missing.empty() ? "undetermined" : "undetermined: a fact is missing";
}

// A chip presumed made in violation is no chip to be glad about, whatever the licence rules say of shipping it.
std::string red_flag(const law::Answer& answer, const Terminal& terminal) {
  for (const std::string& flag : answer.set_of(law::Verb::flag)) {
    if (flag == "GP10") return "; " + terminal.paint(Style::bad, "but GP10: any dealing may be a violation");
  }
  return {};
}

std::string route(const search::Judgement& judgement) {
  const law::Vocabulary& vocabulary = judgement.facts.law().vocabulary;
  const auto name = [&](const char* word) {
    const law::Fact& fact = judgement.facts[vocabulary.at(word)];
    return fact.known ? fact.name : std::string("?");
  };
  std::string out = name("action") + " from " + name("from") + " to " + name("destination");
  if (name("headquarters") != name("destination")) out += ", party headquartered in " + name("headquarters");
  if (name("ultimate_parent") != name("headquarters")) out += ", ultimate parent in " + name("ultimate_parent");
  return out + ", on " + judgement.transaction.date.to_text() + (judgement.transaction.asked == law::Asked::text ? ", by the text" : ", as enforced");
}

std::string comparison_text(const law::Comparison& comparison) {
  std::string measure = comparison.measure->name;
  for (char& c : measure) {
    if (c == '_') c = ' ';
  }
  const std::string& unit = comparison.measure->unit;
  std::string out = measure + " " + interval_text(*comparison.value, unit);
  const char* met = comparison.holds == law::Truth::yes ? ", line " : comparison.holds == law::Truth::no ? ", not " : ", is it ";
  out += met + law::to_text(comparison.atom->relation) + " " + quantity_text(comparison.atom->limit, unit);
  if (!std::isnan(comparison.margin)) {
    const std::string percent = rounded_text(std::fabs(comparison.margin) * 100);
    out += comparison.margin == 0 ? " (exactly on it)" : " (" + std::string(comparison.margin < 0 ? "-" : "+") + percent + " %)";
  }
  return out;
}

void add_reasons(std::string& out, const search::Judgement& judgement, const Terminal& terminal) {
  out += terminal.paint(Style::strong, "Because") + "\n";
  for (const law::Reason& reason : judgement.reasons) {
    if (reason.clause->verb == law::Verb::flag || reason.clause->verb == law::Verb::restrict) continue;  // have sections of their own
    const law::Clause& clause = *reason.clause->clause;
    const char* mark = reason.part == law::Part::concludes ? "  + " : reason.part == law::Part::defeats || reason.part == law::Part::stayed ? "  x " : reason.part == law::Part::open ? "  ? " : "  - ";
    std::string text = clause.says + " [" + clause.cite + "; " + law::to_text(clause.confidence) + "]";
    if (reason.clause->letter) text = law::to_text(reason.clause->instrument->kind) + ": " + text;
    for (const law::Comparison& comparison : reason.comparisons) text += "; " + comparison_text(comparison);
    if (reason.part == law::Part::stayed) text = "in the text, not enforced: " + text;
    const Style style = reason.part == law::Part::nearly || reason.part == law::Part::stayed ? Style::quiet : Style::plain;
    out += terminal.paint(style, paragraph(text, terminal.width, mark));
    if (!reason.clause->stayed.empty()) out += terminal.paint(Style::quiet, paragraph((reason.part == law::Part::stayed ? "" : "not enforced in part: ") + reason.clause->stayed, terminal.width, "      "));
  }
  if (judgement.reasons.empty()) out += "  no clause of the rules in force applies\n";
}

void add_margins(std::string& out, const search::Judgement& judgement, const Terminal& terminal) {
  if (judgement.margins.empty()) return;
  out += terminal.paint(Style::strong, "Margins to the lines of the classification") + "\n";
  for (const search::Margin& margin : judgement.margins) {
    std::string measure = margin.measure;
    for (char& c : measure) {
      if (c == '_') c = ' ';
    }
    const base::Exact value = margin.relative < 0 && !margin.value.high.infinite ? margin.value.high.value : margin.value.low.value;
    out += "  " + padded(measure, 30) + padded(interval_text(margin.value, margin.unit), 24, Align::right) + "  " + padded(quantity_text(margin.limit, margin.unit), 16, Align::right) +
           "  " + margin_bar(value, margin.limit) + "\n";
  }
}

void add_list(std::string& out, const char* title, const std::vector<std::string>& lines, Style style, const Terminal& terminal) {
  if (lines.empty()) return;
  out += terminal.paint(Style::strong, title) + "\n";
  for (const std::string& line : lines) out += terminal.paint(style, paragraph(line, terminal.width, "  - "));
}

std::vector<std::string> change_lines(const search::Judgement& judgement) {
  std::vector<std::string> out;
  for (const search::Change& change : judgement.changes) {
    std::string measure = change.measure;
    for (char& c : measure) {
      if (c == '_') c = ' ';
    }
    const char* how = change.upwards ? " above " : change.inclusive ? " at most " : " below ";
    const std::string then = change.requirement == "none" ? "nothing would be required" : "only '" + change.requirement + "' would be left";
    out.push_back(measure + how + quantity_text(change.limit, change.unit) + " (" + (change.relative < 0 ? "-" : "+") + rounded_text(std::fabs(change.relative) * 100) + " %): " + then);
  }
  return out;
}

}  // namespace

std::string judge_text(const search::Judgement& judgement, const Terminal& terminal) {
  const law::Answer& answer = judgement.answer;
  std::string out = terminal.paint(Style::strong, judgement.name) + ": " + terminal.paint(style_of(answer.requirement()), verdict(judgement)) + red_flag(answer, terminal) + "\n";
  out += paragraph(route(judgement), terminal.width, "  ");
  out += "  paragraph " + answer.paragraph() + ", label " + answer.label() + (answer.duty() == "none" ? "" : ", duty on entry into the United States " + answer.duty()) + "\n\n";
  add_reasons(out, judgement, terminal);
  if (!answer.missing.empty()) {
    std::vector<std::string> lines;
    for (const auto& set : answer.missing) {
      std::string line;
      for (const std::size_t word : set) {
        const law::Word& entry = answer.code->law->vocabulary.words()[word];
        line += (line.empty() ? "" : "; and ") + entry.id + ": " + entry.means;
      }
      lines.push_back(line);
    }
    add_list(out, "What would decide (any one line)", lines, Style::warning, terminal);
  }
  add_margins(out, judgement, terminal);
  add_list(out, "What would have to change (any one line)", change_lines(judgement), Style::plain, terminal);
  std::vector<std::string> conditions;
  for (const law::CompiledClause* clause : law::standing(answer, law::Verb::oblige)) conditions.push_back(clause->clause->says + " [" + clause->clause->cite + "]");
  add_list(out, "Conditions", conditions, Style::plain, terminal);
  std::vector<std::string> flags;
  for (const law::CompiledClause* clause : law::standing(answer, law::Verb::flag)) flags.push_back(clause->clause->then->value + ": " + clause->clause->says + " [" + clause->clause->cite + "]");
  add_list(out, "Flags", flags, Style::warning, terminal);
  std::vector<std::string> chinese;
  for (const law::CompiledClause* clause : law::standing(answer, law::Verb::restrict)) chinese.push_back(clause->clause->then->value + ": " + clause->clause->says + " [" + clause->clause->cite + "; " + law::to_text(clause->clause->confidence) + "]");
  add_list(out, "On the Chinese side", chinese, Style::warning, terminal);
  std::vector<std::string> assumed;
  for (const law::Assumption& assumption : judgement.assumptions) assumed.push_back(assumption.says);
  for (const std::string& reading : judgement.readings) assumed.push_back(reading);
  add_list(out, "Assumed", assumed, Style::quiet, terminal);
  add_list(out, "Unresolved", judgement.unresolved, Style::quiet, terminal);
  out += "\n";
  const law::Law& law = judgement.facts.law();
  const base::Date day = judgement.answer.code->reading.date;
  if (const std::string outside = outside_evidence(law, day, day); !outside.empty()) out += terminal.paint(Style::warning, paragraph(outside, terminal.width));
  std::string with;
  for (const std::string& id : law.with) with += (with.empty() ? ", with " : ", ") + id;
  out += terminal.paint(Style::quiet, paragraph("Law " + law.version + with + ". " + not_legal_advice, terminal.width));
  return out;
}

}  // namespace brightline::report
