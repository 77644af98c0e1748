#include "law/law.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "law/judge.h"
#include "law/law_texts.h"

namespace brightline::law {
namespace {

using tests::clause;
using tests::day;
using tests::header;

bool changes_on(const Law& law, const char* on, Asked asked = Asked::enforced) {
  const auto days = law.change_days(asked);
  return std::ranges::find(days, day(on)) != days.end();
}

Law real(const std::vector<std::string>& with = {}) {
  base::Problems problems;
  Law out = load_law(BRIGHTLINE_ROOT "/law", with, problems);
  base::stop_at(problems);
  return out;
}

TEST(Law, ReleasedPublishedEffectiveCompliedWithAndEnforcedAreFiveDays) {  // T-44
  const Law law = real();
  const Instrument* rule = law.find("88-FR-73458");
  ASSERT_NE(rule, nullptr);
  EXPECT_EQ(rule->released, day("2023-10-17"));
  EXPECT_EQ(rule->published, day("2023-10-25"));
  EXPECT_EQ(rule->effective, day("2023-11-17"));
  const Instrument* diffusion = law.find("90-FR-4544");
  ASSERT_NE(diffusion, nullptr);
  EXPECT_EQ(diffusion->effective, day("2025-01-13"));
  EXPECT_EQ(diffusion->clauses.at(0).enforced_from, day("2025-05-15"));
  EXPECT_TRUE(changes_on(law, "2025-05-13")) << "the day it stops being enforced";
}

TEST(Law, SunsetsChangeTheLawOnTheDayAfter) {  // T-47
  const Law law = real();
  for (const char* on : {"2026-11-10", "2027-01-01", "2027-04-07"}) EXPECT_TRUE(changes_on(law, on)) << on;
  EXPECT_FALSE(changes_on(law, "2026-11-09"));
}

TEST(Law, OpenPointsBeginOnTheirDays) {  // the instruments that conclude nothing
  const auto opens = [](const Law& law, const char* id) { return law.find(id)->unresolved.at(0).from; };
  const Law law = real();
  EXPECT_EQ(opens(law, "GAO-B-337935"), day("2026-05-12"));
  EXPECT_EQ(opens(law, "91-FR-46260"), day("2026-07-23"));
  EXPECT_EQ(opens(law, "US-2025-08-11"), day("2025-08-11"));
  base::Problems problems;
  EXPECT_LT(compile(law, {day("2026-07-22"), Asked::enforced, true}, problems).unresolved.size(), compile(law, {day("2026-07-23"), Asked::enforced, true}, problems).unresolved.size());
}

TEST(Law, ProposalsAreNotApplied) {  // T-52
  const Law law = real();
  EXPECT_FALSE(law.proposed.empty());
  for (const Instrument& instrument : law.instruments) EXPECT_FALSE(instrument.proposed) << instrument.id;
  const Law with = real({"safe-chips"});
  EXPECT_EQ(with.with, std::vector<std::string>{"safe-chips"});
  EXPECT_NE(with.version, law.version) << "an answer under a proposal must not pass for one without";
}

TEST(Law, AnUnknownProposalIsAProblemWithAHint) {
  base::Problems problems;
  load_law(BRIGHTLINE_ROOT "/law", {"safe-chip"}, problems);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems.all()[0].message, "no proposed instrument 'safe-chip'");
  EXPECT_EQ(problems.all()[0].hint, "did you mean 'safe-chips'?");
}

TEST(Law, TheVersionFollowsTheTextOfAProposal) {
  const auto version = [](const char* line) {
    base::Problems problems;
    std::vector<LawText> texts = read_law_texts(BRIGHTLINE_ROOT "/law", problems);
    for (LawText& text : texts) {
      const std::size_t at = text.name.find("safe-chips") == std::string::npos ? std::string::npos : text.text.find("tpp >= 4800");
      if (at != std::string::npos) text.text.replace(at, 11, line);
    }
    return load_law(std::move(texts), {"safe-chips"}, problems).version;
  };
  EXPECT_EQ(version("tpp >= 4800"), version("tpp >= 4800"));
  EXPECT_NE(version("tpp >= 4800"), version("tpp >= 4801"));
}

TEST(Law, ADirectoryCalledProposedAboveItMakesNoProposals) {
  base::Problems problems;
  std::vector<LawText> texts = read_law_texts(BRIGHTLINE_ROOT "/law", problems);
  for (LawText& text : texts) text.name = "/somewhere/proposed/checkout/law" + text.name.substr(std::string(BRIGHTLINE_ROOT "/law").size());
  const Law law = load_law(std::move(texts), {}, problems);
  EXPECT_TRUE(problems.empty()) << render(problems);
  EXPECT_EQ(law.instruments.size(), real().instruments.size());
}

TEST(Law, ADayInAnyConditionIsAChangeDay) {
  base::Problems problems;
  const Law law = tests::load({header + clause("a", "date >= 2031-02-03", "flag x") + "[[stay]]\nid = \"a\"\nsays = \"s\"\nwhen = \"date < 2032-03-04\"\n"}, problems);
  ASSERT_TRUE(problems.empty()) << render(problems);
  EXPECT_TRUE(changes_on(law, "2031-02-03"));
  EXPECT_TRUE(changes_on(law, "2032-03-04")) << "of a stay's condition";
}

TEST(Law, ARepealEndsAClauseTheDayBefore) {
  const std::string repealing = R"([instrument]
id = "R"
title = "t"
kind = "rule"
cite = "c"
effective = 2025-01-01
confidence = "P"
summary = "s"
[[repeal]]
id = "T:a"
)";
  base::Problems problems;
  const Law law = tests::load({header + clause("a", "always", "flag x"), repealing}, problems);
  EXPECT_EQ(compile(law, {day("2024-12-31"), Asked::enforced, true}, problems).clauses.size(), 1U);
  EXPECT_EQ(compile(law, {day("2025-01-01"), Asked::enforced, true}, problems).clauses.size(), 0U);
}

