#include "law/facts.h"

#include <algorithm>

#include "base/quantity_text.h"

namespace brightline::law {

namespace {

// Beyond these a measure could leave exact arithmetic; no chip and no contract comes near.
constexpr std::int64_t largest_num = 1'000'000'000'000'000;
constexpr std::int64_t largest_den = 1'000'000;

// A bare number is in the word's own unit, or in `unit` where the text states one elsewhere.
std::expected<base::Exact, std::string> read_number(std::string_view text, const Word& word, std::string_view unit) {
  std::optional<base::Exact> value = base::Exact::parse(text);
  if (!value || !unit.empty()) {
    const auto read = base::parse_quantity(value ? std::string(text) + " " + std::string(unit) : std::string(text), word.unit);
    if (!read) return std::unexpected(read.error().message + (read.error().hint.empty() ? "" : " (" + read.error().hint + ")"));
    value = *read;
  }
  if (*value < base::Exact()) return std::unexpected("'" + std::string(text) + "' is negative");
  if (value->num() > largest_num || value->den() > largest_den) return std::unexpected("'" + std::string(text) + "' is beyond any chip");
  return *value;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// "600 to 700 mm2": the unit of the second number serves the first.
std::string_view unit_at_end(std::string_view text) {
  const std::size_t digit = text.find_last_of("0123456789");
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos || digit == std::string_view::npos) return {};
  return trimmed(text.substr(space + 1));
}

}  // namespace

std::string to_text(Truth truth) {
  switch (truth) {
    case Truth::no: return "no";
    case Truth::yes: return "yes";
    case Truth::unknown: return "unknown";
  }
  return "unknown";
}

std::string_view place_as_law_reads(std::string_view place) { return place == "HK" ? std::string_view("CN") : place; }

Facts::Facts(const Law& law) : law_(&law), facts_(law.vocabulary.words().size()) {}

void Facts::set_range(std::size_t word, const base::Exact& low, const base::Exact& high) {
  Fact& fact = facts_[word];
  fact.known = true;
  fact.low = low;
  fact.high = high;
  fact.unbounded = false;
}

void Facts::set_at_least(std::size_t word, const base::Exact& low) {
  set_range(word, low, low);
  facts_[word].unbounded = true;
}

void Facts::set_truth(std::size_t word, bool value) {
  facts_[word].known = true;
  facts_[word].truth = value ? Truth::yes : Truth::no;
}

void Facts::set_name(std::size_t word, std::string_view name) {
  Fact& fact = facts_[word];
  fact.known = true;
  const bool place = law_->vocabulary.words()[word].type == WordType::place;
  fact.name = place ? place_as_law_reads(name) : name;
  fact.symbol = law_->symbols.find(fact.name);
}

std::expected<void, std::string> Facts::set_text(std::size_t word, std::string_view text) {
  const Word& entry = law_->vocabulary.words()[word];
  text = trimmed(text);
  if (text.empty() || text == "unknown") {
    clear(word);
    return {};
  }
  if (entry.type == WordType::truth) {
    const bool yes = text == "yes" || text == "Y" || text == "y" || text == "true";
    const bool no = text == "no" || text == "N" || text == "n" || text == "false";
    if (!yes && !no) return std::unexpected("'" + std::string(text) + "' is neither yes nor no");
    set_truth(word, yes);
    return {};
  }
  if (entry.type == WordType::number) {
    if (entry.unit.empty() && text.ends_with('%')) return std::unexpected("'" + std::string(text) + "' is a share, which does not measure this (write a plain number, such as 2368)");
    const std::size_t to = text.find(" to ");
    const std::string_view second = to == std::string_view::npos ? text : text.substr(to + 4);
    const auto low = read_number(trimmed(text.substr(0, to)), entry, to == std::string_view::npos ? "" : unit_at_end(second));
    const auto high = read_number(trimmed(second), entry, "");
    if (!low) return std::unexpected(low.error());
    if (!high) return std::unexpected(high.error());
    if (*high < *low) return std::unexpected("'" + std::string(text) + "' ends below where it begins");
    set_range(word, *low, *high);
    return {};
  }
  if (!entry.values.empty() && std::ranges::find(entry.values, text) == entry.values.end()) {
    std::string message = "'" + std::string(text) + "' is no value of " + entry.id;
    const std::string near = base::did_you_mean(text, entry.values);
    if (!near.empty()) return std::unexpected(message + " (" + near + ")");
    message += " (one of";
    for (const std::string& value : entry.values) message += " " + value;
    return std::unexpected(message + ")");
  }
  set_name(word, text);
  return {};
}

void Facts::assume(const std::vector<std::size_t>& leave) { assume(Assumptions(*law_), leave); }

void Facts::assume(const Assumptions& assumptions, const std::vector<std::size_t>& leave) {
  for (const Assumptions::Entry& entry : assumptions.entries()) {
    if (facts_[entry.word].known || std::ranges::find(leave, entry.word) != leave.end()) continue;
    const Fact& fact = entry.source ? facts_[*entry.source] : entry.fact;
    if (!fact.known) continue;
    facts_[entry.word] = fact;
    if (!law_->vocabulary.words()[entry.word].silent) assumed_.push_back(entry.word);
  }
}

std::vector<Assumption> Facts::assumptions() const {
  std::vector<Assumption> out;
  for (const std::size_t word : assumed_) out.push_back({word, law_->vocabulary.words()[word].assumed_says});
  return out;
}

Assumptions::Assumptions(const Law& law) {
  const auto& words = law.vocabulary.words();
  std::vector<Entry> copies;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& assumed = words[i].assumed;
    if (assumed.empty()) continue;
    Entry entry;
    entry.word = i;
    if (assumed.starts_with("= ")) {
      entry.source = law.vocabulary.find(std::string_view(assumed).substr(2));
      if (entry.source) copies.push_back(std::move(entry));
      continue;
    }
    Facts one(law);
    if (!one.set_text(i, assumed)) continue;
    entry.fact = one[i];
    entries_.push_back(std::move(entry));
  }
  // a copy of a copy must come after it; chains are short
  for (std::size_t rounds = copies.size(); rounds > 0 && !copies.empty(); --rounds) {
    for (auto at = copies.begin(); at != copies.end();) {
      const bool waits = std::ranges::any_of(copies, [&](const Entry& other) { return other.word == *at->source; });
      if (waits) {
        ++at;
        continue;
      }
      entries_.push_back(std::move(*at));
      at = copies.erase(at);
    }
  }
}

}  // namespace brightline::law
