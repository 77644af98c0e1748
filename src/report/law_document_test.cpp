#include "report/law_document.h"

#include <gtest/gtest.h>

#include <sstream>

#include "report/law_diff_document.h"
#include "report/terminal_text.h"
#include "search/real_world_test.h"

namespace brightline::report {
namespace {

using search::day;
using search::real_law;

const Terminal plain{100, false};

void expect_fits(const std::string& text, int width) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const bool address = line.find("http") != std::string::npos;
    if (!address) {
      EXPECT_LE(columns_of(line), width) << line;
    }
  }
}

TEST(LawDocument, TheTimelineHoldsEveryInstrumentInOrder) {
  const base::Json document = timeline_document(real_law());
  EXPECT_EQ(document.find("instruments")->size(), real_law().instruments.size());
  EXPECT_EQ(document.find("proposed")->size(), real_law().proposed.size());
  const auto& first = std::get<base::Json::List>(document.find("instruments")->value()).at(0);
  for (const char* key : {"id", "title", "kind", "cite", "released", "published", "effective", "confidence", "status", "clauses", "stays",
                          "repeals", "groups", "unresolved"}) {
    EXPECT_NE(first.find(key), nullptr) << key;
  }
  const std::string text = timeline_text(real_law(), plain);
  EXPECT_LT(text.find("88-FR-73458"), text.find("90-FR-4544"));
  EXPECT_LT(text.find("90-FR-4544"), text.find("Proposed"));
  expect_fits(text, 100);
}

TEST(LawDocument, AClauseHasItsDatesAndItsFate) {
  const auto ref = search::clauses_called(real_law(), "90-FR-4544:742.6(a)(6)(iii)(A)").at(0);
  const base::Json document = clause_document(real_law(), ref);
  EXPECT_EQ(document.find("from")->dump(-1), "\"2025-01-13\"");
  EXPECT_EQ(document.find("enforced_from")->dump(-1), "\"2025-05-15\"");
  EXPECT_EQ(document.find("until")->dump(-1), "null");
  EXPECT_EQ(document.find("stays")->size(), 1U);
  EXPECT_EQ(document.find("then")->dump(-1), "\"require licence\"");
  const std::string text = clause_text(real_law(), ref, plain);
  EXPECT_NE(text.find("stayed from 2025-05-13 by BIS-2025-05-13"), std::string::npos);
  EXPECT_NE(text.find("enforced from 2025-05-15"), std::string::npos);
  expect_fits(text, 100);
}

TEST(LawDocument, AnInstrumentSaysWhatItRepealsAndWhoRepealedIt) {
  const std::string early = instrument_text(real_law(), *real_law().find("87-FR-62186"), plain);
  EXPECT_TRUE(early.starts_with("87-FR-62186: partly repealed on ")) << early;
  EXPECT_NE(early.find("repealed from 2023-11-17 by 88-FR-73458"), std::string::npos);
  const std::string later = instrument_text(real_law(), *real_law().find("88-FR-73458"), plain);
  EXPECT_NE(later.find("Repeals\n  - 87-FR-62186:3A090.a from 2023-11-17"), std::string::npos);
  expect_fits(later, 100);
  expect_fits(instrument_text(real_law(), *real_law().find("90-FR-50857"), Terminal{60, false}), 60);
}

TEST(LawDocument, TheLawOfADayIsGroupedByVerb) {
  const std::string text = day_text(real_law(), day("2025-06-01"), law::Asked::enforced, plain);
  EXPECT_TRUE(text.starts_with("The law of 2025-06-01, as enforced: ")) << text.substr(0, 60);
  EXPECT_LT(text.find("\nclassify\n"), text.find("\nrequire\n"));
  EXPECT_NE(text.find("partly stayed"), std::string::npos);
  EXPECT_NE(text.find("not enforced, BIS-2025-05-13: "), std::string::npos);
  EXPECT_NE(text.find("  D:5  "), std::string::npos);
  EXPECT_EQ(text.find("The sources end"), std::string::npos);
  EXPECT_NE(day_text(real_law(), day("2030-01-01"), law::Asked::enforced, plain).find("The sources end on"), std::string::npos);
  const base::Json document = day_document(real_law(), day("2025-06-01"), law::Asked::text);
  EXPECT_EQ(document.find("as")->dump(-1), "\"text\"");
  EXPECT_NE(document.find("groups")->find("D:5"), nullptr);
}

