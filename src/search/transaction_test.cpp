#include "search/transaction.h"

#include <gtest/gtest.h>

namespace brightline::search {
namespace {

class TransactionTest : public testing::Test {
 protected:
  static law::Law load() {
    base::Problems problems;
    law::Law out = law::load_law(BRIGHTLINE_ROOT "/law", {}, problems);
    base::stop_at(problems);
    return out;
  }
  std::string name(const law::Facts& facts, const char* word) const { return facts[law_.vocabulary.at(word)].name; }
  law::Facts applied(const Transaction& transaction) {
    law::Facts out(law_);
    apply(transaction, out, problems_);
    return out;
  }
  law::Law law_ = load();
  base::Problems problems_;
};

TEST_F(TransactionTest, WhatIsLeftOutIsAssumed) {
  Transaction transaction;
  transaction.destination = "CN";
  const law::Facts facts = applied(transaction);
  EXPECT_EQ(name(facts, "headquarters"), "CN");
  EXPECT_EQ(name(facts, "ultimate_parent"), "CN");
  EXPECT_EQ(name(facts, "from"), "US");
  EXPECT_EQ(name(facts, "action"), "export");
  EXPECT_FALSE(facts.assumptions().empty());
}

TEST_F(TransactionTest, ALaterWordOverrulesAnEarlierOne) {
  Transaction transaction;
  transaction.destination = "CN";
  transaction.set = {{"destination", "MO"}, {"tpp", "5000"}};
  const law::Facts facts = applied(transaction);
  EXPECT_EQ(name(facts, "destination"), "MO");
  EXPECT_EQ(facts[law_.vocabulary.at("tpp")].low, base::Exact(5000));
}

TEST_F(TransactionTest, AWordSetToUnknownIsNotAssumed) {
  Transaction transaction;
  transaction.destination = "CN";
  transaction.set = {{"headquarters", "unknown"}};
  const law::Facts facts = applied(transaction);
  EXPECT_FALSE(facts[law_.vocabulary.at("headquarters")].known);
}

TEST_F(TransactionTest, MistakesNameTheOption) {
  Transaction transaction;
  transaction.action = "exprt";
  transaction.set = {{"tpq", "3"}, {"tpp", "many"}};
  applied(transaction);
  ASSERT_EQ(problems_.size(), 3U);
  EXPECT_EQ(problems_.all()[0].where.file, "--action");
  EXPECT_EQ(problems_.all()[1].message, "unknown word 'tpq'");
  EXPECT_EQ(problems_.all()[1].hint, "did you mean 'tpp'?");
  EXPECT_EQ(problems_.all()[2].where.file, "--set tpp");
}

}  // namespace
}  // namespace brightline::search
