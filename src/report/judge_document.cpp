#include "report/judge_document.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "report/terminal_number.h"

namespace brightline::report {

using base::Json;

namespace {

struct UnitKey {
  std::string_view unit;
  std::string_view key;
};
constexpr std::array unit_keys{UnitKey{"GB/s", "gb_per_s"},          UnitKey{"mm2", "mm2"},           UnitKey{"GB/s/mm2", "gb_per_s_per_mm2"},
                               UnitKey{"TFLOPS/W", "tflops_per_w"},  UnitKey{"TOPS", "tops"},         UnitKey{"%", "percent"},
                               UnitKey{"W", "w"},                    UnitKey{"bn", "bn"},             UnitKey{"MHz", "mhz"},
                               UnitKey{"KiB", "kib"},                UnitKey{"MiB", "mib"},           UnitKey{"GB", "gb"}};

std::string as_written(std::string_view word) {
  std::string out(word);
  if (const std::size_t minus = out.find(" - "); minus != std::string::npos) out.replace(minus, 3, " minus ");
  if (const std::size_t plus = out.find(" + "); plus != std::string::npos) out.replace(plus, 3, " plus ");
  std::erase_if(out, [](char c) { return c == '(' || c == ')'; });
  std::ranges::replace(out, ' ', '_');
  return out;
}

Json comparison_json(const law::Reason& reason, const law::Comparison& comparison) {
  Json out = Json::object();
  const law::Clause& clause = *reason.clause->clause;
  out.set("clause", clause.id).set("cite", clause.cite).set("says", clause.says);
  out.set("measure", as_written(comparison.measure->name));
  out.set("unit", comparison.measure->unit);
  out.set("value", interval_json(*comparison.value));
  out.set("relation", law::to_text(comparison.atom->relation));
  out.set("limit", comparison.atom->limit);
  out.set("margin", std::isnan(comparison.margin) ? Json() : Json(comparison.margin));
  return out;
}

const char* part_name(law::Part part) {
  switch (part) {
    case law::Part::concludes: return "concludes";
    case law::Part::defeats: return "defeats";
    case law::Part::stayed: return "stayed";
    case law::Part::open: return "open";
    case law::Part::nearly: return "not-met";
  }
  return "";
}

std::string conclusion_text(const law::CompiledClause& clause) {
  if (!clause.concludes) return "defeats";
  const law::Conclusion& then = *clause.clause->then;
  return law::to_text(then.verb) + " " + then.value + (then.notify ? " notify" : "");
}

void finish_reason(Json& entry, const law::Reason& reason) {
  entry.set("holds", reason.part == law::Part::open ? Json() : Json(reason.part != law::Part::nearly && reason.part != law::Part::stayed));
  entry.set("part", part_name(reason.part));
  entry.set("concludes", conclusion_text(*reason.clause));
  entry.set("instrument", reason.clause->instrument->id);
  entry.set("confidence", law::to_text(reason.clause->clause->confidence));
  if (!reason.clause->stayed.empty()) entry.set("stayed", reason.clause->stayed);
}

Json because_json(const search::Judgement& judgement) {
  Json out = Json::list();
  for (const law::Reason& reason : judgement.reasons) {
    for (const law::Comparison& comparison : reason.comparisons) {
      Json entry = comparison_json(reason, comparison);
      finish_reason(entry, reason);
      out.push(std::move(entry));
    }
    if (!reason.comparisons.empty()) continue;
    const law::Clause& clause = *reason.clause->clause;
    Json entry = Json::object();
    entry.set("clause", clause.id).set("cite", clause.cite).set("says", clause.says);
    for (const char* key : {"measure", "unit", "value", "relation", "limit", "margin"}) entry.set(key, Json());
    finish_reason(entry, reason);
    out.push(std::move(entry));
  }
  return out;
}

Json measures_json(const search::Judgement& judgement) {
  Json out = Json::object();
  const auto& words = judgement.facts.law().vocabulary.words();
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!words[i].of_item || words[i].type != law::WordType::number) continue;
    const law::Fact& fact = judgement.facts[i];
    out.set(key_with_unit(words[i].id, words[i].unit), fact.known ? interval_json(law::interval_of(fact)) : Json());
  }
  // a derived measure is what the clauses saw, where they saw it
  const law::Code& code = *judgement.answer.code;
  for (std::size_t m = 0; m < code.measures.size(); ++m) {
    const law::Measure& measure = code.measures[m];
    const law::Interval& interval = judgement.answer.measures[m];
    const bool known = interval.surely_none || !interval.high.infinite;
    if (measure.stated && known) out.set(key_with_unit(measure.name, measure.unit), interval_json(interval));
  }
  return out;
}

Json conditions_json(const search::Judgement& judgement) {
  Json out = Json::list();
  for (const law::CompiledClause* clause : law::standing(judgement.answer, law::Verb::oblige)) {
    Json entry = Json::object();
    entry.set("kind", clause->clause->then->value).set("says", clause->clause->says).set("clause", clause->clause->id).set("cite", clause->clause->cite);
    out.push(std::move(entry));
  }
  return out;
}

Json margins_json(const std::vector<search::Margin>& margins) {
  Json out = Json::list();
  for (const search::Margin& margin : margins) {
    Json entry = Json::object();
    entry.set("measure", as_written(margin.measure)).set("unit", margin.unit).set("relation", margin.relation).set("limit", margin.limit);
    entry.set("value", interval_json(margin.value)).set("margin", margin.relative).set("clause", margin.clause).set("cite", margin.cite);
    out.push(std::move(entry));
  }
  return out;
}

}  // namespace

