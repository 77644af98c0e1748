// Areas: are the constants in the data those that the dies make, how far off are they, and does the page say so?
#include "fit/calibrate_area.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "catalogue/catalogue.h"
#include "model/design.h"
#include "model/die_cost.h"

namespace brightline::fit {
namespace {

const std::string root = BRIGHTLINE_ROOT;

const catalogue::Catalogue& everything() {
  static const catalogue::Catalogue all = [] {
    base::Problems problems;
    catalogue::Catalogue out = catalogue::load(root + "/data", problems);
    base::stop_at(problems);
    return out;
  }();
  return all;
}

const chip::Technology& technology() { return everything().references.technology; }

std::vector<double> in_data() {
  std::vector<double> out;
  for (const auto& one : technology().area.constants) out.push_back(*one.fitted);
  return out;
}

double percent(const chip::DieFacts& die, std::string_view block) { return error_of(die, block, technology(), in_data()).percent; }

TEST(AreaFit, MakesTheConstantsInTheData) {
  const std::vector<double> fitted = fit_area(technology());
  const std::vector<double> recorded = in_data();
  ASSERT_EQ(fitted.size(), recorded.size());
  for (std::size_t i = 0; i < fitted.size(); ++i) EXPECT_NEAR(fitted[i] / recorded[i], 1, 1e-4) << technology().area.constants[i].name;
}

TEST(AreaFit, PhotographedDiesAreMet) {
  int photographed = 0;
  for (const chip::DieFacts& die : technology().dies) {
    if (die.blocks.empty()) continue;
    ++photographed;
    EXPECT_LT(std::abs(percent(die, "")), 5) << die.id;
    for (const char* block : {"cores", "l2", "memory_phy", "scaleup"}) EXPECT_LT(std::abs(percent(die, block)), 15) << die.id << " " << block;
  }
  EXPECT_EQ(photographed, 2);
}

TEST(AreaFit, DiesItNeverSawAreNear) {
  const auto held_out = [](const chip::DieFacts& die) { return !die.fit && !die.chips.empty(); };
  EXPECT_GE(std::ranges::count_if(technology().dies, held_out), 6);
  EXPECT_LT(held_out_median(technology(), in_data(), true), 10);
}

TEST(AreaFit, AHeldOutDieMovesNothing) {
  chip::Technology other = technology();
  for (chip::DieFacts& die : other.dies) {
    if (!die.fit) die.area->range = chip::Interval::exactly(base::Exact(1));
  }
  EXPECT_EQ(fit_area(other), fit_area(technology()));
}

TEST(AreaFit, ThePageShowsTheTable) {
  std::ifstream in(root + "/docs/model/area.md");
  std::stringstream page;
  page << in.rdbuf();
  std::istringstream lines(area_report(technology(), in_data()));
  for (std::string line; std::getline(lines, line);) EXPECT_NE(page.str().find(line), std::string::npos) << line;
}

TEST(AreaRates, ReadTheUsualCoreOfTheData) {
  const model::CoreKind core = model::usual_core(technology().area);
  EXPECT_EQ(core.fp32_lanes, 128);
  EXPECT_EQ(core.lane_rate, 100);  // Gb/s
  EXPECT_FALSE(core.graphics);
  base::Problems problems;
  const std::vector<std::string> memories{"hbm2e", "hbm3", "hbm3e", "hbm4", "gddr6", "gddr7", "lpddr5"};
  for (const chip::Node& node : technology().nodes) {
    if (!node.logic_density) continue;
    EXPECT_GT(model::die_area({}, model::area_rates(technology(), node.id, "tsmc-n6", memories, problems)), 0) << node.id;
    for (const auto level : {model::CostLevel::low, model::CostLevel::typical, model::CostLevel::high}) {
      EXPECT_GT(model::cost_rates(technology(), node.id, "tsmc-n6", memories, level, problems).compute.price, 0) << node.id;
    }
  }
  EXPECT_TRUE(problems.empty()) << base::render(problems);
}

TEST(Dies, AreOfTheCatalogue) {
  for (const chip::DieFacts& die : technology().dies) {
    for (const std::string& id : die.chips) {
      const chip::Accelerator* chip = everything().find(id);
      ASSERT_NE(chip, nullptr) << die.id << " " << id;
      EXPECT_NE(std::ranges::find(chip->nodes, die.node), chip->nodes.end()) << die.id << " " << id;
    }
    for (const auto& count : die.counts) EXPECT_NE(std::ranges::find(chip::die_counts, count.name), chip::die_counts.end());
  }
}

TEST(Dies, CountsAreFieldsOfADesignOrOfItsCores) {
  for (const std::string_view name : chip::die_counts) {
    const bool of_cores = name == "fp32_lanes" || name == "fp64_lanes" || name == "lane_rate" || name == "graphics";
    EXPECT_NE(model::design_field_named(name).has_value(), of_cores) << name;
  }
}

}  // namespace
}  // namespace brightline::fit
