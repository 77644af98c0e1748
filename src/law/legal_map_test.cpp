#include "law/legal_map.h"

#include <gtest/gtest.h>

#include "law/law_texts.h"

namespace brightline::law {
namespace {

using tests::clause;
using tests::Compiled;
using tests::header;

const std::string density = "[[define]]\nid = \"performance_density\"\nis = \"tpp / applicable_die_area\"\n";
const std::string two_lines = density + clause("a", "tpp >= 4800", "classify 3A090.a") +
                              clause("b", "tpp >= 1600 and tpp < 4800 and performance_density >= 3.2", "classify 3A090.b") +
                              clause("l", "paragraph is not none and not datacenter", "require licence");

struct Mapped : Compiled {
  explicit Mapped(const std::string& text, const std::vector<std::pair<const char*, const char*>>& fixed = {})
      : Compiled({header + text}), open(tests::facts(law, fixed)), map(LegalMap::build(code, open, problems)) {}
  [[nodiscard]] Design design(const std::vector<std::pair<const char*, std::int64_t>>& values) const {
    Design out;
    out.values.assign(open.size(), 0);
    for (const auto& [word, value] : values) {
      const bool number = law.vocabulary.words()[law.vocabulary.at(word)].type == WordType::number;
      out.values[law.vocabulary.at(word)] = number ? value * millionths : value;
    }
    return out;
  }
  Facts open;
  LegalMap map;
};

TEST(LegalMap, LooksUpBothSidesOfALine) {
  const Mapped m(two_lines);
  ASSERT_TRUE(m.problems.empty()) << render(m.problems);
  EXPECT_EQ(m.map.look_up(m.design({{"tpp", 4800}, {"applicable_die_area", 900}})).paragraph, 1);
  EXPECT_EQ(m.map.look_up(m.design({{"tpp", 4799}, {"applicable_die_area", 1600}})).paragraph, 0);
  EXPECT_EQ(m.map.look_up(m.design({{"tpp", 1600}, {"applicable_die_area", 500}})).paragraph, 2);
  EXPECT_EQ(m.map.look_up(m.design({{"tpp", 1600}, {"applicable_die_area", 501}})).paragraph, 0);
}

TEST(LegalMap, NoAreaHasACellOfItsOwn) {  // T-14
  const Mapped m(two_lines);
  EXPECT_EQ(m.map.look_up(m.design({{"tpp", 2000}, {"applicable_die_area", 0}})).paragraph, 0);
  EXPECT_EQ(m.map.look_up(m.design({{"tpp", 4800}, {"applicable_die_area", 0}})).paragraph, 1);
}

TEST(LegalMap, TruthsAreAxes) {
  const Mapped m(two_lines);
  EXPECT_EQ(m.map.look_up(m.design({{"tpp", 5000}, {"applicable_die_area", 900}, {"datacenter", 1}})).requirement, Requirement::none);
  EXPECT_EQ(m.map.look_up(m.design({{"tpp", 5000}, {"applicable_die_area", 900}, {"datacenter", 0}})).requirement, Requirement::licence);
}

TEST(LegalMap, WhatTheTransactionFixesADesignNeedNotState) {
  const Mapped m(two_lines, {{"applicable_die_area", "500 mm2"}, {"datacenter", "no"}});
  ASSERT_TRUE(m.problems.empty()) << render(m.problems);
  EXPECT_EQ(m.map.look_up(m.design({{"tpp", 1600}})).paragraph, 2);
  EXPECT_EQ(m.map.look_up(m.design({{"tpp", 1599}})).paragraph, 0);
}

TEST(LegalMap, CellsOutsideAFixedIntervalAreOutOfReach) {
  const Mapped m(two_lines, {{"tpp", "1000 to 2000"}});
  m.map.for_each_cell([&](const std::vector<int>&, const Standing& standing) { EXPECT_NE(standing.paragraph, 1) << "4800 is out of reach"; });
  std::size_t cells = 0;
  m.map.for_each_cell([&](const std::vector<int>&, const Standing&) { ++cells; });
  EXPECT_GT(cells, 0U);
}

TEST(LegalMap, ImpossibleCombinationsAreNotVisited) {
  const Mapped m(density + clause("a", "tpp < 100 and applicable_die_area > 50 mm2 and performance_density >= 3.2", "classify 3A090.a"));
  m.map.for_each_cell([](const std::vector<int>&, const Standing& standing) { EXPECT_EQ(standing.paragraph, 0) << "100 / 50 is below 3.2"; });
}

TEST(LegalMap, AConflictSomeChipCanReachIsAProblem) {
  const Mapped m(clause("a", "tpp >= 100", "classify 3A090.a") + clause("b", "tpp >= 200", "classify 3A090.b"));
  ASSERT_EQ(m.problems.size(), 1U);
  EXPECT_EQ(m.problems.all()[0].message, "'T:b' and 'T:a' both hold for some chip and conclude differently (3A090.b, 3A090.a)");
}

TEST(LegalMap, AConflictNoChipCanReachIsNone) {
  const Mapped m(density + clause("a", "tpp < 100 and applicable_die_area > 50 mm2", "classify 3A090.a") + clause("b", "performance_density >= 3.2", "classify 3A090.b"));
  EXPECT_TRUE(m.problems.empty()) << render(m.problems);
}

TEST(LegalMap, NamesOutsideAClosedSetAreNoCells) {
  const Mapped m(clause("a", "item_kind is ic", "classify 3A090.a"));
  ASSERT_EQ(m.map.axes().size(), 1U);
  EXPECT_EQ(m.map.axes()[0].cells, 2) << "a circuit, or one of the two other kinds";
}

TEST(LegalMap, ALimitFinerThanAMillionthIsStillExact) {
  const Mapped m(clause("a", "tpp * 3 >= 1000", "classify 3A090.a"));
  Design design = m.design({});
  design.values[m.law.vocabulary.at("tpp")] = 333'333'333;
  EXPECT_EQ(m.map.look_up(design).paragraph, 0);
  design.values[m.law.vocabulary.at("tpp")] = 333'333'334;
  EXPECT_EQ(m.map.look_up(design).paragraph, 1);
}

TEST(LegalMap, TooManyCellsAreRefused) {
  std::string text;
  const std::vector<const char*> words{"tpp", "bits_x_tops", "consignee_tpp_this_year"};
  for (std::size_t w = 0; w < words.size(); ++w) {
    for (int i = 1; i <= 120; ++i) text += clause(std::to_string(w) + "-" + std::to_string(i), std::string(words[w]) + " >= " + std::to_string(i), "classify 3A090.a");
  }
  const Mapped m(text);
  ASSERT_FALSE(m.problems.empty());
  EXPECT_EQ(m.problems.all()[0].message, "a legal map would have over a million cells");
}

}  // namespace
}  // namespace brightline::law
