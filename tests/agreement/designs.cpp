#include "agreement/designs.h"

#include <algorithm>
#include <bit>

namespace brightline::tests {

namespace {

using base::Exact;
using law::Axis;
using Step = law::NumberStep::Op;

const Exact millionth = *Exact::ratio(1, 1'000'000);

bool is_quotient(const law::Measure& m) { return m.steps.size() == 3 && m.steps[2].op == Step::over; }
bool is_sum(const law::Measure& m) { return m.steps.size() == 3 && m.steps[2].op == Step::plus; }

std::optional<Exact> value_of(const law::Measure& measure, const Values& values) {
  if (measure.steps.size() == 1) return values.at(measure.steps[0].word);
  const Exact& a = values.at(measure.steps[0].word);
  const Exact& b = values.at(measure.steps[1].word);
  return is_quotient(measure) ? over(a, b) : plus(a, b);
}

std::uint8_t index_or(law::Mask mask, std::uint8_t otherwise) {
  return law::determined(mask) ? static_cast<std::uint8_t>(std::countr_zero(mask)) : otherwise;
}

}  // namespace

law::Facts open_facts(const law::Law& law, const Question& question) {
  law::Facts out(law);
  const auto& vocabulary = law.vocabulary;
  out.set_name(vocabulary.at("destination"), question.destination);
  out.set_name(vocabulary.at("item_kind"), question.item_kind);
  out.set_name(vocabulary.at("described_in"), question.described_in);
  out.set_name(vocabulary.at("maker"), question.maker);
  out.set_name(vocabulary.at("product"), question.product);
  out.set_name(vocabulary.at("action"), question.action);
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < vocabulary.words().size(); ++i) {
    const law::Word& word = vocabulary.words()[i];
    const bool of_design = word.of_item && (word.type == law::WordType::number || word.type == law::WordType::truth);
    if (of_design) open.push_back(i);
  }
  out.assume(open);
  return out;
}

// Each cut and a millionth on both sides, a value inside every cell, and nought.
std::vector<Faces::Point> Faces::around(const std::vector<law::Boundary>& boundaries) {
  std::vector<Point> out{{Exact(), true}};
  Exact last;
  for (const law::Boundary& boundary : boundaries) {
    out.push_back({*over(*plus(last, boundary.value), Exact(2)), false});
    if (boundary.value > Exact()) out.push_back({*minus(boundary.value, millionth), true});
    out.push_back({boundary.value, true});
    out.push_back({*plus(boundary.value, millionth), true});
    last = boundary.value;
  }
  out.push_back({*plus(*times(last, Exact(2)), Exact(1)), false});
  std::ranges::sort(out, {}, [](const Point& p) { return std::pair(p.value, p.at_cut); });
  const auto doubles = std::ranges::unique(out, {}, &Point::value);
  out.erase(doubles.begin(), doubles.end());
  return out;
}

const Faces::Point& Faces::Dimension::at(std::size_t index) const {
  if (index < values.size()) return values[index];
  index -= values.size();
  return index < quotients.size() ? quotients[index] : sums[index - quotients.size()];
}

Faces::Dimension& Faces::dimension_of(std::size_t word) {
  const auto found = std::ranges::find(dimensions_, word, &Dimension::word);
  if (found != dimensions_.end()) return *found;
  dimensions_.push_back({word, {}, {}, {}, 0});
  return dimensions_.back();
}

Faces::Faces(const law::LegalMap& map) {
  for (const Axis& axis : map.axes()) {  // plain words first, so that what is computed from them comes after
    if (axis.kind == Axis::Kind::truth) dimension_of(axis.index).values = {{Exact(0)}, {Exact(1)}};
    if (axis.kind != Axis::Kind::measure) continue;
    const law::Measure& measure = map.code().measures[axis.index];
    if (measure.steps.size() == 1) dimension_of(measure.words[0]).values = around(measure.boundaries);
  }
  for (const Axis& axis : map.axes()) {
    if (axis.kind != Axis::Kind::measure) continue;
    const law::Measure& measure = map.code().measures[axis.index];
    if (measure.steps.size() == 1) continue;
    base::check(is_quotient(measure) || is_sum(measure), "the suite knows quotients and sums of two words");
    Dimension& first = dimension_of(measure.steps[0].word);
    if (first.values.empty()) first.values = {{Exact()}, {Exact(100)}};
    Dimension& second = dimension_of(measure.steps[1].word);
    second.first = measure.steps[0].word;
    if (second.values.empty()) second.values = {{Exact()}, {Exact(700)}};
    (is_quotient(measure) ? second.quotients : second.sums) = around(measure.boundaries);
  }
}

