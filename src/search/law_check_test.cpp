#include "search/law_check.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "search/real_world_test.h"

namespace brightline::search {
namespace {

// The law of 2022 and 2023 without letters: all of today's kinds of clause, a small part of its versions.
std::vector<law::LawText> early_law() {
  base::Problems problems;
  auto texts = law::read_law_texts(BRIGHTLINE_ROOT "/law", problems);
  std::erase_if(texts, [](const law::LawText& text) {
    const bool early = text.name.find("/us/2022") != std::string::npos || text.name.find("/us/2023") != std::string::npos;
    return !early && !text.name.ends_with("words.toml");
  });
  texts.push_back({"evidence.toml", "[evidence]\nthrough = 2024-01-01\nsays = \"none\"\n"});
  return texts;
}

void replace(std::vector<law::LawText>& texts, const std::string& old, const std::string& with) {
  for (law::LawText& text : texts) {
    const std::size_t at = text.text.find(old);
    if (at == std::string::npos) continue;
    text.text.replace(at, old.size(), with);
    return;
  }
  FAIL() << "nowhere: " << old;
}

LawCheck checked(const std::vector<law::LawText>& texts) {
  base::Problems problems;
  LawCheck out = check_law(
      texts, {}, [](const std::string&, std::size_t, std::size_t) {}, problems);
  base::stop_at(problems);
  return out;
}

TEST(LawCheck, TheLawOf2022And2023HasNoConflict) {
  const LawCheck out = checked(early_law());
  EXPECT_EQ(out.instruments, 4U);
  EXPECT_EQ(out.transactions, 27U) << "9 places and parties, 3 actions, no letters";
  EXPECT_GT(out.versions, 3U);
  EXPECT_GT(out.cells, 100U);
  EXPECT_TRUE(out.conflicts.empty());
}

TEST(LawCheck, FindsTwoParagraphsForOneChip) {
  auto texts = early_law();
  replace(texts, "then = \"classify 3A090.a\"\ndefeats = [\"3A090.b.2\"]", "then = \"classify 3A090.a\"");
  const LawCheck out = checked(texts);
  ASSERT_FALSE(out.conflicts.empty());
  const CheckConflict& conflict = out.conflicts[0];
  EXPECT_NE(conflict.problem.message.find("3A090.a.1'"), std::string::npos) << conflict.problem.message;
  EXPECT_NE(conflict.problem.message.find("3A090.b.2'"), std::string::npos);
  EXPECT_EQ(conflict.problem.hint, "let one name the other under 'defeats'");
  EXPECT_GT(conflict.problem.where.line, 0);
  EXPECT_EQ(conflict.day, day("2023-11-17"));
}

TEST(LawCheck, FindsTwoReviewsForOneTransaction) {
  auto texts = early_law();
  replace(texts, "then = \"review case-by-case\"\n\n[[clause]]\nid = \"foundry red flag\"",
          "then = \"review case-by-case\"\n\n[[clause]]\nid = \"second thoughts\"\ncite = \"none\"\nsays = \"none\"\n"
          "when = \"paragraph is 3A090.b and destination is DE and headquarters_in_d5_or_macau\"\nthen = \"review "
          "denial\"\n\n[[clause]]\nid = \"foundry red flag\"");
  const LawCheck out = checked(texts);
  ASSERT_EQ(out.conflicts.size(), 1U);
  EXPECT_EQ(out.conflicts[0].transaction, "export to DE, party in CN, maker unnamed");
}

TEST(LawCheck, FindsTwoLabelsForOneItem) {
  auto texts = early_law();
  replace(texts, "when = \"described_in is 4A003 and paragraph in [3A090.a, 3A090.b]\"",
          "when = \"item_kind is assembly and paragraph in [3A090.a, 3A090.b]\"");
  const LawCheck out = checked(texts);
  ASSERT_FALSE(out.conflicts.empty());
  EXPECT_NE(out.conflicts[0].problem.message.find("label"), std::string::npos);
}

TEST(LawCheck, NotesATierWithoutALabel) {
  auto texts = early_law();
  replace(texts, "when = \"item_kind is ic and described_in is none and paragraph is 3A090.b\"",
          "when = \"item_kind is ic and described_in is 4A003 and paragraph is none\"");
  replace(texts, "then = \"label 3A090.b\"", "then = \"label 3A090.x\"");
  const LawCheck out = checked(texts);
  const auto note =
      std::ranges::find_if(out.notes, [](const CheckNote& one) { return one.says == "3A090.b as item kind ic has no label"; });
  ASSERT_NE(note, out.notes.end());
  EXPECT_EQ(note->kind, "no-label");
}

TEST(LawCheck, NotesALicenceWithoutAReview) {
  auto texts = early_law();
  replace(texts, "then = \"review approval\"", "then = \"flag approval\"");
  const LawCheck out = checked(texts);
  const auto note =
      std::ranges::find_if(out.notes, [](const CheckNote& one) { return one.says.find("SA (party in SA)") != std::string::npos; });
  ASSERT_NE(note, out.notes.end());
  EXPECT_EQ(note->kind, "no-review");
}

TEST(LawCheck, ABadFileIsAProblem) {
  auto texts = early_law();
  replace(texts, "tpp >= 4800", "tpq >= 4800");
  base::Problems problems;
  check_law(
      texts, {}, [](const std::string&, std::size_t, std::size_t) {}, problems);
  ASSERT_FALSE(problems.empty());
  EXPECT_EQ(problems.all()[0].message, "unknown word 'tpq'");
}

}  // namespace
}  // namespace brightline::search