TEST(LawDocument, EveryWordIsInTheVocabulary) {
  const Table table = words_table(real_law());
  EXPECT_EQ(table.rows.size(), real_law().vocabulary.words().size());
  expect_fits(to_screen(table, plain), 100);
}

search::LawDiff november() {
  search::CodeBook codes(real_law());
  search::Transaction transaction;
  transaction.destination = "CN";
  base::Problems problems;
  return search::diff_law(search::real_catalogue(), codes, transaction, day("2023-11-16"), day("2023-11-17"), problems);
}

TEST(LawDiffDocument, ListsEachChangeApart) {
  const base::Json document = law_diff_document(november(), real_law());
  for (const char* key : {"from", "to", "as", "destination", "clauses_added", "clauses_removed", "stays_begun", "stays_ended", "groups",
                          "chips", "by_change", "law_version", "evidence_through", "notice"}) {
    EXPECT_NE(document.find(key), nullptr) << key;
  }
  const std::string requirement = document.find("by_change")->find("requirement")->dump(-1);
  EXPECT_NE(requirement.find("\"rtx4090\""), std::string::npos);
  EXPECT_EQ(requirement.find("\"h800-sxm\""), std::string::npos);
  for (const base::Json& chip : std::get<base::Json::List>(document.find("chips")->value())) {
    if (chip.find("chip")->dump(-1) != "\"h800-sxm\"") continue;
    EXPECT_EQ(chip.find("paragraph")->dump(-1), R"({"before":"none","after":"3A090.a"})");
    EXPECT_EQ(chip.find("requirement")->dump(-1), "null");
  }
}

TEST(LawDiffDocument, TheTextGroupsChipsThatTurnedAlike) {
  const std::string text = law_diff_text(november(), real_law(), plain);
  EXPECT_TRUE(text.starts_with("2023-11-16 to 2023-11-17: ")) << text.substr(0, 60);
  EXPECT_NE(text.find("  none -> 3A090.a ("), std::string::npos);
  EXPECT_NE(text.find("    by 88-FR-73458:3A090.a.1, 88-FR-73458:3A090.a.2\n"), std::string::npos);
  EXPECT_NE(text.find("  - 87-FR-62186:3A090.a (classify 3A090.a): "), std::string::npos);
  expect_fits(text, 100);
}

TEST(LawCheckDocument, SaysItInOneLineFirst) {
  search::LawCheck check;
  check.instruments = 34;
  check.proposals = 8;
  check.clauses = 133;
  check.versions = 180;
  check.cells = 1851341;
  EXPECT_TRUE(law_check_text(check, plain)
                  .starts_with("34 instruments and 8 proposals, 133 clauses, 180 versions, 1,851,341 cells visited: no conflict\n"));
  check.conflicts.push_back(
      {{{"us/a.toml", 7, 1, ""}, "'a' and 'b' both hold", "let one name the other"}, "gain-ai", day("2024-01-01"), "export to CN"});
  const std::string text = law_check_text(check, plain);
  EXPECT_NE(text.find("visited: 1 conflict\n\nus/a.toml:7: 'a' and 'b' both hold\n  first on 2024-01-01, with gain-ai, export to CN\n  "
                      "hint: let one name the other\n"),
            std::string::npos)
      << text;
  EXPECT_EQ(law_check_document(check, real_law()).find("sound")->dump(-1), "false");
}

}  // namespace
}  // namespace brightline::report