std::size_t Faces::count() const {
  std::size_t out = 1;
  for (const Dimension& d : dimensions_) out *= d.count();
  return out;
}

std::optional<Values> Faces::at(std::size_t index) const {
  Values out;
  for (const Dimension& d : dimensions_) {
    const std::size_t at = index % d.count();
    index /= d.count();
    std::optional<Exact> value = d.at(at).value;
    if (at >= d.values.size() + d.quotients.size()) {
      value = minus(*value, out.at(d.first));
    } else if (at >= d.values.size()) {
      value = over(out.at(d.first), *value);
    }
    if (!value || *value < Exact()) return std::nullopt;
    out[d.word] = *value;
  }
  return out;
}

int Faces::cuts_met(std::size_t index) const {
  int out = 0;
  for (const Dimension& d : dimensions_) {
    out += d.at(index % d.count()).at_cut ? 1 : 0;
    index /= d.count();
  }
  return out;
}

std::vector<int> cells_of(const law::LegalMap& map, const Values& values) {
  std::vector<int> out;
  for (const Axis& axis : map.axes()) {
    if (axis.kind != Axis::Kind::measure) {
      out.push_back(values.at(axis.index).is_zero() ? 0 : 1);
      continue;
    }
    const law::Measure& measure = map.code().measures[axis.index];
    const auto value = value_of(measure, values);
    int cell = 0;
    for (const law::Boundary& b : measure.boundaries) {
      if (value && (b.above ? *value > b.value : *value >= b.value)) ++cell;
    }
    out.push_back(value ? cell : axis.cells - 1);
  }
  return out;
}

law::Facts with_values(const law::LegalMap& map, const law::Facts& open, const Values& values) {
  law::Facts out = open;
  for (const auto& [word, value] : values) {
    if (map.code().law->vocabulary.words()[word].type == law::WordType::truth) {
      out.set_truth(word, !value.is_zero());
    } else {
      out.set_number(word, value);
    }
  }
  return out;
}

std::optional<law::Design> as_design(const law::LegalMap& map, const law::Facts& open, const Values& values) {
  law::Design out;
  out.values.assign(open.size(), 0);
  for (const auto& [word, value] : values) {
    const bool truth = map.code().law->vocabulary.words()[word].type == law::WordType::truth;
    const auto scaled = truth ? std::optional(value) : times(value, Exact(law::millionths));
    if (!scaled || scaled->den() != 1) return std::nullopt;
    out.values[word] = scaled->num();
  }
  return out;
}

law::Standing standing_of(const law::Answer& answer) {
  const law::Conclusions& c = answer.conclusions;
  return {index_or(c.paragraph, 99), index_or(c.licence, 99), static_cast<law::Requirement>(index_or(c.requirement, 99)), index_or(c.review, 99)};
}

std::string to_text(const law::Code& code, const law::Standing& s) {
  const auto& reviews = code.values[static_cast<std::size_t>(law::Verb::review)];
  return "paragraph " + std::to_string(s.paragraph) + ", licence " + std::to_string(s.licence) + ", " + std::to_string(static_cast<int>(s.requirement)) +
         ", review " + (s.review < reviews.size() ? reviews[s.review] : "open");
}

std::string to_text(const law::Law& law, const Values& values) {
  std::string out;
  for (const auto& [word, value] : values) out += law.vocabulary.words()[word].id + " = " + value.to_text() + "\n";
  return out;
}

}  // namespace brightline::tests
