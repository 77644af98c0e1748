#include "chip/interval.h"

#include <gtest/gtest.h>

namespace brightline::chip {
namespace {

using base::Exact;

Interval between(int low, int stated, int high) { return {Exact(low), Exact(stated), Exact(high)}; }

TEST(Interval, adds_part_by_part) { EXPECT_EQ(plus(between(1, 2, 3), between(10, 20, 30)), between(11, 22, 33)); }

TEST(Interval, an_unknown_summand_leaves_a_lower_bound_and_never_reads_as_zero) {
  const Interval sum = plus(Interval::exactly(Exact(128)), Interval::unknown());
  EXPECT_EQ(sum, Interval::at_least(Exact(128)));
  EXPECT_TRUE(plus(Interval::unknown(), Interval::unknown()).is_unknown());
}

TEST(Interval, divides_the_low_by_the_high) { EXPECT_EQ(over(between(8, 8, 12), between(2, 4, 4)), between(2, 2, 6)); }

TEST(Interval, a_divisor_without_upper_bound_leaves_no_lower_one) {
  const Interval area{Exact(600), Exact(600), std::nullopt};
  EXPECT_EQ(over(Interval::exactly(Exact(4800)), area), between(0, 8, 8));
}

TEST(Interval, a_divisor_that_may_be_zero_leaves_no_upper_bound) {
  const Interval area{Exact(0), std::nullopt, Exact(600)};
  const Interval density = over(Interval::exactly(Exact(4800)), area);
  EXPECT_EQ(density, Interval::at_least(Exact(8)));
  EXPECT_TRUE(over(between(1, 1, 1), between(0, 0, 0)).is_unknown());
}

TEST(Interval, what_does_not_fit_is_missing_not_wrong) {
  const Interval huge = Interval::exactly(Exact(9'000'000'000'000'000'000));
  EXPECT_TRUE(times(huge, huge).is_unknown());
}

TEST(Interval, is_written_with_its_doubt) {
  EXPECT_EQ(to_text(Interval::exactly(Exact(814)), "mm2"), "814 mm2");
  EXPECT_EQ(to_text(between(2160, 2360, 2400), "mm2"), "2360 mm2 (2160 to 2400)");
  EXPECT_EQ(to_text({Exact(880), std::nullopt, Exact(2596)}, "mm2"), "880 to 2596 mm2");
  EXPECT_EQ(to_text(Interval::at_least(Exact(1600)), "GB/s"), "at least 1600 GB/s");
  EXPECT_EQ(to_text(Interval::unknown(), "GB/s"), "unknown");
}

}  // namespace
}  // namespace brightline::chip
