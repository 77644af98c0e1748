// The documents of law, chips and exposure, and the schema itself.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "documents/schema.h"
#include "transcripts/program_runner.h"

namespace brightline::tests {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;
const fs::path root = BRIGHTLINE_ROOT;

json timeline() { return document_of({"law", "timeline"}, "law_timeline"); }

TEST(LawDocument, OfTheTimelineHoldsEveryInstrument) {
  const json document = timeline();
  std::size_t files = 0;
  for (const char* folder : {"us", "letters", "cn"})
    files += static_cast<std::size_t>(std::distance(fs::directory_iterator(root / "law" / folder), {}));
  EXPECT_EQ(document["instruments"].size(), files);
  EXPECT_FALSE(document["proposed"].empty());
}

TEST(LawDocument, OfEveryInstrumentFitsTheSchema) {
  const json all = timeline();
  for (const char* list : {"instruments", "proposed"}) {
    for (const json& instrument : all[list]) {
      const json document = document_of({"law", "show", instrument["id"]}, "law_instrument");
      EXPECT_EQ(document["id"], instrument["id"]);
    }
  }
}

TEST(LawDocument, OfEveryClauseFitsTheSchema) {
  std::size_t shown = 0;
  const json all = timeline();
  for (const json& instrument : all["instruments"]) {
    for (const json& clause : instrument["clauses"]) {
      EXPECT_EQ(document_of({"law", "show", clause["id"]}, "law_clause")["id"], clause["id"]);
      ++shown;
    }
  }
  EXPECT_GT(shown, 100U);
}

TEST(LawDocument, OfADayFitsTheSchema) {
  for (const char* day : {"2022-08-01", "2022-10-07", "2023-11-17", "2025-05-13", "2026-01-15", "2026-12-01"}) {
    for (const char* as : {"text", "enforced"}) {
      const json document = document_of({"law", "show", day, "--as", as}, "law_day");
      EXPECT_EQ(document["date"], day);
      EXPECT_TRUE(document["groups"].contains("D:5"));
    }
  }
}

TEST(LawDocument, OfADifferenceFitsTheSchema) {
  const std::vector<std::pair<const char*, const char*>> pairs{{"2022-10-06", "2022-10-07"}, {"2023-11-16", "2023-11-17"},
                                                               {"2025-04-08", "2025-04-16"}, {"2025-05-12", "2025-05-13"},
                                                               {"2022-08-01", "2026-11-22"}, {"2024-01-15", "2024-01-15"}};
  for (const auto& [before, after] : pairs) {
    const json document = document_of({"law", "diff", before, after, "--to", "CN"}, "law_diff");
    for (const json& chip : document["chips"]) {
      const bool some = std::ranges::any_of(std::vector{"paragraph", "label", "licence", "requirement", "review"},
                                            [&](const char* key) { return !chip[key].is_null(); });
      EXPECT_TRUE(some) << chip["chip"];
    }
  }
  document_of({"law", "diff", "2023-11-16", "2023-11-17", "--to", "AE", "--no-letters", "--as", "text"}, "law_diff");
}

// The whole law takes long to walk; its first months make the same document.
TEST(LawDocument, OfACheckFitsTheSchema) {
  const Scratch scratch;
  const fs::path law = scratch.folder() / "law";
  for (const char* file :
       {"words.toml", "us/2022-08-01_baseline.toml", "us/2022-10-07_advanced-computing.toml", "us/2023-01-17_macau.toml"}) {
    write_file(law / file, read_file(root / "law" / file));
  }
  write_file(law / "evidence.toml", "[evidence]\nthrough = 2023-02-01\n");
  for (const char* folder : {"letters", "cn", "proposed"}) fs::create_directories(law / folder);
  EXPECT_EQ(document_of({"law", "check", "--law", law.string()}, "law_check")["sound"], true);
  const fs::path macau = law / "us/2023-01-17_macau.toml";
  write_file(macau,
             read_file(macau) +
                 "\n[[clause]]\nid = \"x\"\ncite = \"c\"\nsays = \"s\"\nwhen = \"bits_x_tops >= 4800\"\nthen = \"classify 3A090.b\"\n");
  const json conflict = document_of({"law", "check", "--law", law.string()}, "law_check", 1);
  EXPECT_EQ(conflict["sound"], false);
  EXPECT_FALSE(conflict["conflicts"].empty());
}

TEST(ChipsDocument, OfTheListAndEveryChipFitsTheSchema) {
  const json list = document_of({"chips"}, "chips_list");
  EXPECT_EQ(list["count"], list["chips"].size());
  EXPECT_GE(list["chips"].size(), 100U);
  for (const json& chip : list["chips"]) EXPECT_EQ(document_of({"chips", chip["id"]}, "chips_show")["id"], chip["id"]);
  EXPECT_LT(document_of({"chips", "--country", "CN"}, "chips_list")["count"], list["count"]);
}

TEST(ChipsDocument, KeepsUnknownApartFromZero) {
  std::size_t unknown = 0;
  const json list = document_of({"chips"}, "chips_list");
  for (const json& chip : list["chips"]) {
    EXPECT_NE(chip["tpp"], json(0)) << chip["id"];
    unknown += chip["applicable_die_area_mm2"].is_null() ? 1 : 0;
    if (chip["applicable_die_area_mm2"].is_null()) {
      EXPECT_TRUE(std::ranges::find(chip["doubts"], "area") != chip["doubts"].end()) << chip["id"];
    }
  }
  EXPECT_GT(unknown, 0U);
}

TEST(ChipsDocument, OfTheFindingsFitsTheSchema) { EXPECT_FALSE(document_of({"chips", "--check"}, "chips_check")["findings"].empty()); }

TEST(ExposureDocument, FitsTheSchema) {
  const Scratch scratch;
  const std::string stock = (scratch.folder() / "stock.csv").string();
  write_file(stock,
             "id,chip,kind,quantity,unit_value_usd,destination,party_hq,salvage_pct\na,h20-96,inventory,100,12000.10,CN,,30\nb,h100-sxm,"
             "order,5,30000,SA,CN,\n"
             "c,ascend910c,commitment,5,30000,CN,CN,\nd,rtx4090,,1,1999.99,IN,,\n");
  for (const auto& [before, after] : {std::pair{"2025-04-08", "2025-04-16"}, {"2022-10-06", "2023-11-17"}, {"2025-01-20", "2026-11-22"}}) {
    const json document = document_of({"exposure", stock, "--from-date", before, "--to-date", after}, "exposure");
    double sum = 0;
    for (const char* key : {"newly_blocked_usd", "newly_free_usd", "undetermined_usd", "still_blocked_usd", "still_free_usd"})
      sum += document[key].get<double>();
    EXPECT_DOUBLE_EQ(sum, document["total_usd"].get<double>());
    EXPECT_EQ(document["lines"].size(), 4U);
    EXPECT_EQ(document["total_usd"], json(1502009.99));
  }
  write_file(stock, "chip,quantity,unit_value_usd,destination\nh20-96,1,12000,CN\nno such chip,1,1,CN\n");
  const json document = document_of({"exposure", stock, "--from-date", "2025-04-08", "--to-date", "2025-04-16"}, "exposure", 2);
  EXPECT_EQ(document["problems"].size(), 1U);
}

TEST(TheSchema, KnowsEachDocumentFromEveryOther) {
  const json judge = document_of({"judge", "h20-96", "--to", "CN", "--on", "2025-05-01"}, "judge");
  const json clause = document_of({"law", "show", "88-FR-73458:3A090.a.1"}, "law_clause");
  const json instrument = document_of({"law", "show", "88-FR-73458"}, "law_instrument");
  for (const json* one : {&judge, &clause, &instrument}) EXPECT_TRUE(Schema::of("").breaches(*one).empty());
  EXPECT_FALSE(Schema::of("boundary").breaches(judge).empty());
  EXPECT_FALSE(Schema::of("law_instrument").breaches(clause).empty());
  EXPECT_FALSE(Schema::of("law_clause").breaches(instrument).empty());
}

TEST(TheSchema, RefusesWhatItShould) {
  const json good = document_of({"judge", "h20-96", "--to", "CN", "--on", "2025-05-01"}, "judge");
  const Schema& schema = Schema::of("judge");
  const auto refused = [&](const char* pointer, json value) {
    json bad = good;
    bad[json::json_pointer(pointer)] = std::move(value);
    EXPECT_FALSE(schema.breaches(bad).empty()) << pointer;
  };
  refused("/new_key", 1);
  refused("/measures/tpp", "2368");
  refused("/measures/memory_bandwidth", 4000);
  refused("/requirement", "perhaps");
  refused("/paragraph", "3A090.d");
  refused("/date", "15.01.2024");
  refused("/destination", "China");
  refused("/missing", json::array({"tpp"}));
  refused("/because/0/clause", nullptr);
  for (const auto& [key, value] : good.items()) {
    json bad = good;
    bad.erase(key);
    EXPECT_FALSE(schema.breaches(bad).empty()) << "without " << key;
  }
}

}  // namespace

}  // namespace brightline::tests
