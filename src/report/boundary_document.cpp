#include "report/boundary_document.h"

#include <cmath>
#include <set>

#include "report/judge_document.h"
#include "report/study_document.h"
#include "report/terminal_number.h"

namespace brightline::report {

using base::Json;

namespace {

Json clause_json(const law::CompiledClause& clause) {
  Json out = Json::object();
  out.set("clause", clause.clause->id).set("cite", clause.clause->cite).set("says", clause.clause->says).set("condition", clause.clause->when.text);
  out.set("concludes", clause.concludes ? law::to_text(clause.verb) + " " + clause.clause->then->value : "defeats");
  out.set("confidence", law::to_text(clause.clause->confidence)).set("instrument", clause.instrument->id);
  if (clause.letter) out.set("addressees", Json::texts(clause.instrument->addressees));
  if (!clause.stayed.empty()) out.set("stayed", clause.stayed);
  return out;
}

Json law_json(const search::Boundary& boundary) {
  const law::Law& law = *boundary.code->law;
  Json clauses = Json::list();
  for (const law::CompiledClause& clause : boundary.code->clauses) {
    if (clause.verb == law::Verb::label) continue;  // names of entries, not lines
    clauses.push(clause_json(clause));
  }
  Json out = Json::object();
  out.set("version", law.version).set("with", Json::texts(law.with)).set("date", boundary.transaction.date.to_text());
  out.set("as", boundary.transaction.asked == law::Asked::text ? "text" : "enforced").set("evidence_through", law.evidence_through.to_text());
  out.set("past_evidence", boundary.past_evidence).set("clauses", std::move(clauses)).set("unresolved", Json::texts(boundary.unresolved));
  return out;
}

Json edge_json(const law::RegionEdge& edge) {
  Json out = Json::object();
  out.set("tpp", edge.infinite || edge.per_area ? Json() : Json(edge.value));
  out.set("tpp_per_mm2", edge.per_area ? Json(edge.value) : Json());
  out.set("inclusive", edge.above);
  Json clauses = Json::list();
  for (const law::CompiledClause* clause : edge.clauses) clauses.push(clause->clause->id);
  out.set("clauses", std::move(clauses));
  return out;
}

Json region_json(const search::Boundary& boundary, const law::Region& region) {
  Json bands = Json::list();
  for (const law::RegionBand& band : region.bands) {
    Json pieces = Json::list();
    for (const law::RegionPiece& piece : band.pieces) {
      Json entry = Json::object();
      entry.set("up_to", law::to_text(piece.high)).set("upper", edge_json(piece.high)).set("requirement", law::to_text(piece.standing.requirement));
      if (piece.standing.requirement == law::Requirement::licence && piece.standing.review != 0) entry.set("review", law::review_name(*boundary.code, piece.standing.review));
      pieces.push(std::move(entry));
    }
    Json entry = Json::object();
    entry.set("areas", law::areas_of(band)).set("area_from_mm2", band.area_low).set("area_to_mm2", band.high_infinite ? Json() : Json(band.area_high));
    entry.set("pieces", std::move(pieces));
    bands.push(std::move(entry));
  }
  Json out = Json::object();
  out.set("where", law::contexts_text(*boundary.map, region)).set("bands", std::move(bands));
  return out;
}

Json product_json(const search::Product& product) {
  const chip::Accelerator& chip = *product.described.chip;
  Json measures = Json::object();
  for (const chip::MeasureInfo& info : chip::measure_table) {
    const chip::Interval& value = product.described.measures[info.id].value;
    Json number;
    if (value.is_exact()) {
      number = *value.stated;
    } else if (!value.is_unknown()) {
      number = Json::object();
      number.set("low", value.low ? Json(*value.low) : Json()).set("high", value.high ? Json(*value.high) : Json()).set("stated", value.stated ? Json(*value.stated) : Json());
    }
    measures.set(key_with_unit(info.name, info.unit), std::move(number));
  }
  Json margins = Json::list();
  for (const search::Margin& margin : product.margins) {
    Json entry = Json::object();
    entry.set("measure", margin.measure).set("relation", margin.relation).set("limit", margin.limit).set("value", interval_json(margin.value));
    entry.set("margin", margin.relative).set("clause", margin.clause).set("cite", margin.cite);
    margins.push(std::move(entry));
  }
  const law::Answer& answer = product.answer;
  Json out = Json::object();
  out.set("chip", chip.id).set("name", chip.name).set("maker", chip.maker).set("paragraph", answer.paragraph()).set("label", answer.label());
  out.set("licence", answer.licence()).set("requirement", answer.requirement()).set("exceptions", Json::texts(answer.exceptions())).set("review", answer.review());
  out.set("flags", Json::texts(answer.set_of(law::Verb::flag))).set("missing", missing_json(answer)).set("measures", std::move(measures));
  out.set("margins", std::move(margins)).set("changes", changes_json(product.changes));
  return out;
}

Json corner_json(const search::Corner& corner) {
  Json clauses = Json::list();
  for (const law::CompiledClause* clause : corner.clauses) clauses.push(clause->clause->id);
  Json parameters = Json::object();
  parameters.set("applicable_die_area_mm2", corner.area).set("datacenter", corner.datacenter);
  Json measures = Json::object();
  measures.set("tpp_below", corner.tpp);
  Json out = Json::object();
  out.set("kind", "corner").set("parameters", std::move(parameters)).set("measures", std::move(measures)).set("bound", corner.bound).set("binding_clauses", std::move(clauses));
  return out;
}

}  // namespace

std::string route_text(const search::Transaction& transaction) {
  std::string out = (transaction.action.empty() ? "export" : transaction.action) + " to " + (transaction.destination.empty() ? "an unknown place" : transaction.destination);
  if (!transaction.headquarters.empty() && transaction.headquarters != transaction.destination) out += " for a party headquartered in " + transaction.headquarters;
  return out + " on " + transaction.date.to_text() + (transaction.asked == law::Asked::text ? ", by the text" : ", as enforced");
}

std::string change_text(const std::vector<search::Change>& changes) {
  if (changes.empty()) return {};
  const search::Change& change = changes.front();
  std::string measure = change.measure == "tpp" ? "TPP" : change.measure == "applicable_die_area" ? "die area" : change.measure;
  for (char& c : measure) {
    if (c == '_') c = ' ';
  }
  std::string out = measure + (change.upwards ? " > " : change.inclusive ? " <= " : " < ") + quantity_text(change.limit, change.unit, 1);
  out += " (" + std::string(change.relative < 0 ? "-" : "+") + rounded_text(std::fabs(change.relative) * 100) + " %)";
  if (change.requirement != "none") out += ": " + change.requirement;
  return out;
}

Json boundary_document(const search::Boundary& boundary, const BoundaryExtras& extras) {
  Json regions = Json::list();
  for (const law::Region& region : boundary.regions) regions.push(region_json(boundary, region));
  Json reviews = Json::list();
  for (const law::Region& region : boundary.reviews) reviews.push(region_json(boundary, region));
  Json products = Json::list();
  for (const search::Product& product : boundary.products) products.push(product_json(product));
  Json corners = Json::list();
  for (const search::Corner& corner : boundary.corners) corners.push(corner_json(corner));
  Json searches = Json::list();
  std::vector<Json> documents;
  for (const search::Study* study : extras.studies) documents.push_back(study_document(*study));
  if (extras.kept != nullptr) documents.push_back(*extras.kept);
  for (Json& document : documents) {
    for (const Json& design : std::get<Json::List>(document.find("designs")->value())) corners.push(design);
    searches.push(std::move(document));
  }
  const bool kept = extras.kept != nullptr;
  Json effort = kept ? *extras.kept->find("effort") : effort_json(extras.studies, extras.ranks);
  effort.set("ranks", extras.ranks).set("products_judged", boundary.products.size()).set("cells_visited", boundary.cells_visited).set("region_seconds", boundary.seconds);
  Json certificate = kept ? *extras.kept->find("certificate") : certificate_json(extras.studies);
  Json provenance = Json::object();
  provenance.set("law_version", boundary.code->law->version).set("data_version", extras.data_version).set("program_version", extras.program_version);
  Json assumptions = Json::list();
  for (const law::Assumption& assumption : boundary.assumptions) assumptions.push(assumption.says);
  Json out = Json::object();
  out.set("destination", boundary.transaction.destination).set("date", boundary.transaction.date.to_text()).set("workloads", Json::texts(extras.workloads));
  out.set("law", law_json(boundary)).set("region", std::move(regions)).set("review_region", std::move(reviews));
  out.set("products", std::move(products)).set("designs", std::move(corners)).set("searches", std::move(searches)).set("effort", std::move(effort));
  out.set("certificate", std::move(certificate)).set("assumptions", std::move(assumptions)).set("provenance", std::move(provenance)).set("notice", not_legal_advice);
  return out;
}

}  // namespace brightline::report
