#include "law/parse.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace brightline::law {
namespace {

using Op = Expression::Op;

std::string read(std::string_view text) {
  const auto parsed = parse_expression(text);
  return parsed ? to_text(*parsed) : "error at " + std::to_string(parsed.error().offset) + ": " + parsed.error().message;
}

TEST(Parse, AndBindsTighterThanOr) {
  EXPECT_EQ(read("a or b and c"), "(a or (b and c))");
  EXPECT_EQ(read("a and b or c"), "((a and b) or c)");
  EXPECT_EQ(read("(a or b) and c"), "((a or b) and c)");
}

TEST(Parse, NotBindsTighterThanAnd) {
  EXPECT_EQ(read("not a and b"), "(not (a) and b)");
  EXPECT_EQ(read("not (a and b)"), "not ((a and b))");
  EXPECT_EQ(read("not not a"), "not (not (a))");
}

TEST(Parse, ProductsBindTighterThanSums) {
  EXPECT_EQ(read("a + b * c - d >= 3"), "((a + (b * c)) - d) >= 3");
  EXPECT_EQ(read("a - b - c < 0"), "((a - b) - c) < 0");
  EXPECT_EQ(read("a / b / c < 1"), "((a / b) / c) < 1");
  EXPECT_EQ(read("(a + b) * c < 1"), "((a + b) * c) < 1");
}

TEST(Parse, ChainedComparisonsAreTwo) {
  EXPECT_EQ(read("2400 <= tpp < 4800"), "(2400 <= tpp and tpp < 4800)");
  EXPECT_EQ(read("14000 < tpp < 17500 and x"), "((14000 < tpp and tpp < 17500) and x)");
  EXPECT_EQ(read("1 < a < 2 < b"), "error at 10: '<' is not expected here");
}

TEST(Parse, EachRelationIsItsOwn) {
  for (const auto& [text, relation] : {std::pair{"a >= 1", Relation::at_least}, {"a > 1", Relation::above}, {"a <= 1", Relation::at_most}, {"a < 1", Relation::below}}) {
    const auto parsed = parse_expression(text);
    ASSERT_TRUE(parsed.has_value());
    EXPECT_EQ(parsed->op, Op::relation);
    EXPECT_EQ(parsed->relation, relation) << text;
  }
}

TEST(Parse, NumbersCarryUnits) {
  const auto parsed = parse_expression("dram_bandwidth < 6500 GB/s and density > 2 GB/s/mm2");
  ASSERT_TRUE(parsed.has_value());
  const Expression& first = parsed->kids[0].kids[1];
  EXPECT_TRUE(first.has_unit);
  EXPECT_EQ(first.unit, "GB/s");
  EXPECT_EQ(parsed->kids[1].kids[1].unit, "GB/s/mm2") << "the longest unit that fits";
  EXPECT_FALSE(parse_expression("tpp >= 4800")->kids[1].has_unit);
  EXPECT_EQ(read("share >= 50 % and x"), "(share >= 50 % and x)");
}

TEST(Parse, NumbersAreExact) {
  EXPECT_EQ(parse_expression("pd >= 5.92")->kids[1].number, *base::Exact::ratio(592, 100));
  EXPECT_EQ(parse_expression("n <= 26_900_000")->kids[1].number, base::Exact(26'900'000));
}

TEST(Parse, MembershipsAndTheirNegations) {
  EXPECT_EQ(read("destination in D:5"), "destination in D:5");
  EXPECT_EQ(read("destination not in A:5"), "not (destination in A:5)");
  EXPECT_EQ(read("action in [export, reexport]"), "action in [export, reexport]");
  EXPECT_EQ(read("paragraph is 3A090.a"), "paragraph in [3A090.a]");
  EXPECT_EQ(read("paragraph is not none"), "not (paragraph in [none])");
  const auto group = parse_expression("destination in D:5");
  EXPECT_TRUE(group->group);
  EXPECT_FALSE(parse_expression("action in [export]")->group);
}

TEST(Parse, DaysAndExtremes) {
  EXPECT_EQ(read("date >= 2027-01-01"), "date >= 2027-01-01");
  EXPECT_EQ(read("min(a, b + 1) < max(c, 2)"), "min(a, (b + 1)) < max(c, 2)");
  EXPECT_EQ(read("always"), "always");
}

struct Mistake {
  const char* text;
  const char* said;
};

TEST(Parse, MistakesAreSaidWhereTheyStand) {
  for (const Mistake& m : std::vector<Mistake>{
           {"", "error at 0: the condition ends too early"},
           {"tpp >=", "error at 6: the condition ends too early"},
           {"tpp = 3", "error at 4: '=' is not expected here"},
           {"tpp >= 3 tops", "error at 9: unknown unit 'tops'"},
           {"a && b", "error at 2: '&' is not expected here"},
           {"and b", "error at 0: 'and' is not expected here"},
           {"a or", "error at 4: the condition ends too early"},
           {"(a or b", "error at 7: ')' expected, the end found"},
           {"a)", "error at 1: ')' is not expected here"},
           {"min(a)", "error at 5: ',' expected, ')' found"},
           {"a in [b, ]", "error at 9: a name is expected"},
           {"a in [b c]", "error at 8: ']' expected, 'c' found"},
           {"3 is b", "error at 2: only a word can stand before 'is' and 'in'"},
           {"a not b", "error at 6: 'in' expected, 'b' found"},
           {"a is", "error at 4: a name is expected"},
           {"tpp >= 8e-16", "error at 7: '8e-16' is finer than twelve decimals"},
           {"tpp > always", "error at 6: 'always' is not expected here"},
           {"tpp -5 > 2", "error at 4: '-5' is not expected here"},
       }) {
    EXPECT_EQ(read(m.text), m.said) << m.text;
  }
}

TEST(Parse, HintsSayWhatToWrite) {
  EXPECT_EQ(parse_expression("a = b").error().hint, "write 'is' or 'is not' for names, >= > <= < for numbers");
  EXPECT_EQ(parse_expression("a & b").error().hint, "write 'and' or 'or'");
}

TEST(Parse, OffsetsPointAtEachPart) {
  const auto parsed = parse_expression("a and  tpp >= 3");
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed->kids[1].offset, 7U);
  EXPECT_EQ(parsed->kids[1].kids[1].offset, 14U);
}

