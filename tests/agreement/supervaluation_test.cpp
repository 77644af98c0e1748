// Is an answer determined exactly when every completion of the unknown facts agrees? (T-01)
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <memory>

#include "agreement/random_facts.h"
#include "law/judge.h"
#include "search/code_book.h"

namespace brightline::tests {
namespace {

using base::Exact;
constexpr std::size_t partial_facts = 3'000;
constexpr std::size_t completions = 60;       // sampled for each
constexpr std::size_t most_witnesses = 4'000;  // tried before an undetermined answer counts as too shy

// A word somebody left open: wholly, or to within an interval.
struct Open {
  std::string word;
  bool interval = false;
  Exact low;
  Exact high;
};

const std::vector<std::string>& words_left_open() {
  static const std::vector<std::string> out{"tpp", "applicable_die_area", "datacenter", "dram_bandwidth", "interconnect_bandwidth", "item_kind",
                                            "described_in", "maker", "product", "destination", "headquarters", "ultimate_parent", "bits_x_tops",
                                            "aggregate_bidirectional_rate", "memory_bandwidth_density", "sold_in_us", "exporter_role", "transistors",
                                            "hbm_in_package", "listed_ownership", "action"};
  return out;
}

struct Told {
  std::array<std::string, 6> values;  // paragraph, label, licence, requirement, review, duty
};
Told told(const NaiveAnswer& a) { return {{a.paragraph, a.label, a.licence, a.requirement, a.review, a.duty}}; }

class Partial {
 public:
  Partial(const law::Law& law, RandomFacts& random) : law_(law), random_(random), base_(random.complete()) {
    const auto& words = words_left_open();
    const std::size_t count = 1 + random.below(3);
    while (open_.size() < count) {
      const std::string& word = words[random.below(words.size())];
      if (std::ranges::any_of(open_, [&](const Open& o) { return o.word == word; })) continue;
      Open one{word, false, {}, {}};
      if (base_.numbers.contains(word) && random.below(3) == 0) {
        one.interval = true;
        one.low = random.number(word);
        one.high = random.number(word);
        if (one.high < one.low) std::swap(one.low, one.high);
      }
      open_.push_back(one);
    }
  }

  [[nodiscard]] const std::vector<Open>& open() const { return open_; }

  [[nodiscard]] law::Facts facts() const {
    law::Facts out = engine_facts(law_, base_);
    for (const Open& o : open_) {
      const std::size_t word = law_.vocabulary.at(o.word);
      out.clear(word);
      if (o.interval) out.set_range(word, o.low, o.high);
    }
    return out;
  }

  NaiveFacts completed() {
    NaiveFacts out = base_;
    for (const Open& o : open_) {
      if (out.truths.contains(o.word)) out.truths[o.word] = random_.truth();
      if (out.names.contains(o.word)) out.names[o.word] = random_.name(o.word);
      if (out.numbers.contains(o.word)) out.numbers[o.word] = within(o, random_.number(o.word));
    }
    aim(out);
    return out;
  }

  // The partial facts with the words of `chosen` taken from a completion.
  [[nodiscard]] law::Facts filled(const std::vector<std::size_t>& chosen, const NaiveFacts& from) const {
    law::Facts out = facts();
    const law::Facts whole = engine_facts(law_, from);
    for (const std::size_t word : chosen) out.set(word, whole[word]);
    return out;
  }

  [[nodiscard]] std::string text() const {
    std::string out = to_text(base_) + "left open:";
    for (const Open& o : open_) out += " " + o.word + (o.interval ? " " + o.low.to_text() + ".." + o.high.to_text() : "");
    return out + "\n";
  }

 private:
  static Exact within(const Open& o, const Exact& value) {
    if (!o.interval || (o.low <= value && value <= o.high)) return value;
    return value < o.low ? o.low : o.high;
  }

  // half of the open areas and scores put the density on a line
  void aim(NaiveFacts& facts) {
    const Exact density = random_.number("performance_density");
    if (density.is_zero() || random_.truth()) return;
    for (const Open& o : open_) {
      if (o.word == "applicable_die_area") facts.numbers[o.word] = within(o, over(facts.numbers["tpp"], density).value_or(Exact(1)));
      if (o.word == "tpp") facts.numbers[o.word] = within(o, times(facts.numbers["applicable_die_area"], density).value_or(Exact(1)));
    }
    if (random_.below(4) != 0) return;
    for (const Open& o : open_) {  // or the two bandwidths on the letter's sum
      if (o.word == "interconnect_bandwidth" && facts.numbers["dram_bandwidth"] < Exact(1700)) {
        facts.numbers[o.word] = within(o, *minus(Exact(1700), facts.numbers["dram_bandwidth"]));
      }
    }
  }

  const law::Law& law_;
  RandomFacts& random_;
  NaiveFacts base_;
  std::vector<Open> open_;
};

class Supervaluation : public testing::Test {
 protected:
  static law::Law load() {
    base::Problems problems;
    law::Law out = law::load_law(BRIGHTLINE_ROOT "/law", {}, problems);
    base::stop_at(problems);
    return out;
  }

