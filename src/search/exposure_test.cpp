#include "search/exposure.h"

#include <gtest/gtest.h>

#include "search/real_world_test.h"

namespace brightline::search {
namespace {

Exposure exposed(const std::string& rows, const char* before, const char* after, bool letters = true) {
  base::Problems problems;
  const std::string text = "id,chip,kind,quantity,unit_value_usd,destination,party_hq,salvage_pct\n" + rows;
  Stock stock = read_stock(text, "stock.csv", real_catalogue(), {"CN", ""}, problems);
  CodeBook codes(real_law());
  Transaction transaction;
  transaction.letters = letters;
  Exposure out = expose(std::move(stock), real_catalogue(), codes, transaction, day(before), day(after), problems);
  base::stop_at(problems);
  return out;
}

TEST(Exposure, MovementIsTold) {
  EXPECT_EQ(movement_of("none", "licence"), Movement::newly_blocked);
  EXPECT_EQ(movement_of("notify", "licence"), Movement::newly_blocked);
  EXPECT_EQ(movement_of("licence", "exception"), Movement::newly_free);
  EXPECT_EQ(movement_of("licence", "licence"), Movement::still_blocked);
  EXPECT_EQ(movement_of("exception", "none"), Movement::still_free);
  EXPECT_EQ(movement_of("licence", "undetermined"), Movement::undetermined);
  EXPECT_EQ(movement_of("undetermined", "none"), Movement::undetermined);
}

TEST(Exposure, TheLetterOfApril2025BlocksH20) {
  const Exposure out = exposed("1,h20-96,inventory,1000,12000.25,,,40\n2,h20-96,order,1,0.01,SG,SG,\n3,h800-sxm,order,2,100,,,\n",
                               "2025-04-08", "2025-04-16");
  EXPECT_EQ(out.of(Movement::newly_blocked).value.to_text(), "12000250.00");
  EXPECT_EQ(out.of(Movement::newly_blocked).net.to_text(), "7200150.00");
  EXPECT_EQ(out.of(Movement::still_free).value.to_text(), "0.01");
  EXPECT_EQ(out.of(Movement::still_blocked).lines, 1U);
  EXPECT_EQ(out.total.value.to_text(), "12000450.01");
  EXPECT_EQ(out.by_kind[0][static_cast<std::size_t>(Movement::newly_blocked)].lines, 1U);
  const LineJudgement& h20 = out.judgements.at(out.judgement_of.at(0));
  EXPECT_EQ(h20.before.requirement, "none");
  EXPECT_EQ(h20.after.requirement, "licence");
  EXPECT_EQ(h20.after.review, "undetermined");
  ASSERT_FALSE(h20.moved.come.empty());
  EXPECT_EQ(h20.moved.come[0].clause->id, "I25-NVDA:licence");
  EXPECT_TRUE(h20.moved.gone.empty());
}

TEST(Exposure, WithoutLettersNothingMoves) {
  const Exposure out = exposed("1,h20-96,inventory,1000,12000.25,,,\n", "2025-04-08", "2025-04-16", false);
  EXPECT_EQ(out.of(Movement::still_free).lines, 1U);
}

TEST(Exposure, LinesAlikeAreJudgedOnce) {
  const Exposure out = exposed("1,h20-96,order,1,1,,,\n2,h20-96,order,2,1,CN,CN,\n3,h20-96,order,4,1,MO,,\n", "2025-04-08", "2025-04-16");
  EXPECT_EQ(out.judgements.size(), 2U);
  EXPECT_EQ(out.judgements[0].lines, 2U);
  EXPECT_EQ(out.judgements[0].quantity, base::Exact(3));
}

TEST(Exposure, ASumBeyondExactCentsIsRefused) {
  std::string rows;
  for (int i = 0; i < 91; ++i) rows += std::to_string(i) + ",h20-96,order,999999999,999.99,CN,CN,\n";
  EXPECT_THROW(exposed(rows, "2025-04-08", "2025-04-16"), base::BadInput);
}

TEST(Exposure, NamesOnlyTheAssumptionsThatBear) {
  const Exposure out = exposed("1,h20-96,order,1,1,CN,CN,\n", "2025-04-08", "2025-04-16");
  for (const std::string& one : out.assumptions) EXPECT_EQ(one.find("sold"), std::string::npos) << one;
}

}  // namespace
}  // namespace brightline::search
