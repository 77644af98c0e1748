#include "law/judge.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "law/law_texts.h"
#include "law/reasons.h"

namespace brightline::law {
namespace {

using tests::clause;
using tests::Compiled;
using tests::header;

class RealLaw : public testing::Test {
 protected:
  static Law load() {
    base::Problems problems;
    Law out = load_law(BRIGHTLINE_ROOT "/law", {}, problems);
    base::stop_at(problems);
    return out;
  }
  Answer judge(const char* on, std::vector<std::pair<const char*, const char*>> values, std::vector<const char*> open = {}) {
    base::Problems problems;
    code_ = std::make_unique<Code>(compile(law_, {tests::day(on), Asked::enforced, true}, problems));
    base::stop_at(problems);
    Facts facts = tests::facts(law_, values);
    std::vector<std::size_t> left;
    for (const char* word : open) left.push_back(law_.vocabulary.at(word));
    facts.assume(left);
    return Judge(*code_).judge(facts);
  }
  std::vector<std::vector<std::string>> missing(const Answer& answer) const {
    std::vector<std::vector<std::string>> out;
    for (const auto& set : answer.missing) {
      out.emplace_back();
      for (const std::size_t word : set) out.back().push_back(law_.vocabulary.words()[word].id);
    }
    return out;
  }
  Law law_ = load();
  std::unique_ptr<Code> code_;
};

TEST_F(RealLaw, WithoutADieAreaHighTppIsStillUpperTier) {  // T-01: Gaudi 2
  const Answer answer = judge("2024-01-15", {{"item_kind", "ic"}, {"datacenter", "yes"}, {"tpp", "6912"}, {"destination", "CN"}});
  EXPECT_EQ(answer.paragraph(), "3A090.a");
  EXPECT_EQ(answer.requirement(), "licence");
  EXPECT_TRUE(answer.decided());
}

TEST_F(RealLaw, WithoutADieAreaLowTppIsOutsideBothTiers) {  // T-01
  EXPECT_EQ(judge("2024-01-15", {{"item_kind", "ic"}, {"datacenter", "yes"}, {"tpp", "1599"}, {"destination", "CN"}}).paragraph(), "none");
}

TEST_F(RealLaw, InBetweenTheAreaIsMissing) {  // T-01
  const Answer answer = judge("2024-01-15", {{"item_kind", "ic"}, {"datacenter", "yes"}, {"tpp", "2368"}, {"destination", "CN"}});
  EXPECT_EQ(answer.paragraph(), "undetermined");
  EXPECT_EQ(missing(answer), (std::vector<std::vector<std::string>>{{"applicable_die_area"}}));
}

TEST_F(RealLaw, AnIntervalOfAreaDecidesWhereItLiesOnOneSide) {
  const std::vector<std::pair<const char*, const char*>> h20{{"item_kind", "ic"}, {"datacenter", "yes"}, {"tpp", "2368"}, {"destination", "CN"}};
  auto narrow = h20;
  narrow.emplace_back("applicable_die_area", "741 to 900 mm2");  // 3.2 x 740 = 2368
  EXPECT_EQ(judge("2024-01-15", narrow).paragraph(), "none");
  auto wide = h20;
  wide.emplace_back("applicable_die_area", "740 to 900 mm2");
  EXPECT_EQ(judge("2024-01-15", wide).paragraph(), "undetermined");
}

TEST_F(RealLaw, APlanarOnlyChipHasNoDensityAndMeetsNoDensityLimb) {  // T-14
  EXPECT_EQ(judge("2024-01-15", {{"item_kind", "ic"}, {"datacenter", "yes"}, {"tpp", "4000"}, {"applicable_die_area", "0 mm2"}, {"destination", "CN"}}).paragraph(), "none");
  EXPECT_EQ(judge("2024-01-15", {{"item_kind", "ic"}, {"datacenter", "yes"}, {"tpp", "4800"}, {"applicable_die_area", "0 mm2"}, {"destination", "CN"}}).paragraph(), "3A090.a");
}

TEST_F(RealLaw, WhetherItIsForDataCentresCanBeAllThatIsMissing) {  // T-25
  const Answer answer = judge("2024-01-15", {{"item_kind", "ic"}, {"tpp", "3000"}, {"applicable_die_area", "600 mm2"}, {"destination", "CN"}});
  EXPECT_EQ(answer.paragraph(), "undetermined");
  EXPECT_EQ(missing(answer), (std::vector<std::vector<std::string>>{{"datacenter"}}));
}

TEST_F(RealLaw, ConditionsOfALicenceStandOnlyWhereOneMayBeNeeded) {
  const auto conditions = [](const Answer& answer) {
    std::vector<std::string> out;
    for (const CompiledClause* clause : standing(answer, Verb::oblige)) out.push_back(clause->clause->then->value);
    return out;
  };
  const Answer gaming = judge("2026-06-15", {{"item_kind", "ic"}, {"datacenter", "no"}, {"tpp", "5285"}, {"applicable_die_area", "609 mm2"}, {"dram_bandwidth", "1008 GB/s"}, {"destination", "CN"}});
  EXPECT_EQ(gaming.requirement(), "notify");
  EXPECT_EQ(conditions(gaming), std::vector<std::string>{"nac-submission"});
  const Answer server = judge("2026-06-15", {{"item_kind", "ic"}, {"datacenter", "yes"}, {"tpp", "15832"}, {"applicable_die_area", "814 mm2"}, {"dram_bandwidth", "4800 GB/s"}, {"destination", "CN"}});
  EXPECT_EQ(server.requirement(), "licence");
  EXPECT_EQ(conditions(server).size(), 9U);
}

TEST_F(RealLaw, WhatIsMissingForADutyAloneIsNamed) {
  const Answer answer = judge("2026-02-01", {{"item_kind", "ic"}, {"datacenter", "yes"}, {"tpp", "15000"}, {"applicable_die_area", "800 mm2"}, {"destination", "DE"}});
  EXPECT_EQ(answer.paragraph(), "3A090.a");
  EXPECT_EQ(answer.duty(), "undetermined");
  EXPECT_EQ(missing(answer), (std::vector<std::vector<std::string>>{{"dram_bandwidth"}}));
}

TEST_F(RealLaw, ClassificationRequirementAndOutcomeAreThreeThings) {  // T-50
  const std::vector<std::pair<const char*, const char*>> h20{{"item_kind", "ic"}, {"datacenter", "yes"}, {"maker", "nvidia"}, {"product", "H20"}, {"tpp", "2368"},
                                                             {"applicable_die_area", "814 mm2"}, {"dram_bandwidth", "4000"}, {"interconnect_bandwidth", "900"}, {"destination", "CN"}};
  const Answer answer = judge("2025-06-01", h20);
  EXPECT_EQ(answer.paragraph(), "none");
  EXPECT_EQ(answer.requirement(), "licence");
  EXPECT_EQ(answer.review(), "undetermined");
  EXPECT_TRUE(answer.decided()) << "the law itself leaves the review open; no fact is missing";
  EXPECT_TRUE(answer.missing.empty());
}

TEST_F(RealLaw, ReasonsNameTheClauseAndTheMargin) {  // T-53
  const Answer answer = judge("2024-01-15", {{"item_kind", "ic"}, {"datacenter", "yes"}, {"tpp", "2368"}, {"applicable_die_area", "814 mm2"}, {"destination", "CN"}});
  const Nearest nearest = nearest_line(answer);
  ASSERT_NE(nearest.clause, nullptr);
  EXPECT_EQ(nearest.comparison.measure->name, "tpp");
  EXPECT_NEAR(nearest.comparison.margin, (2368.0 - 2400.0) / 2400.0, 1e-12);
}

TEST(Judge, AClauseThatDefeatsADefeaterLetsTheFirstStand) {
  const Compiled law({header + clause("base", "tpp >= 1", "classify 3A090.a") + clause("exception", "datacenter", "", "defeats = [\"base\"]\n") +
                      clause("exception to it", "hbm_in_package", "", "defeats = [\"exception\"]\n")});
  ASSERT_TRUE(law.problems.empty()) << render(law.problems);
  const auto paragraph = [&](const char* datacenter, const char* hbm) {
    return Judge(law.code).judge(tests::facts(law.law, {{"tpp", "5"}, {"datacenter", datacenter}, {"hbm_in_package", hbm}})).paragraph();
  };
  EXPECT_EQ(paragraph("no", "no"), "3A090.a");
  EXPECT_EQ(paragraph("yes", "no"), "none");
  EXPECT_EQ(paragraph("yes", "yes"), "3A090.a");
  EXPECT_EQ(paragraph("yes", "unknown"), "undetermined");
}

TEST(Judge, ADefeaterWrittenBeforeWhatItDefeatsCountsAllTheSame) {
  const Compiled law({header + clause("exception to it", "hbm_in_package", "", "defeats = [\"exception\"]\n") +
                      clause("exception", "datacenter", "", "defeats = [\"base\"]\n") + clause("base", "tpp >= 1", "classify 3A090.a") +
                      clause("licence", "paragraph is 3A090.a", "require licence")});
  ASSERT_TRUE(law.problems.empty()) << render(law.problems);
  const Answer answer = Judge(law.code).judge(tests::facts(law.law, {{"tpp", "5"}, {"datacenter", "yes"}, {"hbm_in_package", "yes"}}));
  EXPECT_EQ(answer.paragraph(), "3A090.a");
  EXPECT_EQ(answer.licence(), "required");
}

TEST(Judge, CorrelatedUnknownsAreSeenThrough) {  // plain three-valued logic would call this unknown
  const Compiled law({header + clause("a", "tpp >= 5 or tpp < 5", "classify 3A090.a") + clause("l", "datacenter or not datacenter", "require licence") +
                      clause("r", "tpp * 2 >= 20 or tpp < 10", "review denial")});
  ASSERT_TRUE(law.problems.empty()) << render(law.problems);
  Judge judge(law.code);
  const Facts nothing(law.law);
  EXPECT_EQ(judge.first_look(nothing).paragraph(), "undetermined");
  EXPECT_EQ(judge.judge(nothing).paragraph(), "3A090.a");
  EXPECT_EQ(judge.judge(nothing).licence(), "required");
  EXPECT_EQ(judge.judge(nothing).review(), "denial");
}

TEST(Judge, AMultipleWrittenInFrontIsTheSameWord) {
  const Compiled law({header + clause("a", "2 * tpp >= 20 or tpp < 10", "classify 3A090.a")});
  EXPECT_EQ(Judge(law.code).judge(Facts(law.law)).paragraph(), "3A090.a");
}

TEST(Judge, TwoClausesThatDifferAreAConflict) {
  const Compiled law({header + clause("a", "tpp >= 1", "classify 3A090.a") + clause("b", "tpp >= 2", "classify 3A090.b")});
  Evaluation evaluation;
  evaluation.atoms.assign(law.code.atoms.size(), Truth::yes);
  Conflict conflict;
  evaluate(law.code, evaluation, &conflict);
  EXPECT_TRUE(conflict.found);
  evaluation.atoms.assign(law.code.atoms.size(), Truth::no);
  Conflict none;
  evaluate(law.code, evaluation, &none);
  EXPECT_FALSE(none.found);
}

TEST(Judge, ALicenceWithoutAStatedPolicyIsReviewedWeKnowNotHow) {
  const Compiled law({header + clause("l", "always", "require licence")});
  EXPECT_EQ(Judge(law.code).judge(Facts(law.law)).review(), "undetermined");
}

TEST(Judge, NoExceptionOvercomesALetter) {  // T-42, T-46
  const std::string letter = R"([instrument]
id = "L"
title = "t"
kind = "letter"
cite = "c"
effective = 2024-01-01
confidence = "S"
addressees = ["nvidia"]
summary = "s"
)";
  const Compiled law({header + clause("e", "licence", "permit NAC"), letter + clause("l", "tpp >= 1", "require licence")});
  const auto requirement = [&](const char* maker) { return Judge(law.code).judge(tests::facts(law.law, {{"tpp", "5"}, {"maker", maker}})).requirement(); };
  EXPECT_EQ(requirement("nvidia"), "licence");
  EXPECT_EQ(requirement("amd"), "none");
  EXPECT_EQ(requirement("unknown"), "undetermined");
}

TEST(Judge, NoticeIsLessThanAFreeException) {
  const Compiled law({header + clause("l", "always", "require licence") + clause("n", "licence", "permit NAC notify") + clause("f", "licence and datacenter", "permit ACA")});
  const auto requirement = [&](const char* datacenter) { return Judge(law.code).judge(tests::facts(law.law, {{"datacenter", datacenter}})).requirement(); };
  EXPECT_EQ(requirement("no"), "notify");
  EXPECT_EQ(requirement("yes"), "exception");
  EXPECT_EQ(requirement("unknown"), "undetermined");
}

}  // namespace
}  // namespace brightline::law