std::string key_with_unit(std::string_view word, std::string_view unit) {
  std::string out = as_written(word);
  for (const UnitKey& entry : unit_keys) {
    if (entry.unit == unit && !out.ends_with(entry.key)) out += "_" + std::string(entry.key);
  }
  return out;
}

Json interval_json(const law::Interval& interval) {
  if (interval.surely_none) return {};
  if (interval.is_point()) return interval.low.value;
  if (interval.high.infinite && interval.low.value.is_zero()) return {};
  Json out = Json::object();
  out.set("low", interval.low.value);
  out.set("high", interval.high.infinite ? Json() : Json(interval.high.value));
  return out;
}

std::string interval_text(const law::Interval& interval, std::string_view unit) {
  if (interval.surely_none) return "no value";
  if (interval.is_point()) return quantity_text(interval.low.value, unit);
  if (interval.high.infinite) return interval.low.value.is_zero() ? "unknown" : "at least " + quantity_text(interval.low.value, unit);
  return number_text(interval.low.value) + " to " + quantity_text(interval.high.value, unit);
}

std::string cn_status(const search::Judgement& judgement) {
  const law::Vocabulary& vocabulary = judgement.facts.law().vocabulary;
  const law::Fact& destination = judgement.facts[vocabulary.at("destination")];
  if (!destination.known) return "undetermined";
  if (destination.name != "CN") return "not-applicable";
  std::string out;
  for (const std::string& value : judgement.answer.set_of(law::Verb::restrict)) out += (out.empty() ? "" : ", ") + value;
  if (!out.empty()) return out;
  const auto restrict = static_cast<std::size_t>(law::Verb::restrict);
  if (judgement.answer.conclusions.possibly[restrict] != 0) return "undetermined";
  return judgement.facts[vocabulary.at("maker_headquarters")].name == "CN" ? "domestic" : "open";
}

Json missing_json(const law::Answer& answer) {
  Json out = Json::list();
  for (const auto& set : answer.missing) {
    Json words = Json::list();
    for (const std::size_t word : set) words.push(answer.code->law->vocabulary.words()[word].id);
    out.push(std::move(words));
  }
  return out;
}

std::string missing_text(const law::Answer& answer) {
  std::string out;
  for (const auto& set : answer.missing) {
    if (!out.empty()) out += " | ";
    for (std::size_t i = 0; i < set.size(); ++i) out += (i == 0 ? "" : " + ") + answer.code->law->vocabulary.words()[set[i]].id;
  }
  return out;
}

Json judge_document(const search::Judgement& judgement) {
  const law::Answer& answer = judgement.answer;
  const law::Law& law = judgement.facts.law();
  const auto name_of = [&](const char* word) -> Json {
    const law::Fact& fact = judgement.facts[law.vocabulary.at(word)];
    return fact.known ? Json(fact.name) : Json();
  };
  Json out = Json::object();
  out.set("chip", judgement.chip).set("name", judgement.name).set("date", judgement.transaction.date.to_text());
  out.set("destination", name_of("destination")).set("headquarters", name_of("headquarters")).set("ultimate_parent", name_of("ultimate_parent"));
  out.set("from", name_of("from")).set("action", name_of("action"));
  out.set("as", judgement.transaction.asked == law::Asked::text ? "text" : "enforced").set("letters", judgement.transaction.letters);
  out.set("paragraph", answer.paragraph()).set("label", answer.label()).set("licence", answer.licence()).set("requirement", answer.requirement());
  out.set("exceptions", Json::texts(answer.exceptions())).set("review", answer.review());
  out.set("because", because_json(judgement)).set("missing", missing_json(answer)).set("measures", measures_json(judgement));
  out.set("margins", margins_json(judgement.margins)).set("changes", changes_json(judgement.changes));
  out.set("conditions", conditions_json(judgement)).set("flags", Json::texts(answer.set_of(law::Verb::flag)));
  out.set("cn_status", cn_status(judgement)).set("cn_because", standing_json(answer, law::Verb::restrict));
  out.set("duty", answer.duty());
  Json assumptions = Json::list();
  for (const law::Assumption& assumption : judgement.assumptions) assumptions.push(assumption.says);
  for (const std::string& reading : judgement.readings) assumptions.push(reading);
  out.set("assumptions", std::move(assumptions)).set("law_version", law.version).set("with", Json::texts(law.with));
  out.set("evidence_through", law.evidence_through.to_text()).set("past_evidence", judgement.past_evidence);
  out.set("unresolved", Json::texts(judgement.unresolved)).set("notice", not_legal_advice);
  return out;
}

Json standing_json(const law::Answer& answer, law::Verb verb) {
  Json out = Json::list();
  for (const law::CompiledClause* clause : law::standing(answer, verb)) {
    Json entry = Json::object();
    entry.set("value", clause->clause->then->value).set("says", clause->clause->says).set("clause", clause->clause->id).set("cite", clause->clause->cite);
    entry.set("confidence", law::to_text(clause->clause->confidence));
    out.push(std::move(entry));
  }
  return out;
}

Json changes_json(const std::vector<search::Change>& changes) {
  Json out = Json::list();
  for (const search::Change& change : changes) {
    Json entry = Json::object();
    entry.set("measure", change.measure).set("unit", change.unit).set("limit", change.limit);
    entry.set("direction", change.upwards ? "above" : change.inclusive ? "at-most" : "below");
    entry.set("relative_change", change.relative).set("requirement", change.requirement);
    out.push(std::move(entry));
  }
  return out;
}

}  // namespace brightline::report
