// Is every JSON document what schema/document.schema.json promises?
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "documents/schema.h"
#include "transcripts/program_runner.h"

namespace brightline::tests {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;
const fs::path root = BRIGHTLINE_ROOT;

std::vector<std::string> chip_ids() {
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(root / "data/accelerators")) out.push_back(entry.path().stem().string());
  std::ranges::sort(out);
  return out;
}

std::vector<std::string> proposals() {
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(root / "law/proposed")) out.push_back(entry.path().stem().string());
  std::ranges::sort(out);
  return out;
}

void expect_keys(const json& document, std::initializer_list<const char*> keys) {
  for (const char* key : keys) EXPECT_TRUE(document.contains(key)) << key;
}

/// What is undetermined says what would decide it. (A chip of which not even the TPP is known needs more facts than the
/// few that are worth naming.)
void expect_missing_told(const json& answer) {
  const bool open = answer["paragraph"] == "undetermined" || answer["licence"] == "undetermined" || answer["requirement"] == "undetermined";
  if (open && !answer["measures"]["tpp"].is_null()) {
    EXPECT_FALSE(answer["missing"].empty()) << answer["chip"];
  }
}

struct Route {
  const char* to;
  const char* on;
  const char* as;
};

class JudgeDocument : public testing::TestWithParam<Route> {};

TEST_P(JudgeDocument, OfEveryChipFitsTheSchema) {
  const auto& [to, on, as] = GetParam();
  const auto chips = chip_ids();
  ASSERT_GE(chips.size(), 100U);
  for (const std::string& id : chips) {
    const json document = document_of({"judge", id, "--to", to, "--on", on, "--as", as}, "judge");
    EXPECT_EQ(document["chip"], id);
    EXPECT_EQ(document["date"], on);
    EXPECT_EQ(document["destination"], to);
    EXPECT_EQ(document["as"], as);
    expect_missing_told(document);
  }
}

