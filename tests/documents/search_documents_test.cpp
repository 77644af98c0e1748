// The documents of search, of boundary with designs and of stored: do they fit the schema, do their designs measure what
// their parameters make, and does the judge say the same of them?
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "documents/schema.h"
#include "transcripts/program_runner.h"

namespace brightline::tests {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;
const std::string root = BRIGHTLINE_ROOT;
const std::string small = root + "/tests/spaces/small.toml";
const std::string pair = root + "/tests/spaces/pair.toml";

std::vector<json> designs_of(const json& document) {
  std::vector<json> out;
  for (const json& one : document["designs"]) {
    if (one.value("kind", "design") == "design") out.push_back(one);
  }
  return out;
}

// From the parameters alone, as the law defines the measures.
void expect_measured(const json& design) {
  const json& p = design["parameters"];
  const json& m = design["measures"];
  const auto n = [&](const char* key) { return p[key].get<double>(); };
  const double multipliers = n("dies") * n("cores") * n("units") * n("rows") * n("columns");
  const double tpp = 2 * multipliers * n("clock_mhz") * 16 / 1e6;
  const double faster = p["four_bit"].get<bool>() ? 4 : p["eight_bit"].get<bool>() ? 2 : 1;
  EXPECT_NEAR(m["tpp"].get<double>(), tpp, 1e-9 * tpp);
  EXPECT_NEAR(m["bits_x_tops"].get<double>(), tpp, 1e-9 * tpp);
  EXPECT_NEAR(m["tops"].get<double>(), tpp / 16 * faster, 1e-9 * tpp);
  const double bus = 2 * n("bus_lanes") * std::pow(2, n("bus_generation") - 3);  // both directions
  EXPECT_NEAR(m["interconnect_bandwidth_gb_per_s"].get<double>(), n("scaleup_gb_per_s") + bus, 1e-6);
  EXPECT_EQ(m["aggregate_bidirectional_rate_gb_per_s"], m["interconnect_bandwidth_gb_per_s"]);
  const double stack = p["memory_type"] == "hbm3" ? 819 : p["memory_type"] == "gddr7" ? 112 : 0;
  EXPECT_NEAR(m["dram_bandwidth_gb_per_s"].get<double>(), n("stacks") * stack * n("memory_rate_percent") / 100, 1e-6);
  const double area = m["applicable_die_area_mm2"];
  EXPECT_NEAR(m["performance_density"].get<double>(), tpp / area, 1e-9 * tpp / area);
  const double dies = n("dies") * design["die_area_mm2"].get<double>();
  if (p["io_die"].get<bool>()) EXPECT_GT(area, 0.999 * dies);  // the die of the links may count too
  else EXPECT_NEAR(area, dies, 1e-3 * dies);
}

void expect_speeds(const json& design) {
  for (const json& one : design["performance"]) {
    EXPECT_EQ(one.contains("ttft_ms") + one.contains("tpot_ms") + one.contains("step_time_s"), 1) << one;
    const char* key = one.contains("ttft_ms") ? "ttft_ms" : one.contains("tpot_ms") ? "tpot_ms" : "step_time_s";
    EXPECT_GT(one[key], 0);
    if (one["interval"].is_null()) continue;
    EXPECT_LE(one["interval"]["low"], one[key]);
    EXPECT_GE(one["interval"]["high"], one[key]);
  }
  EXPECT_LE(design["cost_usd"]["low"], design["cost_usd"]["typical"]);
  EXPECT_LE(design["cost_usd"]["typical"], design["cost_usd"]["high"]);
}

void expect_judged_alike(const json& design, const std::string& to, const std::string& day) {
  const json& m = design["measures"];
  std::vector<std::string> words{"judge", "-", "--to", to, "--on", day, "--set", "item_kind=ic", "--set", "datacenter=yes"};
  const auto set = [&](const char* word, const char* key, const char* unit) {
    words.emplace_back("--set");
    words.push_back(std::string(word) + "=" + m[key].dump() + unit);
  };
  set("tpp", "tpp", "");
  set("bits_x_tops", "bits_x_tops", "");
  set("tops", "tops", " TOPS");
  set("applicable_die_area", "applicable_die_area_mm2", " mm2");
  set("dram_bandwidth", "dram_bandwidth_gb_per_s", " GB/s");
  set("aggregate_bidirectional_rate", "aggregate_bidirectional_rate_gb_per_s", " GB/s");
  set("interconnect_bandwidth", "interconnect_bandwidth_gb_per_s", " GB/s");
  words.emplace_back("--set");
  words.push_back(std::string("hbm_in_package=") + (design["parameters"]["memory_type"].get<std::string>().starts_with("hbm") ? "yes" : "no"));
  const json judged = document_of(words, "judge");
  for (const char* key : {"requirement", "licence", "paragraph", "review"}) EXPECT_EQ(judged[key], design[key]) << key << " of " << design["measures"] << " on " << day;
}

void expect_in_standing(const json& design, const std::string& standing) {
  const std::string requirement = design["requirement"];
  const bool free = requirement == "none" || requirement == "exception";
  const bool noticed = requirement == "notify" && standing != "none";
  const bool licensable = requirement == "licence" && standing == "licensable" && (design["review"] == "case-by-case" || design["review"] == "approval");
  EXPECT_TRUE(free || noticed || licensable) << requirement << " where " << standing << " was asked for";
}

void expect_proven(const json& certificate) {
  EXPECT_EQ(certificate["proven"], true);
  EXPECT_EQ(certificate["gap"], 0);
}

void expect_sound(const json& document, const std::string& standing, const std::string& to, const std::string& day) {
  expect_proven(document["certificate"]);
  for (const json& design : designs_of(document)) {
    EXPECT_EQ(design["standing"], standing);
    expect_measured(design);
    expect_speeds(design);
    expect_in_standing(design, standing);
    expect_judged_alike(design, to, day);
    expect_proven(design["certificate"]);
  }
}

// Keys that others rely on.
void expect_contract(const json& document) {
  for (const char* key : {"law", "region", "products", "designs", "effort", "certificate", "provenance"}) EXPECT_TRUE(document.contains(key)) << key;
  for (const char* key : {"version", "clauses"}) EXPECT_TRUE(document["law"].contains(key)) << key;
  for (const char* key : {"bound", "gap"}) EXPECT_TRUE(document["certificate"].contains(key)) << key;
  for (const char* key : {"designs_in_space", "designs_judged", "designs_evaluated", "seconds", "designs_per_second", "designs_judged_per_second", "threads", "ranks"}) {
    EXPECT_TRUE(document["effort"].contains(key)) << key;
  }
  for (const json& design : designs_of(document)) {
    for (const char* key : {"parameters", "measures", "cost_usd", "power_w", "performance", "binding_clauses", "shadow_prices"}) EXPECT_TRUE(design.contains(key)) << key;
    EXPECT_TRUE(design["measures"].contains("applicable_die_area_mm2"));
  }
}

struct Asked {
  const char* to;
  const char* on;
};
class SearchOnDay : public testing::TestWithParam<Asked> {};

TEST_P(SearchOnDay, FitsTheSchemaAndIsJudgedAlike) {
  const auto& [to, on] = GetParam();
  for (const std::string& space : {small, pair}) {
    double before = -1e300;
    for (const char* standing : {"none", "notify", "licensable"}) {
      const json d = document_of({"search", "--space", space, "--to", to, "--on", on, "--standing", standing}, "boundary");
      expect_contract(d);
      expect_sound(d, standing, to, on);
      ASSERT_EQ(designs_of(d).size(), 1U);
      const double score = designs_of(d)[0]["certificate"]["score"];
      EXPECT_GE(score, before) << "more is allowed, and the best is worse: " << standing;
      before = score;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Days, SearchOnDay,
                         testing::Values(Asked{"CN", "2022-09-15"}, Asked{"CN", "2022-12-01"}, Asked{"CN", "2024-01-15"}, Asked{"CN", "2025-06-15"},
                                         Asked{"AE", "2025-05-14"}, Asked{"CN", "2026-09-01"}),
                         [](const auto& one) {
                           std::string name = std::string(one.param.to) + "_" + one.param.on;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(SearchDocument, OfTheUsualSpaceFitsTheSchemaAndIsJudgedAlike) {
  const json d = document_of({"search", "--on", "2024-01-15"}, "boundary");
  expect_contract(d);
  expect_sound(d, "none", "CN", "2024-01-15");
  EXPECT_EQ(designs_of(d).size(), 4U);  // three workloads, and between them
  EXPECT_GE(d["effort"]["designs_in_space"], 100'000'000);
}

TEST(SearchDocument, OfEveryObjectiveAndLimitFitsTheSchema) {
  for (const char* objective : {"per-usd", "per-watt", "per-mm2"}) document_of({"search", "--space", pair, "--on", "2024-01-15", "--objective", objective}, "boundary");
  const json cheap = document_of({"search", "--space", small, "--on", "2024-01-15", "--budget", "2200", "--power", "340"}, "boundary");
  for (const json& design : designs_of(cheap)) {
    EXPECT_LE(design["cost_usd"]["typical"], 2200);
    EXPECT_LE(design["power_w"], 340);
  }
  document_of({"search", "--space", small, "--on", "2024-01-15", "--assume", "lenient", "--maker", "nvidia"}, "boundary");
}

TEST(SearchDocument, OfNoDesignSaysSo) {
  const json d = document_of({"search", "--space", small, "--on", "2024-01-15", "--budget", "1"}, "boundary", 1);
  EXPECT_TRUE(designs_of(d).empty());
  expect_proven(d["certificate"]);
}

TEST(SearchDocument, OfASweepFitsTheSchemaAndProvesOnlyWhatItSaw) {
  const json whole = document_of({"search", "--space", pair, "--on", "2024-01-15", "--sweep", "--over", "decode,cost"}, "boundary");
  EXPECT_EQ(whole["certificate"]["proven"], true);
  EXPECT_EQ(whole["effort"]["designs_judged"], whole["effort"]["designs_in_space"]);
  const json part = document_of({"search", "--space", pair, "--on", "2024-01-15", "--sweep", "--sample", "100"}, "boundary");
  EXPECT_EQ(part["certificate"]["proven"], false);
  EXPECT_TRUE(part["certificate"]["gap"].is_null());
  for (const json& design : designs_of(whole)) expect_measured(design);
  // the proof and the sweep name the same best
  const json proven = document_of({"search", "--space", pair, "--on", "2024-01-15"}, "boundary");
  double quickest = 0;
  for (const json& design : designs_of(whole)) quickest = std::max(quickest, design["performance"][0]["over_reference"].get<double>());
  EXPECT_GE(designs_of(proven)[0]["performance"][0]["over_reference"].get<double>(), quickest * (1 - 1e-4));
}

json without_effort(json value) {
  if (!value.is_structured()) return value;
  if (value.is_object()) value.erase("effort");
  for (auto& part : value) part = without_effort(part);
  return value;
}

TEST(SearchDocument, IsTheSameOnAnyNumberOfThreads) {
  for (const std::string& space : {pair, std::string("hopper-n4")}) {
    const json alone = document_of({"search", "--space", space, "--on", "2025-06-15", "--threads", "1"}, "boundary");
    for (const char* threads : {"2", "3"}) {
      const json d = document_of({"search", "--space", space, "--on", "2025-06-15", "--threads", threads}, "boundary");
      EXPECT_EQ(without_effort(d), without_effort(alone)) << threads;
    }
  }
}

// A search that ends before all is bounded knows no gap, and must not claim one.
TEST(SearchDocument, OfAStoppedSearchClaimsNoMoreThanItKnows) {
  const json d = document_of({"search", "--on", "2024-01-15", "--seconds", "0.0001"}, "boundary");
  EXPECT_EQ(d["certificate"]["proven"], false);
  EXPECT_TRUE(d["certificate"]["gap"].is_null() || d["certificate"]["gap"] > 0) << d["certificate"];
  for (const json& design : designs_of(d)) {
    const json& own = design["certificate"];
    EXPECT_EQ(own["proven"] == true, own["gap"] == 0) << own;
  }
}

TEST(SearchDocument, OfManyQuestionsFitsTheSchema) {
  const json d = document_of({"search", "--space", small + "," + pair, "--days", "2022-12-01,2024-01-15", "--standing", "none,licensable"}, "searches");
  ASSERT_EQ(d["studies"].size(), 8U);
  EXPECT_EQ(d["effort"]["finished"], 8);
  expect_proven(d["certificate"]);
  std::size_t at = 0;
  for (const char* space : {"small", "pair"}) {
    for (const char* day : {"2022-12-01", "2024-01-15"}) {
      for (const char* standing : {"none", "licensable"}) {
        const json& study = d["studies"][at++];
        EXPECT_EQ(study["space"], space);
        EXPECT_EQ(study["date"], day);
        EXPECT_EQ(study["standing"], standing);
        for (const json& design : study["designs"]) expect_judged_alike(design, "CN", day);
      }
    }
  }
  const json each = document_of({"search", "--each", "--space", small, "--on", "2024-01-15", "--workload", "llama3-8b-decode,llama3-8b-prefill"}, "searches");
  EXPECT_EQ(each["studies"].size(), 2U);
}

TEST(BoundaryWithDesigns, FitsTheSchemaAndIsJudgedAlike) {
  const json d = document_of({"boundary", "--on", "2025-06-15", "--space", small}, "boundary");
  expect_contract(d);
  ASSERT_EQ(d["searches"].size(), 3U);
  std::size_t told = 0;
  for (const json& study : d["searches"]) {
    for (const json& design : study["designs"]) {
      expect_measured(design);
      expect_in_standing(design, study["standing"]);
      expect_judged_alike(design, "CN", "2025-06-15");
      ++told;
    }
  }
  EXPECT_EQ(designs_of(d).size(), told);
}

/// The store is this file as long as this lives. Data of its own have a space of few designs under an id: a file's answers
/// are not kept.
class StoreIn {
 public:
  explicit StoreIn(const std::string& path) : data((scratch_.folder() / "data").string()) {
    setenv("BRIGHTLINE_STORE", path.c_str(), 1);
    fs::copy(root + "/data", data, fs::copy_options::recursive);
    fs::copy(small, data + "/spaces");
  }
  ~StoreIn() { setenv("BRIGHTLINE_STORE", "none", 1); }
  StoreIn(const StoreIn&) = delete;
  StoreIn& operator=(const StoreIn&) = delete;
  StoreIn(StoreIn&&) = delete;
  StoreIn& operator=(StoreIn&&) = delete;

  [[nodiscard]] Outcome ask(std::vector<std::string> more) const {
    std::vector<std::string> words{"boundary", "--json", "--space", "small"};
    if (std::ranges::find(more, "--data") == more.end()) more.insert(more.end(), {"--data", data});
    if (std::ranges::find(more, "--on") == more.end()) more.insert(more.end(), {"--on", "2025-06-15"});
    words.insert(words.end(), more.begin(), more.end());
    return run_program(words);
  }

 private:
  Scratch scratch_;

 public:
  std::string data;
};

TEST(Stored, TheSameQuestionIsAnsweredFromTheFile) {
  const Scratch scratch;
  const StoreIn store(scratch.folder() / "store.sqlite");
  const Outcome first = store.ask({});
  ASSERT_EQ(first.code, 0) << first.err;
  EXPECT_EQ(store.ask({}).out, first.out);           // seconds too
  EXPECT_NE(store.ask({"--fresh"}).out, first.out);  // its seconds differ
  const json list = document_of({"stored"}, "stored");
  ASSERT_EQ(list.size(), 1U);
  const Outcome again = store.ask({});
  EXPECT_EQ(run_program({"stored", list[0]["hash"]}).out, again.out);
  EXPECT_EQ(list[0]["bytes"], again.out.size());
}

TEST(Stored, AnotherLawDataOrOptionIsAnotherAnswer) {
  const Scratch scratch;
  const StoreIn store(scratch.folder() / "store.sqlite");
  const std::string other = (scratch.folder() / "data").string();
  fs::copy(store.data, other, fs::copy_options::recursive);
  write_file(other + "/makers.toml", read_file(other + "/makers.toml") + "\n# changed\n");
  const std::vector<std::vector<std::string>> questions{{},
                                                        {"--on", "2025-06-16"},
                                                        {"--workload", "llama3-8b-prefill"},
                                                        {"--as", "text"},
                                                        {"--no-letters"},
                                                        {"--maker", "nvidia"},
                                                        {"--with", "safe-chips"},
                                                        {"--data", other}};
  for (const auto& question : questions) EXPECT_EQ(store.ask(question).code, 0) << testing::PrintToString(question);
  EXPECT_EQ(document_of({"stored"}, "stored").size(), questions.size());
}

TEST(Stored, ADamagedOrForeignFileIsToldAndTheAnswerComes) {
  const Scratch scratch;
  const fs::path path = scratch.folder() / "store.sqlite";
  write_file(path, std::string(4096, 'x'));
  const StoreIn store(path);
  const Outcome foreign = store.ask({});
  EXPECT_EQ(foreign.code, 0);
  EXPECT_NE(foreign.err.find("this is no store of cases"), std::string::npos) << foreign.err;
  EXPECT_TRUE(foreign.out.starts_with("{"));
  EXPECT_EQ(run_program({"stored"}).code, 2);
  fs::remove(path);
  ASSERT_EQ(store.ask({}).code, 0);
  std::string bytes = read_file(path);
  for (std::size_t i = 4096; i < bytes.size(); ++i) bytes[i] = static_cast<char>(bytes[i] ^ 0x15);
  write_file(path, bytes);
  fs::remove(path.string() + "-wal");
  const Outcome damaged = store.ask({});
  EXPECT_EQ(damaged.code, 0);
  EXPECT_NE(damaged.err.find("damaged"), std::string::npos) << damaged.err;
  EXPECT_TRUE(damaged.out.starts_with("{"));
}

TEST(Stored, AFolderThatMayNotBeWrittenIsToldAndTheAnswerComes) {
  const StoreIn store("/proc/nothing-here/store.sqlite");
  const Outcome outcome = store.ask({});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_NE(outcome.err.find("answers are not kept"), std::string::npos) << outcome.err;
  EXPECT_TRUE(outcome.out.starts_with("{"));
}

}  // namespace
}  // namespace brightline::tests
