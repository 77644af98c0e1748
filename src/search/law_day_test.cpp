#include "search/law_day.h"

#include <gtest/gtest.h>

#include "search/real_world_test.h"

namespace brightline::search {
namespace {

const law::Clause& clause(const char* id) {
  const auto found = clauses_called(real_law(), id);
  EXPECT_EQ(found.size(), 1U) << id;
  return *found.at(0).clause;
}

Life life(const char* id, const char* on) { return life_of(real_law(), clause(id), day(on)); }
std::string status(const char* id, const char* on) { return status_of(real_law(), *real_law().find(id), day(on)); }

TEST(LawDay, AClauseLivesFromItsDayToItsRepeal) {
  EXPECT_EQ(life("87-FR-62186:3A090.a", "2022-10-06"), Life::not_yet);
  EXPECT_EQ(life("87-FR-62186:3A090.a", "2023-11-16"), Life::in_force);
  EXPECT_EQ(life("87-FR-62186:3A090.a", "2023-11-17"), Life::repealed);
  EXPECT_EQ(ending_of(real_law(), "87-FR-62186:3A090.a")->by->id, "88-FR-73458");
}

TEST(LawDay, AStayLastsItsTimeOnly) {
  EXPECT_EQ(life("90-FR-47201:744.11(a)(1)", "2025-11-09"), Life::in_force);
  EXPECT_EQ(life("90-FR-47201:744.11(a)(1)", "2025-11-10"), Life::stayed);
  EXPECT_EQ(life("90-FR-47201:744.11(a)(1)", "2026-11-10"), Life::in_force);
  EXPECT_EQ(life("90-FR-4544:742.6(a)(6)(iii)(A)", "2025-03-01"), Life::not_yet_enforced);
  EXPECT_EQ(life("90-FR-4544:742.6(a)(6)(iii)(A)", "2025-06-01"), Life::partly_stayed);
}

TEST(LawDay, TextAndEnforcedAreTwoQuestions) {
  const law::Clause& worldwide = clause("90-FR-4544:742.6(a)(6)(iii)(A)");
  EXPECT_TRUE(stands(real_law(), worldwide, day("2025-03-01"), law::Asked::text));
  EXPECT_FALSE(stands(real_law(), worldwide, day("2025-03-01"), law::Asked::enforced));
}

TEST(LawDay, AnInstrumentHasAStatus) {
  EXPECT_EQ(status("88-FR-73458", "2023-10-30"), "from 2023-11-17");
  EXPECT_EQ(status("88-FR-73458", "2023-12-01"), "in force");
  EXPECT_EQ(status("90-FR-4544", "2026-09-24"), "partly repealed, partly stayed");
  EXPECT_EQ(status("I25-NVDA", "2025-05-01"), "letter to nvidia");
  EXPECT_EQ(status("I22-NVDA", "2026-09-24"), "letter to nvidia, repealed");
  EXPECT_EQ(status("91-FR-46260", "2026-09-24"), "unread");
  EXPECT_EQ(status("GAO-B-337935", "2026-09-24"), "open point");
  EXPECT_EQ(status("90-FR-50857", "2026-09-24"), "in force");
  EXPECT_EQ(status("90-FR-50857", "2026-11-10"), "ended");
  EXPECT_EQ(status("safe-chips", "2026-09-24"), "proposed");
}

TEST(LawDay, GroupsMove) {
  EXPECT_TRUE(groups_on(real_law(), day("2024-05-29")).at("D:5").contains("CY"));
  EXPECT_FALSE(groups_on(real_law(), day("2024-05-30")).at("D:5").contains("CY"));
}

TEST(LawDay, ShortIdsFindTheirClauses) {
  EXPECT_EQ(clauses_called(real_law(), "3A090.a.1").size(), 1U);
  EXPECT_EQ(clauses_called(real_law(), "NAC").size(), 2U);
  EXPECT_TRUE(clauses_called(real_law(), "no such clause").empty());
  EXPECT_EQ(short_id("88-FR-73458:3A090.a.1"), "3A090.a.1");
}

}  // namespace
}  // namespace brightline::search
