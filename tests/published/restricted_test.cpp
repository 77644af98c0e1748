// Does the search find what was published of designs under the rule of October 2022, as far as docs/isca2025.md says it does?
// The numbers are recorded loosely: they are findings, not goals.
#include "published/restricted.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace brightline::published {
namespace {

using model::Design;

constexpr double limit = 4800;
constexpr double a100_die = 826;

World& world() {
  static World one(BRIGHTLINE_ROOT);
  return one;
}
search::Space same_links() { return held(world().space(), "scaleup", 600); }

bool legal(const search::DesignQuestion& question, const Design& design) { return search::DesignEvaluator(question).settle(design) == search::Rejection::none; }

struct Gain {
  double prefill = 0, decode = 0;  ///< speed over the cut A100's, less 1
};
Gain gain_of(const search::DesignQuestion& question, const Design& design) {
  const Seconds before = seconds_of(question, fewer_cores());
  const Seconds after = seconds_of(question, design);
  return {before.prefill / after.prefill - 1, before.decode / after.decode - 1};
}

TEST(RestrictedDesigns, A100IsCutToFit) {
  const auto one = world().ask({.space = world().space(), .day = first_rule});
  const search::DesignQuestion& q = one->question;
  Design next = fewer_cores();
  ++next.cores;
  EXPECT_FALSE(legal(q, a100()));
  EXPECT_FALSE(legal(q, next));
  EXPECT_TRUE(legal(q, fewer_cores()));
  EXPECT_TRUE(legal(q, slower_links()));
  EXPECT_LT(tpp_of(q, fewer_cores()), limit);
}

TEST(RestrictedDesigns, TheBestBeatsTheCutOneMostlyInDecode) {
  const auto one = world().ask({.space = same_links(), .day = first_rule, .most_die = a100_die});
  const search::DesignQuestion& q = one->question;
  const Best best = best_of(q, fewer_cores());
  ASSERT_TRUE(best.proven);
  EXPECT_LT(tpp_of(q, best.design), limit);
  EXPECT_TRUE(legal(q, best.design));
  EXPECT_LE(q.physics.die(best.design), a100_die);
  const Gain gain = gain_of(q, best.design);
  EXPECT_GT(gain.prefill, 0);
  EXPECT_LT(gain.prefill, 0.06);  // published: 4 %
  EXPECT_GT(gain.decode, 0.30);   // published: 27 %
  EXPECT_LT(gain.decode, 0.56);   // as much as memory gains in bandwidth
  EXPECT_GT(gain.decode, gain.prefill);
}

TEST(RestrictedDesigns, NothingDrawnIsBetter) {
  const auto one = world().ask({.space = same_links(), .day = first_rule, .most_die = a100_die});
  const search::DesignQuestion& q = one->question;
  search::DesignEvaluator evaluator(q);
  const search::Score best = evaluator.score(best_of(q, fewer_cores()).design);
  for (const Design& design : drawn(q, fewer_cores(), nullptr, limit, 5000, 3)) {
    ASSERT_EQ(evaluator.check(design), search::Rejection::none);
    EXPECT_LE(evaluator.score(design), best);
  }
}

TEST(RestrictedDesigns, TheGainIsThatOfMemory) {
  const auto one = world().ask({.space = held(held(same_links(), "stacks", 5), "memory_rate", 89), .day = first_rule, .most_die = a100_die});
  const Gain gain = gain_of(one->question, best_of(one->question, fewer_cores()).design);
  EXPECT_GE(gain.decode, 0);
  EXPECT_LT(gain.decode, 0.03);
}

TEST(RestrictedDesigns, AtThePowerOfA100LittleOfItIsLeft) {
  const auto one = world().ask({.space = same_links(), .day = first_rule, .most_die = a100_die, .power = true});
  const search::DesignQuestion& q = one->question;
  const Best best = best_of(q, fewer_cores());
  EXPECT_LE(q.physics.power(best.design), q.most_power);
  const Gain gain = gain_of(q, best.design);
  EXPECT_GT(gain.decode, 0.05);
  EXPECT_LT(gain.decode, 0.20);
}

TEST(RestrictedDesigns, LinksBelowTheLineFreeProcessing) {
  const auto one = world().ask({.space = world().space(), .day = first_rule});
  const search::DesignQuestion& q = one->question;
  const Best best = best_of(q, fewer_cores());
  EXPECT_GT(tpp_of(q, best.design), 2 * limit);
  EXPECT_LT(best.design.scaleup, 600);
}

Part part_called(std::string_view name) {
  for (const Part& one : parts()) {
    if (one.name == name) return one;
  }
  throw std::logic_error("no such part");
}

TEST(RestrictedDesigns, DecodeNarrowsWithMemoryHeldAndPrefillDoesNot) {
  const auto one = world().ask({.space = world().space(), .day = first_rule});
  const search::DesignQuestion& q = one->question;
  const auto spread = [&](const Part* fixed) {
    std::vector<double> prefill;
    std::vector<double> decode;
    for (const Design& design : drawn(q, fewer_cores(), fixed, limit, 2000, 1)) {
      EXPECT_LT(tpp_of(q, design), limit);
      const Seconds seconds = seconds_of(q, design);
      prefill.push_back(seconds.prefill);
      decode.push_back(seconds.decode);
    }
    return std::pair(spread_of(prefill), spread_of(decode));
  };
  const Part memory = part_called("memory bandwidth");
  const Part cache = part_called("L2");
  const auto [prefill, decode] = spread(nullptr);
  const auto [prefill_memory, decode_memory] = spread(&memory);
  const auto [prefill_cache, decode_cache] = spread(&cache);
  EXPECT_GT(decode.variation, 4 * decode_memory.variation);
  EXPECT_GT(decode.range, 4 * decode_memory.range);
  EXPECT_LT(prefill.variation, 1.3 * prefill_memory.variation);
  EXPECT_LT(decode.variation, 1.3 * decode_cache.variation);
}

TEST(RestrictedDesigns, ADensityLimitIsMetByAreaThatCosts) {
  const auto free = world().ask({.space = world().space(), .day = second_rule});
  const auto notified = world().ask({.space = world().space(), .day = second_rule, .wanted = search::WantedStanding::notify});
  const search::DesignQuestion& q = free->question;
  Design half = fewer_cores();
  half.cores = 51;
  const double needed = area_needed(q, half);
  EXPECT_NEAR(needed, tpp_of(q, half) / 3.2, 0.1);
  EXPECT_NEAR(area_needed(q, fewer_cores()), tpp_of(q, fewer_cores()) / 1.6, 0.1);
  EXPECT_NEAR(area_needed(notified->question, fewer_cores()), tpp_of(q, fewer_cores()) / 5.92, 0.1);
  EXPECT_FALSE(legal(q, half));
  Design padded = half;
  padded.spare = std::ceil(needed - q.physics.applicable(half));
  EXPECT_TRUE(legal(q, padded));
  EXPECT_GT(q.physics.cost(padded), q.physics.cost(half));
}

}  // namespace
}  // namespace brightline::published
