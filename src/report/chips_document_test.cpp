#include "report/chips_document.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "search/real_world_test.h"

namespace brightline::report {
namespace {

using search::real_catalogue;

const chip::Accelerator& chip(const char* id) { return *real_catalogue().find(id); }

TEST(ChipsDocument, ListsTheMeasuresTheLawTurnsOn) {
  const base::Json document = chips_document(real_catalogue(), {&chip("h20-96")});
  EXPECT_EQ(document.find("count")->dump(-1), "1");
  const base::Json& entry = std::get<base::Json::List>(document.find("chips")->value()).at(0);
  EXPECT_EQ(entry.find("tpp")->dump(-1), "2368");
  EXPECT_EQ(entry.find("applicable_die_area_mm2")->dump(-1), "814");
  for (const char* key : {"performance_density", "dram_bandwidth_gb_per_s", "interconnect_bandwidth_gb_per_s", "efficiency_tflops_per_w",
                          "doubts", "maker", "segment"}) {
    EXPECT_NE(entry.find(key), nullptr) << key;
  }
}

TEST(ChipsDocument, MarksWhatIsNoSingleNumber) {
  chip::Accelerator unknown = chip("h20-96");
  unknown.values.erase(chip::Field::die_area);
  const auto doubts = doubts_of(unknown, real_catalogue().measures(unknown));
  EXPECT_NE(std::ranges::find(doubts, "area"), doubts.end());
  EXPECT_NE(std::ranges::find(doubts, "density"), doubts.end());
  const Table table = chips_table(real_catalogue(), {&unknown});
  EXPECT_EQ(table.rows[0][5].text, "?");
}

TEST(ChipsDocument, KnowsIntervals) {
  EXPECT_EQ(known_json(chip::Interval::exactly(5)).dump(-1), "5");
  EXPECT_EQ(known_json(chip::Interval::unknown()).dump(-1), "null");
  EXPECT_EQ(known_json(chip::Interval::at_least(5)).dump(-1), R"({"low":5,"stated":null,"high":null})");
}

TEST(ChipsDocument, ShowsEveryValueWithItsSource) {
  const base::Json document = chip_document(real_catalogue(), chip("h20-96"));
  EXPECT_EQ(document.find("values")->size(), chip("h20-96").values.size());
  for (const base::Json& value : std::get<base::Json::List>(document.find("values")->value())) {
    EXPECT_NE(value.find("source_title")->dump(-1), "null") << value.dump();
    EXPECT_NE(value.find("kind"), nullptr);
  }
  EXPECT_EQ(document.find("measures")->size(), chip::measure_table.size());
  const std::string text = chip_text(real_catalogue(), chip("h20-96"), Terminal{100, false});
  EXPECT_TRUE(text.starts_with("h20-96: NVIDIA H20 96GB, TPP 2368, computed\n")) << text.substr(0, 80);
  EXPECT_NE(text.find("int8 296 TOPS x 8 bits = 2368"), std::string::npos);
  EXPECT_NE(text.find("\nSources\n  [1]"), std::string::npos);
}

TEST(ChipsDocument, SetsDeclaredBesideComputedTpp) {
  const std::string text = chip_text(real_catalogue(), chip("h800-sxm"), Terminal{100, false});
  EXPECT_TRUE(text.starts_with("h800-sxm: NVIDIA H800 SXM5 80GB, TPP 15840 declared, ")) << text.substr(0, 90);
  EXPECT_NE(text.find(" computed (+"), std::string::npos);
}

TEST(ChipsDocument, FindingsAreQuestions) {
  const std::vector<catalogue::Finding> findings{{"b200", "declared_tpp", "declared TPP 37248 against 36000 computed"}};
  EXPECT_TRUE(findings_text(findings, 3, Terminal{100, false})
                  .starts_with("1 finding in 3 chips: questions about the data, not errors\n\nChip  Check"));
  EXPECT_EQ(findings_text({}, 3, Terminal{100, false}), "0 findings in 3 chips: questions about the data, not errors\n");
  EXPECT_EQ(findings_document(findings, 3).find("findings")->size(), 1U);
}

}  // namespace
}  // namespace brightline::report
