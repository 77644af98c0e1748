// Does the engine say what a plain reading of the same files says, when every fact is known?
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <memory>

#include "agreement/random_facts.h"
#include "law/judge.h"
#include "search/code_book.h"

namespace brightline::tests {
namespace {

constexpr std::size_t transactions = 20'000;

law::Law load(const std::vector<std::string>& with) {
  base::Problems problems;
  law::Law out = law::load_law(BRIGHTLINE_ROOT "/law", with, problems);
  base::stop_at(problems);
  return out;
}

std::set<std::string> as_set(const std::vector<std::string>& values) { return {values.begin(), values.end()}; }

std::string difference(const NaiveAnswer& naive, const law::Answer& engine) {
  std::string out;
  const auto compare = [&out](const char* what, const std::string& a, const std::string& b) {
    if (a != b) out += std::string(what) + ": plainly " + a + ", engine " + b + "\n";
  };
  compare("paragraph", naive.paragraph, engine.paragraph());
  compare("label", naive.label, engine.label());
  compare("licence", naive.licence, engine.licence());
  compare("requirement", naive.requirement, engine.requirement());
  compare("review", naive.review, engine.review());
  compare("duty", naive.duty, engine.duty());
  if ((engine.conclusions.presumed == 2) != naive.presumed) out += "presumed differs\n";
  for (const law::Verb verb : {law::Verb::permit, law::Verb::oblige, law::Verb::restrict, law::Verb::flag}) {
    const auto found = naive.sets.find(verb);
    if (as_set(engine.set_of(verb)) != (found == naive.sets.end() ? std::set<std::string>() : found->second)) out += "the set of " + to_text(verb) + " differs\n";
  }
  if (!engine.decided()) out += "the engine leaves it undecided though every fact is known\n";
  return out;
}

// Every random transaction on a random day, read both ways.
void compare_many(const law::Law& law, std::uint64_t seed, std::size_t count) {
  RandomFacts random(law, seed);
  search::CodeBook codes(law);
  std::map<const law::Code*, std::unique_ptr<law::Judge>> judges;
  std::map<std::string, int> outcomes;
  for (std::size_t i = 0; i < count; ++i) {
    const law::Reading reading{random.day(), random.truth() ? law::Asked::text : law::Asked::enforced, random.below(4) != 0};
    const NaiveFacts facts = random.complete();
    const NaiveAnswer naive = NaiveLaw(law, reading).judge(facts);
    const law::Code& code = codes.at(reading);
    auto& judge = judges[&code];
    if (!judge) judge = std::make_unique<law::Judge>(code);
    const std::string wrong = difference(naive, judge->judge(engine_facts(law, facts)));
    ASSERT_EQ(naive.conflict, "") << reading.date.to_text() << "\n" << to_text(facts);
    ASSERT_EQ(wrong, "") << reading.date.to_text() << (reading.asked == law::Asked::text ? " text" : " enforced") << (reading.letters ? "" : " without letters") << "\n" << to_text(facts);
    ++outcomes[naive.requirement];
  }
  // a comparison that never leaves "none" would prove little
  for (const char* outcome : {"none", "exception", "notify", "licence", "undetermined"}) EXPECT_GT(outcomes[outcome], static_cast<int>(count / 1000)) << outcome;
}

TEST(PlainReading, AgreesWithTheEngineOnRandomTransactions) { compare_many(load({}), 1, transactions); }

TEST(PlainReading, AgreesWithTheEngineUnderTheReportedLetterLimits) { compare_many(load({"reported-letter-limits"}), 2, transactions / 10); }

TEST(PlainReading, AgreesWithTheEngineUnderASafeChipsAct) { compare_many(load({"safe-chips"}), 3, transactions / 10); }

}  // namespace
}  // namespace brightline::tests
