#include "measured/compare.h"

#include <gtest/gtest.h>

#include <cmath>

namespace brightline::measured {
namespace {

Compared row(const char* hardware, double measured, double predicted, double low, double high) {
  Compared out;
  out.hardware = hardware;
  out.metric = "gemm bf16";
  out.stack = "vllm:x@1";
  out.measured = measured;
  out.predicted = predicted;
  out.low = low;
  out.high = high;
  return out;
}

Compared refused(const char* hardware, const char* why, bool full) {
  Compared out = row(hardware, 10, 0, 0, 0);
  out.refused = why;
  out.full = full;
  return out;
}

Comparison made_of(std::vector<Compared> rows) {
  Comparison out;
  out.rows = std::move(rows);
  summarise(out);
  return out;
}

const Summary& named(const std::vector<Summary>& groups, const std::string& name) {
  for (const Summary& one : groups) {
    if (one.name == name) return one;
  }
  throw base::OurFault("no group " + name);
}

TEST(Compared, IsInsideWhereTheIntervalHoldsTheMeasurement) {
  EXPECT_DOUBLE_EQ(row("a", 10, 12, 9, 15).error_pct(), 20);
  EXPECT_DOUBLE_EQ(row("a", 10, 5, 9, 15).error_pct(), -50);
  EXPECT_TRUE(row("a", 10, 12, 10, 15).inside());
  EXPECT_TRUE(row("a", 10, 8, 6, 10).inside());
  EXPECT_FALSE(row("a", 10, 12, 10.1, 15).inside());
  EXPECT_FALSE(row("a", 10, 8, 6, 9.9).inside());
}

TEST(Summary, TellsErrorsOfTheRowsPredicted) {
  const Comparison c = made_of({row("a", 10, 11, 9, 14),    // +10 %, inside
                                row("a", 100, 80, 60, 90),  // -20 %, outside
                                row("b", 20, 32, 18, 40),   // +60 %, inside
                                row("b", 50, 65, 48, 90),   // +30 %, inside
                                row("b", 40, 38, 30, 39),   // -5 %, outside
                                refused("b", "no rate", true)});
  EXPECT_EQ(c.all.rows, 6U);
  EXPECT_EQ(c.all.predicted, 5U);
  EXPECT_NEAR(c.all.mape_pct, 25, 1e-9);
  EXPECT_NEAR(c.all.median_ape_pct, 20, 1e-9);
  EXPECT_NEAR(c.all.bias_pct, 15, 1e-9);
  EXPECT_NEAR(c.all.inside_interval_pct, 60, 1e-9);
  // Half the intervals are 25, 15, 55, 42 and 11.25 % of what was measured: the middle one over the median error.
  EXPECT_NEAR(c.all.width_over_error, 25.0 / 20, 1e-9);
}

TEST(Summary, CountsWhatIsRefusedAndWhy) {
  Compared partial = row("a", 10, 11, 9, 13);
  partial.full = false;
  const Comparison c = made_of({partial, row("a", 10, 11, 9, 13), refused("a", "no rate", true), refused("b", "no rate", false), refused("b", "pools", true)});
  EXPECT_EQ(c.all.refused, (std::map<std::string, std::size_t>{{"no rate", 2}, {"pools", 1}}));
  EXPECT_EQ(c.all.full, 3U);
  EXPECT_EQ(c.all.full_predicted, 1U);
  EXPECT_EQ(c.all.predicted, 2U);
  EXPECT_EQ(named(c.by_hardware, "b").predicted, 0U);
  EXPECT_DOUBLE_EQ(named(c.by_hardware, "b").mape_pct, 0);
}

TEST(Summary, GroupsByHardwareMetricStackAndUse) {
  Compared fitted = row("a", 10, 11, 9, 13);
  fitted.fitted = true;
  Compared other = row("a", 10, 14, 9, 13);
  other.metric = "moe fp8";
  other.stack = "sglang:y@2";
  const Comparison c = made_of({fitted, other, row("b", 10, 7, 9, 13), refused("b", "no rate", true)});
  ASSERT_EQ(c.by_hardware.size(), 2U);
  EXPECT_NEAR(named(c.by_hardware, "a").mape_pct, 25, 1e-9);
  EXPECT_EQ(named(c.by_hardware, "b").rows, 2U);
  EXPECT_NEAR(named(c.by_hardware, "b").bias_pct, -30, 1e-9);
  ASSERT_EQ(c.by_metric.size(), 2U);
  EXPECT_NEAR(named(c.by_metric, "moe fp8").mape_pct, 40, 1e-9);
  ASSERT_EQ(c.by_stack.size(), 3U);
  EXPECT_EQ(named(c.by_stack, "a sglang:y@2").rows, 1U);
  ASSERT_EQ(c.by_use.size(), 2U);
  EXPECT_EQ(named(c.by_use, "fitted").rows, 1U);
  EXPECT_EQ(named(c.by_use, "held out").rows, 2U);  // what is refused was used for nothing
}

TEST(Summary, OfNothingIsZero) {
  const Comparison c = made_of({});
  EXPECT_EQ(c.all.rows, 0U);
  EXPECT_DOUBLE_EQ(c.all.mape_pct, 0);
  EXPECT_TRUE(c.by_hardware.empty());
}

/// Products and constants of the data folder, but one fit alone: what the priors say, with an interval of its own.
struct Loaded {
  base::Problems problems;
  catalogue::Catalogue catalogue;
  model::Families families;
  model::Calibration calibration;
  explicit Loaded(const std::string& data)
      : catalogue(catalogue::load(data, problems)), families(model::Families::load(data, problems)), calibration(model::Calibration::load(data, problems)) {
    EXPECT_TRUE(problems.empty()) << base::render(problems);
    calibration.fits.clear();
    model::Fit fit;
    fit.key = "gemm/bf16";
    for (const model::Prior& prior : calibration.priors_of(fit.key)) fit.defaults.push_back(prior.value);
    const std::vector<double> ones(fit.defaults.size(), 1.0);
    fit.factors = {{"family Hopper", ones}, {"pair Hopper vllm:cutlass@1", ones}};
    fit.spreads["pair Hopper vllm:cutlass@1"].fill({0.5, 3});
    fit.spreads["new stack"].fill({0.25, 5});
    calibration.fits[fit.key] = fit;
  }
};

Comparison compared(const std::string& rows) {
  static const Loaded world(std::string(BRIGHTLINE_ROOT) + "/data");
  static const workload::Models none;
  const auto table = read_table("test.csv", "gpu,framework,version,kernel_source,dtype,m,n,k,latency_us\n" + rows);
  base::check(table.has_value(), "the rows are rows");
  return compare(*table, {&world.catalogue, &world.families, &none, &world.calibration});
}

TEST(Compare, PredictsAKernelWithItsInterval) {
  const Comparison c = compared("h100_sxm,vllm,1,cutlass,bf16,8192,8192,8192,1500\n");
  ASSERT_EQ(c.rows.size(), 1U);
  const Compared& one = c.rows[0];
  EXPECT_EQ(one.refused, "");
  EXPECT_EQ(one.hardware, "h100-sxm");
  EXPECT_EQ(one.unit, "us");
  EXPECT_DOUBLE_EQ(one.measured, 1500);
  const double at_peak = 2 * std::pow(8192, 3) / 989.4e12 * 1e6;
  EXPECT_GT(one.predicted, at_peak);
  EXPECT_LT(one.predicted, 2.5 * at_peak);
  EXPECT_NEAR(one.low, one.predicted * 0.5, 1e-9 * one.predicted);
  EXPECT_NEAR(one.high, one.predicted * 3, 1e-9 * one.predicted);
}

TEST(Compare, CallsFittedOnlyWhatTheFitSaw) {
  const Comparison c = compared(
      "h100_sxm,vllm,1,cutlass,bf16,64,4096,4096,50\n"    // of the fit
      "h100_sxm,vllm,1,cutlass,bf16,64,2048,4096,50\n"    // its shape is held out
      "h100_sxm,sglang,1,triton,bf16,64,4096,4096,50\n"   // a stack never measured
      "a100_sxm,vllm,1,cutlass,bf16,64,4096,4096,50\n");  // a family never measured
  ASSERT_EQ(c.rows.size(), 4U);
  const bool wanted[] = {true, false, false, false};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(c.rows[i].fitted, wanted[i]) << i;
  EXPECT_NEAR(c.rows[2].low, c.rows[2].predicted * 0.25, 1e-9 * c.rows[2].predicted);
  EXPECT_EQ(named(c.by_use, "held out").rows, 3U);
}

TEST(Compare, RefusesWhatItCantPredictWithTheReason) {
  const Comparison c = compared(
      "abacus,vllm,1,cutlass,bf16,64,4096,4096,50\n"
      "h100_sxm,vllm,1,cutlass,nvfp4,64,4096,4096,50\n"
      "h100_sxm,vllm,1,cutlass,bf16,,4096,4096,50\n");
  ASSERT_EQ(c.rows.size(), 3U);
  EXPECT_EQ(c.rows[0].refused, "hardware is not in the catalogue");
  EXPECT_EQ(c.rows[0].hardware, "abacus");
  EXPECT_EQ(c.rows[1].refused, "no fp4 rate is known of h100-sxm");
  EXPECT_EQ(c.rows[2].refused, "'m' is missing or no number of at least 1");
  EXPECT_EQ(c.all.predicted, 0U);
  EXPECT_EQ(c.all.refused.size(), 3U);
}

TEST(Compare, HoldsPowerApartFromTime) {
  const std::string rows = "h100_sxm,vllm,1,cutlass,bf16,8192,8192,8192,1500";
  const auto table = [](const std::string& text) { return *read_table("test.csv", "gpu,framework,version,kernel_source,dtype,m,n,k,latency_us,power_w\n" + text); };
  static const Loaded world(std::string(BRIGHTLINE_ROOT) + "/data");
  static const workload::Models none;
  const World with{&world.catalogue, &world.families, &none, &world.calibration};
  const Comparison plain = compare(table(rows + ",\n"), with);
  const Comparison c = compare(table(rows + ",650\n" + "abacus,vllm,1,cutlass,bf16,64,64,64,5,100\n"), with);
  EXPECT_TRUE(plain.power.rows.empty());
  ASSERT_EQ(c.rows.size(), 2U);
  ASSERT_EQ(c.power.rows.size(), 2U);
  EXPECT_DOUBLE_EQ(c.all.mape_pct, plain.all.mape_pct);
  EXPECT_EQ(c.by_metric.size(), 1U);
  const Compared& power = c.power.rows[0];
  EXPECT_EQ(power.metric, "power gemm bf16");
  EXPECT_EQ(power.unit, "W");
  EXPECT_DOUBLE_EQ(power.measured, 650);
  EXPECT_GT(power.predicted, 200);
  EXPECT_LE(power.predicted, 700);  // rated
  EXPECT_FALSE(power.fitted);
  EXPECT_EQ(c.power.rows[1].refused, "hardware is not in the catalogue");
  EXPECT_EQ(c.power.all.predicted, 1U);
  EXPECT_EQ(named(c.power.by_metric, "power gemm bf16").rows, 2U);
}

TEST(Compare, HoldsEnergyOfServedTokens) {
  base::Problems problems;
  const std::string data = std::string(BRIGHTLINE_ROOT) + "/data";
  const workload::Models models = workload::Models::load(data, problems);
  static const Loaded world(data);
  const std::string header = "hardware,n_devices,framework,model,precision(weights/kv),tp,ep,dp,input_len,output_len,concurrency_or_batch,metric,value,notes\n";
  const std::string run = "H100-SXM-80GB,1,vllm,Llama-3.1-8B,bf16,1,,,1024,1024,16,total_tok_s,3000,";
  const auto table = read_table("test.csv", header + run + "mean device power 420 W\n" + run + "measured system power 900 W\n" + run + "\n" +
                                                "H100-SXM-80GB,1,vllm,Llama-3.1-8B,bf16,1,,,1024,1024,16,ttft_ms,30,mean device power 420 W\n");
  ASSERT_TRUE(table.has_value());
  const Comparison c = compare(*table, {&world.catalogue, &world.families, &models, &world.calibration});
  ASSERT_EQ(c.rows.size(), 4U);
  ASSERT_EQ(c.power.rows.size(), 6U);
  const Compared& watts = c.power.rows[0];
  const Compared& joules = c.power.rows[1];
  EXPECT_EQ(watts.metric, "power serving");
  EXPECT_EQ(joules.metric, "energy serving");
  EXPECT_DOUBLE_EQ(joules.measured, 420.0 / 3000);
  EXPECT_NEAR(joules.predicted, watts.predicted / c.rows[0].predicted, 1e-9);
  EXPECT_GT(watts.predicted, 100);
  EXPECT_LT(joules.low, joules.predicted);
  EXPECT_GT(joules.high, joules.predicted);
  // At the wall the node draws more than its accelerators.
  EXPECT_EQ(c.power.rows[2].metric, "power serving, node");
  EXPECT_GT(c.power.rows[2].predicted, watts.predicted + 100);
  EXPECT_NE(c.power.rows[4].refused, "");
  EXPECT_NE(c.power.rows[5].refused, "");
}

TEST(Compare, TrainingWithoutSoftwareAndClustersIsRefusedRowByRow) {
  const auto table = read_table("test.csv", "hardware,global_batch,micro_batch,tp\nH100,1024,1,8\nA100,512,1,8\n");
  ASSERT_TRUE(table.has_value());
  const Comparison c = compare(*table, {});
  ASSERT_EQ(c.rows.size(), 2U);
  EXPECT_EQ(c.rows[1].hardware, "A100");
  EXPECT_EQ(c.rows[1].line, 3);
  EXPECT_EQ(c.rows[1].refused, "no training software and clusters are known");
  EXPECT_EQ(c.all.refused.size(), 1U);
  EXPECT_EQ(c.all.full, 0U);
}

TEST(Compare, PredictsTrainingWithItsInterval) {
  base::Problems problems;
  const std::string data = std::string(BRIGHTLINE_ROOT) + "/data";
  static const Loaded world(data);
  const workload::Models models = workload::Models::load(data, problems);
  const model::TrainingSoftwares softwares = model::TrainingSoftwares::load(data, problems);
  const chip::Clusters none;
  ASSERT_TRUE(problems.empty()) << base::render(problems);
  const std::string run = ",8,40,5120,40,50000,2048,128,4,8,1,1,";
  const auto table = read_table("test.csv", "hardware,precision,n_devices,layers,hidden,heads,vocab,seq_len,global_batch,micro_batch,tp,pp,dp,step_time_s\n"
                                            "H100,bf16" + run + "9\nA100,fp8" + run + "9\nabacus,bf16" + run + "9\nH100,bf16" + run + "\n");
  ASSERT_TRUE(table.has_value());
  const Comparison c = compare(*table, {&world.catalogue, &world.families, &models, &world.calibration, &softwares, &none});
  ASSERT_EQ(c.rows.size(), 4U);
  const Compared& one = c.rows[0];
  EXPECT_EQ(one.refused, "");
  EXPECT_EQ(one.metric, "step time");
  EXPECT_EQ(one.unit, "s");
  EXPECT_EQ(one.stack, "other");
  const double at_peak = 6 * 13e9 * 128 * 2048 / (8 * 989.4e12);
  EXPECT_GT(one.predicted, at_peak);
  EXPECT_LT(one.predicted, 4 * at_peak);
  EXPECT_LT(one.low, one.predicted);
  EXPECT_GT(one.high, one.predicted);
  EXPECT_FALSE(one.fitted);
  EXPECT_EQ(c.rows[1].refused, "no fp8 rate is known of a100-sxm-80");
  EXPECT_EQ(c.rows[2].refused, "hardware is not in the catalogue");
  EXPECT_EQ(c.rows[3].refused, "there is no step time");
  EXPECT_EQ(c.all.full, 3U);
}

}  // namespace
}  // namespace brightline::measured
