#include "workload/transformer.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "workload/workload_file.h"

namespace brightline::workload {
namespace {

const Models& models() {
  static const Models all = [] {
    base::Problems problems;
    Models loaded = Models::load(std::string(BRIGHTLINE_ROOT) + "/data", problems);
    EXPECT_TRUE(problems.empty()) << base::render(problems);
    return loaded;
  }();
  return all;
}

const Transformer& shape(std::string_view id) {
  const Model* found = models().find(id);
  base::check(found != nullptr, "the model has a file");
  return found->shape;
}

Parallelism tensor(double tp) { return {tp, 1, 1, 1, 1}; }

/// Multiply-adds, counted two, of products and attention on one device.
double operations(const std::vector<Repeated>& step) {
  double sum = 0;
  for (const Repeated& one : step) {
    if (const auto* g = std::get_if<Gemm>(&one.op)) sum += one.times * 2 * g->m * g->n * g->k * g->batch;
    if (const auto* a = std::get_if<Attention>(&one.op)) {
      const double whole = a->past + (a->queries + 1) / 2;  // causal
      const double seen = a->window > 0 ? std::min(whole, a->window) : whole;
      sum += one.times * 4 * a->batch * a->queries * a->heads * a->head_dim * seen;
    }
    if (const auto* e = std::get_if<Experts>(&one.op))
      sum += one.times * 2 * (e->gated ? 3 : 2) * e->tokens * e->top_k * e->hidden * e->inter / (e->tensor_parallel * e->expert_parallel);
  }
  return sum;
}

template <class Op>
std::vector<Repeated> all_of(const std::vector<Repeated>& step) {
  std::vector<Repeated> out;
  for (const Repeated& one : step) {
    if (std::holds_alternative<Op>(one.op)) out.push_back(one);
  }
  return out;
}

TEST(Transformer, HasThePublishedNumberOfParameters) {
  const std::pair<const char*, double> published[] = {
      {"llama3-70b", 70.6e9},  {"llama3-8b", 8.03e9},  {"llama3-405b", 405.9e9},   {"llama2-7b", 6.74e9},     {"llama2-70b", 69e9},
      {"gpt3-175b", 175e9},    {"gptj-6b", 6.05e9},    {"mixtral-8x7b", 46.7e9},   {"mixtral-8x22b", 141e9},  {"deepseek-v3", 671e9},
      {"kimi-k2", 1.04e12},    {"qwen3-32b", 32.8e9},  {"qwen3-235b-a22b", 235e9}, {"qwen3-30b-a3b", 30.5e9}, {"gpt-oss-120b", 116.8e9},
      {"gpt-oss-20b", 20.9e9}, {"glm-4.5-air", 106e9}, {"minimax-m2", 230e9},      {"qwen2.5-72b", 72.7e9},   {"mistral-7b", 7.24e9}};
  for (const auto& [id, wanted] : published) EXPECT_NEAR(parameters(shape(id)) / wanted, 1, 0.02) << id;
}

TEST(Transformer, HasThePublishedNumberOfActiveParameters) {
  const std::pair<const char*, double> published[] = {{"mixtral-8x7b", 12.9e9}, {"deepseek-v3", 37.5e9}, {"qwen3-235b-a22b", 22e9},
                                                      {"gpt-oss-120b", 5.1e9},  {"mixtral-8x22b", 39e9}, {"kimi-k2", 32e9}};
  for (const auto& [id, wanted] : published) EXPECT_NEAR(active_parameters(shape(id)) / wanted, 1, 0.03) << id;
  // A dense model passes every token through all but the table of embeddings.
  const Transformer& dense = shape("llama3-70b");
  EXPECT_DOUBLE_EQ(active_parameters(dense), parameters(dense) - dense.vocab * dense.hidden);
}

TEST(Transformer, CachesThePublishedBytesOfAToken) {
  EXPECT_DOUBLE_EQ(kv_bytes_per_token(shape("llama3-70b"), tensor(1), {}), 327680);
  EXPECT_DOUBLE_EQ(kv_bytes_per_token(shape("deepseek-v3"), tensor(1), {}), 70272);
  Numbers narrow;
  narrow.kv_bytes = 1;
  EXPECT_DOUBLE_EQ(kv_bytes_per_token(shape("llama3-70b"), tensor(1), narrow), 163840);
}

TEST(Transformer, CutsTheCacheByHeadsAndStagesButNeverALatentOne) {
  const Transformer& grouped = shape("llama3-70b");
  EXPECT_DOUBLE_EQ(kv_bytes_per_token(grouped, tensor(8), {}), 327680 / 8);
  EXPECT_DOUBLE_EQ(kv_bytes_per_token(grouped, tensor(16), {}), 327680 / 8);  // eight KV heads: two devices hold the same one
  EXPECT_DOUBLE_EQ(kv_bytes_per_token(grouped, {1, 4, 1, 1, 1}, {}), 327680 / 4);
  EXPECT_DOUBLE_EQ(kv_bytes_per_token(shape("deepseek-v3"), tensor(8), {}), 70272);
}

TEST(Transformer, SharesWeightsAmongTensorAndPipelineParallelDevices) {
  const Transformer& dense = shape("llama3-70b");
  const double whole = weight_bytes(dense, tensor(1), {});
  EXPECT_NEAR(whole, 2 * parameters(dense), 1);
  EXPECT_NEAR(weight_bytes(dense, tensor(8), {}), whole / 8, 1);
  EXPECT_NEAR(weight_bytes(dense, {4, 2, 1, 1, 1}, {}), whole / 8, 1);
  EXPECT_NEAR(weight_bytes(dense, {1, 1, 8, 1, 1}, {}), whole, 1);  // copies share nothing
}

TEST(Transformer, SpreadsExpertsOverCopiesWhenAskedTo) {
  const Transformer& mixture = shape("deepseek-v3");
  const Numbers narrow{NumberScheme::fp8, NumberScheme::fp8, 1, false};
  const double alone = weight_bytes(mixture, {1, 1, 16, 1, 1}, narrow);
  const double spread = weight_bytes(mixture, {1, 1, 16, 16, 1}, narrow);
  const double experts = 58.0 * 256 * 3 * 7168 * 2048;  // its routed layers, a byte a weight
  EXPECT_NEAR(alone - spread, experts * 15 / 16, experts * 1e-9);
}

TEST(Transformer, StoresWeightsInTheirOwnFormat) {
  const Transformer& mixture = shape("mixtral-8x7b");
  const double wide = weight_bytes(mixture, tensor(1), {});
  const double narrow = weight_bytes(mixture, tensor(1), {NumberScheme::bf16, NumberScheme::fp8, 2, false});
  EXPECT_NEAR(wide - narrow, 32.0 * 8 * 3 * 4096 * 14336, 1e3);  // the experts lose a byte each
}

TEST(Transformer, OperatorsOfAStepCarryItsOperations) {
  for (const char* id : {"llama3-70b", "llama3-8b", "gpt3-175b", "qwen3-32b", "mixtral-8x7b", "qwen3-235b-a22b"}) {
    for (const Step& step : {Step{32, 1, 2048, true}, Step{4, 1024, 0, false}, Step{1, 512, 4096, false}}) {
      const Transformer& m = shape(id);
      // Logits are written of a sequence's last token alone; step_operations() counts them for all.
      const double promised = step_operations(m, step) - 2 * m.vocab * m.hidden * step.sequences * (step.queries - 1);
      for (const double tp : {1.0, 4.0}) {  // a router is not cut: 0.6 % more over four devices
        EXPECT_NEAR(tp * operations(step_operators(m, step, tensor(tp), {}, 0)) / promised, 1, 0.01) << id << " tp " << tp;
      }
    }
  }
}

TEST(Transformer, OperationsGrowWithWhatIsSeen) {
  const Transformer& m = shape("llama3-8b");
  const double near = step_operations(m, {1, 1, 0, true});
  const double far = step_operations(m, {1, 1, 10000, true});
  EXPECT_DOUBLE_EQ(near, 2 * active_parameters(m) + 4.0 * 32 * 32 * 128);
  EXPECT_NEAR(far - near, 4.0 * 32 * 32 * 128 * 10000, 1);
  EXPECT_DOUBLE_EQ(step_operations(m, {7, 1, 10000, true}), 7 * far);
}

TEST(Transformer, ReducesOnlyBetweenSeveralDevices) {
  const Step step{16, 1, 1000, true};
  EXPECT_TRUE(all_of<Collective>(step_operators(shape("llama3-70b"), step, tensor(1), {}, 0)).empty());
  double times = 0;
  for (const Repeated& one : all_of<Collective>(step_operators(shape("llama3-70b"), step, tensor(8), {}, 0))) {
    const auto& c = std::get<Collective>(one.op);
    EXPECT_EQ(c.kind, CollectiveKind::all_reduce);
    EXPECT_DOUBLE_EQ(c.bytes, 16 * 8192 * 2);
    EXPECT_DOUBLE_EQ(c.devices, 8);
    EXPECT_EQ(one.kind, OperatorClass::collective);
    times += one.times;
  }
  EXPECT_DOUBLE_EQ(times, 160);  // after attention and after the feed-forward part of each of 80 layers
}

TEST(Transformer, APipelineRunsEveryLayerOnceAndHandsOnBetweenStages) {
  const auto steps = step_operators(shape("deepseek-v3"), {1, 1, 100, true}, {1, 4, 1, 1, 1}, {}, 0);
  const auto latent = all_of<LatentAttention>(steps);
  ASSERT_EQ(latent.size(), 1U);
  EXPECT_DOUBLE_EQ(latent[0].times, 61);
  const auto sent = all_of<Collective>(steps);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(std::get<Collective>(sent[0].op).kind, CollectiveKind::point_to_point);
  EXPECT_DOUBLE_EQ(sent[0].times, 3);
}

TEST(Transformer, AWindowedLayerKeepsAWindowOfCache) {
  Transformer m = shape("llama3-70b");
  const double whole = cache_bytes(m, {}, {}, 8192);
  EXPECT_DOUBLE_EQ(whole, 8192 * kv_bytes_per_token(m, {}, {}));
  m.window = 1024;
  m.windowed_share = 0.5;
  EXPECT_DOUBLE_EQ(cache_bytes(m, {}, {}, 8192), whole * (0.5 + 0.5 / 8));
}

TEST(Transformer, LatentAttentionTakesItsWidthsAndHeadsOfOneDevice) {
  const auto latent = all_of<LatentAttention>(step_operators(shape("deepseek-v3"), {64, 1, 4096, true}, tensor(8), {}, 0));
  ASSERT_EQ(latent.size(), 1U);
  const auto& a = std::get<LatentAttention>(latent[0].op);
  EXPECT_DOUBLE_EQ(a.heads, 16);
  EXPECT_DOUBLE_EQ(a.widths.hidden, 7168);
  EXPECT_DOUBLE_EQ(a.widths.kv_latent, 512);
  EXPECT_DOUBLE_EQ(a.past, 4096);
  EXPECT_TRUE(a.module && a.decode);
}

TEST(Transformer, WindowedLayersAreTheirShare) {
  const auto attention = all_of<Attention>(step_operators(shape("gpt-oss-120b"), {1, 1, 4096, true}, tensor(1), {}, 0));
  ASSERT_EQ(attention.size(), 2U);
  EXPECT_DOUBLE_EQ(attention[0].times, 18);
  EXPECT_DOUBLE_EQ(std::get<Attention>(attention[0].op).window, 0);
  EXPECT_DOUBLE_EQ(attention[1].times, 18);
  EXPECT_DOUBLE_EQ(std::get<Attention>(attention[1].op).window, 128);
}

TEST(Transformer, ExpertsSpreadOverCopiesSeeTheTokensOfAll) {
  const Step step{8, 1, 1000, true};
  const auto spread = step_operators(shape("deepseek-v3"), step, {1, 1, 16, 16, 1}, {}, 0);
  const auto experts = all_of<Experts>(spread);
  ASSERT_EQ(experts.size(), 1U);
  EXPECT_DOUBLE_EQ(experts[0].times, 58);
  EXPECT_DOUBLE_EQ(std::get<Experts>(experts[0].op).tokens, 128);
  EXPECT_DOUBLE_EQ(std::get<Experts>(experts[0].op).expert_parallel, 16);
  const auto exchanges = all_of<ExpertExchange>(spread);
  ASSERT_EQ(exchanges.size(), 1U);
  EXPECT_DOUBLE_EQ(std::get<ExpertExchange>(exchanges[0].op).tokens, 8);
  EXPECT_DOUBLE_EQ(std::get<ExpertExchange>(exchanges[0].op).devices, 16);

  const auto alone = step_operators(shape("deepseek-v3"), step, {8, 1, 1, 8, 1}, {}, 0);
  EXPECT_TRUE(all_of<ExpertExchange>(alone).empty());
  EXPECT_DOUBLE_EQ(std::get<Experts>(all_of<Experts>(alone).at(0).op).tokens, 8);
  EXPECT_DOUBLE_EQ(std::get<Experts>(all_of<Experts>(alone).at(0).op).tensor_parallel, 1);
}

TEST(Transformer, ClassesHaveTheirNames) {
  EXPECT_EQ(class_name(OperatorClass::attention), "attention");
  EXPECT_EQ(class_name(OperatorClass::logits), "logits");
}

}  // namespace
}  // namespace brightline::workload
