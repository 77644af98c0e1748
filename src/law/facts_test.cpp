#include "law/facts.h"

#include <gtest/gtest.h>

#include "law/law_texts.h"

namespace brightline::law {
namespace {

class FactsTest : public testing::Test {
 protected:
  base::Problems problems_;
  Law law_ = tests::load({tests::header + tests::clause("a", "destination in [CN, MO] and maker is nvidia", "flag x")}, problems_);
  Facts facts_{law_};
  [[nodiscard]] std::size_t word(const char* id) const { return law_.vocabulary.at(id); }
  std::string set(const char* id, const char* text) {
    const auto done = facts_.set_text(word(id), text);
    return done ? "" : done.error();
  }
  [[nodiscard]] std::string range(const char* id) const {
    const Fact& fact = facts_[word(id)];
    return fact.known ? fact.low.to_text() + ".." + fact.high.to_text() : "unknown";
  }
};

TEST_F(FactsTest, NumbersAreReadInTheWordsUnit) {  // T-18
  EXPECT_EQ(set("dram_bandwidth", "4.8 TB/s"), "");
  EXPECT_EQ(range("dram_bandwidth"), "4800..4800");
  EXPECT_EQ(set("dram_bandwidth", "4800"), "");
  EXPECT_EQ(range("dram_bandwidth"), "4800..4800");
  EXPECT_EQ(set("tpp", "2368"), "");
  EXPECT_EQ(range("tpp"), "2368..2368");
  EXPECT_EQ(set("transistors", "80 bn"), "");
  EXPECT_EQ(range("transistors"), "80..80");
}

TEST_F(FactsTest, RangesShareTheUnitAtTheirEnd) {
  EXPECT_EQ(set("applicable_die_area", "600 to 700 mm2"), "");
  EXPECT_EQ(range("applicable_die_area"), "600..700");
  EXPECT_EQ(set("dram_bandwidth", "900 GB/s to 1.2 TB/s"), "");
  EXPECT_EQ(range("dram_bandwidth"), "900..1200");
  EXPECT_NE(set("applicable_die_area", "700 to 600 mm2"), "");
}

TEST_F(FactsTest, WhatCanNotBeReadIsSaid) {
  EXPECT_EQ(set("tpp", "-3"), "'-3' is negative");
  EXPECT_EQ(set("datacenter", "maybe"), "'maybe' is neither yes nor no");
  EXPECT_NE(set("tpp", "many").find("is not a quantity"), std::string::npos);
  EXPECT_NE(set("applicable_die_area", "3 GB/s").find("does not measure this"), std::string::npos);
  EXPECT_EQ(set("item_kind", "icc"), "'icc' is no value of item_kind (did you mean 'ic'?)");
  EXPECT_EQ(set("tpp", "1e16"), "'1e16' is beyond any chip");
  EXPECT_EQ(range("tpp"), "unknown") << "a refused text leaves the word as it was";
}

TEST_F(FactsTest, UnknownClears) {
  set("tpp", "3");
  EXPECT_EQ(set("tpp", "unknown"), "");
  EXPECT_EQ(range("tpp"), "unknown");
  set("datacenter", "yes");
  set("datacenter", "");
  EXPECT_FALSE(facts_[word("datacenter")].known);
}

TEST_F(FactsTest, HongKongReadsAsChina) {  // T-34
  set("destination", "HK");
  EXPECT_EQ(facts_[word("destination")].name, "CN");
  EXPECT_EQ(facts_[word("destination")].symbol, law_.symbols.find("CN"));
  facts_.set_name(word("maker"), "HK");
  EXPECT_EQ(facts_[word("maker")].name, "HK") << "a maker is no place";
}

TEST_F(FactsTest, ANameNoConditionMentionsIsAnother) {
  set("maker", "somebody");
  EXPECT_EQ(facts_[word("maker")].symbol, other_symbol);
  set("maker", "nvidia");
  EXPECT_NE(facts_[word("maker")].symbol, other_symbol);
}

TEST_F(FactsTest, PartiesFollowTheDestinationUnlessStated) {
  set("destination", "CN");
  facts_.assume();
  EXPECT_EQ(facts_[word("headquarters")].name, "CN");
  EXPECT_EQ(facts_[word("ultimate_parent")].name, "CN") << "a copy of a copy";
  EXPECT_EQ(facts_[word("from")].name, "US");
}

TEST_F(FactsTest, AStatedHeadquartersIsKeptAndHandedOn) {
  set("destination", "MY");
  set("headquarters", "CN");
  facts_.assume();
  EXPECT_EQ(facts_[word("ultimate_parent")].name, "CN");
}

TEST_F(FactsTest, WhatIsLeftOpenIsNotAssumedNorCopied) {
  set("destination", "CN");
  facts_.assume({word("headquarters")});
  EXPECT_FALSE(facts_[word("headquarters")].known);
  EXPECT_FALSE(facts_[word("ultimate_parent")].known);
}

TEST_F(FactsTest, OnlyAssumptionsWorthSayingAreRemembered) {
  facts_.assume();
  bool sold = false;
  for (const Assumption& assumption : facts_.assumptions()) {
    sold = sold || assumption.word == word("sold_in_us");
    EXPECT_FALSE(law_.vocabulary.words()[assumption.word].silent);
    EXPECT_FALSE(assumption.says.empty());
  }
  EXPECT_TRUE(sold);
}

}  // namespace
}  // namespace brightline::law
