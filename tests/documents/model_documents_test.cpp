// The documents of estimate and validate: do they fit the schema, and do their figures agree with each other?
#include <gtest/gtest.h>

#include <filesystem>

#include "documents/schema.h"
#include "transcripts/program_runner.h"

namespace brightline::tests {
namespace {

using nlohmann::json;
const std::string root = BRIGHTLINE_ROOT;

TEST(EstimateDocument, OfEveryPhaseFitsTheSchemaAndAgreesWithItself) {
  for (const char* phase : {"prefill", "decode", "serve"}) {
    const json d = document_of({"estimate", "--chip", "h100-sxm", "--count", "8", "--model", "llama3-70b", "--phase", phase}, "estimate");
    EXPECT_EQ(d["phase"], phase);
    EXPECT_TRUE(d["feasible"]);
    const json& plan = d["plan"];
    EXPECT_EQ(plan["tp"].get<double>() * plan["pp"].get<double>() * plan["dp"].get<double>(), 8);
    const double headline = d[d["interval"]["of"].get<std::string>()];
    EXPECT_LT(d["interval"]["p10"], headline);
    EXPECT_GT(d["interval"]["p90"], headline);
    EXPECT_GT(d["mfu"], 0);
    EXPECT_LT(d["mfu"], 1);
    EXPECT_LE(d["memory_gb_per_device"], d["memory"]["capacity_gb"]);
    EXPECT_NEAR(d["memory_gb_per_device"], d["memory"]["weights_gb"].get<double>() + d["memory"]["kv_cache_gb"].get<double>() + d["memory"]["reserve_gb"].get<double>(), 0.1);
    double classes = 0;
    double bounds = 0;
    for (const auto& [name, seconds] : d["breakdown"]["by_class_s"].items()) classes += seconds.get<double>();
    for (const auto& [name, seconds] : d["breakdown"]["by_bound_s"].items()) bounds += seconds.get<double>();
    EXPECT_NEAR(classes, bounds, 1e-3 * classes);
  }
}

TEST(EstimateDocument, SaysWhatDoesNotFitAndByHowMuch) {
  const json d = document_of({"estimate", "--chip", "h100-sxm", "--count", "1", "--workload", "llama3-405b-decode"}, "estimate", 1);
  EXPECT_FALSE(d["feasible"]);
  EXPECT_NE(d["infeasible_because"].get<std::string>().find("GB more than the 80.0 GB of h100-sxm"), std::string::npos) << d["infeasible_because"];
  EXPECT_FALSE(d.contains("tpot_ms"));
}

TEST(EstimateDocument, OfAModelTooShortOrAFormatTheChipLacksIsNo) {
  const json longer = document_of({"estimate", "--chip", "h100-sxm", "--count", "8", "--model", "gpt3-175b", "--phase", "prefill", "--input", "4096", "--precision", "fp8"}, "estimate", 1);
  EXPECT_NE(longer["infeasible_because"].get<std::string>().find("more than GPT-3 175B takes (2048)"), std::string::npos) << longer["infeasible_because"];
  const json lacks = document_of({"estimate", "--chip", "a100-sxm-80", "--count", "8", "--model", "llama3-70b", "--precision", "fp8"}, "estimate", 1);
  EXPECT_EQ(lacks["infeasible_because"], "no fp8 rate is known of a100-sxm-80: it can't multiply fp8");
}

TEST(EstimateDocument, AWiderIntervalWhereTheFamilyWasNeverMeasured) {
  const auto ratio = [](const char* chip) {
    const json d = document_of({"estimate", "--chip", chip, "--count", "8", "--model", "llama3-70b", "--phase", "decode", "--precision", "bf16"}, "estimate");
    return d["interval"]["p90"].get<double>() / d["interval"]["p10"].get<double>();
  };
  EXPECT_GT(ratio("gaudi3"), ratio("h100-sxm"));  // another maker's chip, of which neither kernels nor runs were measured
}

TEST(EstimateDocument, EnergyIsThatOfTheDevicesAndNeverOverTheirRatedPower) {
  for (const char* chip : {"h100-sxm", "b200", "mi300x", "ascend910c"}) {
    for (const char* phase : {"prefill", "decode", "serve"}) {
      const json d = document_of({"estimate", "--chip", chip, "--count", "8", "--model", "llama3-70b", "--phase", phase, "--precision", "bf16"}, "estimate");
      const json& e = d["energy"];
      EXPECT_EQ(e["j_per_token"], d["energy_j_per_token"]);
      const double watts = e["power_w_per_device"].get<double>();
      EXPECT_GT(watts, 0);
      EXPECT_LE(watts, e["rated_power_w"].get<double>());
      EXPECT_NEAR(watts * 8 / d["tokens_per_s"].get<double>(), e["j_per_token"].get<double>(), 1e-3 * e["j_per_token"].get<double>()) << chip << " " << phase;
      EXPECT_LE(e["p10"], e["j_per_token"]);
      EXPECT_GE(e["p90"], e["j_per_token"]);
      double shares = 0;
      for (const auto& [name, share] : e["shares"].items()) shares += share.get<double>();
      EXPECT_NEAR(shares, 1, 1e-3);
    }
  }
}

TEST(EstimateDocument, EnergyWithoutMeasuredWattsIsUnvalidatedAndWithoutRatedPowerUnknown) {
  const auto of = [](const char* chip) { return document_of({"estimate", "--chip", chip, "--count", "8", "--workload", "llama3-70b-decode"}, "estimate"); };
  EXPECT_TRUE(of("h100-sxm")["energy"]["validated"]);
  const json other = of("mi300x");
  EXPECT_FALSE(other["energy"]["validated"]);
  EXPECT_NE(other["assumptions"].dump().find("energy unvalidated: no watts were measured on CDNA3"), std::string::npos);
  const json unrated = of("mi308x");
  EXPECT_TRUE(unrated["energy_j_per_token"].is_null());
  EXPECT_TRUE(unrated["energy"].is_null());
  EXPECT_NE(unrated["assumptions"].dump().find("no energy: the rated power is not known"), std::string::npos);
}

TEST(ValidateDocument, CountsPowerApart) {
  const json d = document_of({"validate", root + "/data/measurements/inference.csv", "--rows"}, "validate");
  const json& power = d["power"];
  EXPECT_EQ(power["rows"], power["per_row"].size());
  EXPECT_GT(power["predicted"], 0);
  std::size_t times = 0;
  for (const json& group : d["by_metric"]) times += group["name"].get<std::string>().find("power") == 0 || group["name"].get<std::string>().find("energy") == 0 ? 0 : group["rows"].get<std::size_t>();
  EXPECT_EQ(times, d["rows"].get<std::size_t>());
  for (const json& row : d["per_row"]) EXPECT_NE(row["unit"], "W");
}

TEST(EstimateDocument, MoreDevicesServeMore) {
  double before = 0;
  for (const char* count : {"8", "16"}) {
    const json d = document_of({"estimate", "--chip", "h100-sxm", "--count", count, "--workload", "llama3-70b-serve"}, "estimate");
    EXPECT_GT(d["tokens_per_s"], before);
    before = d["tokens_per_s"];
  }
}

json costed(std::initializer_list<std::string> terms, const std::string& chip = "h100-sxm") {
  std::vector<std::string> words{"estimate", "--chip", chip, "--count", "8", "--workload", "llama3-70b-serve"};
  words.insert(words.end(), terms);
  return document_of(words, "estimate");
}

TEST(EstimateDocument, ACostIsTheSumOfItsPartsAndNamesItsPrices) {
  for (const char* way : {"--rent", "--owned"}) {
    const json d = costed({way});
    const json& cost = d["cost"];
    const json& split = cost["split_usd_per_hour"];
    const double sum = split["rent"]["typical"].get<double>() + split["capital"]["typical"].get<double>() + split["electricity"]["typical"].get<double>();
    const double hour = cost["usd_per_hour"]["typical"];
    EXPECT_NEAR(sum, hour, 1e-4 * hour);
    EXPECT_NEAR(d["cost_usd_per_million_tokens"], hour / (d["tokens_per_s"].get<double>() * 3600) * 1e6, 1e-3 * d["cost_usd_per_million_tokens"].get<double>());
    EXPECT_LT(cost["usd_per_million_tokens"]["low"], d["cost_usd_per_million_tokens"]);
    EXPECT_GT(cost["usd_per_million_tokens"]["high"], d["cost_usd_per_million_tokens"]);
    EXPECT_FALSE(d["prices"].empty());
    EXPECT_TRUE(d["cost_unknown_because"].is_null());
  }
}

TEST(EstimateDocument, WithoutALawfulPriceThereIsNoCostButAReason) {
  const json d = costed({"--region", "CN"});
  EXPECT_TRUE(d["cost_usd_per_million_tokens"].is_null());
  EXPECT_TRUE(d["cost"].is_null());
  EXPECT_TRUE(d["prices"].empty());
  EXPECT_NE(d["cost_unknown_because"].get<std::string>().find("no rent of h100-sxm in CN is known"), std::string::npos);
  ASSERT_EQ(d["warnings"].size(), 1U);
  EXPECT_NE(d["warnings"][0].get<std::string>().find("PR065"), std::string::npos);
  EXPECT_TRUE(costed({"--region", "SG"})["cost"].is_object());  // what the world pays, others pay too
}

TEST(EstimateDocument, NoDoubtfulPriceEverFeedsACost) {
  const json prices = document_of({"prices"}, "prices");
  EXPECT_EQ(prices["count"], prices["prices"].size());
  for (const char* way : {"--rent", "--owned"}) {
    for (const char* chip : {"h100-sxm", "h800-sxm", "h20-96", "ascend910b2", "ascend910c", "rtx5090"}) {
      for (const json& price : costed({way}, chip)["prices"]) {
        EXPECT_FALSE(price["grey_market"]) << price["id"];
        EXPECT_FALSE(price["machine_compiled"]) << price["id"];
      }
    }
  }
}

TEST(EstimateDocument, ARentOfOnesOwnIsTakenAsSaid) {
  const json d = costed({"--usd-per-hour", "2.5", "--utilisation", "0.5"});
  EXPECT_NEAR(d["cost"]["usd_per_hour"]["typical"], 8 * 2.5 / 0.5, 1e-9);
  EXPECT_EQ(d["prices"][0]["source"], "user");
}

TEST(ValidateDocument, CountsWhatItPredictsAndWhatItRefuses) {
  const std::string file = root + "/data/measurements/inference.csv";
  const json d = document_of({"validate", file, "--rows"}, "validate");
  std::size_t refused = 0;
  for (const auto& [why, count] : d["refused"].items()) refused += count.get<std::size_t>();
  EXPECT_EQ(d["rows"].get<std::size_t>(), d["predicted"].get<std::size_t>() + refused);
  EXPECT_EQ(d["per_row"].size(), d["rows"].get<std::size_t>());
  std::size_t by_hardware = 0;
  for (const json& one : d["by_hardware"]) by_hardware += one["rows"].get<std::size_t>();
  EXPECT_EQ(by_hardware, d["rows"].get<std::size_t>());
  // at least 85 of 100 full configurations
  EXPECT_GE(d["full_configurations_predicted"].get<double>(), 0.85 * d["full_configurations"].get<double>());
}

TEST(ValidateDocument, ItsErrorsAreThoseOfItsRows) {
  const json d = document_of({"validate", root + "/data/measurements/operators_a100_mi210.csv", "--rows"}, "validate");
  double sum = 0;
  std::size_t inside = 0;
  for (const json& row : d["per_row"]) {
    sum += std::abs(row["predicted"].get<double>() / row["measured"].get<double>() - 1);
    inside += row["inside_interval"].get<bool>() ? 1 : 0;
  }
  const auto n = static_cast<double>(d["per_row"].size());
  EXPECT_NEAR(d["mape_pct"], 100 * sum / n, 0.05);
  EXPECT_NEAR(d["inside_interval_pct"], 100 * static_cast<double>(inside) / n, 0.05);
}

}  // namespace
}  // namespace brightline::tests
