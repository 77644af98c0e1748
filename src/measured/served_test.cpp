#include "measured/served.h"

#include <gtest/gtest.h>

namespace brightline::measured {
namespace {

using workload::NumberScheme;

const std::string data_folder = std::string(BRIGHTLINE_ROOT) + "/data";

template <class Loaded>
const Loaded& loaded() {
  static const Loaded all = [] {
    base::Problems problems;
    Loaded out = Loaded::load(data_folder, problems);
    EXPECT_TRUE(problems.empty()) << base::render(problems);
    return out;
  }();
  return all;
}

/// A row of published runs, good as it stands; a test changes the cell it asks about.
struct Row {
  std::string hardware = "H100-SXM-80GB", devices = "8", framework = "vllm 0.18.0 agg", model = "Llama-3.1-70B", precision = "fp8";
  std::string tp = "8", ep, dp, input = "1024", output = "1024", concurrency = "64", metric = "tpot_ms", value = "25", notes;
};

ServedCase read(const Row& r) {
  std::string text = "hardware,n_devices,framework,model,precision(weights/kv),tp,ep,dp,input_len,output_len,concurrency_or_batch,metric,value,notes\n";
  for (const std::string* cell : {&r.hardware, &r.devices, &r.framework, &r.model, &r.precision, &r.tp, &r.ep, &r.dp, &r.input, &r.output}) text += *cell + ",";
  for (const std::string* cell : {&r.concurrency, &r.metric, &r.value}) text += *cell + ",";
  const auto table = read_table("test.csv", text + r.notes + "\n");
  base::check(table.has_value(), "the row is a row");
  return served_cases(*table, loaded<workload::Models>(), loaded<model::Families>()).at(0);
}

Row written(std::string Row::*cell, std::string text) {
  Row row;
  row.*cell = std::move(text);
  return row;
}

Row precise(std::string model, std::string precision, std::string framework = "vllm 0.18.0 agg") {
  Row row;
  row.model = std::move(model);
  row.precision = std::move(precision);
  row.framework = std::move(framework);
  return row;
}

Row spread(std::string devices, std::string tp, std::string dp, std::string ep, std::string model = "Llama-3.1-70B") {
  Row row;
  row.devices = std::move(devices);
  row.tp = std::move(tp);
  row.dp = std::move(dp);
  row.ep = std::move(ep);
  row.model = std::move(model);
  return row;
}

std::array<double, 4> plan(const Row& row) {  // tp, pp, dp, ep
  const ServedCase one = read(row);
  EXPECT_EQ(one.refused, "");
  return {one.plan.tp, one.plan.pp, one.plan.dp, one.plan.ep};
}

TEST(Served, ReadsAFullRow) {
  const ServedCase one = read({});
  EXPECT_EQ(one.refused, "");
  EXPECT_TRUE(one.full);
  ASSERT_NE(one.shape, nullptr);
  EXPECT_EQ(one.shape->shape.id, "llama3-70b");
  EXPECT_DOUBLE_EQ(one.request.input, 1024);
  EXPECT_DOUBLE_EQ(one.request.output, 1024);
  EXPECT_DOUBLE_EQ(one.request.concurrency, 64);
  EXPECT_FALSE(one.request.together);
  EXPECT_DOUBLE_EQ(one.value, 25);
  EXPECT_EQ(one.group, "llama3-70b|h100-sxm|vllm|1024|1024");
}

TEST(Served, NamesTheEngineAndItsYearWhereItIsOld) {
  const std::pair<const char*, const char*> engines[] = {{"vllm 0.18.0 agg", "vllm"},
                                                         {"vLLM (2024)", "vllm-2024"},
                                                         {"vLLM (raw files dated Nov 2024)", "vllm-2024"},
                                                         {"trtllm 1.0.0rc3 agg", "trtllm"},
                                                         {"trtllm  agg", "trtllm"},
                                                         {"TensorRT-LLM (2024)", "trtllm-2024"},
                                                         {"TensorRT-LLM 0.17", "trtllm-2024"},
                                                         {"sglang nightly-dev agg", "sglang"},
                                                         {"vllm 0.17.0 agg", "vllm"},
                                                         {"vllm-ascend", "vllm-ascend"}};
  for (const auto& [cell, engine] : engines) EXPECT_EQ(read(written(&Row::framework, cell)).engine, engine) << cell;
  EXPECT_EQ(read(written(&Row::framework, "TensorRT-LLM (2024)")).framework, "trtllm");
  EXPECT_EQ(read(written(&Row::framework, "vLLM (2024)")).framework, "vllm");
}

TEST(Served, ReadsThePrecisionWithTheModelsOwnWeights) {
  const std::tuple<Row, NumberScheme, NumberScheme, double> all[] = {
      {precise("Llama-3.1-70B", "fp8"), NumberScheme::fp8, NumberScheme::fp8, 2},
      {precise("Llama-3.1-70B", "FP8/FP8"), NumberScheme::fp8, NumberScheme::fp8, 1},
      {precise("Llama-3.1-70B", "fp8", "trtllm 1.0 agg"), NumberScheme::fp8, NumberScheme::fp8, 1},
      {precise("Llama-3.1-70B", "FP16/FP16"), NumberScheme::bf16, NumberScheme::bf16, 2},
      {precise("Llama-3.1-70B", "bf16", "trtllm 1.0 agg"), NumberScheme::bf16, NumberScheme::bf16, 2},
      {precise("Llama-3.1-70B", "nvfp4"), NumberScheme::nvfp4, NumberScheme::nvfp4, 2},
      {precise("Llama-3.1-70B", "int4"), NumberScheme::int4_weight_only, NumberScheme::int4_weight_only, 2},
      {precise("Llama-3.1-70B", "W8A8"), NumberScheme::int8, NumberScheme::int8, 2},
      {precise("DeepSeek-R1", "fp8"), NumberScheme::fp8_block, NumberScheme::fp8_block, 2},
      {precise("DeepSeek-R1", "fp4"), NumberScheme::bf16, NumberScheme::nvfp4, 2},
      {precise("Qwen3-235B-A22B", "fp4"), NumberScheme::fp8, NumberScheme::nvfp4, 2},
      {precise("Qwen/Qwen3-235B-A22B-FP8", "fp8"), NumberScheme::fp8_block, NumberScheme::fp8_block, 2},
      {precise("Mixtral-8x7B", "int4"), NumberScheme::bf16, NumberScheme::int4_weight_only, 2},
      {precise("openai/gpt-oss-120b", "fp4"), NumberScheme::bf16, NumberScheme::mxfp4_weight_only, 2},
      {precise("openai/gpt-oss-120b", "bf16"), NumberScheme::bf16, NumberScheme::mxfp4_weight_only, 2}};
  for (const auto& [row, linear, experts, kv_bytes] : all) {
    const ServedCase one = read(row);
    EXPECT_EQ(one.refused, "");
    EXPECT_EQ(one.numbers.linear, linear) << row.model << " " << row.precision;
    EXPECT_DOUBLE_EQ(one.numbers.kv_bytes, kv_bytes) << row.model << " " << row.precision;
    if (one.shape->shape.has_experts()) {
      EXPECT_EQ(one.numbers.experts, experts) << row.model << " " << row.precision;
    }
  }
  EXPECT_EQ(read(precise("Llama-3.1-70B", "W4A8")).refused, "number format 'W4A8' is not understood");
}

TEST(Served, AChipWithFp4UnitsTakesNarrowActivationsAndCache) {
  model::Processor device;
  const ServedCase one = read(precise("openai/gpt-oss-120b", "fp4"));
  EXPECT_EQ(numbers_on(device, one).experts, NumberScheme::mxfp4_weight_only);
  EXPECT_DOUBLE_EQ(numbers_on(device, one).kv_bytes, 2);
  device.rates[static_cast<std::size_t>(chip::Precision::fp4)] = {9e15};
  EXPECT_EQ(numbers_on(device, one).experts, NumberScheme::mxfp4_fp8);
  EXPECT_DOUBLE_EQ(numbers_on(device, one).kv_bytes, 1);
}

TEST(Served, ReadsThePlan) {
  using Plan = std::array<double, 4>;
  EXPECT_EQ(plan(spread("8", "8", "", "")), (Plan{8, 1, 1, 1}));
  EXPECT_EQ(plan(spread("8", "2", "", "")), (Plan{2, 4, 1, 1}));  // what is left over is a pipeline
  EXPECT_EQ(plan(spread("8", "4", "2", "")), (Plan{4, 1, 2, 1}));
  EXPECT_EQ(plan(spread("4", "", "", "")), (Plan{4, 1, 1, 1}));
  EXPECT_EQ(plan(spread("16", "", "", "")), (Plan{8, 2, 1, 1}));                     // a node is eight
  EXPECT_EQ(plan(spread("8", "8", "8", "8", "DeepSeek-R1")), (Plan{1, 1, 8, 8}));    // data-parallel attention counted as tp
  EXPECT_EQ(plan(spread("48", "48", "", "", "DeepSeek-R1")), (Plan{1, 1, 48, 48}));  // 128 heads are not cut in 48
  EXPECT_EQ(plan(spread("8", "8", "1", "8", "DeepSeek-R1")), (Plan{8, 1, 1, 8}));
}

TEST(Served, PoolsOfTheirOwnAreRefusedYetCountForCoverage) {
  const ServedCase one = read(spread("16", "P1/D8", "P1x8/D1x8", "P8/D8", "DeepSeek-R1"));
  EXPECT_EQ(one.refused, "prefill and decode on pools of their own are not modelled");
  EXPECT_TRUE(one.full);
}

TEST(Served, FlaggedNotesAreRefusedAndDoNotCount) {
  for (const char* note : {"spec-decode on", "with suffix decoding", "wip=true", "software not visible in the source", "Spec-Decode ON"}) {
    const ServedCase one = read(written(&Row::notes, note));
    EXPECT_NE(one.refused.find("its note flags it"), std::string::npos) << note;
    EXPECT_FALSE(one.full) << note;
  }
  EXPECT_EQ(read(written(&Row::notes, "memory variant not stated")).refused, "");
}

TEST(Served, AFullConfigurationHasEveryCellAndAKnownChipAndModel) {
  for (std::string Row::*cell : {&Row::devices, &Row::input, &Row::output, &Row::concurrency, &Row::precision}) {
    const ServedCase one = read(written(cell, ""));
    EXPECT_EQ(one.refused, "configuration is not full");
    EXPECT_FALSE(one.full);
  }
  EXPECT_FALSE(read(written(&Row::value, "")).full);
  EXPECT_EQ(read(written(&Row::value, "")).refused, "there is no value");
  EXPECT_EQ(read(written(&Row::value, "0")).refused, "there is no value");
  EXPECT_FALSE(read(written(&Row::hardware, "Abacus")).full);
  EXPECT_EQ(read(written(&Row::hardware, "Abacus")).refused, "hardware is not in the catalogue");
  EXPECT_FALSE(read(written(&Row::model, "Abacus-70B")).full);
  EXPECT_EQ(read(written(&Row::model, "Abacus-70B")).refused, "model has no file in data/workloads");
  EXPECT_TRUE(read(written(&Row::tp, "")).full);  // a plan follows from the number of devices
}

TEST(Served, ReadsTheMetric) {
  const std::pair<const char*, ServedMetric> metrics[] = {{"ttft_ms", ServedMetric::ttft_ms},
                                                          {"tpot_ms", ServedMetric::tpot_ms},
                                                          {"decode_tok_s", ServedMetric::output_tokens_s},
                                                          {"total_tok_s", ServedMetric::total_tokens_s}};
  model::Served served;
  served.ttft = {0.25};
  served.tpot = {0.02};
  served.tokens_per_second = 300;
  served.total_tokens_per_second = 900;
  const double figures[] = {250, 20, 300, 900};
  for (std::size_t i = 0; i < 4; ++i) {
    const ServedCase one = read(written(&Row::metric, metrics[i].first));
    EXPECT_EQ(one.metric, metrics[i].second) << one.metric_name;
    EXPECT_DOUBLE_EQ(figure(served, one.metric), figures[i]) << one.metric_name;
  }
  EXPECT_EQ(read(written(&Row::metric, "joules")).refused, "metric 'joules' is not modelled");
}

TEST(Served, BatchesThatStartTogetherAreToldByTheirNote) {
  EXPECT_TRUE(read(written(&Row::notes, "static batch; memory variant not stated")).request.together);
  EXPECT_TRUE(read(written(&Row::notes, "offline throughput")).request.together);
  Row old = written(&Row::framework, "vLLM (2024)");
  EXPECT_FALSE(read(old).request.together);
  old.metric = "total_tok_s";
  EXPECT_TRUE(read(old).request.together);
}

TEST(Served, AGroupIsHeldOutWhole) {
  for (const char* concurrency : {"1", "8", "512"}) EXPECT_TRUE(held_out(read(written(&Row::concurrency, concurrency)))) << concurrency;
  for (const char* metric : {"ttft_ms", "tpot_ms"}) EXPECT_TRUE(held_out(read(written(&Row::metric, metric)))) << metric;
  EXPECT_FALSE(held_out(read(written(&Row::framework, "trtllm 1.0 agg"))));
}

TEST(Served, ReadsThePowerANoteStates) {
  const auto power = [](const char* note) { return read(written(&Row::notes, note)); };
  EXPECT_DOUBLE_EQ(power("mean device power 222.1 W").watts, 222.1);
  EXPECT_FALSE(power("mean device power 222.1 W").whole_node);
  EXPECT_DOUBLE_EQ(power("GPU avg power 293.0 W => 0.2240 J per (in+out) token").watts, 293);
  EXPECT_DOUBLE_EQ(power("closed division; measured system power 10401 W = 0.1011 J/token").watts, 10401);
  EXPECT_TRUE(power("closed division; measured system power 10401 W = 0.1011 J/token").whole_node);
  EXPECT_DOUBLE_EQ(power("POWER RUN: mean system wall power over spl.txt log 5637.9 W => 0.2232 J per output token").watts, 5637.9);
  for (const char* none : {"", "power", "power W", "power of the people", "power -5 W", "power 5 kW", "300 W power"}) EXPECT_DOUBLE_EQ(power(none).watts, 0) << none;
}

}  // namespace
}  // namespace brightline::measured
