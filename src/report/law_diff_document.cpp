#include "report/law_diff_document.h"

#include <algorithm>
#include <functional>

#include "report/evidence.h"
#include "report/law_document.h"

namespace brightline::report {

using base::Json;
using search::Told;

namespace {

constexpr std::array told{Told::paragraph, Told::label, Told::licence, Told::requirement, Told::review};
/// Those listed apart; `licence` is before exceptions and seldom asked.
constexpr std::array listed{Told::paragraph, Told::label, Told::requirement, Told::review};

const char* name_of(Told what) { return search::told_names.at(static_cast<std::size_t>(what)); }

Json clause_change_json(const search::ClauseChange& change) {
  const law::Clause& clause = *change.ref.clause;
  Json out = Json::object();
  out.set("id", clause.id)
      .set("instrument", change.ref.instrument->id)
      .set("how", change.how)
      .set("cite", clause.cite)
      .set("says", clause.says);
  out.set("then", clause.then ? Json(conclusion_text(clause)) : Json()).set("by", change.by == nullptr ? Json() : Json(change.by->id));
  out.set("confidence", law::to_text(clause.confidence));
  return out;
}

Json stay_change_json(const search::StayChange& change) {
  const law::Stay& stay = *change.by.stay;
  Json out = Json::object();
  out.set("id", change.ref.clause->id)
      .set("by", change.by.by->id)
      .set("when", stay.when ? Json(stay.when->text) : Json())
      .set("says", stay.says);
  out.set("from", stay.from.to_text())
      .set("until", stay.until == base::Date::max() ? Json() : Json(stay.until.to_text()))
      .set("cite", stay.cite);
  return out;
}

Json groups_json(const search::LawDiff& diff) {
  Json out = Json::list();
  for (const search::GroupMove& move : diff.groups) {
    Json entry = Json::object();
    entry.set("id", move.id).set("joined", Json::texts(move.joined)).set("left", Json::texts(move.left));
    out.push(std::move(entry));
  }
  return out;
}

Json definition_json(const search::DefineRef& ref) {
  if (ref.define == nullptr) return {};
  Json out = Json::object();
  out.set("instrument", ref.instrument->id).set("is", ref.define->is.text).set("says", ref.define->says);
  return out;
}

Json ids_of(const std::vector<search::Ground>& clauses) {
  Json out = Json::list();
  for (const search::Ground& ground : clauses) out.push(ground.clause->id);
  return out;
}

Json chip_json(const search::ChipChange& change) {
  Json out = Json::object();
  out.set("chip", change.chip->id).set("name", change.chip->name);
  for (const Told what : told) {
    const search::Difference& one = change.of(what);
    Json pair;
    if (one.differs()) {
      pair = Json::object();
      pair.set("before", one.before).set("after", one.after);
    }
    out.set(name_of(what), std::move(pair));
  }
  out.set("no_longer_because", ids_of(change.moved.gone)).set("now_because", ids_of(change.moved.come));
  return out;
}

template <class Entry>
Json list_of(const std::vector<Entry>& entries, Json (*one)(const Entry&)) {
  Json out = Json::list();
  for (const Entry& entry : entries) out.push(one(entry));
  return out;
}

Style style_of(const std::string& value) {
  if (value == "licence" || value == "denial") return Style::bad;
  if (value == "none") return Style::good;
  return Style::plain;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + text;
  return out;
}

std::string clause_list(const char* title, const char* mark, const std::vector<search::ClauseChange>& changes, const Terminal& terminal) {
  if (changes.empty()) return {};
  std::string out = "\n" + terminal.paint(Style::strong, title) + "\n";
  std::vector<std::string> labels;  // many, and each says little: they share one line
  for (const search::ClauseChange& change : changes) {
    const law::Clause& clause = *change.ref.clause;
    if (clause.then && clause.then->verb == law::Verb::label) {
      labels.push_back(clause.then->value);
      continue;
    }
    std::string text = clause.id + " (" + conclusion_text(clause) + "): " + clause.says;
    if (change.how == "enforced") text += "; in the text since " + clause.from.to_text();
    if (change.how == "repealed") text += "; repealed by " + change.by->id;
    if (change.how == "expired") text += "; its term ended on " + clause.until.to_text();
    out += paragraph(text, terminal.width, mark);
  }
  if (!labels.empty()) out += paragraph("labels: " + joined(labels), terminal.width, mark);
  return out;
}

std::string stay_list(const char* title, const char* mark, const std::vector<search::StayChange>& changes, const Terminal& terminal) {
  if (changes.empty()) return {};
  std::string out = "\n" + terminal.paint(Style::strong, title) + "\n";
  for (const search::StayChange& change : changes) {
    const std::string when = change.by.stay->when ? ", when " + change.by.stay->when->text : "";
    out += paragraph(change.ref.clause->id + " by " + change.by.by->id + when + ": " + change.by.stay->says, terminal.width, mark);
  }
  return out;
}

std::string other_lists(const search::LawDiff& diff, const Terminal& terminal) {
  std::string out;
  if (!diff.groups.empty()) out += "\n" + terminal.paint(Style::strong, "Country groups") + "\n";
  for (const search::GroupMove& move : diff.groups) {
    std::string text = move.id + ":";
    for (const std::string& place : move.joined) text += " +" + place;
    for (const std::string& place : move.left) text += " -" + place;
    out += paragraph(text, terminal.width, "  ");
  }
  if (!diff.definitions.empty()) out += "\n" + terminal.paint(Style::strong, "Words whose meaning changed") + "\n";
  for (const search::DefinitionChange& change : diff.definitions) {
    const std::string was = change.before.define == nullptr ? "" : change.before.define->is.text;
    const std::string is = change.after.define == nullptr ? "no longer defined" : change.after.define->is.text;
    out += paragraph(change.id + ": " + is + (was.empty() ? "" : " (was: " + was + ")"), terminal.width, "  ");
  }
  return out;
}

std::string count_text(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

/// Does a clause of this verb speak to that answer?
bool speaks_to(law::Verb verb, Told what) {
  switch (what) {
    case Told::paragraph:
      return verb == law::Verb::classify || verb == law::Verb::presume;
    case Told::label:
      return false;
    case Told::licence:
      return verb == law::Verb::require;
    case Told::requirement:
      return verb == law::Verb::require || verb == law::Verb::permit;
    case Told::review:
      return verb == law::Verb::review;
  }
  return false;
}

/// Chips whose answer the same clauses sent the same way.
struct Turn {
  const search::Difference* difference = nullptr;
  std::vector<std::string> chips;
  std::vector<std::string> now;
  std::vector<std::string> no_longer;
};

void add_once(std::vector<std::string>& to, const std::vector<search::Ground>& clauses, Told what) {
  for (const search::Ground& ground : clauses) {
    const bool known = std::ranges::find(to, ground.clause->id) != to.end();
    if (!known && speaks_to(ground.verb, what)) to.push_back(ground.clause->id);
  }
}

std::vector<Turn> turns_of(const search::LawDiff& diff, Told what) {
  std::vector<Turn> out;
  for (const search::ChipChange& change : diff.chips) {
    const search::Difference& one = change.of(what);
    if (!one.differs()) continue;
    Turn mine{&one, {}, {}, {}};
    add_once(mine.now, change.moved.come, what);
    add_once(mine.no_longer, change.moved.gone, what);
    if (what == Told::review && mine.now.empty() && mine.no_longer.empty()) {  // no policy spoke: the requirement brought the question
      add_once(mine.now, change.moved.come, Told::requirement);
      add_once(mine.no_longer, change.moved.gone, Told::requirement);
    }
    const auto same = [&](const Turn& known) {
      return known.difference->before == one.before && known.difference->after == one.after && known.now == mine.now && known.no_longer == mine.no_longer;
    };
    auto turn = std::ranges::find_if(out, same);
    if (turn == out.end()) turn = out.insert(out.end(), std::move(mine));
    turn->chips.push_back(change.chip->id);
  }
  std::ranges::stable_sort(out, std::ranges::greater(), [](const Turn& turn) { return turn.chips.size(); });
  return out;
}

// "The paragraph changes for 4 chips", then how, with the chips of each way.
std::string chip_list(const search::LawDiff& diff, Told what, const Terminal& terminal) {
  const auto turns = turns_of(diff, what);
  if (turns.empty()) return {};  // the count above says so
  const std::size_t count = diff.changed(what).size();
  std::string out =
      "\n" + terminal.paint(Style::strong, std::string("The ") + name_of(what) + " changes for " + count_text(count, "chip", "chips")) +
      "\n";
  const bool coloured = what == Told::requirement || what == Told::review;
  for (const Turn& turn : turns) {
    out += "  " + turn.difference->before + " -> " +
           terminal.paint(coloured ? style_of(turn.difference->after) : Style::strong, turn.difference->after);
    out += " (" + std::to_string(turn.chips.size()) + ")\n" + paragraph(joined(turn.chips), terminal.width, "    ");
    if (!turn.now.empty()) out += terminal.paint(Style::quiet, paragraph("by " + joined(turn.now), terminal.width, "    "));
    if (!turn.no_longer.empty())
      out += terminal.paint(Style::quiet, paragraph("no longer by " + joined(turn.no_longer), terminal.width, "    "));
  }
  return out;
}

}  // namespace

Json law_diff_document(const search::LawDiff& diff, const law::Law& law) {
  Json out = Json::object();
  out.set("from", diff.before.date.to_text())
      .set("to", diff.after.date.to_text())
      .set("as", diff.before.asked == law::Asked::text ? "text" : "enforced");
  out.set("destination", diff.before.destination).set("letters", diff.before.letters);
  out.set("clauses_added", list_of(diff.added, clause_change_json)).set("clauses_removed", list_of(diff.removed, clause_change_json));
  out.set("stays_begun", list_of(diff.stays_begun, stay_change_json)).set("stays_ended", list_of(diff.stays_ended, stay_change_json));
  out.set("groups", groups_json(diff));
  Json definitions = Json::list();
  for (const search::DefinitionChange& change : diff.definitions) {
    Json entry = Json::object();
    entry.set("id", change.id).set("before", definition_json(change.before)).set("after", definition_json(change.after));
    definitions.push(std::move(entry));
  }
  out.set("definitions", std::move(definitions)).set("chips", list_of(diff.chips, chip_json)).set("chips_judged", diff.judged);
  Json by_change = Json::object();
  for (const Told what : told) by_change.set(name_of(what), Json::texts(diff.changed(what)));
  out.set("by_change", std::move(by_change)).set("past_evidence", diff.after.date > law.evidence_through);
  set_colophon(out, law);
  return out;
}

Table law_diff_table(const search::LawDiff& diff) {
  Table out;
  out.columns = {{.key = "chip", .title = "Chip"},
                 {.key = "name", .title = "Name"},
                 {.key = "change", .title = "Change"},
                 {.key = "before", .title = diff.before.date.to_text()},
                 {.key = "after", .title = diff.after.date.to_text()}};
  for (const Told what : told) {
    for (const search::ChipChange& change : diff.chips) {
      if (change.of(what).differs())
        out.add({change.chip->id, change.chip->name, name_of(what), change.of(what).before, change.of(what).after});
    }
  }
  return out;
}

std::string law_diff_text(const search::LawDiff& diff, const law::Law& law, const Terminal& terminal) {
  std::string verdict = count_text(diff.changed(Told::requirement).size(), "chip", "chips");
  verdict += " of " + std::to_string(diff.judged) + " need something else than before to go to " + diff.before.destination;
  std::string out = terminal.paint(Style::strong, diff.before.date.to_text() + " to " + diff.after.date.to_text() + ": " + verdict) + "\n";
  std::string counts = count_text(diff.added.size(), "clause", "clauses") + " new, " + std::to_string(diff.removed.size()) + " gone";
  for (const Told what : listed)
    counts += "; " + std::string(name_of(what)) + " of " + count_text(diff.changed(what).size(), "chip", "chips");
  counts += diff.before.asked == law::Asked::text ? "; by the text" : "; as enforced";
  if (!diff.before.letters) counts += ", without letters";
  out += paragraph(counts, terminal.width, "  ");
  if (const std::string outside = outside_evidence(law, diff.before.date, diff.after.date); !outside.empty()) {
    out += terminal.paint(
        Style::warning,
        paragraph(outside, terminal.width, "  "));
  }
  for (const Told what : listed) out += chip_list(diff, what, terminal);
  out += clause_list("Clauses that began", "  + ", diff.added, terminal);
  out += clause_list("Clauses that ended", "  - ", diff.removed, terminal);
  out += stay_list("No longer enforced", "  ~ ", diff.stays_begun, terminal);
  out += stay_list("Enforced again", "  ~ ", diff.stays_ended, terminal);
  return out + other_lists(diff, terminal) + colophon(law, terminal);
}

}  // namespace brightline::report
