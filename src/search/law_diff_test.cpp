#include "search/law_diff.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "search/real_world_test.h"

namespace brightline::search {
namespace {

LawDiff diff(const char* before, const char* after, const char* to = "CN", bool letters = true, law::Asked asked = law::Asked::enforced) {
  base::Problems problems;
  CodeBook codes(real_law());
  Transaction transaction;
  transaction.destination = to;
  transaction.letters = letters;
  transaction.asked = asked;
  LawDiff out = diff_law(real_catalogue(), codes, transaction, day(before), day(after), problems);
  base::stop_at(problems);
  return out;
}

bool holds(const std::vector<std::string>& ids, const char* id) { return std::ranges::find(ids, id) != ids.end(); }

template <class Change>
bool names(const std::vector<Change>& changes, const char* id) {
  return std::ranges::any_of(changes, [id](const Change& change) { return change.ref.clause->id == id; });
}

TEST(LawDiff, November2023MovesTheParagraphWhereALetterHadMovedTheRequirement) {
  const LawDiff out = diff("2023-11-16", "2023-11-17");
  for (const char* chip : {"a800-sxm-80", "h800-sxm", "l40s"}) {
    EXPECT_TRUE(holds(out.changed(Told::paragraph), chip)) << chip;
    EXPECT_FALSE(holds(out.changed(Told::requirement), chip)) << chip;
  }
  EXPECT_TRUE(holds(out.changed(Told::paragraph), "rtx4090"));
  EXPECT_TRUE(holds(out.changed(Told::requirement), "rtx4090"));
}

TEST(LawDiff, WithoutTheLetterTheRequirementMovesForAllFour) {
  const LawDiff out = diff("2023-11-16", "2023-11-17", "CN", false);
  for (const char* chip : {"a800-sxm-80", "h800-sxm", "l40s", "rtx4090"}) {
    EXPECT_TRUE(holds(out.changed(Told::paragraph), chip)) << chip;
    EXPECT_TRUE(holds(out.changed(Told::requirement), chip)) << chip;
  }
}

TEST(LawDiff, EachChangeStandsApart) {
  const LawDiff out = diff("2023-11-16", "2023-11-17");
  const auto h800 = std::ranges::find_if(out.chips, [](const ChipChange& change) { return change.chip->id == "h800-sxm"; });
  ASSERT_NE(h800, out.chips.end());
  EXPECT_EQ(h800->of(Told::paragraph).before, "none");
  EXPECT_EQ(h800->of(Told::paragraph).after, "3A090.a");
  EXPECT_FALSE(h800->of(Told::requirement).differs());
  EXPECT_EQ(h800->of(Told::requirement).before, "licence");
}

TEST(LawDiff, NamesTheClausesThatBeganAndEnded) {
  const LawDiff out = diff("2023-11-16", "2023-11-17");
  EXPECT_TRUE(names(out.added, "88-FR-73458:3A090.a.1"));
  EXPECT_TRUE(names(out.removed, "87-FR-62186:3A090.a"));
  const auto gone =
      std::ranges::find_if(out.removed, [](const ClauseChange& change) { return change.ref.clause->id == "87-FR-62186:3A090.a"; });
  EXPECT_EQ(gone->how, "repealed");
  EXPECT_EQ(gone->by->id, "88-FR-73458");
  EXPECT_TRUE(std::ranges::any_of(out.definitions, [](const DefinitionChange& change) { return change.id == "performance_density"; }));
}

TEST(LawDiff, AClauseMayBecomeEnforcedLaterThanItBegan) {
  const LawDiff text = diff("2025-01-12", "2025-01-13", "CN", true, law::Asked::text);
  EXPECT_TRUE(names(text.added, "90-FR-4544:742.6(a)(6)(iii)(A)"));
  const LawDiff enforced = diff("2025-01-12", "2025-01-13");
  EXPECT_FALSE(names(enforced.added, "90-FR-4544:742.6(a)(6)(iii)(A)"));
  const LawDiff later = diff("2025-05-14", "2025-05-15");
  ASSERT_TRUE(names(later.added, "90-FR-4544:742.6(a)(6)(iii)(A)"));
  EXPECT_EQ(later.added.at(0).how, "enforced");
}

TEST(LawDiff, StaysBeginAndEnd) {
  EXPECT_TRUE(names(diff("2025-11-09", "2025-11-10").stays_begun, "90-FR-47201:744.11(a)(1)"));
  EXPECT_TRUE(names(diff("2026-11-09", "2026-11-10").stays_ended, "90-FR-47201:744.11(a)(1)"));
}

TEST(LawDiff, GroupsMove) {
  const LawDiff out = diff("2024-05-29", "2024-05-30", "CY");
  const auto moved = std::ranges::find_if(out.groups, [](const GroupMove& move) { return move.id == "D:5"; });
  ASSERT_NE(moved, out.groups.end());
  EXPECT_EQ(moved->left, (std::vector<std::string>{"CY"}));
  EXPECT_TRUE(moved->joined.empty());
}

TEST(LawDiff, NothingChangesWithinADay) { EXPECT_TRUE(diff("2024-06-01", "2024-06-01").empty()); }

TEST(LawDiff, SaysWhichClauseMovedAChip) {
  const LawDiff out = diff("2025-04-08", "2025-04-09");
  ASSERT_TRUE(holds(out.changed(Told::requirement), "h20-96"));
  const auto h20 = std::ranges::find_if(out.chips, [](const ChipChange& change) { return change.chip->id == "h20-96"; });
  EXPECT_EQ(h20->moved.come.at(0).clause->id, "I25-NVDA:licence");
}

}  // namespace
}  // namespace brightline::search
