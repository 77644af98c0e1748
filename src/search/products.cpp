#include "search/products.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "law/describe.h"

namespace brightline::search {

namespace {

int severity(const std::string& requirement) {
  if (requirement == "none") return 0;
  if (requirement == "exception") return 1;
  if (requirement == "notify") return 2;
  return requirement == "licence" ? 3 : 4;
}

// The present value of a measure the designer controls: a point, or the end that matters.
std::optional<base::Exact> present(const law::Interval& value, bool high) {
  if (value.surely_none) return std::nullopt;
  const law::End& end = high ? value.high : value.low;
  if (end.infinite || end.value.is_zero()) return std::nullopt;
  return end.value;
}

double relative_to(const base::Exact& from, const base::Exact& to) { return (to.to_double() - from.to_double()) / from.to_double(); }

}  // namespace

Described describe(const catalogue::Catalogue& catalogue, const chip::Accelerator& chip) {
  Described out{&chip, catalogue.measures(chip), {}};
  if (const auto* maker = catalogue::find_maker(catalogue.references.makers, chip.maker)) out.headquarters = maker->headquarters;
  return out;
}

law::Facts facts_of(const Described& described, const law::Law& law, const Transaction& transaction, base::Problems& problems) {
  law::Facts facts(law);
  law::describe(*described.chip, described.measures, described.headquarters, facts);
  apply(transaction, facts, problems);
  return facts;
}

std::vector<std::string> derived_readings(const Described& described) {
  std::vector<std::string> out;
  const chip::Measure& area = described.measures[chip::MeasureId::applicable_die_area];
  if (!area.value.is_unknown() && !area.note.empty()) out.push_back("applicable die area: " + area.note);
  const chip::Interval& declared = described.measures[chip::MeasureId::declared_tpp].value;
  const chip::Interval& computed = described.measures[chip::MeasureId::computed_tpp].value;
  const bool apart = !declared.is_unknown() && computed.low && computed.high && declared.low && declared.high && (*computed.high < *declared.low || *declared.high < *computed.low);
  if (apart) out.push_back("TPP: the maker's " + chip::to_text(declared, "") + " is taken; computed from its rates it would be " + chip::to_text(computed, ""));
  return out;
}

std::vector<Margin> margins_of(const law::Answer& answer) {
  std::vector<Margin> out;
  std::set<std::pair<std::size_t, base::Exact>> seen;
  for (const law::CompiledClause& clause : answer.code->clauses) {
    if (clause.verb != law::Verb::classify) continue;
    for (const std::uint32_t at : clause.atoms) {
      const law::Atom& atom = answer.code->atoms[at];
      if (atom.kind != law::Atom::Kind::number) continue;
      const law::Comparison comparison = law::compare(answer, atom);
      if (std::isnan(comparison.margin) || !seen.emplace(atom.measure, atom.limit).second) continue;
      out.push_back({comparison.measure->name, comparison.measure->unit, law::to_text(atom.relation), atom.limit, *comparison.value, comparison.margin,
                     clause.clause->id, clause.clause->cite});
    }
  }
  std::ranges::stable_sort(out, {}, [](const Margin& m) { return std::fabs(m.relative); });
  return out;
}

// Tries each line of each one-word measure: set the measure just on its better side, leave all else, judge again.
// For a product of two words the numerator falls (density below a line means a lower TPP at the same area).
std::vector<Change> changes_of(const law::Facts& facts, const law::Code& code, const law::Answer& answer) {
  std::vector<Change> out;
  const std::string now = answer.requirement();
  if (severity(now) == 0 || now == "undetermined") return out;
  law::Judge judge(code);
  const auto try_at = [&](std::size_t word, const base::Exact& limit, const base::Exact& value, bool inclusive, bool upwards, const base::Exact& from) {
    law::Facts changed = facts;
    changed.set_number(word, value);
    const std::string then = judge.judge(changed).requirement();
    if (severity(then) >= severity(now) || then == "undetermined") return;
    const law::Word& entry = code.law->vocabulary.words()[word];
    out.push_back({entry.id, entry.unit, limit, inclusive, upwards, relative_to(from, limit), then});
  };
  for (const law::Measure& measure : code.measures) {
    const bool ratio = measure.steps.size() == 3 && measure.steps[2].op == law::NumberStep::Op::over && measure.words.size() == 2;
    if (measure.steps.size() != 1 && !ratio) continue;
    const std::size_t word = measure.words[0];
    const auto value = present(law::interval_of(facts[word]), true);
    const auto below = ratio ? present(law::interval_of(facts[measure.words[1]]), false) : std::optional(base::Exact(1));
    if (!value || !below) continue;
    for (const law::Boundary& boundary : measure.boundaries) {
      const auto limit = times(boundary.value, *below);
      if (!limit || limit->is_zero()) continue;
      // a hair inside the line, where no other line can lie between
      const auto inside = times(*limit, *base::Exact::ratio(999'999, 1'000'000));
      if (inside && *limit <= *value) try_at(word, *limit, boundary.above ? *limit : *inside, boundary.above, false, *value);
    }
    if (!ratio) continue;
    const auto area = present(law::interval_of(facts[measure.words[1]]), false);
    for (const law::Boundary& boundary : measure.boundaries) {
      if (boundary.value.is_zero() || !area) continue;
      const auto limit = over(*value, boundary.value);
      const auto beyond = limit ? times(*limit, *base::Exact::ratio(1'000'001, 1'000'000)) : std::nullopt;
      if (beyond && *limit >= *area) try_at(measure.words[1], *limit, *beyond, false, true, *area);
    }
  }
  std::ranges::stable_sort(out, [](const Change& a, const Change& b) {
    const int left = severity(a.requirement);
    const int right = severity(b.requirement);
    return left != right ? left < right : std::fabs(a.relative) < std::fabs(b.relative);
  });
  // of changes of one measure to one standing the smallest is enough
  std::set<std::pair<std::string, std::string>> seen;
  std::erase_if(out, [&](const Change& change) { return !seen.emplace(change.measure, change.requirement).second; });
  return out;
}

Product judge_one(const Described& described, const law::Code& code, const Transaction& transaction, base::Problems& problems) {
  const law::Facts facts = facts_of(described, *code.law, transaction, problems);
  law::Judge judge(code);
  Product out;
  out.described = described;
  out.answer = judge.judge(facts);
  out.margins = margins_of(out.answer);
  out.changes = changes_of(facts, code, out.answer);
  return out;
}

std::vector<Product> judge_all(const catalogue::Catalogue& catalogue, CodeBook& codes, const Transaction& transaction, base::Problems& problems) {
  const law::Code& code = codes.at(transaction.reading());
  std::vector<Product> out;
  out.reserve(catalogue.accelerators.size());
  for (const chip::Accelerator& chip : catalogue.accelerators) {
    out.push_back(judge_one(describe(catalogue, chip), code, transaction, problems));
    if (!problems.empty()) break;  // a mistake in the transaction is the same for every product
  }
  return out;
}

}  // namespace brightline::search
