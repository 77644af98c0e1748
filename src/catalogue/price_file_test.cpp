#include "catalogue/price_file.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "catalogue/catalogue.h"

namespace brightline::catalogue {
namespace {

struct World {
  Catalogue catalogue;
  std::vector<std::string> chips;
};

const World& world() {
  static const World all = [] {
    base::Problems problems;
    World out{load(std::string(BRIGHTLINE_ROOT) + "/data", problems), {}};
    for (const auto& one : out.catalogue.accelerators) out.chips.push_back(one.id);
    return out;
  }();
  return all;
}

const std::string good = R"([[price]]
id = "A1"
item = ["h20-96"]
kind = "rent"
class = "monthly"
region = "CN"
as_of = "2026-07"
value = { low = "0.6 USD/h", high = "0.8 USD/h", source = "memory", kind = "memory" }
original = "5 CNY"
per_usd = 6.8
confidence = "a listing"

[[order]]
kind = "rent"
classes = ["monthly"]
regions = ["global", "CN"]

[owning]
years = { is = "4", source = "memory", kind = "memory" }
utilisation = { is = "1", source = "memory", kind = "memory" }
prefer = ["owned", "rent"]
)";

struct Read {
  chip::Prices prices;
  base::Problems problems;
};

Read read(const std::string& text) {
  Read out;
  const auto file = base::TomlFile::parse("data/prices.toml", text);
  EXPECT_TRUE(file.has_value());
  out.prices = read_prices(*file, world().catalogue.references.sources, world().catalogue.references.places, world().chips, out.problems);
  return out;
}

/// The problems of the good file with `from` exchanged for `to`.
std::string problem(const std::string& from, const std::string& to) {
  std::string text = good;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  const Read bad = read(text.replace(at, from.size(), to));
  EXPECT_GE(bad.problems.size(), 1U) << to;
  return base::render(bad.problems);
}

TEST(PriceFile, keeps_what_it_says) {
  const Read one = read(good);
  EXPECT_TRUE(one.problems.empty()) << base::render(one.problems);
  ASSERT_EQ(one.prices.list.size(), 1U);
  const chip::Price& price = one.prices.list.front();
  EXPECT_EQ(price.terms, "monthly");
  EXPECT_EQ(*price.value.range.high, *base::Exact::ratio(8, 10));
  EXPECT_FALSE(price.value.range.stated.has_value());
  EXPECT_TRUE(price.usable());
  EXPECT_FALSE(one.prices.prefer_rent);
  EXPECT_EQ(one.prices.order(chip::PriceKind::rent)->regions.size(), 2U);
  EXPECT_EQ(one.prices.order(chip::PriceKind::pue), nullptr);
}

TEST(PriceFile, mistakes_are_named) {
  const auto says = [](const std::string& text, const char* wanted) { EXPECT_NE(text.find(wanted), std::string::npos) << text; };
  says(problem("h20-96", "h20-69"), "did you mean 'h20-96'?");
  says(problem("\"rent\"", "\"rental\""), "did you mean 'rent'?");
  says(problem("\"CN\"", "\"China\""), "'China' is no region");
  says(problem("\"2026-07\"", "\"mid 2026\""), "is no day, month or year");
  says(problem("0.6 USD/h", "0.6 USD"), "'value' of price A1");
  says(problem("0.6 USD/h", "0 USD/h"), "nothing is free");
  says(problem("per_usd = 6.8", "per_usd = 0"), "'per_usd' must be a number above 0");
  says(problem("confidence = \"a listing\"", ""), "has no 'confidence'");
  says(problem("class = \"monthly\"", "class = \"weekly\""), "no price is of the class 'monthly'");
  says(problem("years = { is = \"4\"", "years = { is = \"0\""), "states no number above 0");
  says(problem("prefer = [\"owned\", \"rent\"]", "prefer = [\"rent\"]"), "'prefer' must name both ways");
  says(problem("[[order]]", "[[price]]\nid = \"A1\"\n[[order]]"), "there are two prices 'A1'");
  says(problem("confidence", "grey = true\nconfidence"), "grey");
  says(problem("item = [\"h20-96\"]\nkind = \"rent\"", "item = [\"h20-96\"]\nkind = \"electricity\""), "there is no 'h20-96' to price");
}

TEST(PriceFile, our_own_prices_are_read_and_the_doubtful_ones_marked) {
  base::Problems problems;
  const chip::Prices all = load_prices(std::string(BRIGHTLINE_ROOT) + "/data", world().catalogue.references.sources, world().catalogue.references.places, world().chips, problems);
  EXPECT_TRUE(problems.empty()) << base::render(problems);
  EXPECT_GE(all.list.size(), 100U);
  const auto find = [&](std::string_view id) { return *std::ranges::find(all.list, id, &chip::Price::id); };
  for (const char* id : {"PR065", "PR071", "PR074"}) EXPECT_TRUE(find(id).grey_market) << id;
  for (const char* id : {"PR101", "PR102", "PR103", "PR104", "PR105", "PR106"}) EXPECT_TRUE(find(id).machine_compiled) << id;
  EXPECT_TRUE(find("PR110").usable());
  for (const auto& kind : chip::price_kinds) EXPECT_NE(all.order(kind.id), nullptr) << kind.name;
  for (const chip::Price& one : all.list) EXPECT_EQ(one.original.empty() || one.original.find("USD") != std::string::npos, !one.per_usd.has_value()) << one.id;
}

TEST(RegionCode, a_country_a_part_of_it_or_global) {
  const Places& places = world().catalogue.references.places;
  EXPECT_EQ(region_code("cn", places), "CN");
  EXPECT_EQ(region_code("China", places), "CN");
  EXPECT_EQ(region_code("us-tx", places), "US-TX");
  EXPECT_EQ(region_code("Global", places), "global");
  EXPECT_EQ(region_code("Atlantis", places), "");
  EXPECT_EQ(region_code("ZZ-TX", places), "");
}

}  // namespace
}  // namespace brightline::catalogue
