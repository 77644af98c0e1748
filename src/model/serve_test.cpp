// Serving: does memory bound what runs, does more load cost what it should, does a plan divide what it says?
#include "model/serve.h"

#include <gtest/gtest.h>

#include "model/families.h"
#include "model/plan.h"

namespace brightline::model {
namespace {

Processor chip(double memory_gb = 80) {
  Processor out;
  out.id = "test";
  out.family = "Hopper";
  out.kind = "asynchronous";
  for (Rate& rate : out.rates) rate = {1000e12};
  out.memory_bandwidth = {3e12};
  out.memory = {memory_gb * 1e9};
  out.l2 = {50e6};
  out.cores = 100;
  out.clock = {2e9};
  out.scaleup = {400e9};
  out.power = {700};
  return out;
}

const Calibration& calibration() {
  static const Calibration loaded = [] {
    base::Problems problems;
    Calibration out = Calibration::load(std::string(BRIGHTLINE_ROOT) + "/data", problems);
    base::stop_at(problems);
    return out;
  }();
  return loaded;
}

workload::Transformer small() {
  workload::Transformer m;
  m.name = "Small";
  m.layers = 32;
  m.hidden = 4096;
  m.heads = 32;
  m.kv_heads = 8;
  m.head_dim = 128;
  m.inter = 14336;
  m.vocab = 128256;
  m.max_context = 8192;
  return m;
}

constexpr ServingConstants plain{0.002, 0.01, 1, 1, 0.3, 0.8, 1e-5};

Served served(const Processor& on, double concurrency, bool together = false, workload::Parallelism plan = {}) {
  const Engine engine(on, calibration());
  const auto out = serve(engine, small(), plan, {}, {1024, 1024, concurrency, together}, plain, {0.1}, 1);
  EXPECT_TRUE(out.has_value());
  return *out;
}

TEST(Serve, MoreRequestsGiveMoreTokensAndLaterOnes) {
  const Served few = served(chip(), 4);
  const Served many = served(chip(), 32);
  EXPECT_GT(many.tokens_per_second, 2 * few.tokens_per_second);
  EXPECT_GT(many.tpot, few.tpot);
  EXPECT_GT(many.ttft, few.ttft);
}

TEST(Serve, TokensAndTimesAgree) {
  const Served one = served(chip(), 1, true);
  EXPECT_NEAR(one.tokens_per_second, 1024 / (one.ttft.base + 1023 * one.tpot.base), 1e-6);
  EXPECT_NEAR(one.total_tokens_per_second, 2 * one.tokens_per_second, 1e-6);
}

TEST(Serve, DecodeIsNoQuickerThanTheWeightsCanBeRead) {
  const double weights = workload::weight_bytes(small(), {}, {}) - small().vocab * small().hidden * 2;  // embeddings are looked up, not read through
  EXPECT_GT(served(chip(), 1).tpot.base, weights / 3e12);
}

TEST(Serve, TheCacheBoundsWhatRunsTogether) {
  const Served tight = served(chip(24), 1000);
  EXPECT_LT(tight.running, 1000);
  EXPECT_LE(tight.memory.total, tight.memory.capacity);
  EXPECT_GT(tight.ttft, served(chip(24), tight.running).ttft);  // the rest waits
}

TEST(Serve, WhatDoesNotFitSaysByHowMuch) {
  const Engine engine(chip(10), calibration());
  const auto out = serve(engine, small(), {}, {}, {1024, 1024, 1, false}, plain, {0.1}, 1);
  ASSERT_FALSE(out);
  EXPECT_NE(out.error().what.find("more than the 10.0 GB of test"), std::string::npos) << out.error().what;
}

TEST(Serve, TooLongForTheModelSaysByHowMuch) {
  const Engine engine(chip(), calibration());
  const auto out = serve(engine, small(), {}, {}, {8000, 500, 1, false}, plain, {0.1}, 1);
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().what, "8500 tokens are 308 more than Small takes (8192)");
}

TEST(Serve, TensorParallelismSharesWeightsAndTakesLessTime) {
  const Served one = served(chip(), 8);
  const Served four = served(chip(), 8, false, {4, 1, 1, 1, 1});
  EXPECT_NEAR(four.memory.weights.base, one.memory.weights.base / 4, 0.02 * one.memory.weights.base);
  EXPECT_LT(four.tpot, one.tpot);
  EXPECT_GT(four.tpot.base, one.tpot.base / 4);  // reductions are not free
}

TEST(Plans, DivideTheDevicesAndTheHeads) {
  Question q;
  q.devices = 16;
  q.domain = 8;
  const auto plans = plans_for(q, small());
  ASSERT_FALSE(plans.empty());
  for (const workload::Parallelism& plan : plans) {
    EXPECT_EQ(plan.devices(), 16);
    EXPECT_LE(plan.tp, 8);
  }
  q.fixed.tp = 4;
  for (const workload::Parallelism& plan : plans_for(q, small())) EXPECT_EQ(plan.tp, 4);
  q.fixed.tp = 3;
  EXPECT_TRUE(plans_for(q, small()).empty());
}

TEST(Plans, TheBestAnswerMeetsTheGoalsOrSaysHowFarOff) {
  const Engine engine(chip(), calibration());
  Question q;
  q.phase = workload::Phase::serve;
  q.batch = 0;
  q.input = q.output = 1024;
  q.devices = 4;
  q.ttft_ms = 1000;
  q.tpot_ms = 30;
  const auto answer = best_answer(engine, calibration(), small(), q, {});
  ASSERT_TRUE(answer);
  EXPECT_LE(answer->served.ttft.base, 1);
  EXPECT_LE(answer->served.tpot.base, 0.03);
  q.tpot_ms = 0.001;
  const auto never = best_answer(engine, calibration(), small(), q, {});
  ASSERT_FALSE(never);
  EXPECT_NE(never.error().what.find("no plan meets the goals"), std::string::npos) << never.error().what;
}

TEST(Families, AChipOfTheCatalogueIsReadWithWhatIsAssumed) {
  base::Problems problems;
  const Families families = Families::load(std::string(BRIGHTLINE_ROOT) + "/data", problems);
  ASSERT_TRUE(problems.empty()) << base::render(problems);
  chip::Accelerator one;
  one.id = "x";
  one.architecture = "Hopper";
  const auto exactly = [](std::int64_t value) {
    chip::Sourced out;
    out.range = chip::Interval::exactly(value);
    return out;
  };
  one.values[chip::Field::bf16] = exactly(148);
  one.values[chip::Field::memory_bandwidth] = exactly(4000);
  const ProcessorReading partly = processor_of(one, families);
  EXPECT_EQ(partly.missing, std::vector<std::string>{"its memory capacity"});
  one.values[chip::Field::memory_capacity] = exactly(96);
  const ProcessorReading read = processor_of(one, families);
  EXPECT_TRUE(read.missing.empty());
  EXPECT_EQ(read.processor.family, "Hopper");
  EXPECT_EQ(read.processor.kind, "asynchronous");
  EXPECT_DOUBLE_EQ(read.processor.rate(chip::Precision::fp16).base, 148e12);  // one 16-bit format stands for both
  EXPECT_EQ(read.processor.assumed.size(), 4U);                               // cores, clock, L2, power
  EXPECT_TRUE(link_of(read.processor).shared);                                // no scale-up link is stated
}

TEST(Families, NamesOfMeasurementsFindTheirChip) {
  base::Problems problems;
  const Families families = Families::load(std::string(BRIGHTLINE_ROOT) + "/data", problems);
  EXPECT_EQ(families.chip_called("h100_sxm"), "h100-sxm");
  EXPECT_EQ(families.chip_called("NVIDIA H200-SXM-141GB"), "h200-sxm");
  EXPECT_EQ(families.chip_called("H9000"), "");
  EXPECT_EQ(families.domain_of("gb200"), 72);
  EXPECT_EQ(families.domain_of("h20-96"), 8);
}

}  // namespace
}  // namespace brightline::model
