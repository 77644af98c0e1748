#include "report/law_document.h"

#include <algorithm>

#include "report/judge_document.h"

namespace brightline::report {

using base::Json;
using search::ClauseRef;

namespace {

Json day_or_null(const std::optional<base::Date>& day) { return day ? Json(day->to_text()) : Json(); }
Json end_or_null(base::Date day) { return day == base::Date::max() ? Json() : Json(day.to_text()); }

Json stay_json(const search::StayedBy& one) {
  Json out = Json::object();
  const law::Stay& stay = *one.stay;
  out.set("by", one.by->id)
      .set("when", stay.when ? Json(stay.when->text) : Json())
      .set("from", stay.from.to_text())
      .set("until", end_or_null(stay.until));
  out.set("says", stay.says).set("cite", stay.cite).set("confidence", law::to_text(stay.confidence));
  return out;
}

Json clause_json(const law::Law& law, const ClauseRef& ref) {
  const law::Clause& clause = *ref.clause;
  Json out = Json::object();
  out.set("id", clause.id)
      .set("instrument", ref.instrument->id)
      .set("cite", clause.cite)
      .set("says", clause.says)
      .set("when", clause.when.text);
  out.set("then", clause.then ? Json(conclusion_text(clause)) : Json()).set("defeats", Json::texts(clause.defeats));
  out.set("from", clause.from.to_text()).set("enforced_from", clause.enforced_from.to_text()).set("until", end_or_null(clause.until));
  out.set("confidence", law::to_text(clause.confidence)).set("assumes", clause.assumes.empty() ? Json() : Json(clause.assumes));
  const auto ending = search::ending_of(law, clause.id);
  out.set("repealed_by", ending ? Json(ending->by->id) : Json()).set("repealed_from", ending ? Json(ending->from.to_text()) : Json());
  Json stays = Json::list();
  for (const search::StayedBy& one : search::stays_of(law, clause.id)) stays.push(stay_json(one));
  out.set("stays", std::move(stays)).set("status", search::to_text(search::life_of(law, clause, law.evidence_through)));
  return out;
}

Json effects_json(const law::Instrument& instrument) {
  Json repeals = Json::list();
  for (const law::Repeal& repeal : instrument.repeals) {
    Json entry = Json::object();
    entry.set("id", repeal.id).set("from", repeal.from.to_text());
    repeals.push(std::move(entry));
  }
  Json stays = Json::list();
  for (const law::Stay& stay : instrument.stays) {
    Json entry = stay_json({&instrument, &stay});
    entry.set("id", stay.id);
    stays.push(std::move(entry));
  }
  Json groups = Json::list();
  for (const law::GroupChange& group : instrument.groups) {
    Json entry = Json::object();
    entry.set("id", group.id).set("add", Json::texts(group.add)).set("remove", Json::texts(group.remove)).set("from", group.from.to_text());
    entry.set("cite", group.cite).set("confidence", law::to_text(group.confidence));
    groups.push(std::move(entry));
  }
  Json out = Json::object();
  out.set("repeals", std::move(repeals)).set("stays", std::move(stays)).set("groups", std::move(groups));
  return out;
}

Json definition_json(const search::DefineRef& ref) {
  Json out = Json::object();
  const law::Define& define = *ref.define;
  out.set("id", define.id)
      .set("instrument", ref.instrument->id)
      .set("is", define.is.text)
      .set("says", define.says)
      .set("cite", define.cite);
  out.set("from", define.from.to_text());
  return out;
}

Json unresolved_json(const std::vector<law::Unresolved>& points) {
  Json out = Json::list();
  for (const law::Unresolved& point : points) {
    Json entry = Json::object();
    entry.set("says", point.says).set("from", point.from == base::Date::min() ? Json() : Json(point.from.to_text()));
    entry.set("until", end_or_null(point.until)).set("when", point.when ? Json(point.when->text) : Json());
    out.push(std::move(entry));
  }
  return out;
}

Json instrument_json(const law::Law& law, const law::Instrument& instrument) {
  Json out = Json::object();
  out.set("id", instrument.id).set("title", instrument.title).set("kind", law::to_text(instrument.kind)).set("cite", instrument.cite);
  out.set("url", instrument.url.empty() ? Json() : Json(instrument.url)).set("summary", instrument.summary);
  out.set("released", day_or_null(instrument.released)).set("published", day_or_null(instrument.published));
  out.set("effective", instrument.effective.to_text()).set("confidence", law::to_text(instrument.confidence));
  out.set("status", search::status_of(law, instrument, law.evidence_through)).set("status_on", law.evidence_through.to_text());
  out.set("proposed", instrument.proposed).set("addressees", Json::texts(instrument.addressees));
  Json clauses = Json::list();
  for (const law::Clause& clause : instrument.clauses) clauses.push(clause_json(law, {&instrument, &clause}));
  Json definitions = Json::list();
  for (const law::Define& define : instrument.defines) definitions.push(definition_json({&instrument, &define}));
  out.set("clauses", std::move(clauses)).set("definitions", std::move(definitions));
  const Json effects = effects_json(instrument);
  for (const char* key : {"repeals", "stays", "groups"}) out.set(key, *effects.find(key));
  out.set("unresolved", unresolved_json(instrument.unresolved));
  return out;
}

}  // namespace

std::string conclusion_text(const law::Clause& clause) {
  if (!clause.then) return "defeats only";
  return law::to_text(clause.then->verb) + " " + clause.then->value + (clause.then->notify ? " notify" : "");
}

std::string confidence_text(law::Confidence confidence) {
  constexpr std::array words{"primary text read", "quoted elsewhere", "secondary source", "from memory, unverified"};
  return law::to_text(confidence) + ", " + words.at(static_cast<std::size_t>(confidence));
}

void set_colophon(Json& document, const law::Law& law) {
  document.set("law_version", law.version).set("with", Json::texts(law.with)).set("evidence_through", law.evidence_through.to_text());
  document.set("notice", not_legal_advice);
}

Json timeline_document(const law::Law& law) {
  Json instruments = Json::list();
  for (const law::Instrument& instrument : law.instruments) instruments.push(instrument_json(law, instrument));
  Json proposed = Json::list();
  for (const law::Instrument& instrument : law.proposed) proposed.push(instrument_json(law, instrument));
  Json out = Json::object();
  out.set("instruments", std::move(instruments)).set("proposed", std::move(proposed)).set("unresolved", unresolved_json(law.unresolved));
  set_colophon(out, law);
  return out;
}

Json instrument_document(const law::Law& law, const law::Instrument& instrument) {
  Json out = instrument_json(law, instrument);
  set_colophon(out, law);
  return out;
}

Json clause_document(const law::Law& law, const ClauseRef& ref) {
  Json out = clause_json(law, ref);
  set_colophon(out, law);
  return out;
}

std::vector<ClauseRef> clauses_on(const law::Law& law, base::Date day, law::Asked asked) {
  std::vector<ClauseRef> out;
  for (const law::Instrument& instrument : law.instruments) {
    for (const law::Clause& clause : instrument.clauses) {
      if (search::stands(law, clause, day, asked)) out.push_back({&instrument, &clause});
    }
  }
  return out;
}

Json day_document(const law::Law& law, base::Date day, law::Asked asked) {
  Json clauses = Json::list();
  for (const ClauseRef& ref : clauses_on(law, day, asked)) {
    Json entry = clause_json(law, ref);
    entry.set("verb", ref.clause->then ? Json(law::to_text(ref.clause->then->verb)) : Json());
    entry.set("status", search::to_text(search::life_of(law, *ref.clause, day)));
    clauses.push(std::move(entry));
  }
  Json definitions = Json::list();
  for (const auto& [id, ref] : search::definitions_on(law, day)) definitions.push(definition_json(ref));
  Json groups = Json::object();
  for (const auto& [id, members] : search::groups_on(law, day)) groups.set(id, Json::texts({members.begin(), members.end()}));
  Json out = Json::object();
  out.set("date", day.to_text()).set("as", asked == law::Asked::text ? "text" : "enforced").set("clauses", std::move(clauses));
  out.set("definitions", std::move(definitions)).set("groups", std::move(groups)).set("past_evidence", day > law.evidence_through);
  set_colophon(out, law);
  return out;
}

}  // namespace brightline::report
