#include "search/code_book.h"

#include <gtest/gtest.h>

namespace brightline::search {
namespace {

base::Date day(const char* text) { return base::Date::parse(text).value(); }

class CodeBookTest : public testing::Test {
 protected:
  static law::Law load() {
    base::Problems problems;
    law::Law out = law::load_law(BRIGHTLINE_ROOT "/law", {}, problems);
    base::stop_at(problems);
    return out;
  }
  const law::Code& at(const char* on, law::Asked asked = law::Asked::enforced, bool letters = true) { return codes_.at({day(on), asked, letters}); }
  law::Law law_ = load();
  CodeBook codes_{law_};
};

std::vector<std::string> ids(const law::Code& code) {
  std::vector<std::string> out;
  for (const law::CompiledClause& clause : code.clauses) out.push_back(clause.clause->id + clause.stayed);
  return out;
}

TEST_F(CodeBookTest, DaysOfOneStretchShareACompilation) {
  EXPECT_EQ(&at("2023-12-01"), &at("2024-01-15"));
  EXPECT_NE(&at("2023-11-16"), &at("2023-11-17"));
}

TEST_F(CodeBookTest, TextAndEnforcementAndLettersAreKeptApart) {
  EXPECT_NE(&at("2025-06-01"), &at("2025-06-01", law::Asked::text));
  EXPECT_NE(&at("2025-06-01"), &at("2025-06-01", law::Asked::enforced, false));
}

TEST_F(CodeBookTest, AStretchIsFoundBeforeTheFirstChangeAndAfterTheLast) {
  EXPECT_EQ(codes_.stretch_of(day("1990-01-01"), law::Asked::text), base::Date::min());
  EXPECT_EQ(codes_.stretch_of(day("2023-11-17"), law::Asked::enforced), day("2023-11-17"));
  EXPECT_LE(codes_.stretch_of(day("2090-01-01"), law::Asked::enforced), day("2090-01-01"));
}

// The promise the book rests on: within a stretch nothing changes.
TEST_F(CodeBookTest, EveryDayOfAStretchCompilesToTheSameClauses) {
  for (const law::Asked asked : {law::Asked::text, law::Asked::enforced}) {
    const auto days = law_.change_days(asked);
    for (std::size_t i = 0; i + 1 < days.size(); ++i) {
      base::Problems problems;
      const law::Code first = law::compile(law_, {days[i], asked, true}, problems);
      const law::Code last = law::compile(law_, {days[i + 1].previous(), asked, true}, problems);
      ASSERT_TRUE(problems.empty()) << render(problems);
      EXPECT_EQ(ids(first), ids(last)) << days[i].to_text();
      ASSERT_EQ(first.atoms.size(), last.atoms.size()) << days[i].to_text();
      for (std::size_t a = 0; a < first.atoms.size(); ++a) {
        EXPECT_EQ(first.atoms[a].members, last.atoms[a].members) << days[i].to_text();
        EXPECT_EQ(first.atoms[a].yes, last.atoms[a].yes) << days[i].to_text();
      }
    }
  }
}

}  // namespace
}  // namespace brightline::search
