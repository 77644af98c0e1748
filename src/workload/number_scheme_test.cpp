#include "workload/number_scheme.h"

#include <gtest/gtest.h>

#include <set>

namespace brightline::workload {
namespace {

TEST(NumberScheme, EveryNameIsUniqueAndFound) {
  std::set<std::string_view> names;
  for (const NumberSchemeInfo& one : number_schemes) {
    EXPECT_TRUE(names.insert(one.name).second) << one.name;
    EXPECT_EQ(number_scheme(one.name), one.id) << one.name;
  }
}

TEST(NumberScheme, EveryIdIsToldByItsOwnLine) {  // info() finds a line by its place
  for (const NumberSchemeInfo& one : number_schemes) EXPECT_EQ(info(one.id).name, one.name);
  EXPECT_EQ(number_schemes.size(), static_cast<std::size_t>(NumberScheme::mxfp4_fp8) + 1);
}

TEST(NumberScheme, ANameThatIsNoneIsNotGuessed) {
  for (const char* name : {"", "FP8", "fp8 ", "fp", "bfloat16", "int4"}) EXPECT_EQ(number_scheme(name), std::nullopt) << name;
}

TEST(NumberScheme, BlockScalesAreCountedInTheBits) {
  EXPECT_DOUBLE_EQ(info(NumberScheme::nvfp4).weight_bits, 4 + 8.0 / 16);
  EXPECT_DOUBLE_EQ(info(NumberScheme::mxfp4_fp8).weight_bits, 4 + 8.0 / 32);
  EXPECT_DOUBLE_EQ(info(NumberScheme::mxfp4_fp8).activation_bits, 8 + 8.0 / 32);
  EXPECT_DOUBLE_EQ(info(NumberScheme::int4_weight_only).weight_bits, 4 + 16.0 / 128);
  EXPECT_DOUBLE_EQ(info(NumberScheme::fp8_block).activation_bits, 8 + 32.0 / 128);
}

TEST(NumberScheme, NarrowWeightsAloneRunAtTheRateOfTheActivations) {
  EXPECT_EQ(info(NumberScheme::int4_weight_only).multiplies, chip::Precision::bf16);
  EXPECT_EQ(info(NumberScheme::int8_weight_only).multiplies, chip::Precision::bf16);
  EXPECT_EQ(info(NumberScheme::mxfp4_weight_only).multiplies, chip::Precision::bf16);
  EXPECT_EQ(info(NumberScheme::mxfp4_fp8).multiplies, chip::Precision::fp8);
  EXPECT_EQ(info(NumberScheme::nvfp4).multiplies, chip::Precision::fp4);
}

}  // namespace
}  // namespace brightline::workload
