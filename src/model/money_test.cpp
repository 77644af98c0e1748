#include "model/money.h"

#include <gtest/gtest.h>

namespace brightline::model {
namespace {

using base::Exact;
using chip::Interval;
using chip::Price;
using chip::PriceKind;

Price price(std::string id, std::string item, PriceKind kind, std::string terms, std::string region, std::string as_of, Interval range) {
  Price out;
  out.id = std::move(id);
  out.items = {std::move(item)};
  out.kind = kind;
  out.terms = std::move(terms);
  out.region = std::move(region);
  out.as_of = std::move(as_of);
  out.value.range = range;
  return out;
}

Interval exactly(int value) { return Interval::exactly(Exact(value)); }
Interval between(int low, int high) { return {Exact(low), std::nullopt, Exact(high)}; }

// One chip, a place with everything and one with a grey-market price only.
chip::Prices example() {
  chip::Prices out;
  out.list = {price("r1", "x", PriceKind::rent, "spot", "global", "2026", exactly(1)),
              price("r2", "x", PriceKind::rent, "contract", "global", "2025", exactly(9)),
              price("r3", "x", PriceKind::rent, "contract", "global", "2026-01", exactly(2)),
              price("r4", "x", PriceKind::rent, "contract", "global", "2026-01", between(3, 5)),
              price("p1", "x", PriceKind::purchase, "card", "global", "2026", {Exact(16000), Exact(20000), Exact(24000)}),
              price("g1", "x", PriceKind::purchase, "card", "CN", "2026", exactly(50000)),
              price("s1", "server", PriceKind::server_overhead, "guess", "global", "2026", exactly(4000)),
              price("e1", "electricity", PriceKind::electricity, "industrial", "US", "2026", {*Exact::ratio(5, 100), *Exact::ratio(10, 100), *Exact::ratio(20, 100)}),
              price("u1", "pue", PriceKind::pue, "survey", "global", "2026", {*Exact::ratio(11, 10), *Exact::ratio(15, 10), *Exact::ratio(15, 10)})};
  out.list[5].grey_market = true;
  out.orders = {{PriceKind::rent, {"contract", "spot"}, {"global", "US"}, true, {"CN"}},
                {PriceKind::purchase, {"card"}, {"global", "CN"}, true, {"CN"}},
                {PriceKind::electricity, {"industrial"}, {"US"}, false, {}},
                {PriceKind::pue, {"survey"}, {"global"}, true, {}},
                {PriceKind::server_overhead, {"guess"}, {"global"}, true, {}}};
  out.years.range = {Exact(3), Exact(4), Exact(6)};
  out.utilisation.range = exactly(1);
  return out;
}

const Running eight{"x", 8, base::Power{700}, Span{200, 300, 500}};

void expect_near(const Span& found, const Span& wanted) {
  EXPECT_NEAR(found.low, wanted.low, 1e-9);
  EXPECT_NEAR(found.typical, wanted.typical, 1e-9);
  EXPECT_NEAR(found.high, wanted.high, 1e-9);
}

TEST(ChoosePrice, regions_then_classes_then_the_newest_and_several_alike_are_a_span) {
  const auto found = choose_price(example(), PriceKind::rent, "x", "", "");
  ASSERT_TRUE(found.has_value());
  ASSERT_EQ(found->prices.size(), 2U);
  EXPECT_EQ(found->prices[0].id, "r3");
  ASSERT_EQ(found->bounds.size(), 1U);  // on the spot it would be cheaper
  EXPECT_EQ(found->bounds[0].id, "r1");
  expect_near(found->value, {1, 3, 5});
  expect_near(choose_price(example(), PriceKind::rent, "x", "contract", "")->value, {2, 3, 5});
  EXPECT_EQ(choose_price(example(), PriceKind::rent, "x", "spot", "")->prices.front().id, "r1");
}

TEST(ChoosePrice, what_is_not_known_has_a_reason_and_no_number) {
  EXPECT_EQ(choose_price(example(), PriceKind::rent, "y", "", "").error().why, "no rent of y is known");
  EXPECT_EQ(choose_price(example(), PriceKind::rent, "x", "", "CN").error().why, "no rent of x in CN is known, only in: global");
  EXPECT_EQ(choose_price(example(), PriceKind::rent, "x", "academic", "").error().why, "no rent of x of the class academic is known, only of the classes: spot, contract");
}

TEST(ChoosePrice, grey_market_and_unchecked_prices_are_never_taken) {
  auto prices = example();
  EXPECT_FALSE(choose_price(prices, PriceKind::purchase, "x", "card", "CN").has_value());
  prices.list = {prices.list[5], prices.list[0]};
  prices.list[1].machine_compiled = true;
  EXPECT_EQ(choose_price(prices, PriceKind::purchase, "x", "", "").error().why, "no purchase price of x is known that may be used");
  EXPECT_FALSE(choose_price(prices, PriceKind::rent, "x", "spot", "global").has_value());
  ASSERT_EQ(price_warnings(prices, "x", "CN").size(), 1U);
  EXPECT_NE(price_warnings(prices, "x", "").front().find("g1, CN, 2026"), std::string::npos);
  EXPECT_TRUE(price_warnings(prices, "x", "US").empty());
}

TEST(ChoosePrice, a_part_of_a_country_takes_the_countrys_and_global_where_the_order_says_so) {
  EXPECT_EQ(choose_price(example(), PriceKind::electricity, "electricity", "", "US-TX")->prices.front().id, "e1");
  EXPECT_FALSE(choose_price(example(), PriceKind::electricity, "electricity", "", "CN").has_value());
  EXPECT_EQ(choose_price(example(), PriceKind::pue, "pue", "", "CN")->prices.front().id, "u1");
  EXPECT_EQ(choose_price(example(), PriceKind::rent, "x", "spot", "SG")->prices.front().id, "r1");
  EXPECT_FALSE(choose_price(example(), PriceKind::rent, "x", "spot", "CN-NM").has_value());
}

TEST(ChoosePrice, a_device_alone_and_one_in_a_server_are_no_interval) {
  auto prices = example();
  prices.list[1].installed = true;
  prices.list[3].installed = true;
  const auto found = choose_price(prices, PriceKind::rent, "x", "", "");
  EXPECT_EQ(found->prices.size(), 1U);
  expect_near(found->value, {1, 2, 2});
}

TEST(ChoosePrice, a_bound_alone_is_no_price) {
  chip::Prices prices = example();
  prices.list = {price("e", "electricity", PriceKind::electricity, "industrial", "US", "2026", {std::nullopt, std::nullopt, Exact(1)})};
  EXPECT_FALSE(choose_price(prices, PriceKind::electricity, "electricity", "", "").has_value());
}

// By hand: 8 devices at 1, 3 or 5 USD/h, half of the hours worked.
TEST(CostOf, rent) {
  Terms terms;
  terms.owned = false;
  terms.utilisation = 0.5;
  const auto cost = cost_of(example(), terms, eight);
  ASSERT_TRUE(cost.has_value());
  expect_near(cost->usd_per_hour, {16, 48, 80});
  EXPECT_EQ(cost->capital, Span{});
  // 1000 tokens a second are 3.6 million an hour.
  expect_near(usd_per_million(*cost, {1000, 1000, 1000}), {16 / 3.6, 48 / 3.6, 80 / 3.6});
  // Between 500 and 2000 a second: the least cost at the most tokens.
  expect_near(usd_per_million(*cost, {500, 1000, 2000}), {16 / 7.2, 48 / 3.6, 80 / 1.8});
  expect_near(usd_per_run(*cost, base::Time{7200}), {32, 96, 160});
}

// By hand: (20000 + 4000) x 8 devices over 4 x 8766 h = 5.4757 USD/h; (700 + 300) W x 8 x 1.5 = 12 kW at 0.10 USD/kWh =
// 1.20 USD/h. Least: (16000 + 4000) x 8 / (6 x 8766) = 3.0421, 900 W x 8 x 1.1 x 0.05 = 0.3960. Most: 28000 x 8 / (3 x
// 8766) = 8.5178, 1200 W x 8 x 1.5 x 0.20 = 2.8800.
TEST(CostOf, owning) {
  Terms terms;
  terms.owned = true;
  const auto cost = cost_of(example(), terms, eight);
  ASSERT_TRUE(cost.has_value()) << cost.error().why;
  EXPECT_NEAR(cost->capital.typical, 5.4757, 1e-4);
  EXPECT_NEAR(cost->electricity.typical, 1.2, 1e-9);
  EXPECT_NEAR(cost->usd_per_hour.typical, 6.6757, 1e-4);
  EXPECT_NEAR(cost->usd_per_hour.low, 3.0421 + 0.396, 1e-4);
  EXPECT_NEAR(cost->usd_per_hour.high, 8.5178 + 2.88, 1e-4);
  std::string used;
  for (const Price& one : cost->prices) used += one.id + " ";
  EXPECT_EQ(used, "p1 s1 e1 u1 ");
}

TEST(CostOf, a_price_in_a_running_server_adds_no_server) {
  auto prices = example();
  prices.list[4].installed = true;
  Terms terms;
  terms.owned = true;
  terms.years = 2;
  terms.electricity = 0.2;
  terms.pue = 1;
  const auto cost = cost_of(prices, terms, eight);
  ASSERT_TRUE(cost.has_value());
  EXPECT_NEAR(cost->capital.typical, 20000.0 * 8 / (2 * 8766), 1e-9);
  EXPECT_NEAR(cost->electricity.typical, 1.6, 1e-9);
  EXPECT_EQ(cost->prices.back().value.source, "user");
}

TEST(CostOf, what_a_person_pays_is_taken_as_said) {
  Terms terms;
  terms.usd_per_hour = 2.5;
  const auto cost = cost_of(example(), terms, {"a chip nobody sells", 4, base::Power{0}, std::nullopt});
  ASSERT_TRUE(cost.has_value());
  expect_near(cost->usd_per_hour, {10, 10, 10});
}

TEST(CostOf, without_a_choice_the_preferred_way_of_which_a_price_is_known) {
  auto prices = example();
  EXPECT_FALSE(cost_of(prices, {}, eight)->owned);
  std::erase_if(prices.list, [](const Price& one) { return one.kind == PriceKind::rent; });
  EXPECT_TRUE(cost_of(prices, {}, eight)->owned);
  EXPECT_EQ(cost_of(prices, {}, {"y", 1, base::Power{1}, Span{}}).error().why, "no rent of y is known; no purchase price of y is known");
}

TEST(CostOf, an_unknown_draw_is_no_number) {
  Terms terms;
  terms.owned = true;
  EXPECT_EQ(cost_of(example(), terms, {"x", 8, base::Power{700}, std::nullopt}).error().why, "what the host of x draws is not known");
  EXPECT_EQ(cost_of(example(), terms, {"x", 8, base::Power{0}, Span{}}).error().why, "what x draws is not known");
}

}  // namespace
}  // namespace brightline::model