TEST(Parse, DeepNestingIsRefusedNotACrash) {
  for (const char* opening : {"(", "not ", "min(1, "}) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += opening;
    EXPECT_EQ(parse_expression(text + "a").error().message, "the condition nests too deeply") << opening;
  }
  std::string chain = "a";
  for (int i = 0; i < 1'000; ++i) chain += " or a";
  EXPECT_EQ(parse_expression(chain).error().message, "too many alternatives in one condition");
}

// ---------------------------------------------------------------- any tree, written out and read again, is itself

std::string a_name() { return *rc::gen::element<std::string>("tpp", "datacenter", "dram_bandwidth", "3A090.a", "D:5", "not_x", "m-2"); }

std::string a_number() {
  const auto whole = *rc::gen::inRange(0, 100'000);
  return *rc::gen::element<std::string>(std::to_string(whole), std::to_string(whole) + ".25", std::to_string(whole) + " GB/s", std::to_string(whole) + " %");
}

std::string a_sum(int depth) {
  if (depth == 0) return *rc::gen::arbitrary<bool>() ? a_number() : a_name();
  const std::string a = a_sum(depth - 1);
  const std::string b = a_sum(depth - 1);
  switch (*rc::gen::inRange(0, 4)) {
    case 0: return "(" + a + " + " + b + ")";
    case 1: return a + " * (" + b + ")";
    case 2: return "min(" + a + ", " + b + ")";
    default: return "(" + a + ") / " + "(" + b + ")";
  }
}

std::string a_condition(int depth) {
  if (depth == 0) {
    switch (*rc::gen::inRange(0, 4)) {
      case 0: return a_name();
      case 1: return a_name() + " in [" + a_name() + ", " + a_name() + "]";
      case 2: return a_name() + " not in " + a_name();
      default: return a_sum(1) + *rc::gen::element<std::string>(" >= ", " < ", " > ", " <= ") + a_sum(1);
    }
  }
  const std::string a = a_condition(depth - 1);
  const std::string b = a_condition(depth - 1);
  return *rc::gen::element<std::string>(a + " and " + b, a + " or " + b, "not (" + a + ")", "(" + a + " or " + b + ") and " + b);
}

RC_GTEST_PROP(Parse, WhatIsWrittenOutReadsTheSame, ()) {
  const auto parsed = parse_expression(a_condition(*rc::gen::inRange(0, 4)));
  RC_ASSERT(parsed.has_value());
  const std::string written = to_text(*parsed);
  const auto again = parse_expression(written);
  RC_ASSERT(again.has_value());
  RC_ASSERT(to_text(*again) == written);
}

TEST(Parse, AYesOrNoWhereANumberBelongsIsStillWrittenOutFaithfully) {  // found by the fuzzer
  for (const char* text : {"(tpp < 3) + 2 < 4", "(always) >= 3", "(not a) * 2 < 1", "min((a in [b]), 2) > 1"}) {
    const std::string once = read(text);
    EXPECT_EQ(read(once), once) << text;
  }
}

}  // namespace
}  // namespace brightline::law
