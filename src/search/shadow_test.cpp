#include "search/shadow.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "search/design_world_test.h"

namespace brightline::search {
namespace {

// A card held by a line of density, with no links. A GB/s of them would bring it a few hundredths of a square millimetre to
// count in that density, and nothing else.
TEST(ShadowPrices, AChipWithoutLinksIsNotLimitedByThem) {
  CodeBook codes(real_law());
  DesignAsk ask;
  ask.space = real_space("ada-gddr6");
  ask.space.most_die = 609;
  ask.wishes.devices = 1;
  const auto asked = case_of(codes, ask, "2024-01-15");
  model::Design design;
  design.rows = design.columns = 8;
  design.units = 4;
  design.cores = 96;
  design.eight_bit = 1;
  design.clock = 2477;
  design.registers = 128;
  design.local = 96;
  design.l2 = 8;
  design.stacks = 12;
  design.stack_gb = 4;
  design.scaleup = 0;
  design.bus_generation = 3;
  design.spare = 330;
  const Polished polished = polish(asked->question, design);
  ASSERT_TRUE(polished.found);
  const std::vector<ShadowPrice> prices = shadow_prices(asked->question, polished.design);
  EXPECT_EQ(std::ranges::find(prices, "scaleup", &ShadowPrice::limit), prices.end());
  EXPECT_NE(std::ranges::find(prices, "performance_density", &ShadowPrice::limit), prices.end()) << "the line that does limit it";
}

}  // namespace
}  // namespace brightline::search
