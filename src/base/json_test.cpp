#include "base/json.h"

#include <gtest/gtest.h>

#include <limits>

namespace brightline::base {
namespace {

Json parsed(std::string_view text) {
  auto value = Json::parse(text, "t.json");
  EXPECT_TRUE(value.has_value()) << text;
  return value.value_or(Json());
}

TEST(Json, KeepsTheOrderOfKeys) {
  Json json = Json::object();
  json.set("zebra", 1).set("apple", "two").set("list", Json::texts({"b", "a"})).set("none", Json()).set("yes", true);
  EXPECT_EQ(json.dump(-1), R"({"zebra":1,"apple":"two","list":["b","a"],"none":null,"yes":true})");
  json.set("zebra", 9);
  EXPECT_EQ(json.dump(-1), R"({"zebra":9,"apple":"two","list":["b","a"],"none":null,"yes":true})");
  EXPECT_EQ(json.size(), 5U);
  ASSERT_NE(json.find("list"), nullptr);
  EXPECT_EQ(json.find("list")->size(), 2U);
  EXPECT_EQ(json.find("missing"), nullptr);
  EXPECT_EQ(Json(7).find("x"), nullptr);
}

TEST(Json, WritesNumbersAsTheyAre) {
  Json list = Json::list();
  list.push(Exact(4800)).push(*Exact::parse("5.92")).push(0.1).push(std::numeric_limits<double>::infinity()).push(std::size_t{3});
  EXPECT_EQ(list.dump(-1), "[4800,5.92,0.1,null,3]");
}

TEST(Json, ReadsBackWhatItWrote) {
  const std::string text = R"({"b":[1,-2.5,"é\n\"",null,true,{}],"a":{"deep":[[]]}})";
  EXPECT_EQ(parsed(text).dump(-1), text);
  EXPECT_EQ(parsed(parsed(text).dump(2)).dump(-1), text);
  EXPECT_EQ(parsed(R"({"k":1,"k":2})").dump(-1), R"({"k":2})");
}

TEST(Json, KeepsNumbersBeyond64BitsAsNearAsADoubleDoes) {
  EXPECT_EQ(parsed("9223372036854775807").dump(), "9223372036854775807");
  EXPECT_TRUE(std::holds_alternative<double>(parsed("18446744073709551615").value()));
}

TEST(Json, SaysWhereATextIsNoJson) {
  const auto bad = Json::parse("{\n  \"a\": 1,\n  \"b\" 2\n}", "in.json");
  ASSERT_FALSE(bad.has_value());
  EXPECT_EQ(render(bad.error()), "in.json:3:7: not valid JSON\n  |   \"b\" 2\n  |       ^\n");
  for (const char* text : {"", "{", "[1,]", "nul", "{\"a\":1}}", "\"\xff\"", "[1e999]"}) {
    EXPECT_FALSE(Json::parse(text, "t").has_value()) << text;
  }
}

TEST(Json, RefusesEndlessNestingInsteadOfCrashing) {
  EXPECT_TRUE(Json::parse(std::string(150, '[') + std::string(150, ']'), "t").has_value());
  const auto deep = Json::parse(std::string(200'000, '[') + std::string(200'000, ']'), "t");
  ASSERT_FALSE(deep.has_value());
  EXPECT_EQ(deep.error().message, "JSON nested too deeply");
}

TEST(Json, InvalidBytesAreReplacedOnWriting) { EXPECT_EQ(Json("a\xff").dump(), "\"a\xEF\xBF\xBD\""); }

TEST(Json, MisuseIsOurFault) {
  EXPECT_THROW(Json(1).set("a", 2), OurFault);
  EXPECT_THROW(Json::object().push(1), OurFault);
}

}  // namespace
}  // namespace brightline::base
