#include "search/law_diff.h"

#include <algorithm>

namespace brightline::search {

namespace {

using law::Instrument;

void compare_clauses(const law::Law& law, LawDiff& out) {
  const base::Date before = out.before.date;
  const base::Date after = out.after.date;
  for (const Instrument& instrument : law.instruments) {
    if (instrument.kind == law::InstrumentKind::letter && !out.before.letters) continue;
    for (const law::Clause& clause : instrument.clauses) {
      const ClauseRef ref{&instrument, &clause};
      const bool stood = stands(law, clause, before, out.before.asked);
      const bool is = stands(law, clause, after, out.before.asked);
      if (is && !stood) out.added.push_back({ref, clause.from <= before ? "enforced" : "began", nullptr});
      if (stood && !is) {
        const auto ending = ending_of(law, clause.id);
        const bool repealed = ending && ending->from <= after;
        out.removed.push_back({ref, repealed ? "repealed" : "expired", repealed ? ending->by : nullptr});
      }
    }
  }
}

void compare_stays(const law::Law& law, LawDiff& out) {
  const auto holds = [](const law::Stay& stay, base::Date day) { return stay.from <= day && day <= stay.until; };
  for (const Instrument& instrument : law.instruments) {
    for (const law::Stay& stay : instrument.stays) {
      const bool held = holds(stay, out.before.date);
      const bool does = holds(stay, out.after.date);
      const auto clauses = clauses_called(law, stay.id);
      if (held == does || clauses.empty()) continue;
      (does ? out.stays_begun : out.stays_ended).push_back({clauses.front(), {&instrument, &stay}});
    }
  }
}

void compare_groups(const law::Law& law, LawDiff& out) {
  Groups before = groups_on(law, out.before.date);
  const Groups after = groups_on(law, out.after.date);
  for (const auto& [id, places] : after) {
    const std::set<std::string>& old = before[id];
    GroupMove move{id, {}, {}};
    std::ranges::set_difference(places, old, std::back_inserter(move.joined));
    std::ranges::set_difference(old, places, std::back_inserter(move.left));
    if (!move.joined.empty() || !move.left.empty()) out.groups.push_back(std::move(move));
  }
}

void compare_definitions(const law::Law& law, LawDiff& out) {
  auto before = definitions_on(law, out.before.date);
  auto after = definitions_on(law, out.after.date);
  for (const auto& [id, ref] : after) before.try_emplace(id);
  for (const auto& [id, ref] : before) {
    const DefineRef now = after[id];
    if (now.define != ref.define) out.definitions.push_back({id, ref, now});
  }
}

ChipChange compare_answers(const chip::Accelerator& chip, const law::Answer& before, const law::Answer& after) {
  ChipChange out{&chip, {}, {}};
  const auto set = [&](Told what, std::string was, std::string is) {
    out.answers[static_cast<std::size_t>(what)] = {std::move(was), std::move(is)};
  };
  set(Told::paragraph, before.paragraph(), after.paragraph());
  set(Told::label, before.label(), after.label());
  set(Told::licence, before.licence(), after.licence());
  set(Told::requirement, before.requirement(), after.requirement());
  set(Told::review, before.review(), after.review());
  out.moved = what_moved(grounds_of(before), grounds_of(after));
  return out;
}

void compare_chips(const catalogue::Catalogue& catalogue, CodeBook& codes, LawDiff& out, base::Problems& problems) {
  law::Judge judge_before(codes.at(out.before.reading()));
  law::Judge judge_after(codes.at(out.after.reading()));
  for (const chip::Accelerator& chip : catalogue.accelerators) {
    const law::Facts facts = facts_of(describe(catalogue, chip), codes.law(), out.before, problems);
    if (!problems.empty()) return;  // a mistake in the transaction is the same for every product
    ChipChange change = compare_answers(chip, judge_before.judge(facts), judge_after.judge(facts));
    ++out.judged;
    if (std::ranges::any_of(change.answers, &Difference::differs)) out.chips.push_back(std::move(change));
  }
}

}  // namespace

bool LawDiff::empty() const {
  return added.empty() && removed.empty() && stays_begun.empty() && stays_ended.empty() && groups.empty() && definitions.empty() &&
         chips.empty();
}

std::vector<std::string> LawDiff::changed(Told what) const {
  std::vector<std::string> out;
  for (const ChipChange& change : chips) {
    if (change.of(what).differs()) out.push_back(change.chip->id);
  }
  return out;
}

LawDiff diff_law(const catalogue::Catalogue& catalogue, CodeBook& codes, const Transaction& transaction, base::Date before,
                 base::Date after, base::Problems& problems) {
  LawDiff out;
  out.before = transaction;
  out.after = transaction;
  out.before.date = before;
  out.after.date = after;
  compare_clauses(codes.law(), out);
  compare_stays(codes.law(), out);
  compare_groups(codes.law(), out);
  compare_definitions(codes.law(), out);
  compare_chips(catalogue, codes, out, problems);
  return out;
}

}  // namespace brightline::search
