#include "agreement/random_facts.h"

#include <iterator>

#include "base/quantity_text.h"

namespace brightline::tests {

namespace {

using base::Exact;
using Op = law::Expression::Op;
const Exact millionth = *Exact::ratio(1, 1'000'000);

template <class Set>
const auto& pick(const Set& from, std::size_t at) {
  return *std::next(from.begin(), static_cast<std::ptrdiff_t>(at));
}

}  // namespace

RandomFacts::RandomFacts(const law::Law& law, std::uint64_t seed) : law_(law), random_(seed) {
  std::set<std::string> places{"US", "FR", "TW", "SG", "BR", "ZZ"};
  std::set<base::Date> days;
  for (const law::Asked asked : {law::Asked::text, law::Asked::enforced}) {
    for (const base::Date day : law.change_days(asked)) {
      days.insert(day.previous());
      days.insert(day);
      days.insert(day.next());
    }
  }
  days_.assign(days.begin(), days.end());
  for (const auto& instrument : law.instruments) {
    for (const auto& group : instrument.groups) places.insert(group.add.begin(), group.add.end());
    for (const auto& define : instrument.defines) learn(define.is.expression);
    for (const auto& clause : instrument.clauses) learn(clause.when.expression);
    for (const std::string& maker : instrument.addressees) names_["maker"].insert(maker);
  }
  for (const law::Word& word : law.vocabulary.words()) {
    auto& names = names_[word.id];
    names.insert(word.values.begin(), word.values.end());
    if (word.type == law::WordType::place) names.insert(places.begin(), places.end());
    if (word.type == law::WordType::one_of && word.values.empty()) names.insert("somebody-else");
  }
}

void RandomFacts::learn_number(const law::Expression& word, const law::Expression& limit) {
  if (word.op != Op::name || limit.op != Op::number) return;
  const auto at = law_.vocabulary.find(word.name);
  Exact value = limit.number;
  if (at && limit.has_unit) {
    const auto* from = base::find_unit(limit.unit);
    const auto* to = base::find_unit(law_.vocabulary.words()[*at].unit);
    if (from != nullptr && to != nullptr) value = base::convert(value, *from, *to).value_or(value);
  }
  limits_[word.name].insert(value);
}

void RandomFacts::learn(const law::Expression& e) {
  if (e.op == Op::relation) {
    learn_number(e.kids[0], e.kids[1]);
    learn_number(e.kids[1], e.kids[0]);
  }
  if (e.op == Op::member && !e.group) names_[e.name].insert(e.names.begin(), e.names.end());
  for (const law::Expression& kid : e.kids) learn(kid);
}

std::size_t RandomFacts::below(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }
bool RandomFacts::truth() { return below(2) == 1; }
base::Date RandomFacts::day() { return days_[below(days_.size())]; }

Exact RandomFacts::number(const std::string& word) {
  const auto& limits = limits_[word];
  if (limits.empty() || below(8) == 0) return Exact(static_cast<std::int64_t>(below(60'000)));
  const Exact limit = pick(limits, below(limits.size()));
  switch (below(6)) {
    case 0: return limit.is_zero() ? limit : *minus(limit, millionth);
    case 1: return *plus(limit, millionth);
    case 2: return *times(limit, *Exact::ratio(static_cast<std::int64_t>(50 + below(100)), 100));
    case 3: return Exact();
    default: return limit;
  }
}

std::string RandomFacts::name(const std::string& word) {
  const auto& names = names_[word];
  if (names.empty()) return "somebody";
  // half of all places are the few that matter most
  if (names.contains("CN") && truth()) return std::vector<std::string>{"CN", "MO", "US", "AE", "MY", "SA"}[below(6)];
  return pick(names, below(names.size()));
}

NaiveFacts RandomFacts::complete() {
  NaiveFacts out;
  for (const law::Word& word : law_.vocabulary.words()) {
    if (word.type == law::WordType::number) {
      out.numbers[word.id] = number(word.id);
    } else if (word.type == law::WordType::truth) {
      out.truths[word.id] = truth();
    } else {
      out.names[word.id] = name(word.id);
    }
  }
  // an area that puts the density on one of its lines, or beside it
  const Exact density = number("performance_density");
  if (below(4) != 0 && !density.is_zero()) out.numbers["applicable_die_area"] = *over(out.numbers["tpp"], density);
  if (below(16) == 0) out.numbers["applicable_die_area"] = Exact();
  if (below(2) == 0) out.names["item_kind"] = "ic";
  if (below(2) == 0) out.names["action"] = "export";
  if (below(2) == 0) out.names["described_in"] = "none";
  for (const char* rare : {"supercomputer_end_use", "listed_party", "lpp_claimed", "aia_consignee", "acm_production"}) out.truths[rare] = below(6) == 0;
  return out;
}

law::Facts engine_facts(const law::Law& law, const NaiveFacts& facts) {
  law::Facts out(law);
  for (const auto& [word, value] : facts.numbers) {
    if (word != "performance_density") out.set_number(law.vocabulary.at(word), value);
  }
  for (const auto& [word, value] : facts.truths) out.set_truth(law.vocabulary.at(word), value);
  for (const auto& [word, value] : facts.names) out.set_name(law.vocabulary.at(word), value);
  return out;
}

std::string to_text(const NaiveFacts& facts) {
  std::string out;
  for (const auto& [word, value] : facts.numbers) out += "  " + word + " = " + value.to_text() + "\n";
  for (const auto& [word, value] : facts.truths) out += value ? "  " + word + "\n" : "";
  for (const auto& [word, value] : facts.names) out += "  " + word + " is " + value + "\n";
  return out;
}

}  // namespace brightline::tests
