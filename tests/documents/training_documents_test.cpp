// The documents of training: do they fit the schema, and do their figures agree with each other?
#include <gtest/gtest.h>

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "documents/schema.h"

namespace brightline::tests {
namespace {

using nlohmann::json;

double sum(const json& object) {
  double out = 0;
  for (const auto& [name, value] : object.items()) out += value.get<double>();
  return out;
}

json trained(std::vector<std::string> more, const std::string& definition = "training", int code = 0) {
  std::vector<std::string> words{"estimate", "--phase", "train"};
  words.insert(words.end(), more.begin(), more.end());
  return document_of(words, definition, code);
}

void agrees_with_itself(const json& d) {
  ASSERT_TRUE(d["feasible"]) << d["infeasible_because"];
  const double step = d["step_time_s"];
  const double rate = d["tokens_per_s"];
  const json& plan = d["plan"];
  EXPECT_EQ(plan["tp"].get<double>() * plan["pp"].get<double>() * plan["dp"].get<double>() * plan["cp"].get<double>(), d["count"]);
  EXPECT_NEAR(d["batch"].get<double>() * d["input"].get<double>() / step, rate, 1e-3 * rate);
  EXPECT_NEAR(d["tokens_per_s_per_device"].get<double>() * d["count"].get<double>(), rate, 1e-3 * rate);
  EXPECT_NEAR(sum(d["breakdown"]["by_class_s"]), step, 1e-3 * step);
  EXPECT_NEAR(sum(d["breakdown"]["by_bound_s"]), step, 1e-3 * step);
  const double memory = d["memory_gb_per_device"];
  EXPECT_NEAR(sum(d["memory"]) - d["memory"]["host_gb"].get<double>(), memory, 1e-3 * memory);
  EXPECT_LT(d["interval"]["p10"], step);
  EXPECT_GT(d["interval"]["p90"], step);
  EXPECT_GT(d["mfu"], 0);
  EXPECT_LT(d["hfu"], 1);
  EXPECT_LE(d["mfu"], d["mfu_whole_scores"]);
  EXPECT_LE(d["mfu"], d["hfu"]);
}

TEST(TrainingDocument, FitsTheSchemaAndAgreesWithItself) {
  agrees_with_itself(trained({"--chip", "h100-sxm", "--count", "512", "--model", "llama3-70b"}));
  agrees_with_itself(trained({"--chip", "h800-sxm", "--count", "2048", "--model", "deepseek-v3"}));
  agrees_with_itself(trained({"--chip", "ascend910c", "--count", "384", "--model", "qwen3-32b", "--batch", "384"}));
  agrees_with_itself(trained({"--chip", "a100-sxm-80", "--count", "1024", "--model", "gpt3-175b", "--software", "megatron-2022", "--recompute", "full"}));
}

TEST(TrainingDocument, TellsAWholeRun) {
  const json d = trained({"--chip", "h100-sxm", "--count", "512", "--model", "llama3-8b", "--tokens", "1e12"});
  const json& run = d["run"];
  const double seconds = 1e12 / d["tokens_per_s"].get<double>();
  EXPECT_EQ(run["tokens"], 1e12);
  EXPECT_NEAR(run["days"], seconds / 86400, 1e-3 * seconds / 86400);
  EXPECT_NEAR(run["device_hours"], 512 * seconds / 3600, 512 * 1e-3 * seconds / 3600);
  EXPECT_LT(run["device_hours_p10"], run["device_hours"]);
  EXPECT_GT(run["device_hours_p90"], run["device_hours"]);
  EXPECT_NEAR(run["energy_mwh"], d["energy_j_per_token"].get<double>() * 1e12 / 3.6e9, 1e-3 * run["energy_mwh"].get<double>());
  EXPECT_NEAR(run["cost_usd"], d["cost_usd_per_million_tokens"].get<double>() * 1e6, 1e-3 * run["cost_usd"].get<double>());
  EXPECT_EQ(d["cost"]["tokens"], "trained");
  EXPECT_FALSE(trained({"--chip", "h100-sxm", "--count", "512", "--model", "llama3-8b"}).contains("run"));
}

TEST(TrainingDocument, OfSeveralChipsIsAList) {
  const json d = trained({"--chip", "h100-sxm,a100-sxm-80,mlu590", "--count", "64", "--model", "llama3-8b", "--precision", "fp8"}, "trainings");
  const json& list = d["estimates"];
  ASSERT_EQ(list.size(), 3U);
  agrees_with_itself(list[0]);
  EXPECT_EQ(list[1]["infeasible_because"], "no fp8 rate is known of a100-sxm-80");
  EXPECT_EQ(list[2]["infeasible_because"], "not known: its memory bandwidth, its memory capacity");
}

TEST(TrainingDocument, SaysWhatDoesNotFitAndByHowMuch) {
  const json d = trained({"--chip", "h100-sxm", "--count", "8", "--model", "llama3-405b"}, "training", 1);
  EXPECT_FALSE(d["feasible"]);
  EXPECT_NE(d["infeasible_because"].get<std::string>().find("GB more than its 85.6"), std::string::npos) << d["infeasible_because"];
  EXPECT_FALSE(d.contains("step_time_s"));
  EXPECT_EQ(trained({"--chip", "rtx4090", "--count", "64", "--model", "llama3-8b"}, "training", 1)["infeasible_because"],
            "no cluster of rtx4090 is known, so nothing is known of the network beyond 8 devices (--cluster ID takes another's)");
}

TEST(TrainingDocument, SaysWhenNothingDivides) {
  for (const auto& [option, value] : {std::pair{"--micro-batch", "5"}, {"--chunks", "7"}}) {
    const json d = trained({"--chip", "h100-sxm", "--count", "64", "--model", "llama3-8b", option, value}, "training", 1);
    EXPECT_EQ(d["infeasible_because"], "no way of cutting the model divides its heads, its layers and the global batch over these devices as asked") << option;
  }
}

/// A chip whose file states no link and no host.
std::filesystem::path chip_without_links() {
  const std::filesystem::path file = std::filesystem::temp_directory_path() / ("brightline-no-links-" + std::to_string(::getpid()) + ".toml");
  std::ofstream(file) << "[accelerator]\nid = \"mine\"\nname = \"Mine\"\nvendor = \"Example\"\nmaker = \"nvidia\"\nproduct_line = \"X\"\nsegment = \"datacenter\"\ndatacenter = \"yes\"\n"
                         "form = \"assembly\"\nsold_in_us = \"yes\"\nstatus = \"announced\"\n[value]\nbf16 = { is = \"400 TFLOPS\", source = \"user\", kind = \"user\" }\n"
                         "memory_bandwidth = { is = \"2 TB/s\", source = \"user\", kind = \"user\" }\nmemory_capacity = { is = \"80 GB\", source = \"user\", kind = \"user\" }\n";
  return file;
}

TEST(TrainingDocument, WithoutLinksThereIsOneDeviceAndWithoutAHostNoOffloading) {
  const std::filesystem::path file = chip_without_links();
  EXPECT_EQ(trained({"--chip", file.string(), "--count", "8", "--model", "llama3-8b"}, "training", 1)["infeasible_because"], "no link between devices of mine is known");
  const json alone = trained({"--chip", file.string(), "--model", "llama3-8b", "--offload"}, "training", 1);
  EXPECT_NE(alone["infeasible_because"].get<std::string>().find(" GB more than its 85.6"), std::string::npos) << alone["infeasible_because"];
  EXPECT_EQ(alone["infeasible_because"].get<std::string>().find("-"), alone["infeasible_because"].get<std::string>().find("micro-batch") + 5) << alone["infeasible_because"];
  std::filesystem::remove(file);
}

TEST(TrainingDocument, APlanGivenIsThePlanAnswered) {
  const json d = trained({"--chip", "h100-sxm", "--count", "128", "--model", "llama3-70b", "--tp", "4", "--pp", "8", "--micro-batch", "2", "--chunks", "5", "--recompute", "full", "--zero", "2"});
  const json& p = d["plan"];
  EXPECT_EQ((std::vector<double>{p["tp"], p["pp"], p["dp"], p["micro_batch"], p["chunks"], p["zero"]}), (std::vector<double>{4, 8, 4, 2, 5, 2}));
  EXPECT_EQ(p["recompute"], "full");
  EXPECT_EQ(d["plan"]["plans_tried"], 1);
}

TEST(ValidateDocument, PredictsEveryFullTrainingPlanOnAChipItKnows) {
  const json d = document_of({"validate", std::string(BRIGHTLINE_ROOT) + "/data/measurements/training.csv", "--rows"}, "validate");
  EXPECT_GE(d["full_configurations_predicted"].get<double>(), 0.85 * d["full_configurations"].get<double>());
  for (const json& row : d["per_row"]) {
    if (row.contains("refused")) continue;
    EXPECT_EQ(row["unit"], "s");
    EXPECT_LE(row["p10"], row["predicted"]) << row["line"];
    EXPECT_GE(row["p90"], row["predicted"]) << row["line"];
  }
}

TEST(AgainstDocument, TellsHowMuchLongerTheCutChipTakes) {
  const json d = document_of({"plan", "--chip", "h800-sxm", "--against", "h100-sxm", "--count", "64", "--model", "llama3-70b", "--tp", "8"}, "against");
  EXPECT_EQ(d["chip"], "h800-sxm");
  EXPECT_EQ(d["against"], "h100-sxm");
  EXPECT_GT(d["same_plan_longer_pct"]["least"], 0);  // links are slower, nothing else differs
  for (const json& one : d["by_software"]) {
    EXPECT_LE(one["own_plan_longer_pct"], one["same_plan_longer_pct"]);  // a plan of its own is never worse
    EXPECT_GE(one["same_plan_longer_pct"], d["same_plan_longer_pct"]["least"]);
    EXPECT_LE(one["same_plan_longer_pct"], d["same_plan_longer_pct"]["most"]);
  }
}

TEST(PlanDocument, ListsTheBestFirstAndAccountsForTheSpace) {
  for (const bool every : {false, true}) {
    std::vector<std::string> words{"plan", "--chip", "h100-sxm", "--count", "128", "--model", "llama3-70b", "--batch", "128", "--top", "1000"};
    if (every) words.insert(words.end(), {"--every-choice", "--offload"});
    const json d = document_of(words, "plan");
    agrees_with_itself(d);
    const json& plans = d["plans"];
    ASSERT_GT(plans.size(), 3U);
    EXPECT_EQ(plans[0]["step_time_s"], d["step_time_s"]);
    EXPECT_EQ(plans[0]["slower_pct"], 0);
    EXPECT_TRUE(std::ranges::is_sorted(plans, {}, [](const json& one) { return one["step_time_s"].get<double>(); }));
    const json& space = d["space"];
    EXPECT_EQ(space["plans"].get<double>(), sum(space["left_out"]) + static_cast<double>(plans.size()));
    EXPECT_EQ(space["evaluated"], d["plan"]["plans_tried"]);
  }
}

TEST(PlanDocument, OfWhatDoesNotFitStillAccountsForTheSpace) {
  const json d = document_of({"plan", "--chip", "h100-sxm", "--count", "8", "--model", "llama3-405b", "--offload"}, "plan", 1);
  EXPECT_TRUE(d["plans"].empty());
  EXPECT_EQ(d["space"]["plans"].get<double>(), sum(d["space"]["left_out"]));
  EXPECT_EQ(d["infeasible_because"].get<std::string>().find(" -"), std::string::npos) << d["infeasible_because"];
}

}  // namespace
}  // namespace brightline::tests