  // One partial set of facts on one day, with both readers ready.
  struct Asked {
    law::Reading reading;
    Partial partial;
    NaiveLaw naive;
    law::Judge judge;
    law::Answer answer;
    std::string where;
  };
  std::unique_ptr<Asked> ask() {
    const law::Reading reading{random_.day(), random_.truth() ? law::Asked::text : law::Asked::enforced, true};
    Partial partial(law_, random_);
    auto out = std::make_unique<Asked>(Asked{reading, std::move(partial), NaiveLaw(law_, reading), law::Judge(codes_.at(reading)), {}, {}});
    out->answer = out->judge.judge(out->partial.facts());
    out->where = reading.date.to_text() + (reading.asked == law::Asked::text ? " text\n" : " enforced\n") + out->partial.text();
    return out;
  }
  static Told told_by(const law::Answer& a) { return {{a.paragraph(), a.label(), a.licence(), a.requirement(), a.review(), a.duty()}}; }
  // "undetermined" may be the answer itself, where the law says so
  static std::array<bool, 6> settled(const law::Answer& a) {
    const law::Conclusions& c = a.conclusions;
    return {law::determined(c.paragraph), law::determined(c.label), law::determined(c.licence), law::determined(c.requirement), law::determined(c.review), law::determined(c.duty)};
  }

  law::Law law_ = load();
  RandomFacts random_{law_, 11};
  search::CodeBook codes_{law_};
};

TEST_F(Supervaluation, WhatIsDeterminedHoldsForEveryCompletion) {
  std::size_t determined = 0;
  for (std::size_t i = 0; i < partial_facts; ++i) {
    const auto asked = ask();
    const Told engine = told_by(asked->answer);
    const auto settled_here = settled(asked->answer);
    for (std::size_t k = 0; k < completions; ++k) {
      const NaiveFacts whole = asked->partial.completed();
      const NaiveAnswer naive = asked->naive.judge(whole);
      const Told plain = told(naive);
      for (std::size_t c = 0; c < engine.values.size(); ++c) {
        if (!settled_here[c]) continue;
        ASSERT_EQ(engine.values[c], plain.values[c]) << asked->where << "completed:\n" << to_text(whole);
      }
      for (const law::Verb verb : {law::Verb::permit, law::Verb::oblige, law::Verb::restrict, law::Verb::flag}) {
        const auto found = naive.sets.find(verb);
        for (const std::string& value : asked->answer.set_of(verb)) ASSERT_TRUE(found != naive.sets.end() && found->second.contains(value)) << value << "\n" << asked->where;
      }
    }
    determined += static_cast<std::size_t>(std::ranges::count(settled_here, true));
  }
  EXPECT_GT(determined, partial_facts);
  EXPECT_LT(determined, partial_facts * 6) << "nothing was ever open";
}

TEST_F(Supervaluation, WhatIsUndeterminedHasTwoCompletionsThatDiffer) {
  std::size_t open_answers = 0;
  for (std::size_t i = 0; i < partial_facts; ++i) {
    const auto asked = ask();
    if (!asked->answer.exhaustive) continue;
    auto settled_here = settled(asked->answer);
    const Told first = told(asked->naive.judge(asked->partial.completed()));
    open_answers += static_cast<std::size_t>(std::ranges::count(settled_here, false));
    for (std::size_t k = 0; k < most_witnesses && std::ranges::count(settled_here, false) > 0; ++k) {
      const Told other = told(asked->naive.judge(asked->partial.completed()));
      for (std::size_t c = 0; c < settled_here.size(); ++c) settled_here[c] = settled_here[c] || other.values[c] != first.values[c];
    }
    for (std::size_t c = 0; c < settled_here.size(); ++c) {
      EXPECT_TRUE(settled_here[c]) << "conclusion " << c << " is left open, though " << most_witnesses << " completions say " << first.values[c] << "\n" << asked->where;
    }
    if (HasFailure()) return;
  }
  std::printf("%zu open conclusions, each with two completions that differ\n", open_answers);
  EXPECT_GT(open_answers, 100U);
}

TEST_F(Supervaluation, TheMissingFactsDecideAndFewerDoNot) {
  std::size_t sets = 0;
  for (std::size_t i = 0; i < partial_facts; ++i) {
    const auto asked = ask();
    for (const std::vector<std::size_t>& missing : asked->answer.missing) {
      ++sets;
      for (std::size_t k = 0; k < completions; ++k) {
        const NaiveFacts whole = asked->partial.completed();
        ASSERT_TRUE(asked->judge.judge(asked->partial.filled(missing, whole)).decided()) << asked->where << "filled from:\n" << to_text(whole);
      }
      for (std::size_t left_out = 0; left_out < missing.size(); ++left_out) {
        std::vector<std::size_t> fewer = missing;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(left_out));
        bool open = false;
        for (std::size_t k = 0; k < most_witnesses && !open; ++k) open = !asked->judge.judge(asked->partial.filled(fewer, asked->partial.completed())).decided();
        ASSERT_TRUE(open) << law_.vocabulary.words()[missing[left_out]].id << " is named as missing, but the rest always decides\n" << asked->where;
      }
    }
  }
  std::printf("%zu sets of missing facts decide, and none smaller\n", sets);
  EXPECT_GT(sets, 100U);
}

}  // namespace
}  // namespace brightline::tests
