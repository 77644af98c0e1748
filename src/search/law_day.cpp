#include "search/law_day.h"

#include <algorithm>
#include <array>

namespace brightline::search {

namespace {

using law::Instrument;

struct Count {
  int all = 0;
  int later = 0;
  int stayed = 0;
  int partly = 0;
  int ended = 0;
};

Count count_clauses(const law::Law& law, const Instrument& instrument, base::Date day) {
  Count count;
  for (const law::Clause& clause : instrument.clauses) {
    ++count.all;
    switch (life_of(law, clause, day)) {
      case Life::not_yet:
      case Life::not_yet_enforced:
        ++count.later;
        break;
      case Life::in_force:
        break;
      case Life::partly_stayed:
        ++count.partly;
        break;
      case Life::stayed:
        ++count.stayed;
        break;
      case Life::repealed:
      case Life::expired:
        ++count.ended;
        break;
    }
  }
  return count;
}

std::string clauses_status(const Count& count) {
  if (count.ended == count.all) return "repealed";
  if (count.stayed == count.all - count.ended) return "stayed";
  std::string out = count.ended > 0 ? "partly repealed" : "";
  const auto add = [&out](const char* text) { out += (out.empty() ? "" : ", ") + std::string(text); };
  if (count.stayed + count.partly > 0) add("partly stayed");
  if (count.later > 0) add("partly not yet enforced");
  return out.empty() ? "in force" : out;
}

// An instrument without clauses lives by what it does to others.
std::string effects_status(const Instrument& instrument, base::Date day) {
  const bool acts = !instrument.stays.empty() || !instrument.groups.empty() || !instrument.repeals.empty() || !instrument.defines.empty();
  if (!acts) return instrument.kind == law::InstrumentKind::rule ? "unread" : "open point";
  const bool only_stays = instrument.groups.empty() && instrument.repeals.empty() && instrument.defines.empty();
  const bool over = std::ranges::all_of(instrument.stays, [day](const law::Stay& stay) { return stay.until < day; });
  return only_stays && over ? "ended" : "in force";
}

std::string addressees(const Instrument& instrument) {
  std::string out;
  for (const std::string& maker : instrument.addressees) out += (out.empty() ? "" : ", ") + maker;
  return out;
}

}  // namespace

std::string to_text(Life life) {
  constexpr std::array names{"not yet", "not yet enforced", "in force", "partly stayed", "stayed", "repealed", "expired"};
  return names.at(static_cast<std::size_t>(life));
}

std::optional<Ending> ending_of(const law::Law& law, std::string_view id) {
  std::optional<Ending> out;
  for (const Instrument& instrument : law.instruments) {
    for (const law::Repeal& repeal : instrument.repeals) {
      if (repeal.id == id && (!out || repeal.from < out->from)) out = Ending{&instrument, repeal.from};
    }
  }
  return out;
}

std::vector<StayedBy> stays_of(const law::Law& law, std::string_view id) {
  std::vector<StayedBy> out;
  for (const Instrument& instrument : law.instruments) {
    for (const law::Stay& stay : instrument.stays) {
      if (stay.id == id) out.push_back({&instrument, &stay});
    }
  }
  return out;
}

bool stands(const law::Law& law, const law::Clause& clause, base::Date day, law::Asked asked) {
  const base::Date from = asked == law::Asked::enforced ? clause.enforced_from : clause.from;
  const auto ending = ending_of(law, clause.id);
  return from <= day && day <= clause.until && (!ending || day < ending->from);
}

Life life_of(const law::Law& law, const law::Clause& clause, base::Date day) {
  if (const auto ending = ending_of(law, clause.id); ending && ending->from <= day) return Life::repealed;
  if (clause.until < day) return Life::expired;
  if (day < clause.from) return Life::not_yet;
  bool partly = false;
  for (const StayedBy& one : stays_of(law, clause.id)) {
    if (day < one.stay->from || one.stay->until < day) continue;
    if (!one.stay->when) return Life::stayed;
    partly = true;
  }
  if (day < clause.enforced_from) return Life::not_yet_enforced;
  return partly ? Life::partly_stayed : Life::in_force;
}

std::string status_of(const law::Law& law, const Instrument& instrument, base::Date day) {
  const bool applied = std::ranges::any_of(law.instruments, [&](const Instrument& one) { return &one == &instrument; });
  if (!applied) return "proposed";
  std::string out = instrument.clauses.empty() ? effects_status(instrument, day) : clauses_status(count_clauses(law, instrument, day));
  if (day < instrument.effective) out = "from " + instrument.effective.to_text();
  if (instrument.kind == law::InstrumentKind::letter) {
    out = "letter to " + addressees(instrument) + (out == "in force" ? "" : ", " + out);
  }
  return instrument.proposed ? "proposed, applied" : out;
}

Groups groups_on(const law::Law& law, base::Date day) {
  std::vector<const law::GroupChange*> changes;
  for (const Instrument& instrument : law.instruments) {
    for (const law::GroupChange& change : instrument.groups) {
      if (change.from <= day) changes.push_back(&change);
    }
  }
  std::ranges::stable_sort(changes, {}, &law::GroupChange::from);
  Groups out;
  for (const law::GroupChange* change : changes) {
    auto& group = out[change->id];
    group.insert(change->add.begin(), change->add.end());
    for (const std::string& place : change->remove) group.erase(place);
  }
  return out;
}

std::map<std::string, DefineRef> definitions_on(const law::Law& law, base::Date day) {
  std::map<std::string, DefineRef> out;
  for (const Instrument& instrument : law.instruments) {
    for (const law::Define& define : instrument.defines) {
      const auto ending = ending_of(law, instrument.id + ":" + define.id);
      if (define.from > day || (ending && ending->from <= day)) continue;
      DefineRef& slot = out[define.id];
      if (slot.define == nullptr || slot.define->from <= define.from) slot = {&instrument, &define};
    }
  }
  return out;
}

std::string short_id(std::string_view id) {
  const std::size_t colon = id.find(':');
  return std::string(colon == std::string_view::npos ? id : id.substr(colon + 1));
}

std::vector<ClauseRef> clauses_called(const law::Law& law, std::string_view id) {
  std::vector<ClauseRef> out;
  const auto look = [&](const std::vector<Instrument>& instruments) {
    for (const Instrument& instrument : instruments) {
      for (const law::Clause& clause : instrument.clauses) {
        if (clause.id == id || short_id(clause.id) == id) out.push_back({&instrument, &clause});
      }
    }
  };
  look(law.instruments);
  look(law.proposed);
  return out;
}

}  // namespace brightline::search
