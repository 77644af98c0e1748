#include "base/quantity_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace brightline::base {
namespace {

struct Reading {
  const char* text;
  const char* unit;
  const char* value;
};

TEST(QuantityText, ReadsUnitsExactly) {
  for (const auto& [text, unit, value] : {
           Reading{"3.35 TB/s", "GB/s", "3350"}, Reading{"3350 GB/s", "TB/s", "3.35"},   Reading{"900 Gb/s", "GB/s", "112.5"},
           Reading{"989.4 TFLOPS", "TFLOPS", "989.4"}, Reading{"1.979 PFLOPS", "TOPS", "1979"}, Reading{"312 TOPS", "TFLOPS", "312"},
           Reading{"814 mm2", "mm2", "814"},     Reading{"8.14 cm2", "mm2", "814"},      Reading{"1000000 um2", "mm2", "1"},
           Reading{"96 GB", "GB", "96"},         Reading{"1 GiB", "MiB", "1024"},        Reading{"1 GiB", "GB", "1.073741824"},
           Reading{"8 bit", "kB", "0.001"},      Reading{"1.4 kW", "W", "1400"},         Reading{"1.98 GHz", "MHz", "1980"},
           Reading{"26.9 bn", "", "26900000000"}, Reading{"25 %", "", "0.25"},            Reading{"25%", "%", "25"},
           Reading{"4800", "", "4800"},          Reading{"0.1 /cm2", "/mm2", "0.001"},   Reading{"3.9 pJ/bit", "pJ/bit", "3.9"},
           Reading{"  1.5\tTB/s  ", "GB/s", "1500"}, Reading{"1e3 GB/s", "TB/s", "1"},   Reading{"2.5e-1 W", "W", "0.25"},
           Reading{"-40 W", "W", "-40"},         Reading{"12_000 USD", "USD", "12000"},  Reading{"4 GB/s/mm2", "GB/s/mm2", "4"},
       }) {
    const auto read = parse_quantity(text, unit);
    ASSERT_TRUE(read.has_value()) << text << ": " << read.error().message;
    EXPECT_EQ(*read, *Exact::parse(value)) << text << " in " << unit << " is " << read->to_text(12);
  }
}

struct Refusal {
  const char* text;
  const char* unit;
  const char* message;
  const char* hint;
};

TEST(QuantityText, SaysWhatIsWrongAndWhatToTry) {
  for (const auto& [text, unit, message, hint] : {
           Refusal{"3.35", "GB/s", "'3.35' has no unit", "write a number with its unit, in GB/s"},
           Refusal{"80 GB", "GB/s", "'80 GB' is in GB, which does not measure this", "write a number with its unit, in GB/s"},
           Refusal{"80 GB", "", "'80 GB' is in GB, which does not measure this", "write a plain number such as 2368"},
           Refusal{"3.35 TB/S", "GB/s", "unknown unit 'TB/S'", "did you mean 'TB/s'?"},
           Refusal{"700 watts", "W", "unknown unit 'watts'", "write a number with its unit, in W"},
           Refusal{"fast", "GB/s", "'fast' is not a quantity", "write a number with its unit, in GB/s"},
           Refusal{"", "GB/s", "'' is not a quantity", "write a number with its unit, in GB/s"},
           Refusal{"1,979 TFLOPS", "TFLOPS", "unknown unit ',979 TFLOPS'", "write a number with its unit, in TFLOPS"},
           Refusal{"9000000000000000000 PFLOPS", "GFLOPS", "'9000000000000000000 PFLOPS' is too large or too fine to be kept exactly", ""},
       }) {
    const auto read = parse_quantity(text, unit);
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_EQ(read.error().message, message);
    EXPECT_EQ(read.error().hint, hint);
  }
}

TEST(QuantityText, EveryUnitConvertsThereAndBackWithinItsDimension) {
  for (const std::string& from : unit_names()) {
    for (const std::string& to : unit_names()) {
      const Unit& a = *find_unit(from);
      const Unit& b = *find_unit(to);
      const auto there = convert(Exact(1), a, b);
      EXPECT_EQ(there.has_value(), a.dimension == b.dimension) << from << " to " << to;
      if (there) {
        EXPECT_EQ(convert(*there, b, a), Exact(1)) << from << " to " << to;
      }
    }
  }
}

TEST(QuantityText, TheUnitsAgreeWithTheTypesTheEnginesUse) {
  EXPECT_EQ(find_unit("GB/s")->dimension, (Dimension{.time = -1, .data = 1}));
  const auto time = Data{80e9} / Bandwidth{3.35e12};
  static_assert(std::is_same_v<decltype(time), const Time>);
  EXPECT_NEAR(time.base, 0.02388, 1e-5);
  static_assert(std::is_same_v<decltype(Power{1} / Power{2}), double>);
}

RC_GTEST_PROP(QuantityTextProperty, NeverBreaksOnAnyText, (const std::string& text)) {
  const auto read = parse_quantity(text, "GB/s");
  if (!read) RC_ASSERT(!read.error().message.empty());
}

}  // namespace
}  // namespace brightline::base
