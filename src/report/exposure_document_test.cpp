#include "report/exposure_document.h"

#include <gtest/gtest.h>

#include <random>

#include "search/real_world_test.h"

namespace brightline::report {
namespace {

using search::day;
using search::real_catalogue;
using search::real_law;

struct Asked {
  search::Exposure exposure;
  base::Problems rows;
};

Asked h20(const std::string& more = "") {
  Asked out;
  const std::string text =
      "id,chip,kind,quantity,unit_value_usd,destination,party_hq,salvage_pct\n1,h20-96,inventory,1000,12000.255,CN,CN,40\n" + more;
  search::Stock stock = search::read_stock(text, "stock.csv", real_catalogue(), {}, out.rows);
  search::CodeBook codes(real_law());
  base::Problems problems;
  out.exposure = search::expose(std::move(stock), real_catalogue(), codes, {}, day("2025-04-08"), day("2025-04-16"), problems);
  base::stop_at(problems);
  return out;
}

TEST(ExposureDocument, HoldsTheContractsKeys) {
  const Asked asked = h20();
  const auto parsed = base::Json::parse(exposure_json(asked.exposure, real_law(), asked.rows), "out");
  ASSERT_TRUE(parsed.has_value());
  for (const char* key : {"lines", "newly_blocked_usd", "newly_free_usd", "undetermined_usd", "total_usd",
                          "newly_blocked_net_of_salvage_usd", "law_version", "evidence_through", "notice"}) {
    EXPECT_NE(parsed->find(key), nullptr) << key;
  }
  EXPECT_EQ(parsed->find("newly_blocked_usd")->dump(-1), "12000255");
  EXPECT_EQ(parsed->find("newly_blocked_net_of_salvage_usd")->dump(-1), "7200153");
  EXPECT_EQ(parsed->find("newly_free_usd")->dump(-1), "0");
  const auto& lines = std::get<base::Json::List>(parsed->find("lines")->value());
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].find("change")->dump(-1), "\"newly-blocked\"");
  EXPECT_EQ(lines[0].find("before")->find("requirement")->dump(-1), "\"none\"");
  EXPECT_EQ(lines[0].find("after")->find("because")->dump(-1), R"(["I25-NVDA:licence","I25-NVDA:review"])");
}

TEST(ExposureDocument, AnEmptyListIsADocumentToo) {
  Asked asked;
  const auto parsed = base::Json::parse(exposure_json(asked.exposure, real_law(), asked.rows), "out");
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed->find("lines")->size(), 0U);
}

TEST(ExposureDocument, MoneyIsExactToTheCent) {
  std::mt19937_64 random(7);
  std::uniform_int_distribution<std::int64_t> cents(0, 99'999'999'999'999);
  for (int i = 0; i < 20'000; ++i) {
    const std::int64_t whole = cents(random);
    const auto money = search::Money::of(*base::Exact::ratio(whole, 100), 1);
    if (!money) continue;  // a billion pieces or more
    const std::string written = money_json(*money).dump(-1);
    const auto read = base::Exact::parse(written);
    ASSERT_TRUE(read.has_value()) << written;
    ASSERT_EQ(*read, *base::Exact::ratio(whole, 100)) << written;
  }
}

TEST(ExposureDocument, EveryCentOfTheLargestSumIsWritten) {
  search::Money sum;
  for (int i = 0; i < 90; ++i) sum += *search::Money::of(999'999'999, *base::Exact::parse("999.99"));
  EXPECT_FALSE(sum.too_large());
  EXPECT_EQ(money_json(sum).dump(-1), "89999099910000.9");
  EXPECT_EQ(money_text(sum), "USD 89,999,099,910,000.90");
}

TEST(ExposureDocument, TheVerdictComesFirst) {
  const Asked asked = h20("2,l20,order,1,5,CN,CN,\n");
  const std::string text = exposure_text(asked.exposure, real_law(), asked.rows, Terminal{100, false});
  EXPECT_TRUE(text.starts_with(
      "USD 12,000,255.00 newly blocked (1 line)\n  of USD 12,000,260.00 in 2 lines, from 2025-04-08 to 2025-04-16, as enforced\n"
      "  newly blocked, net of salvage: USD 7,200,153.00\n"))
      << text;
  EXPECT_NE(text.find("What moved it\n  + I25-NVDA:licence: "), std::string::npos);
  EXPECT_NE(text.find("Not legal advice"), std::string::npos);
}

TEST(ExposureDocument, SaysWhenNothingMoved) {
  Asked asked = h20();
  asked.exposure.by_movement = {};
  EXPECT_TRUE(exposure_text(asked.exposure, real_law(), asked.rows, Terminal{100, false})
                  .starts_with("nothing newly blocked and nothing newly free\n"));
}

TEST(ExposureDocument, SaysHowManyRowsWereBad) {
  const Asked asked = h20("2,nothing,order,1,5,CN,CN,\n");
  const std::string text = exposure_text(asked.exposure, real_law(), asked.rows, Terminal{100, false});
  EXPECT_NE(text.find("1 of 2 lines could not be read and are in no sum"), std::string::npos);
}

}  // namespace
}  // namespace brightline::report
