// Training worked out by hand: a block of round figures, so that bubble, memory and offloading come to what formulas say.
#include <gtest/gtest.h>

#include <cmath>

#include "model/train_test.h"

namespace brightline::model {
namespace {

using workload::Recompute;
using workload::TrainingPlan;
using workload::TrainingTask;

constexpr double no_limit = 1e30;

/// A layer takes 1 s forward and 2 s backward, and everything else nothing.
Block simple(double layers, double ends = 0) {
  Block b;
  b.layers_dense = layers;
  b.dense.linear_forward = 1;
  b.dense.linear_backward = 2;
  b.dense.kept = 1e6;
  b.dense.kept_scores = 4e5;
  b.dense.kept_whole = 2e5;
  b.dense.input = 1e5;
  b.dense.parameters = 1e6;
  b.ends_forward = ends / 3;
  b.ends_backward = ends * 2 / 3;
  b.scaleup = b.memory_bandwidth = no_limit;
  return b;
}

/// Products alone take time; a pipeline fills and drains.
TrainingConstants plain() {
  TrainingConstants c;
  c.linear_work = c.network = c.bubble = c.misaligned = 1;
  return c;
}

TrainingStep step(const Block& block, const TrainingPlan& plan, double micro_batches, const Network& network = training_network(no_limit), const TrainingConstants& constants = plain()) {
  TrainingTask task;
  task.global_batch = plan.dp * plan.micro_batch * micro_batches;
  return step_of(block, task, plan, network, constants, {0, 1});
}

TrainingPlan pipeline(double stages, double chunks = 1) {
  TrainingPlan p;
  p.pp = stages;
  p.chunks = chunks;
  p.zero = 0;
  return p;
}

double part(const TrainingStep& of, TrainingPart which) { return of.parts[static_cast<std::size_t>(which)]; }

TEST(Schedule, TheBubbleIsStagesLessOneOverMicroBatches) {
  for (const double stages : {2.0, 4.0, 8.0}) {
    for (const double m : {8.0, 64.0}) {
      const TrainingStep one = step(simple(32), pipeline(stages), m);
      const double work = 32 * 3 / stages * m;
      EXPECT_NEAR(one.seconds, work * (1 + (stages - 1) / m), 1e-9 * work) << stages << " " << m;
      EXPECT_NEAR(part(one, TrainingPart::bubble), work * (stages - 1) / m, 1e-9 * work);
      EXPECT_EQ(one.micro_batches, m);
    }
  }
  EXPECT_EQ(part(step(simple(32), pipeline(1), 8), TrainingPart::bubble), 0);
}

TEST(Schedule, InterleavingShortensTheBubbleAndHoldsMore) {
  const TrainingStep whole = step(simple(32), pipeline(4), 16);
  const TrainingStep pieces = step(simple(32), pipeline(4, 2), 16);
  EXPECT_NEAR(part(pieces, TrainingPart::bubble), part(whole, TrainingPart::bubble) / 2, 1e-9);
  // arXiv:2205.05198: 1 + (p - 1) / (p v) times.
  EXPECT_NEAR(pieces.memory.activations, whole.memory.activations * (1 + 3 / 8.0), 1e-3);
}

TEST(Schedule, TheFirstStageHoldsAMicroBatchForEachStage) {
  EXPECT_NEAR(step(simple(32), pipeline(4), 16).memory.activations, 8 * 4 * 1e6, 1);
  EXPECT_NEAR(step(simple(32), pipeline(4), 2).memory.activations, 8 * 2 * 1e6, 1);
  EXPECT_NEAR(step(simple(32), pipeline(1), 16).memory.activations, 32 * 1e6, 1);
}

TEST(Schedule, UnevenStagesAreNeverSlowerThanRoundingUpByMoreThanALayer) {
  constexpr double layer = 3;
  for (const double stages : {2.0, 4.0, 7.0, 16.0}) {
    for (double layers = stages; layers <= 128; ++layers) {
      for (const double ends : {0.0, 2.0, 9.0}) {
        const double rounded = std::ceil(layers / stages) * stages;
        const double uneven = step(simple(layers, ends), pipeline(stages), 8).seconds;
        const double even = step(simple(rounded, ends), pipeline(stages), 8).seconds;
        EXPECT_LE(uneven, even + 8 * layer + 1e-9) << layers << " over " << stages;
        EXPECT_GE(uneven, step(simple(std::floor(layers / stages) * stages, ends), pipeline(stages), 8).seconds - 1e-9) << layers << " over " << stages;
      }
    }
  }
  // 105 layers, embedding and output: 27 a stage, the last 26 layers and the output.
  EXPECT_NEAR(step(simple(105, 2), pipeline(4), 8).seconds, 8 * 81 + (105 * 3 + 2 - 81), 1e-9);
}

TEST(Schedule, PassingOnCostsTwoHopsAMicroBatch) {
  Block b = simple(32);
  b.hop_bytes = 1e9;
  TrainingConstants c = plain();
  c.passing_exposed = 1;
  TrainingPlan p = pipeline(16);
  p.tp = 4;
  const Network slow = training_network(1e9);
  p.split_passing = true;
  EXPECT_NEAR(part(step(b, p, 8, slow, c), TrainingPart::pipeline), 8 * 2 * 0.25, 1e-9);
  p.split_passing = false;
  EXPECT_NEAR(part(step(b, p, 8, slow, c), TrainingPart::pipeline), 8 * 2 * 1, 1e-9);
}

/// Bytes of one parameter with 32 layers of 1e6, over 8 copies.
TrainingMemory split(int zero, double shard = 0, double cp = 1) {
  TrainingPlan p;
  p.dp = 8;
  p.cp = cp;
  p.zero = zero;
  p.shard = shard;
  return step(simple(32), p, 2).memory;
}

TEST(TrainingMemory, StagesOfZeroSplitWhatTheySay) {
  constexpr double P = 32e6;
  const double wanted[4][3] = {{2 * P, 4 * P, 12 * P}, {2 * P, 4 * P, 12 * P / 8}, {2 * P, 4 * P / 8, 12 * P / 8}, {2 * P / 8, 4 * P / 8, 12 * P / 8}};
  for (int zero = 0; zero <= 3; ++zero) {
    const TrainingMemory m = split(zero);
    EXPECT_NEAR(m.weights, wanted[zero][0], 1) << zero;
    EXPECT_NEAR(m.gradients, wanted[zero][1], 1) << zero;
    EXPECT_NEAR(m.optimizer, wanted[zero][2], 1) << zero;
  }
  EXPECT_NEAR(split(3).buffers, 2 * 2 * 1e6, 1);  // weights of two layers, gathered
  EXPECT_EQ(split(2).buffers, 0);
  EXPECT_NEAR(split(1, 4).optimizer, 12 * P / 4, 1);     // within 4 of the copies
  EXPECT_NEAR(split(1, 0, 2).optimizer, 12 * P / 16, 1);  // devices of a sequence are copies too
}

TEST(TrainingMemory, ExpertsAreSplitOverTheirOwnCopies) {
  Block b = simple(0);
  b.layers_routed = 32;
  b.routed = simple(32).dense;
  b.routed.parameters = 0;
  b.routed.expert_parameters = 1e6;
  TrainingPlan p;
  p.dp = 8;
  p.ep = 4;  // two devices hold the same experts
  EXPECT_NEAR(step(b, p, 2).memory.optimizer, 12 * 32e6 / 2, 1);
  p.ep = 8;
  EXPECT_NEAR(step(b, p, 2).memory.optimizer, 12 * 32e6, 1);
}

TEST(TrainingMemory, RecomputationKeepsWhatItSays) {
  TrainingPlan p;
  p.sequence_parallel = true;
  const auto kept = [&](Recompute recompute, bool regather) {
    p.recompute = recompute;
    p.regather = regather;
    return step(simple(32), p, 2).memory;
  };
  EXPECT_NEAR(kept(Recompute::none, true).activations, 32e6, 1);
  EXPECT_NEAR(kept(Recompute::none, false).activations, 32 * 1.2e6, 1);
  EXPECT_NEAR(kept(Recompute::selective, true).activations, 32 * 6e5, 1);
  EXPECT_NEAR(kept(Recompute::full, true).activations, 32 * 1e5, 1);
  EXPECT_NEAR(kept(Recompute::full, true).buffers, 1e6, 1);  // the layer that is computed again
}

TEST(TrainingMemory, OffloadingMovesBytesToTheHostAndTakesItsLink) {
  const TrainingMemory none = step(simple(32), pipeline(1), 2).memory;
  EXPECT_EQ(none.host, 0);
  TrainingPlan p = pipeline(1);
  p.offload_optimizer = true;
  const TrainingStep optimizer = step(simple(32), p, 2);
  EXPECT_EQ(optimizer.memory.optimizer, 0);
  EXPECT_NEAR(optimizer.memory.host, none.optimizer, 1);
  EXPECT_NEAR(part(optimizer, TrainingPart::optimizer), 2 * none.optimizer / 50e9, 1e-12);  // there and back
  p = pipeline(1);
  p.offload_weights = p.offload_activations = true;
  Network slow = training_network(no_limit);
  slow.host = 1e6;
  const TrainingStep both = step(simple(32), p, 2, slow);
  EXPECT_NEAR(both.memory.host, none.weights + none.activations, 1);
  EXPECT_NEAR(both.memory.weights, 2 * 2e6, 1);  // two layers at hand
  EXPECT_NEAR(both.memory.activations, 2e6, 1);
  // A layer's weights for each pass, its activations there and back: 4 + 2 s at 1 MB/s, 3 of them beside the work.
  EXPECT_NEAR(part(both, TrainingPart::offload), 2 * 32 * (6 - 3), 1e-9);
}

TEST(TrainingMemory, CountsWhatTheSoftwareTakesOverIt) {
  TrainingTask task;
  task.global_batch = 2;
  const TrainingMemory bare = step_of(simple(32), task, pipeline(1), training_network(), plain(), {0, 1}).memory;
  const TrainingMemory held = step_of(simple(32), task, pipeline(1), training_network(), plain(), {1e9, 1.1}).memory;
  EXPECT_NEAR(held.total() - bare.total(), 1e9 + 0.1 * bare.activations, 1);
  task.allocated = 1.2;
  EXPECT_NEAR(step_of(simple(32), task, pipeline(1), training_network(), plain(), {0, 1}).memory.total(), 1.2 * bare.total(), 1);
}

TEST(DataParallel, GradientsAreSummedOverTheCopiesAndHandedOut) {
  TrainingPlan p;
  p.dp = 8;
  p.overlap_data = false;
  Block b = simple(32);
  b.scaleup = 1e9;
  p.zero = 0;  // gradients scattered and gathered, 4 bytes each
  EXPECT_NEAR(part(step(b, p, 2), TrainingPart::data), 2 * 4 * 32e6 * 7 / 8 / 1e9, 1e-9);
  p.zero = 1;  // gradients scattered, weights of 2 bytes gathered
  EXPECT_NEAR(part(step(b, p, 2), TrainingPart::data), (4 + 2) * 32e6 * 7 / 8 / 1e9, 1e-9);
  p.dp = 16;  // two nodes: 8 devices send together
  EXPECT_NEAR(part(step(b, p, 2, training_network(1e6)), TrainingPart::data), (4 + 2) * 32e6 / 2 / 8e6, 1e-9);
  p.overlap_data = true;  // sums beside the last backward pass, 64 s; weights beside the next forward pass, 32 s
  EXPECT_NEAR(part(step(b, p, 2, training_network(1e4)), TrainingPart::data), (4 + 2) * 32e6 / 2 / 8e4 - 64 - 32, 1e-9);
}

TEST(DataParallel, BeyondTheLeafTheNetworkIsThinned) {
  TrainingPlan p;
  p.dp = 64;
  p.overlap_data = false;
  Network n = training_network(1e6);
  const double free = part(step(simple(32), p, 2, n), TrainingPart::data);
  n.leaf = 64;
  n.oversubscription = 4;
  EXPECT_DOUBLE_EQ(part(step(simple(32), p, 2, n), TrainingPart::data), free);
  n.leaf = 32;
  EXPECT_NEAR(part(step(simple(32), p, 2, n), TrainingPart::data), 4 * free, 1e-9 * free);
}

TEST(HostAndJitter, AreLostWithNodesAndSteps) {
  TrainingConstants c = plain();
  c.step_overhead = 5;
  c.straggler = 0.01;
  TrainingPlan p;
  p.dp = 64;
  p.zero = 0;
  const double work = 2 * 32 * 3;
  EXPECT_NEAR(step(simple(32), p, 2, training_network(no_limit), c).seconds, (work + 5) * (1 + 0.01 * 3), 1e-6);  // 8 nodes
  c.host_layer = 4;  // of a layer that computes for 3
  EXPECT_NEAR(step(simple(32), p, 2, training_network(no_limit), c).seconds, (2 * 32 * 4 + 5) * (1 + 0.01 * 3), 1e-6);
}

}  // namespace
}  // namespace brightline::model
