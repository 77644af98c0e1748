// Training of a layer: operations, parameters and bytes kept, against the published formulas.
#include "workload/training.h"

#include <gtest/gtest.h>

#include <numeric>

#include "workload/workload_file.h"

namespace brightline::workload {
namespace {

const Transformer& shape_of(const char* id) {
  static const Models models = [] {
    base::Problems problems;
    Models out = Models::load(std::string(BRIGHTLINE_ROOT) + "/data", problems);
    base::stop_at(problems);
    return out;
  }();
  return models.find(id)->shape;
}

double operations(const std::vector<Gemm>& products) {
  return std::accumulate(products.begin(), products.end(), 0.0, [](double sum, const Gemm& one) { return sum + 2 * one.m * one.n * one.k * one.batch; });
}

constexpr double s = 2048, h = 12288, a = 96, l = 96, V = 50257, B = 1024;

/// As arXiv:2205.05198 counts: scores are written, and dropout keeps a mask.
TrainingTask unfused() {
  TrainingTask out;
  out.sequence = s;
  out.global_batch = B;
  out.fused_attention = false;
  out.dropout = true;
  return out;
}

TEST(TrainingOperations, OfGpt3AreThosePublished) {
  // arXiv:2104.04473, section 3: 96 B s l h^2 (1 + s / 6h + V / 16lh), everything but the logits computed twice.
  const double published = 96 * B * s * l * h * h * (1 + s / (6 * h) + V / (16 * l * h));
  TrainingPlan plan;
  plan.recompute = Recompute::full;
  const double counted = hardware_operations(shape_of("gpt3-175b"), unfused(), plan, true);
  EXPECT_NEAR(counted / published, 1, 1e-4);
  const double once = 72 * B * s * l * h * h * (1 + s / (6 * h) + V / (12 * l * h));
  EXPECT_NEAR(training_operations(shape_of("gpt3-175b"), unfused(), true) / once, 1, 1e-4);
  EXPECT_DOUBLE_EQ(hardware_operations(shape_of("gpt3-175b"), unfused(), {}, true), training_operations(shape_of("gpt3-175b"), unfused(), true));
}

TEST(TrainingOperations, AreSixForEachParameterAndToken) {
  TrainingTask task = unfused();
  task.sequence = 512;  // short: attention is little beside the products
  const double six = 6 * parameters(shape_of("gpt3-175b")) * task.global_batch * task.sequence;
  EXPECT_NEAR(training_operations(shape_of("gpt3-175b"), task, false) / six, 1, 0.01);
}

TEST(TrainingOperations, SelectiveRecomputationRunsTheScoresOnceMore) {
  TrainingPlan plan;
  plan.recompute = Recompute::selective;
  const Transformer& m = shape_of("gpt3-175b");
  const double more = hardware_operations(m, unfused(), plan, true) - training_operations(m, unfused(), true);
  EXPECT_NEAR(more / (4 * B * s * s * h * l), 1, 1e-9);  // two products of s x s x h
  TrainingTask fused = unfused();
  fused.fused_attention = true;  // no scores were kept: nothing is selected
  EXPECT_DOUBLE_EQ(hardware_operations(m, fused, plan, true), training_operations(m, fused, true));
}

TEST(LayerWork, ProductsOfBothPassesAreSixForEachParameterAndToken) {
  for (const double tp : {1.0, 8.0}) {
    TrainingPlan plan;
    plan.tp = tp;
    plan.micro_batch = 2;
    const LayerWork work = layer_work(shape_of("gpt3-175b"), unfused(), plan, false);
    const double matrices = work.parameters - 2 * h;  // without the norms'
    EXPECT_DOUBLE_EQ(matrices, 12 * h * h / tp);
    EXPECT_DOUBLE_EQ(operations(work.forward), 2 * matrices * 2 * s);
    EXPECT_DOUBLE_EQ(operations(work.backward), 2 * operations(work.forward));
  }
}

TEST(LayerWork, AdaptersNeedNoGradientsOfTheWeights) {
  TrainingTask task = unfused();
  task.adapters = true;
  const LayerWork work = layer_work(shape_of("gpt3-175b"), task, {}, false);
  EXPECT_DOUBLE_EQ(operations(work.backward), operations(work.forward));
  EXPECT_EQ(end_work(shape_of("gpt3-175b"), task, {}).backward.size(), 1U);
}

/// Bytes kept of a layer of GPT-3 over s b h, as the tables of arXiv:2205.05198 count them; b = 4.
struct Kept {
  double all = 0, without_scores = 0, input = 0, whole = 0;
};
Kept kept(double tp, bool sequence_parallel) {
  TrainingPlan plan;
  plan.tp = tp;
  plan.micro_batch = 4;
  plan.sequence_parallel = sequence_parallel;
  const LayerWork work = layer_work(shape_of("gpt3-175b"), unfused(), plan, false);
  const double sbh = s * 4 * h;
  return {work.kept / sbh, (work.kept - work.kept_scores) / sbh, work.input / sbh, work.kept_whole / sbh};
}

TEST(LayerWork, KeepsWhatThePaperOnActivationsCounts) {
  for (const double t : {1.0, 2.0, 8.0}) {
    EXPECT_NEAR(kept(t, false).all, 10 + 24 / t + 5 * a * s / (h * t), 1e-9) << t;
    EXPECT_NEAR(kept(t, true).all, (34 + 5 * a * s / h) / t, 1e-9) << t;
    EXPECT_NEAR(kept(t, false).without_scores, 10 + 24 / t, 1e-9) << t;
    EXPECT_NEAR(kept(t, true).without_scores, 34 / t, 1e-9) << t;
    EXPECT_NEAR(kept(t, false).input, 2, 1e-9) << t;
    EXPECT_NEAR(kept(t, true).input, 2 / t, 1e-9) << t;
  }
  EXPECT_NEAR(kept(8, true).whole, 4 * (1 - 1 / 8.0), 1e-9);  // two inputs of products, not gathered again
  EXPECT_EQ(kept(8, false).whole, 0);
}

TEST(LayerWork, FusedAttentionKeepsNoScoresAndNoDropoutNoMasks) {
  TrainingTask task = unfused();
  task.fused_attention = task.dropout = false;
  EXPECT_DOUBLE_EQ(layer_work(shape_of("gpt3-175b"), task, {}, false).kept_scores, 2 * a * s * s);
  task.fused_attention = true;
  const LayerWork work = layer_work(shape_of("gpt3-175b"), task, {}, false);
  EXPECT_EQ(work.kept_scores, 0);
  EXPECT_TRUE(work.scores.empty());
  EXPECT_NEAR(work.kept / (s * h), 32, 1e-9);  // 34 without two masks
}

TEST(LayerWork, NarrowProductsKeepTheirOperandsNarrow) {
  TrainingTask task = unfused();
  task.dropout = false;
  const double wide = layer_work(shape_of("gpt3-175b"), task, {}, false).kept;
  task.numbers.linear = NumberScheme::fp8;
  // Inputs of the four products: two of width h behind norms, the attention's result, and 4h: a byte less each.
  EXPECT_NEAR((wide - layer_work(shape_of("gpt3-175b"), task, {}, false).kept) / (s * h), 2 + 1 + 4, 1e-9);
}

TEST(LayerWork, ContextParallelismSplitsTheSequenceAndPassesKeysAndValues) {
  TrainingTask task = unfused();
  task.fused_attention = true;
  TrainingPlan plan;
  const LayerWork one = layer_work(shape_of("llama3-70b"), task, plan, false);
  plan.cp = 4;
  const LayerWork four = layer_work(shape_of("llama3-70b"), task, plan, false);
  EXPECT_DOUBLE_EQ(operations(four.forward), operations(one.forward) / 4);
  EXPECT_DOUBLE_EQ(four.kept, one.kept / 4);
  EXPECT_DOUBLE_EQ(four.attention_times[0], one.attention_times[0] / 4);
  EXPECT_EQ(one.context, 0);
  EXPECT_DOUBLE_EQ(four.context, s / 4 * 2 * 8 * 128 * 2);  // keys and values of 8 heads of 128 in 16 bits
}

double stacked_parameters(const Transformer& m, const TrainingPlan& plan) {
  const LayerWork dense = layer_work(m, {}, plan, false);
  const LayerWork routed = layer_work(m, {}, plan, true);
  return m.dense_layers * dense.parameters + (m.layers - m.dense_layers) * (routed.parameters + routed.expert_parameters) + 2 * end_work(m, {}, plan).parameters;
}

TEST(LayerWork, HoldsTheParametersPublished) {
  const Transformer& deepseek = shape_of("deepseek-v3");
  EXPECT_NEAR(stacked_parameters(deepseek, {}) / 671e9, 1, 0.005);  // arXiv:2412.19437
  EXPECT_NEAR(stacked_parameters(deepseek, {}) / parameters(deepseek), 1, 1e-3);
  EXPECT_NEAR(stacked_parameters(shape_of("mixtral-8x7b"), {}) / 46.7e9, 1, 0.005);  // arXiv:2401.04088
}

TEST(LayerWork, ExpertsAreSpreadOverDevicesAndTheirTokensSent) {
  const Transformer& m = shape_of("deepseek-v3");
  TrainingPlan plan;
  const LayerWork alone = layer_work(m, {}, plan, true);
  EXPECT_DOUBLE_EQ(alone.expert_parameters, 256.0 * 3 * 7168 * 2048);
  EXPECT_EQ(alone.exchanged, 0);
  plan.ep = 64;
  plan.dp = 64;
  const LayerWork spread = layer_work(m, {}, plan, true);
  EXPECT_DOUBLE_EQ(spread.expert_parameters, alone.expert_parameters / 64);
  EXPECT_DOUBLE_EQ(spread.parameters, alone.parameters);
  EXPECT_DOUBLE_EQ(spread.exchanged, 2048.0 * 8 * 7168 * 2);  // tokens x choices x hidden, 16 bits
  // Loaded evenly, a device computes as much as before, on fewer experts.
  EXPECT_DOUBLE_EQ(operations(spread.experts), operations(alone.experts));
  EXPECT_DOUBLE_EQ(spread.experts[0].batch, 4);
  plan = {};
  plan.tp = 8;  // without expert parallelism each expert is cut
  const LayerWork cut = layer_work(m, {}, plan, true);
  EXPECT_DOUBLE_EQ(cut.expert_parameters, alone.expert_parameters / 8);
  EXPECT_DOUBLE_EQ(operations(cut.experts), operations(alone.experts) / 8);
}

TEST(LayerWork, HeadsOffTheGridOfTensorUnitsAreTold) {
  Transformer odd = shape_of("gpt3-175b");
  EXPECT_TRUE(layer_work(odd, {}, {}, false).aligned);
  odd.head_dim = 116;
  EXPECT_FALSE(layer_work(odd, {}, {}, false).aligned);
}

TEST(Recompute, NamesAreReadAsTheyAreWritten) {
  for (const Recompute one : {Recompute::none, Recompute::selective, Recompute::full}) EXPECT_EQ(recompute_named(recompute_name(one)), one);
  EXPECT_EQ(recompute_named("selective"), Recompute::selective);
  EXPECT_EQ(recompute_named("Full"), std::nullopt);
  EXPECT_EQ(recompute_named(""), std::nullopt);
}

TEST(TrainingPlan, CountsItsDevicesAndTheCopiesItSplitsOver) {
  TrainingPlan plan;
  plan.tp = 8;
  plan.pp = 4;
  plan.dp = 16;
  plan.cp = 2;
  plan.ep = 8;  // lies over the others
  EXPECT_EQ(plan.devices(), 1024);
  EXPECT_EQ(plan.shards(), 16);
  plan.shard = 4;
  EXPECT_EQ(plan.shards(), 4);
}

}  // namespace
}  // namespace brightline::workload
