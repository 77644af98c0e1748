#include "catalogue/consistency.h"

#include <gtest/gtest.h>

namespace brightline::catalogue {
namespace {

const std::string data_folder = std::string(BRIGHTLINE_ROOT) + "/data";

const Catalogue& everything() {
  static const Catalogue all = [] {
    base::Problems problems;
    return load(data_folder, problems);
  }();
  return all;
}

const Checks& checks() {
  static const Checks all = [] {
    base::Problems problems;
    Checks loaded = load_checks(data_folder, problems);
    EXPECT_TRUE(problems.empty()) << base::render(problems);
    return loaded;
  }();
  return all;
}

std::vector<Finding> findings(std::string_view id) { return check_consistency(*everything().find(id), everything().references, checks()); }

TEST(Consistency, a_plain_chip_raises_no_question) { EXPECT_TRUE(findings("h100-sxm").empty()); }

TEST(Consistency, a_cut_format_is_found) {
  const auto found = findings("b300");  // INT8 was cut
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].check, "ratio");
  EXPECT_EQ(found[0].text, "int8 is 0.068 times fp16, not 2 times");
}

TEST(Consistency, a_declared_score_far_from_the_computed_one_is_found) {
  const auto found = findings("h100-nvl");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].text, "declared TPP 14144 against 13368 computed");
}

TEST(Consistency, a_wrong_die_area_is_found) {
  chip::Accelerator chip = *everything().find("h100-sxm");
  chip.values[chip::Field::die_area].range = chip::Interval::exactly(base::Exact(81));
  const auto found = check_consistency(chip, everything().references, checks());
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.back().check, "transistor_density");
}

TEST(Consistency, a_bandwidth_its_memory_cannot_have_is_found) {
  chip::Accelerator chip = *everything().find("h100-sxm");
  chip.values[chip::Field::memory_bandwidth].range = chip::Interval::exactly(base::Exact(33500));
  const auto found = check_consistency(chip, everything().references, checks());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].check, "memory");
}

TEST(Consistency, the_data_raise_few_questions) {
  std::string all;
  std::size_t number = 0;
  for (const auto& chip : everything().accelerators) {
    for (const Finding& one : check_consistency(chip, everything().references, checks())) {
      all += one.chip + ": " + one.text + "\n";
      ++number;
    }
  }
  EXPECT_LT(number, everything().accelerators.size()) << all;
}

}  // namespace
}  // namespace brightline::catalogue