TEST(Law, AStayHoldsBackEnforcementNotTheText) {  // T-45
  const std::string text = header + clause("a", "always", "flag x") + "[[stay]]\nid = \"a\"\nsays = \"s\"\nfrom = 2024-03-01\nuntil = 2024-03-31\n";
  base::Problems problems;
  const Law law = tests::load({text}, problems);
  const auto flagged = [&](const char* on, Asked asked) {
    const Code code = compile(law, {day(on), asked, true}, problems);
    return !Judge(code).judge(Facts(law)).set_of(Verb::flag).empty();
  };
  EXPECT_TRUE(flagged("2024-02-29", Asked::enforced));
  EXPECT_FALSE(flagged("2024-03-01", Asked::enforced));
  EXPECT_FALSE(flagged("2024-03-31", Asked::enforced));
  EXPECT_TRUE(flagged("2024-04-01", Asked::enforced));
  EXPECT_TRUE(flagged("2024-03-15", Asked::text));
}

TEST(Law, AStayOfTheTextHoldsBackBoth) {  // T-45: a published suspension is no mere promise not to enforce
  base::Problems problems;
  const Law law = tests::load({header + clause("a", "always", "flag x") + "[[stay]]\nid = \"a\"\nsays = \"s\"\nin_text = true\n"}, problems);
  ASSERT_TRUE(problems.empty()) << render(problems);
  for (const Asked asked : {Asked::text, Asked::enforced}) {
    const Code code = compile(law, {day("2024-03-15"), asked, true}, problems);
    EXPECT_TRUE(Judge(code).judge(Facts(law)).set_of(Verb::flag).empty());
  }
}

TEST(Law, GroupsMoveOnTheirDays) {  // T-36
  const std::string text = header + "[[group]]\nid = \"D:5\"\nadd = [\"NI\", \"CY\"]\n[[group]]\nid = \"D:5\"\nremove = [\"CY\"]\nfrom = 2024-05-30\n" +
                           clause("a", "destination in D:5", "flag x");
  base::Problems problems;
  const Law law = tests::load({text}, problems);
  const auto member = [&](const char* on, const char* place) {
    const Code code = compile(law, {day(on), Asked::enforced, true}, problems);
    const auto atom = std::ranges::find(code.atoms, Atom::Kind::member, &Atom::kind);
    return static_cast<bool>(atom->members[law.symbols.find(place)]);
  };
  EXPECT_TRUE(member("2024-05-29", "CY"));
  EXPECT_FALSE(member("2024-05-30", "CY"));
  EXPECT_TRUE(member("2024-05-30", "NI"));
}

}  // namespace
}  // namespace brightline::law