INSTANTIATE_TEST_SUITE_P(Routes, JudgeDocument,
                         testing::Values(Route{"CN", "2022-09-15", "enforced"}, Route{"CN", "2022-12-01", "enforced"},
                                         Route{"CN", "2024-01-15", "text"}, Route{"CN", "2025-05-01", "enforced"},
                                         Route{"MO", "2025-06-15", "text"}, Route{"IN", "2025-06-15", "text"},
                                         Route{"IN", "2025-06-15", "enforced"}, Route{"CN", "2026-11-22", "enforced"}),
                         [](const auto& one) {
                           std::string name = std::string(one.param.to) + "_" + one.param.on + "_" + one.param.as;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(JudgeDocumentOf, ADescribedItemKeepsWhatIsUnknownUnknown) {
  const json nothing = document_of({"judge", "-", "--to", "CN", "--on", "2024-01-15"}, "judge");
  EXPECT_EQ(nothing["paragraph"], "undetermined");
  for (const auto& [key, value] : nothing["measures"].items()) EXPECT_TRUE(value.is_null()) << key << " is " << value;
  const json range = document_of({"judge", "-", "--to", "CN", "--on", "2024-01-15", "--set", "tpp=2300", "--set",
                                  "applicable_die_area=600 to 700 mm2", "--set", "datacenter=yes", "--set", "item_kind=ic"},
                                 "judge");
  EXPECT_EQ(range["measures"]["applicable_die_area_mm2"], json({{"low", 600}, {"high", 700}}));
  EXPECT_EQ(range["measures"]["tpp"], 2300);
  EXPECT_TRUE(range["measures"]["dram_bandwidth_gb_per_s"].is_null());
}

TEST(JudgeDocumentOf, AChipOfOnesOwnNamesTheFactThatWouldDecide) {
  const std::string examples = (root / "docs/manual/examples").string();
  const json whole = document_of({"judge", examples + "/my-chip.toml", "--to", "CN", "--on", "2026-09-01"}, "judge");
  EXPECT_EQ(whole["paragraph"], "3A090.b");
  EXPECT_TRUE(whole["missing"].empty());
  const json part = document_of({"judge", examples + "/my-chip-no-area.toml", "--to", "CN", "--on", "2026-09-01"}, "judge");
  EXPECT_EQ(part["paragraph"], "undetermined");
  EXPECT_EQ(part["missing"], json({{"applicable_die_area"}}));
  EXPECT_TRUE(part["measures"]["applicable_die_area_mm2"].is_null());
}

TEST(JudgeDocumentOf, ATransactionCarriesItsParts) {
  const json document = document_of({"judge", "h100-sxm", "--to", "MY", "--hq", "CN", "--parent", "CN", "--from", "SG", "--action",
                                     "reexport", "--no-letters", "--on", "2025-06-15"},
                                    "judge");
  EXPECT_EQ(document["destination"], "MY");
  EXPECT_EQ(document["headquarters"], "CN");
  EXPECT_EQ(document["from"], "SG");
  EXPECT_EQ(document["action"], "reexport");
  EXPECT_EQ(document["letters"], false);
  EXPECT_TRUE(document_of({"judge", "h100-sxm", "--on", "2025-06-15"}, "judge")["destination"].is_null());
}

TEST(JudgeDocumentOf, ABatchIsAListOfItsRows) {
  const std::string stock = (root / "docs/manual/examples/h20-stock.csv").string();
  const json rows = document_of({"judge", "--batch", stock, "--on", "2025-05-01"}, "judge_batch");
  ASSERT_FALSE(rows.empty());
  EXPECT_EQ(rows[0]["requirement"], "licence");
}

TEST(JudgeDocumentOf, EveryKeyOfTheContractIsThere) {
  const json document = document_of({"judge", "h20-96", "--to", "CN", "--on", "2025-05-01"}, "judge");
  expect_keys(document, {"chip",   "date",        "destination", "headquarters",     "paragraph", "label",      "requirement", "exceptions",
                         "review", "because",     "missing",     "measures",         "licence",   "conditions", "flags",       "cn_status",
                         "duty",   "assumptions", "law_version", "evidence_through", "unresolved"});
  ASSERT_FALSE(document["because"].empty());
  for (const json& reason : document["because"]) expect_keys(reason, {"clause", "cite", "says", "measure", "value", "limit", "margin"});
  expect_keys(document["measures"],
              {"tpp", "performance_density", "applicable_die_area_mm2", "dram_bandwidth_gb_per_s", "interconnect_bandwidth_gb_per_s"});
}

TEST(JudgeDocumentOf, EveryNumericWordOfAnItemHasAKeyWithItsUnit) {
  const json words = document_of({"law", "words"}, "law_words");
  const json measures = document_of({"judge", "h20-96", "--to", "CN", "--on", "2025-05-01"}, "judge")["measures"];
  const std::map<std::string, std::string> unit_keys{
      {"GB/s", "_gb_per_s"},         {"mm2", "_mm2"}, {"GB/s/mm2", "_gb_per_s_per_mm2"}, {"TOPS", "tops"},
      {"TFLOPS/W", "_tflops_per_w"}, {"bn", "_bn"}};
  std::size_t checked = 0;
  for (const json& word : words) {
    if (word["type"] != "number" || word["of"] != "item") continue;
    const std::string id = word["word"];
    const std::string end = word["unit"].is_null() ? "" : unit_keys.at(word["unit"]);
    const std::string key = id.ends_with(end) ? id : id + end;
    EXPECT_TRUE(measures.contains(key)) << key;
    ++checked;
  }
  EXPECT_EQ(checked, measures.size());
}

TEST(JudgeDocumentOf, ABatchIsCsvUnlessJsonIsAsked) {
  const Scratch scratch;
  write_file(scratch.folder() / "rows.csv", "id,chip,destination,date\n1,h20-96,CN,2025-05-01\n");
  const Outcome outcome = run_program({"judge", "--batch", (scratch.folder() / "rows.csv").string(), "--csv"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_TRUE(outcome.out.starts_with("id,chip,destination,date,paragraph,label,requirement,exceptions,review,because,missing,margin"));
}

void expect_boundary_contract(const json& document) {
  expect_keys(document, {"law", "region", "products", "designs", "effort", "certificate", "provenance"});
  expect_keys(document["law"], {"version", "clauses"});
  expect_keys(document["certificate"], {"bound", "gap"});
  expect_keys(document["effort"], {"designs_in_space", "designs_judged", "designs_evaluated", "seconds", "designs_per_second",
                                   "designs_judged_per_second", "threads", "ranks"});
  EXPECT_EQ(document["products"].size(), chip_ids().size());
  std::size_t unknown = 0;
  for (const json& product : document["products"]) {
    expect_missing_told(product);
    for (const auto& [key, value] : product["measures"].items()) unknown += value.is_null() ? 1 : 0;
    // a chip of which nothing is known is not taken for a small one
    if (product["measures"]["tpp"].is_null()) {
      EXPECT_NE(product["paragraph"], "3A090.a") << product["chip"];
    }
  }
  EXPECT_GT(unknown, 0U);
}

class BoundaryOnDay : public testing::TestWithParam<const char*> {};
TEST_P(BoundaryOnDay, FitsTheSchema) { expect_boundary_contract(document_of({"boundary", "--no-designs", "--to", "CN", "--on", GetParam()}, "boundary")); }
INSTANTIATE_TEST_SUITE_P(Days, BoundaryOnDay,
                         testing::Values("2022-08-15", "2022-12-01", "2023-11-17", "2025-01-20", "2025-05-14", "2026-11-22"),
                         [](const auto& one) {
                           std::string name = one.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

class BoundaryWith : public testing::TestWithParam<std::string> {};
TEST_P(BoundaryWith, FitsTheSchema) {
  const json document =
      document_of({"boundary", "--no-designs", "--to", "CN", "--on", "2026-11-22", "--with", GetParam(), "--workload", "llama3-8b-decode"}, "boundary");
  expect_boundary_contract(document);
  EXPECT_EQ(document["law"]["with"].size(), 1U);
  EXPECT_EQ(document["workloads"], json({"llama3-8b-decode"}));
}
INSTANTIATE_TEST_SUITE_P(Proposals, BoundaryWith, testing::ValuesIn(proposals()), [](const auto& one) {
  std::string name = one.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

TEST(BoundaryDocument, ToOtherPlacesFitsTheSchema) {
  for (const char* to : {"MO", "IN", "AE", "DE"}) document_of({"boundary", "--no-designs", "--to", to, "--on", "2025-06-15", "--as", "text"}, "boundary");
}

TEST(BoundaryDocument, WhereALicenceHasNoStatedPolicyFitsTheSchema) {
  for (const char* day : {"2023-12-01", "2024-12-15", "2026-06-15"}) {
    for (const char* to : {"RU", "BY", "KP", "IR", "CU", "SY", "VE", "MM"}) document_of({"boundary", "--no-designs", "--to", to, "--on", day}, "boundary");
  }
}

}  // namespace

}  // namespace brightline::tests
