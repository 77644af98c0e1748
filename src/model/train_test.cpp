// Training: does a step behave as physics wants, whatever the plan, and do its parts and its memory add up?
#include "model/train_test.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>

namespace brightline::model {
namespace {

using workload::Recompute;
using workload::TensorOverlap;
using workload::TrainingPlan;
using workload::TrainingTask;

struct Case {
  workload::Transformer model = trained_model();
  TrainingTask task = training_task();
  TrainingPlan plan;
  Network network = training_network();
};

TrainingStep step(const Case& r, const Processor& on = training_chip()) {
  const Engine engine(on, real_calibration());
  return step_of(block_of(engine, r.model, r.task, r.plan, r.network), r.task, r.plan, r.network, fitted_constants(), real_calibration().training_memory);
}

double part(const TrainingStep& of, TrainingPart which) { return of.parts[static_cast<std::size_t>(which)]; }

double power_of_two(int least, int most) { return std::exp2(*rc::gen::inRange(least, most + 1)); }
bool coin() { return *rc::gen::arbitrary<bool>(); }

/// Any plan, also over nodes, of a dense model or one of experts.
Case any_case() {
  Case r;
  const bool experts = coin();
  r.model = experts ? model_of_experts() : trained_model(*rc::gen::inRange(5, 41));
  TrainingPlan& p = r.plan;
  p.tp = power_of_two(0, 4);
  p.pp = std::min(power_of_two(0, 3), r.model.layers);
  p.dp = power_of_two(0, 4);
  p.cp = power_of_two(0, 2);
  p.ep = experts ? std::min(power_of_two(0, 6), p.tp * p.dp * p.cp) : 1;
  p.micro_batch = power_of_two(0, 2);
  p.chunks = p.pp > 1 ? power_of_two(0, 1) : 1;
  p.sequence_parallel = p.tp > 1 && coin();
  p.regather = coin();
  p.overlap_data = coin();
  p.recompute = *rc::gen::element(Recompute::none, Recompute::selective, Recompute::full);
  p.overlap_tensor = *rc::gen::element(TensorOverlap::usual, TensorOverlap::none, TensorOverlap::ring, TensorOverlap::pipe);
  p.zero = *rc::gen::inRange(0, 4);
  p.offload_weights = coin();
  p.offload_optimizer = coin();
  r.task.global_batch = p.dp * p.micro_batch * power_of_two(0, 5);
  r.task.fused_attention = coin();
  r.task.dropout = coin();
  r.task.adapters = coin();
  return r;
}

RC_GTEST_PROP(Training, PartsSumToTheStepAndNoneIsNegative, ()) {
  const Case r = any_case();
  const TrainingStep one = step(r);
  RC_ASSERT(one.seconds > 0 && std::isfinite(one.seconds));
  const double sum = std::accumulate(one.parts.begin(), one.parts.end(), 0.0);
  RC_ASSERT(std::abs(sum - one.seconds) <= 1e-9 * one.seconds);
  for (const double seconds : one.parts) RC_ASSERT(seconds >= -1e-12 * one.seconds);
  RC_ASSERT(one.memory.total() > 0 && std::isfinite(one.memory.total()));
  RC_ASSERT(one.memory.host >= 0);
}

RC_GTEST_PROP(Training, IsNeverSlowerForMoreScaleOutBandwidth, ()) {
  Case r = any_case();
  const double before = step(r).seconds;
  r.network.scaleout *= 1.5;
  RC_ASSERT(step(r).seconds <= before * (1 + 1e-9));
}

RC_GTEST_PROP(Training, IsNeverSlowerForMoreMemoryBandwidth, ()) {
  const Case r = any_case();
  RC_ASSERT(step(r, training_chip(4.5e12)).seconds <= step(r, training_chip(3e12)).seconds * (1 + 1e-9));
}

RC_GTEST_PROP(Training, IsNeverSlowerForAFasterScaleUpLink, ()) {
  const Case r = any_case();
  Processor more = training_chip();
  more.scaleup = more.scaleup * 1.5;
  RC_ASSERT(step(r, more).seconds <= step(r).seconds * (1 + 1e-9));
}

RC_GTEST_PROP(Training, MoreMicroBatchesTakeNoMoreTimeASequence, ()) {
  Case r = any_case();
  const double before = step(r).seconds / r.task.global_batch;
  const bool one = r.task.global_batch == r.plan.dp * r.plan.micro_batch;
  r.task.global_batch *= 2;
  // A single micro-batch adds nothing to a sum of gradients: the second begins it.
  if (!one) RC_ASSERT(step(r).seconds / r.task.global_batch <= before * (1 + 1e-9));
}

RC_GTEST_PROP(Training, RecomputationTakesTimeAndSavesMemory, ()) {
  Case r = any_case();
  r.plan.recompute = Recompute::none;
  const TrainingStep none = step(r);
  r.plan.recompute = Recompute::selective;
  const TrainingStep selective = step(r);
  r.plan.recompute = Recompute::full;
  const TrainingStep full = step(r);
  RC_ASSERT(none.seconds <= selective.seconds * (1 + 1e-9) && selective.seconds <= full.seconds * (1 + 1e-9));
  RC_ASSERT(selective.memory.activations <= none.memory.activations * (1 + 1e-9) && full.memory.activations <= selective.memory.activations * (1 + 1e-9));
}

TEST(Training, FullRecomputationCostsAThirdMoreOfTheProducts) {
  Case r;
  const TrainingStep none = step(r);
  r.plan.recompute = Recompute::full;
  const TrainingStep full = step(r);
  const double ratio = part(full, TrainingPart::linear) / part(none, TrainingPart::linear);
  EXPECT_GT(ratio, 1.25);  // a little less than a third: logits are not computed again
  EXPECT_LT(ratio, 1.34);
  EXPECT_GT(full.seconds / none.seconds, 1.2);
  EXPECT_LT(full.seconds / none.seconds, 1.4);
}

TEST(Training, TensorParallelismOverTheDomainCostsScaleOut) {
  Case r;
  r.plan.tp = 16;
  r.plan.sequence_parallel = true;
  const double slow = part(step(r), TrainingPart::tensor);
  r.network.domain = 16;
  const double joined = part(step(r), TrainingPart::tensor);
  EXPECT_GT(slow, 1.1 * joined);
  r.network.domain = 8;
  r.network.scaleout *= 4;
  EXPECT_LT(part(step(r), TrainingPart::tensor), slow);
  r.plan.tp = 8;  // within: nothing of it leaves
  const double within = part(step(r), TrainingPart::tensor);
  r.network.scaleout /= 16;
  EXPECT_DOUBLE_EQ(part(step(r), TrainingPart::tensor), within);
}

TEST(Training, TokensAreExchangedWithTheirExperts) {
  Case r;
  r.model = model_of_experts();
  r.plan.dp = 64;
  r.task.global_batch = 256;
  EXPECT_EQ(part(step(r), TrainingPart::exchange), 0);
  r.plan.ep = 8;
  const TrainingStep eight = step(r);
  EXPECT_GT(part(eight, TrainingPart::exchange), 0);
  EXPECT_LT(eight.memory.weights, [&] {
    Case alone = r;
    alone.plan.ep = 1;
    return step(alone).memory.weights;
  }());
  r.plan.ep = 64;  // over the nodes
  EXPECT_GT(part(step(r), TrainingPart::exchange), part(eight, TrainingPart::exchange));
  r.network.domain = 64;
  EXPECT_LT(part(step(r), TrainingPart::exchange), 2 * part(eight, TrainingPart::exchange));
}

TEST(Training, TheFullestDeviceOfExpertsMakesTheOthersWait) {
  Case r;
  r.model = model_of_experts();
  r.plan.dp = r.plan.ep = 8;
  const TrainingStep even = step(r);
  r.task.imbalance = 1.5;
  EXPECT_NEAR(part(step(r), TrainingPart::experts), 1.5 * part(even, TrainingPart::experts), 1e-9);
  EXPECT_NEAR(part(step(r), TrainingPart::exchange), 1.5 * part(even, TrainingPart::exchange), 1e-9);
}

TEST(Training, AdaptersHaveNoGradientsAndAQuickerBackwardPass) {
  Case r;
  r.plan.dp = 16;
  const TrainingStep whole = step(r);
  r.task.adapters = true;
  const TrainingStep added = step(r);
  EXPECT_EQ(added.memory.gradients, 0);
  EXPECT_EQ(added.memory.optimizer, 0);
  EXPECT_EQ(part(added, TrainingPart::data), 0);
  EXPECT_EQ(part(added, TrainingPart::optimizer), 0);
  EXPECT_GT(part(whole, TrainingPart::data), 0);
  EXPECT_NEAR(part(added, TrainingPart::linear) / part(whole, TrainingPart::linear), 2 / 3.0, 0.05);
}

TEST(Training, KeysAndValuesArePassedOnInContextParallelism) {
  Case r;
  EXPECT_EQ(part(step(r), TrainingPart::context), 0);
  r.plan.cp = 4;
  r.task.sequence = 65536;
  r.task.global_batch = 4;
  EXPECT_GT(part(step(r), TrainingPart::context), 0);
}

TEST(Training, ConstantsComeInTheOrderOfTheirNames) {
  std::vector<double> values(21);
  std::iota(values.begin(), values.end(), 1);
  const TrainingConstants c = training_constants(values);
  EXPECT_EQ(c.linear_work, 1);
  EXPECT_EQ(c.host_layer, 7);
  EXPECT_EQ(c.misaligned, 21);
  EXPECT_EQ(real_calibration().priors_of("training").size(), values.size());
}

}  // namespace
}  // namespace brightline::model
