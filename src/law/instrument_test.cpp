// What a mistake in a law file is answered with: each kind once, with its exact message and place.
#include "law/instrument.h"

#include <gtest/gtest.h>

#include "law/law_texts.h"

namespace brightline::law {
namespace {

using tests::clause;
using tests::header;

// Every complaint about one instrument as "line:column message", whether the loader or the compiler finds it.
std::vector<std::string> complaints(const std::string& text) {
  base::Problems problems;
  const Law law = tests::load({text}, problems);
  if (problems.empty()) compile(law, {tests::day("2024-06-01"), Asked::enforced, true}, problems);
  std::vector<std::string> out;
  for (const base::Problem& p : problems.all()) out.push_back(std::to_string(p.where.line) + ":" + std::to_string(p.where.column) + " " + p.message);
  return out;
}

std::string hint(const std::string& text) {
  base::Problems problems;
  const Law law = tests::load({text}, problems);
  if (problems.empty()) compile(law, {tests::day("2024-06-01"), Asked::enforced, true}, problems);
  return problems.empty() ? "" : problems.all().front().hint;
}

std::string edited(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

const std::string good = clause("a", "tpp >= 4800", "classify 3A090.a");

struct Mistake {
  std::string text;
  const char* said;
};

void expect_each(const std::vector<Mistake>& mistakes) {
  for (const Mistake& m : mistakes) {
    const auto said = complaints(m.text);
    ASSERT_FALSE(said.empty()) << "nothing is said; expected: " << m.said << "\n" << m.text;
    EXPECT_EQ(said.front(), m.said) << m.text;
  }
}

TEST(Instrument, AGoodOneIsReadInFull) {
  base::Problems problems;
  const Law law = tests::load({header + clause("a", "tpp >= 4800", "classify 3A090.a", "from = 2024-02-01\nenforced_from = 2024-03-01\nuntil = 2024-12-31\nassumes = \"x\"\n")}, problems);
  ASSERT_TRUE(problems.empty()) << render(problems);
  const Clause& read = law.instruments.at(0).clauses.at(0);
  EXPECT_EQ(read.id, "T:a");
  EXPECT_EQ(read.from, tests::day("2024-02-01"));
  EXPECT_EQ(read.enforced_from, tests::day("2024-03-01"));
  EXPECT_EQ(read.until, tests::day("2024-12-31"));
  EXPECT_EQ(read.confidence, Confidence::primary);
  EXPECT_EQ(read.then->value, "3A090.a");
  EXPECT_EQ(read.when.where.line, 13);
  EXPECT_EQ(read.when.where.column, 9);
}

TEST(Instrument, MistakesInTheHeader) {
  expect_each({
      {"title = 1\n", "1:1 the file has no [instrument] table"},
      {edited(header, "title = \"a rule for tests\"\n", ""), "1:1 the instrument has no 'title'"},
      {edited(header, "\"rule\"", "\"rumour\""), "4:8 'rumour' is no kind of instrument"},
      {edited(header, "effective = 2024-01-01\n", ""), "1:1 the instrument states no effective day"},
      {edited(header, "2024-01-01", "\"2024-01-01\""), "6:13 'effective' of the instrument must be a day such as 2024-01-15, without quotes"},
      {edited(header, "\"P\"", "\"X\""), "7:14 'X' is no confidence"},
      {edited(header, "confidence = \"P\"\n", ""), "1:1 a confidence is missing"},
      {edited(header, "\"rule\"", "\"letter\""), "1:1 the letter names no addressees"},
      {header + "effectiv = 2024-01-01\n", "9:12 the instrument has an unknown key 'effectiv'"},
  });
  EXPECT_EQ(hint(header + "effectiv = 2024-01-01\n"), "did you mean 'effective'?");
}

TEST(Instrument, MistakesInAClause) {
  expect_each({
      {header + edited(good, "cite = \"c\"\n", ""), "9:1 this clause has no 'cite'"},
      {header + edited(good, "says = \"s\"\n", ""), "9:1 this clause has no 'says'"},
      {header + edited(good, "when = \"tpp >= 4800\"\n", ""), "9:1 this clause has no 'when'"},
      {header + edited(good, "classify 3A090.a", "clasify 3A090.a"), "14:8 'clasify' is no verb"},
      {header + edited(good, "classify 3A090.a", "classify 3A090.d"), "14:8 'classify 3A090.d' is no conclusion"},
      {header + edited(good, "classify 3A090.a", "review maybe"), "14:8 'review maybe' is no conclusion"},
      {header + edited(good, "classify 3A090.a", "permit NAC notify soon"), "14:8 'permit NAC notify soon' is no conclusion"},
      {header + edited(good, "then = \"classify 3A090.a\"\n", ""), "10:6 the clause neither concludes nor defeats anything"},
      {header + good + "until = 2023-01-01\n", "15:9 the clause ends before it begins, on 2024-01-01"},
      {header + good + "whem = \"x\"\n", "15:8 this clause has an unknown key 'whem'"},
      {header + good + good, "15:1 the clause id 'T:a' is taken"},
      {header + good + "defeats = [\"b\"]\n", "9:1 defeats names no clause: 'T:b'"},
      {header + good + "defeats = [\"a\"]\n", "9:1 the clause defeats itself"},
      {header + good + clause("b", "always", "flag x", "defeats = [\"a\"]\n"), "15:1 the clause defeats conclusions of another verb than its own"},
      {header + good + "defeats = 3\n", "15:11 'defeats' of this clause must be a list of texts"},
  });
}

TEST(Instrument, MistakesInACondition) {
  const auto with = [](const std::string& when) { return header + clause("a", when, "classify 3A090.a"); };
  expect_each({
      {with("tpp >="), "13:15 the condition ends too early"},
      {with("tpq >= 4800"), "13:9 unknown word 'tpq'"},
      {with("datacenter and tpq >= 4800"), "13:24 unknown word 'tpq'"},
      {with("tpp"), "13:9 'tpp' is not a yes or no"},
      {with("datacenter >= 3"), "13:9 'datacenter' is not a number"},
      {with("dram_bandwidth >= 1400"), "13:9 'dram_bandwidth' needs a number in GB/s, not a plain number"},
      {with("tpp >= 4800 GB/s"), "13:9 'tpp' needs a plain number, not GB/s"},
      {with("dram_bandwidth >= 3 mm2"), "13:9 'dram_bandwidth' needs a number in GB/s, not mm2"},
      {with("dram_bandwidth + tpp >= 3"), "13:9 'dram_bandwidth' needs a number in GB/s, not a plain number"},
      {with("destination in D:9"), "13:9 unknown country group 'D:9'"},
      {with("action is exprt"), "13:9 'exprt' is no value of 'action'"},
      {with("tpp is 3"), "13:9 'tpp' is no name to compare with"},
      {with("3 >= 2"), "13:9 two constants are compared"},
      {with("tpp + 1"), "13:9 a yes or no is expected here, a number found"},
      {with("tpp >= 2024-01-01"), "13:9 a day is compared with 'date' only"},
      {with("(tpp - tops) * 2 >= 3"), "13:10 'tpp' needs a plain number, not TOPS"},
      {with("(tpp - bits_x_tops) * 2 >= 3"), "13:10 a difference can't be multiplied or divided"},
      {with("paragraph is 3A090.a"), "13:9 'paragraph' is not concluded yet where 'classify' is decided"},
      {with("licence"), "13:9 'licence' is not concluded yet where 'classify' is decided"},
  });
  EXPECT_EQ(hint(with("tpq >= 4800")), "did you mean 'tpp'?");
  EXPECT_EQ(hint(with("action is exprt")), "did you mean 'export'?");
}

TEST(Instrument, ANumberNestedBeyondTheEvaluatorIsRefused) {
  std::string nested = "tpp";
  for (int i = 0; i < 20; ++i) nested = "max(tpp, " + nested + ")";
  EXPECT_EQ(complaints(header + clause("a", nested + " >= 3", "classify 3A090.a")), std::vector<std::string>{"13:13 the number nests too deeply"});
}

TEST(Instrument, MistakesInOtherEntries) {
  expect_each({
      {header + "[[repeal]]\nid = \"nothing\"\n", "9:1 the repeal names no clause: 'T:nothing'"},
      {header + "[[stay]]\nid = \"nothing\"\nsays = \"s\"\n", "9:1 the stay names no clause: 'T:nothing'"},
      {header + good + "[[stay]]\nid = \"a\"\n", "15:1 this stay has no 'says'"},
      {header + good + "[[stay]]\nid = \"a\"\nsays = \"s\"\nwhen = \"tpq\"\n", "18:9 unknown word 'tpq'"},
      {header + "[[group]]\nid = \"D:5\"\nadd = [\"China\"]\n", "11:7 'China' is no country code"},
      {header + "[[group]]\nid = \"D:5\"\nremove = [\"cn\"]\n", "11:10 'cn' is no country code"},
      {header + "[[define]]\nid = \"d\"\n", "9:1 this definition has no 'is'"},
      {header + "[[define]]\nid = \"d\"\nis = \"tpp >= 3\"\n[[define]]\nid = \"d\"\nis = \"tpp >= 4\"\n", "12:1 the word 'd' is defined twice in one instrument"},
      {header + "[[define]]\nid = \"d\"\nis = \"e\"\n[[define]]\nid = \"e\"\nis = \"d\"\n" + clause("a", "d", "classify 3A090.a"), "14:7 the definition of 'd' leads back to itself"},
      {header + "[[unresolved]]\nfrom = 2024-01-01\n", "9:1 this open point has no 'says'"},
      {header + "[[clauses]]\nid = \"a\"\n", "9:1 the instrument file has an unknown key 'clauses'"},
      {header + clause("a", "always", "flag x", "defeats = [\"b\"]\n") + clause("b", "always", "flag y", "defeats = [\"a\"]\n"), "9:1 'T:a' stands in a circle of clauses that defeat each other"},
      {header + "[[define]]\nid = \"d\"\nis = \"tpp >= 3\"\n[[stay]]\nid = \"d\"\nsays = \"s\"\n", "12:1 the stay names no clause: 'T:d'"},
  });
}

TEST(Instrument, TwoOfOneNameAreRefused) {
  base::Problems problems;
  tests::load({header + good, header}, problems);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems.all()[0].message, "two instruments are called 'T'");
}

TEST(Instrument, EveryMistakeIsReportedNotOnlyTheFirst) {
  EXPECT_EQ(complaints(header + clause("a", "tpp >=", "clasify x") + clause("b", "tpp >", "flag y")).size(), 3U);
}

}  // namespace
}  // namespace brightline::law
