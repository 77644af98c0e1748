// The corners a designer reads, in words (section G of the fact sheet); tests/agreement proves them as sets.
#include "law/region.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "law/law_texts.h"

namespace brightline::law {
namespace {

class Corners : public testing::Test {
 protected:
  std::vector<Region> regions(const char* on, const char* to, const std::vector<std::string>& with = {}) {
    base::Problems problems;
    law_ = load_law(BRIGHTLINE_ROOT "/law", with, problems);
    code_ = compile(law_, {tests::day(on), Asked::enforced, true}, problems);
    facts_ = std::make_unique<Facts>(tests::facts(law_, {{"item_kind", "ic"}, {"datacenter", "yes"}, {"destination", to}, {"sold_in_us", "yes"}}));
    if (with.empty()) {
      facts_->set_number(law_.vocabulary.at("dram_bandwidth"), base::Exact(1000));
      facts_->set_number(law_.vocabulary.at("interconnect_bandwidth"), base::Exact(100));
    }
    std::vector<std::size_t> open;
    for (const char* word : {"tpp", "applicable_die_area", "dram_bandwidth", "interconnect_bandwidth"}) open.push_back(law_.vocabulary.at(word));
    facts_->assume(open);
    map_ = LegalMap::build(code_, *facts_, problems);
    base::stop_at(problems);
    return legal_regions(map_, *facts_);
  }
  static std::vector<std::string> free(const Region& region) {
    std::vector<std::string> out;
    for (const RegionBand& band : region.bands) {
      const RegionPiece* best = highest_free(band);
      out.push_back(areas_of(band) + ": " + (best == nullptr ? "nothing" : to_text(best->high)));
    }
    return out;
  }
  Law law_;
  Code code_;
  std::unique_ptr<Facts> facts_;
  LegalMap map_;
};

TEST_F(Corners, ToChinaInJanuary2024) {
  const auto found = regions("2024-01-15", "CN");
  ASSERT_EQ(found.size(), 1U);
  std::vector<std::string> joined;
  for (const std::string& line : free(found[0])) {
    if (joined.empty() || joined.back().substr(joined.back().find(": ")) != line.substr(line.find(": "))) joined.push_back(line);
  }
  for (const char* corner : {"TPP < 1,600", "TPP < 3.2 x area", "TPP < 2,400", "TPP < 1.6 x area", "TPP < 4,800"}) {
    EXPECT_TRUE(std::ranges::any_of(joined, [&](const std::string& line) { return line.ends_with(corner); })) << corner;
  }
  EXPECT_EQ(joined.size(), 5U) << "five corners, in the order of the area";
  EXPECT_EQ(joined.front().substr(joined.front().find(": ")), ": TPP < 1,600");
  EXPECT_EQ(joined.back().substr(joined.back().find(": ")), ": TPP < 4,800");
}

// Highest free TPP at one area, whichever band it lies in.
std::string highest_at(const Region& region, const base::Exact& area) {
  for (const RegionBand& band : region.bands) {
    const bool above = band.low_closed ? area >= band.area_low : area > band.area_low;
    const bool below = band.high_infinite || (band.high_closed ? area <= band.area_high : area < band.area_high);
    if (!above || !below) continue;
    const RegionPiece* best = highest_free(band);
    return best == nullptr ? "none" : best->high.infinite ? "any" : best->high.at(area).to_text() + (best->high.above ? " closed" : "");
  }
  return "no band";
}

TEST_F(Corners, EveryCornerLiesWhereTheFactSheetSays) {
  const auto found = regions("2024-01-15", "CN");
  const auto at = [&](int area) { return highest_at(found[0], base::Exact(area)); };
  EXPECT_EQ(at(100), "1600");
  EXPECT_EQ(at(500), "1600");
  EXPECT_EQ(at(501), "1603.2");
  EXPECT_EQ(at(749), "2396.8");
  EXPECT_EQ(at(750), "2400");
  EXPECT_EQ(at(1500), "2400");
  EXPECT_EQ(at(1501), "2401.6");
  EXPECT_EQ(at(2999), "4798.4");
  EXPECT_EQ(at(3000), "4800");
  EXPECT_EQ(at(9000), "4800");
}

TEST_F(Corners, BandsFollowEachOtherWithoutGapOrOverlap) {
  for (const char* day : {"2024-01-15", "2025-06-01", "2026-06-15"}) {
    for (const Region& region : regions(day, "CN")) {
      EXPECT_TRUE(region.bands.front().area_low.is_zero());
      EXPECT_TRUE(region.bands.back().high_infinite);
      for (std::size_t i = 1; i < region.bands.size(); ++i) {
        EXPECT_EQ(region.bands[i].area_low, region.bands[i - 1].area_high);
        EXPECT_NE(region.bands[i].low_closed, region.bands[i - 1].high_closed) << "each end belongs to one band";
      }
    }
  }
}

TEST_F(Corners, EachFaceNamesItsClause) {  // T-53
  const auto found = regions("2024-01-15", "CN");
  for (const RegionBand& band : found[0].bands) {
    for (const RegionPiece& piece : band.pieces) {
      const bool has_face = !piece.high.infinite && piece.standing.requirement == Requirement::none;
      EXPECT_TRUE(!has_face || !piece.high.clauses.empty()) << areas_of(band);
    }
  }
}

TEST_F(Corners, ToAFreeDestinationNothingIsForbidden) {
  const auto found = regions("2024-01-15", "DE");
  for (const RegionBand& band : found.front().bands) EXPECT_EQ(to_text(highest_free(band)->high), "any TPP");
}

TEST_F(Corners, TheLetterOverlaySplitsByBandwidth) {  // T-46: offered as an overlay, never applied by itself
  const auto found = regions("2025-06-01", "CN", {"reported-letter-limits"});
  EXPECT_GT(found.size(), 1U);
  bool nothing_free = false;
  for (const Region& region : found) {
    for (const RegionBand& band : region.bands) nothing_free = nothing_free || highest_free(band) == nullptr;
  }
  EXPECT_TRUE(nothing_free) << "above 1,400 GB/s no TPP is free";
}

}  // namespace
}  // namespace brightline::law
