#include "search/task.h"

#include <gtest/gtest.h>

#include "search/design_world_test.h"

namespace brightline::search {
namespace {

const model::Engine& engine_of(const char* chip) {
  static std::map<std::string, std::unique_ptr<model::Engine>> engines;
  auto& out = engines[chip];
  if (!out) {
    const DesignWorld& world = real_designs();
    out = std::make_unique<model::Engine>(model::processor_of(*world.catalogue->find(chip), *world.families).processor, *world.tasks.calibration);
  }
  return *out;
}

std::expected<Task, std::string> task(const char* workload, const TaskWishes& wishes = {}, const char* chip = "h100-sxm") {
  return task_of(real_designs().tasks, engine_of(chip), workload, wishes);
}

std::string why_not(const char* workload, const TaskWishes& wishes = {}) {
  const auto found = task(workload, wishes);
  return found ? "it can" : found.error();
}

TEST(Task, TakesTheWorkloadAsItsFileSays) {
  const auto decode = task("llama3-70b-decode");
  ASSERT_TRUE(decode.has_value()) << decode.error();
  EXPECT_EQ(decode->id, "llama3-70b-decode");
  EXPECT_EQ(decode->phase, workload::Phase::decode);
  EXPECT_EQ(decode->devices, 8);
  EXPECT_EQ(decode->batch, 32);
  EXPECT_EQ(decode->input, 2048);
  EXPECT_EQ(decode->output, 1024);
  EXPECT_EQ(decode->tokens, 32) << "one a sequence and step";
  EXPECT_FALSE(decode->eight_bit);
  EXPECT_FALSE(decode->training.has_value());
  const auto prefill = task("llama3-70b-prefill");
  ASSERT_TRUE(prefill.has_value()) << prefill.error();
  EXPECT_EQ(prefill->output, 0);
  EXPECT_EQ(prefill->tokens, 2048);
}

TEST(Task, AWishGoesBeforeTheFile) {
  TaskWishes wishes;
  wishes.devices = 4;
  wishes.batch = 16;
  wishes.input = 512;
  wishes.output = 128;
  wishes.tp = 2;
  wishes.precision = "fp8";
  const auto found = task("llama3-70b-decode", wishes);
  ASSERT_TRUE(found.has_value()) << found.error();
  EXPECT_EQ(found->devices, 4);
  EXPECT_EQ(found->plan.tp, 2);
  EXPECT_EQ(found->plan.pp, 1);
  EXPECT_EQ(found->plan.tp * found->plan.pp * found->plan.dp, 4);
  EXPECT_EQ(found->batch, 16);
  EXPECT_EQ(found->input, 512);
  EXPECT_EQ(found->output, 128);
  EXPECT_TRUE(found->eight_bit);
  EXPECT_FALSE(found->four_bit);
  EXPECT_EQ(found->numbers.linear, found->numbers.experts);
}

TEST(Task, NeedsTheMemoryOfItsWeightsAndCache) {
  TaskWishes two;
  two.devices = two.tp = 2;
  TaskWishes eight;
  eight.devices = eight.tp = 8;
  const auto of_two = task("llama3-8b-decode", two);
  const auto of_eight = task("llama3-8b-decode", eight);
  ASSERT_TRUE(of_two && of_eight);
  EXPECT_GT(of_two->bytes, 8e9 * 2 / 2) << "16 GB of weights over two";
  EXPECT_LT(of_two->bytes, 80e9) << "the reference runs it";
  EXPECT_NEAR(of_two->bytes / of_eight->bytes, 4, 0.1);
  TaskWishes long_texts = two;
  long_texts.input = 4096;
  EXPECT_GT(task("llama3-8b-decode", long_texts)->bytes, of_two->bytes * 1.05);
}

TEST(Task, TakesOnTheReferenceWhatItSays) {
  for (const char* chip : {"h100-sxm", "a100-sxm-80"}) {
    for (const char* workload : {"llama3-70b-prefill", "llama3-70b-decode", "mixtral-8x7b-decode", "llama3-8b-train"}) {
      const auto found = task(workload, {}, chip);
      ASSERT_TRUE(found.has_value()) << found.error();
      EXPECT_GT(found->reference_seconds, 0) << workload;
      EXPECT_TRUE(std::isfinite(found->reference_seconds)) << workload;
      EXPECT_EQ(found->seconds(engine_of(chip)), found->reference_seconds) << workload;
      EXPECT_GT(found->bytes, 0) << workload;
      EXPECT_LE(found->bytes, engine_of(chip).chip().memory.base) << workload << " runs on the reference";
    }
  }
}

// What an estimate of the same workload says, serving overheads included.
TEST(Task, TakesAsLongAsItsEstimate) {
  for (const char* chip : {"h100-sxm", "a100-sxm-80"}) {
    for (const char* workload : {"llama3-70b-prefill", "llama3-70b-decode", "llama3-8b-decode", "mixtral-8x7b-decode", "mixtral-8x7b-prefill"}) {
      const auto found = task(workload, {}, chip);
      ASSERT_TRUE(found.has_value()) << found.error();
      model::Question question;
      question.phase = found->phase;
      question.devices = found->devices;
      question.batch = found->batch;
      question.input = found->input;
      question.output = found->output;
      question.numbers = found->numbers;
      const auto answer = model::best_answer(engine_of(chip), *real_designs().tasks.calibration, found->model->shape, question, "");
      ASSERT_TRUE(answer.has_value());
      const double seconds = model::headline(answer->served, found->phase) / 1000;
      EXPECT_NEAR(found->reference_seconds, seconds, 1e-6 * seconds) << workload << " on " << chip;
    }
  }
}

TEST(Task, AnA100IsSlowerThanAnH100AtThePlanOfEither) {
  for (const char* workload : {"llama3-70b-prefill", "llama3-70b-decode", "llama3-8b-train"}) {
    const auto found = task(workload, {}, "a100-sxm-80");
    ASSERT_TRUE(found.has_value()) << found.error();
    EXPECT_GT(found->reference_seconds, task(workload)->reference_seconds) << workload;
  }
}

TEST(Task, OfTrainingHasAPlanForAllDevices) {
  TaskWishes wishes;
  wishes.devices = 64;
  wishes.batch = 256;
  const auto found = task("llama3-70b-train", wishes);
  ASSERT_TRUE(found.has_value()) << found.error();
  ASSERT_TRUE(found->training.has_value());
  EXPECT_EQ(found->training->plan.tp * found->training->plan.pp * found->training->plan.dp, 64);
  EXPECT_EQ(found->tokens, 256 * found->input);
  EXPECT_FALSE(found->eight_bit) << "16 bits unless wished otherwise";
}

TEST(Task, SaysWhyItCanNotBeAsked) {
  EXPECT_EQ(why_not("llama9-70b-decode"), "there is no workload 'llama9-70b-decode'");
  EXPECT_EQ(why_not("llama3-70b"), "there is no workload 'llama3-70b'");
  EXPECT_NE(why_not("llama3-70b-serve").find("serving"), std::string::npos);
  TaskWishes precision;
  precision.precision = "fp7";
  EXPECT_EQ(why_not("llama3-70b-decode", precision), "'fp7' is no number format");
  TaskWishes longer;
  longer.output = 200'000;
  EXPECT_EQ(why_not("llama3-70b-decode", longer), "202048 tokens are more than Llama 3 70B takes (131072)");
  TaskWishes alone;
  alone.devices = 1;
  EXPECT_NE(why_not("llama3-70b-decode", alone).find("llama3-70b-decode on 1 of h100-sxm: "), std::string::npos) << why_not("llama3-70b-decode", alone);
  EXPECT_NE(why_not("gpt3-175b-train", alone).find("gpt3-175b-train on 1 of h100-sxm: "), std::string::npos) << why_not("gpt3-175b-train", alone);
}

TEST(DesignCase, WeightsOfNothingOrLessAreRefused) {
  CodeBook codes(real_law());
  DesignAsk ask;
  ask.space = real_space(space_ids(BRIGHTLINE_ROOT "/data").front().c_str());
  ask.workloads = {"llama3-8b-prefill", "llama3-8b-decode"};
  const auto refused = [&](std::vector<double> weights) -> std::string {
    ask.weights = std::move(weights);
    try {
      case_of(codes, ask, "2026-11-23");
    } catch (const base::BadInput& bad) {
      return bad.problems().all()[0].message;
    }
    return "taken";
  };
  EXPECT_EQ(refused({1, 3}), "taken");
  EXPECT_EQ(refused({0, 1}), "taken");
  EXPECT_EQ(refused({0, 0}), "one weight at least must be above 0");
  EXPECT_EQ(refused({2, -1}), "-1 is no weight: a number of 0 or more");
  EXPECT_EQ(refused({1, std::nan("")}), "nan is no weight: a number of 0 or more");
  EXPECT_EQ(refused({1}), "1 weights are given for 2 workloads");
}

}  // namespace
}  // namespace brightline::search
