#include "catalogue/chip_file.h"

#include <gtest/gtest.h>

#include "chip/measure.h"

namespace brightline::catalogue {
namespace {

const References& references() {
  static const References all = [] {
    base::Problems problems;
    return load_references(std::string(BRIGHTLINE_ROOT) + "/data", problems);
  }();
  return all;
}

struct Read {
  std::optional<chip::Accelerator> chip;
  base::Problems problems;
};

Read read(const std::string& text, Origin origin = Origin::user) {
  Read out;
  const auto file = base::TomlFile::parse("my.toml", text);
  if (file) {
    out.chip = read_chip(*file, references(), origin, out.problems);
  } else {
    out.problems.add(file.error());
  }
  return out;
}

/// The one problem of a user's file whose [value] holds `line`.
std::string problem_of(const std::string& line) {
  const Read bad = read("[accelerator]\nname = \"My chip\"\n[value]\n" + line + "\n");
  EXPECT_FALSE(bad.chip.has_value());
  EXPECT_EQ(bad.problems.size(), 1U) << base::render(bad.problems);
  return base::render(bad.problems);
}

TEST(ChipFile, a_chip_described_by_hand_works) {
  const Read mine = read(R"(
[accelerator]
name = "My chip"
maker = "some company"
datacenter = "yes"
[value]
fp16 = "600 TFLOPS"
die_area = "700 mm2"
memory_bandwidth = "3 TB/s"
scaleup_bandwidth = "400 GB/s"
pcie_generation = 5
pcie_lanes = 16
)");
  ASSERT_TRUE(mine.chip.has_value()) << base::render(mine.problems);
  EXPECT_EQ(mine.chip->id, "my");
  EXPECT_EQ(mine.chip->find(chip::Field::fp16)->source, "user");
  EXPECT_EQ(mine.chip->sold_in_us, chip::Answer::unknown);
  const auto all = chip::measure(*mine.chip, references().technology);
  EXPECT_EQ(all[chip::MeasureId::tpp].value.stated, base::Exact(9600));
  EXPECT_EQ(all[chip::MeasureId::dram_bandwidth].value.stated, base::Exact(3000));
  EXPECT_EQ(all[chip::MeasureId::interconnect_bandwidth].value.stated, base::Exact(528));
}

TEST(ChipFile, legal_measures_may_be_stated) {
  const Read mine = read("[accelerator]\nname = \"My chip\"\n[value]\ntpp = \"2368\"\nperformance_density = \"2.9\"\n");
  ASSERT_TRUE(mine.chip.has_value()) << base::render(mine.problems);
  const auto all = chip::measure(*mine.chip, references().technology);
  EXPECT_EQ(all[chip::MeasureId::tpp].value.stated, base::Exact(2368));
  EXPECT_EQ(all[chip::MeasureId::performance_density].value.stated, base::Exact::parse("2.9"));
}

TEST(ChipFile, an_upper_bound_may_be_unknown) {
  const Read mine = read("[accelerator]\nname = \"x\"\n[value]\ndie_area = { is = \"665 mm2\", high = \"unknown\" }\n");
  ASSERT_TRUE(mine.chip.has_value()) << base::render(mine.problems);
  EXPECT_FALSE(mine.chip->number(chip::Field::die_area).high.has_value());
}

TEST(ChipFile, mistakes_in_values_are_named_with_place_and_hint) {
  EXPECT_EQ(problem_of("die_aera = \"814 mm2\""),
            "my.toml:4:12: [value] has an unknown key 'die_aera'\n  | die_aera = \"814 mm2\"\n  |            ^\n"
            "  hint: did you mean 'die_area'?\n");
  EXPECT_EQ(problem_of("die_area = \"814 GB\""),
            "my.toml:4:12: 'die_area' of my: '814 GB' is in GB, which does not measure this\n"
            "  | die_area = \"814 GB\"\n  |            ^\n  hint: write a number with its unit, in mm2\n");
  EXPECT_NE(problem_of("die_area = 814").find("'die_area' of my must be a quantity in quotes"), std::string::npos);
  EXPECT_NE(problem_of("fp16 = \"-3 TFLOPS\"").find("'fp16' of my can't be negative"), std::string::npos);
  EXPECT_NE(problem_of("fp16 = { low = \"9 TFLOPS\", high = \"8 TFLOPS\" }").find("'fp16' of my has its low above its high"),
            std::string::npos);
  EXPECT_NE(problem_of("fp16 = { is = \"7 TFLOPS\", low = \"8 TFLOPS\", high = \"9 TFLOPS\" }")
                .find("'fp16' of my lies outside its own low and high"),
            std::string::npos);
  EXPECT_NE(problem_of("fp16 = { note = \"none\" }").find("'fp16' of my says nothing"), std::string::npos);
  EXPECT_NE(problem_of("fp16 = { is = \"7 TFLOPS\", source = \"memroy\" }").find("did you mean 'memory'?"), std::string::npos);
  EXPECT_NE(problem_of("fp16 = { is = \"7 TFLOPS\", kind = \"guess\" }").find("'fp16' of my has an unknown kind 'guess'"),
            std::string::npos);
  EXPECT_NE(problem_of("fp16 = { iss = \"7 TFLOPS\", is = \"7 TFLOPS\" }").find("did you mean 'is'?"), std::string::npos);
}

TEST(ChipFile, mistakes_in_the_identity_are_named) {
  EXPECT_EQ(base::render(read("[accelerator]\nid = \"x\"\n").problems),
            "my.toml:1:1: [accelerator] has no 'name'\n  | [accelerator]\n  | ^\n  hint: add name = \"...\"\n");
  EXPECT_NE(base::render(read("[value]\nfp16 = \"1 TFLOPS\"\n").problems).find("no [accelerator] table"), std::string::npos);
  EXPECT_NE(base::render(read("[accelerator]\nname = \"x\"\nnode = \"tsmc-n44\"\n").problems).find("did you mean 'tsmc-n4'?"),
            std::string::npos);
  EXPECT_NE(base::render(read("[accelerator]\nname = \"x\"\ndatacenter = \"maybe\"\n").problems).find("'datacenter' can't be 'maybe'"),
            std::string::npos);
  EXPECT_NE(base::render(read("[accelerator]\nname = \"x\"\npackages = 0\n").problems).find("at least one package"), std::string::npos);
}

TEST(ChipFile, the_catalogue_asks_for_a_source_of_every_value) {
  const Read bad = read("[accelerator]\nname = \"x\"\n[value]\nfp16 = \"7 TFLOPS\"\n", Origin::catalogue);
  EXPECT_FALSE(bad.chip.has_value());
  EXPECT_NE(base::render(bad.problems).find("'fp16' of  names no source"), std::string::npos);
}

TEST(ChipFile, all_problems_are_collected) {
  EXPECT_EQ(read("[accelerator]\nnam = \"x\"\n[value]\nfp16 = \"7\"\nfp8 = \"x\"\n").problems.size(), 4U);
}

}  // namespace
}  // namespace brightline::catalogue
