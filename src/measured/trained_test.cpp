// Rows of published training runs: what each column and each way of writing it is read as, and what is refused.
#include "measured/trained.h"

#include <gtest/gtest.h>

#include <map>

#include "catalogue/cluster_file.h"

namespace brightline::measured {
namespace {

using workload::NumberScheme;
using workload::Recompute;

const std::string data_folder = std::string(BRIGHTLINE_ROOT) + "/data";

struct World {
  workload::Models models;
  model::Families families;
  model::TrainingSoftwares softwares;
  chip::Clusters clusters;
};

const World& world() {
  static const World loaded = [] {
    base::Problems problems;
    World out{workload::Models::load(data_folder, problems), model::Families::load(data_folder, problems), model::TrainingSoftwares::load(data_folder, problems), {}};
    chip::Cluster dgx;
    dgx.id = "dgx";
    dgx.chips = {"h100-sxm"};
    dgx.usual = true;
    dgx.scaleup_devices = dgx.node_devices = 8;
    dgx.scaleout_bandwidth.range = chip::Interval::exactly(base::Exact(50));
    out.clusters = {dgx};
    base::stop_at(problems);
    return out;
  }();
  return loaded;
}

/// A full row; a test changes the cells it asks about.
using Row = std::map<std::string, std::string>;
Row row(const Row& changed = {}) {
  Row out{{"source", "a page"}, {"hardware", "H100"}, {"n_devices", "64"}, {"interconnect", ""}, {"model", "GPT 22B"}, {"layers", "48"}, {"hidden", "6144"}, {"heads", "64"},
          {"kv_heads", ""}, {"ffn", "24576"}, {"vocab", "51200"}, {"experts", ""}, {"topk", ""}, {"seq_len", "2048"}, {"global_batch", "256"}, {"micro_batch", "2"}, {"tp", "8"},
          {"pp", "4"}, {"dp", "2"}, {"ep", ""}, {"cp", ""}, {"vpp", ""}, {"recompute", ""}, {"zero", ""}, {"precision", "bf16"}, {"tokens_s_gpu", ""}, {"step_time_s", "3.5"}, {"notes", ""}};
  for (const auto& [column, cell] : changed) out.at(column) = cell;
  return out;
}

TrainedCase read_with(const Row& cells, const model::TrainingSoftwares& softwares) {
  std::string header;
  std::string line;
  for (const auto& [column, cell] : cells) {
    header += (header.empty() ? "" : ",") + column;
    line += (line.empty() ? "\"" : ",\"") + cell + "\"";
  }
  const auto table = read_table("test.csv", header + "\n" + line + "\n");
  base::check(table.has_value() && table->kind == TableKind::training, "the row is one of training");
  return trained_cases(*table, {&world().models, &world().families, &softwares, &world().clusters}).at(0);
}
TrainedCase read(const Row& changed = {}) { return read_with(row(changed), world().softwares); }

TEST(Trained, ReadsAFullRow) {
  const TrainedCase one = read({{"vpp", "3"}, {"cp", "1"}});
  EXPECT_EQ(one.refused, "");
  EXPECT_TRUE(one.full);
  EXPECT_EQ(one.line, 2);
  EXPECT_EQ(one.chip, "h100-sxm");
  EXPECT_EQ(one.stack.framework, "other");
  EXPECT_EQ(one.stack.kernel, "");
  const workload::Transformer& m = one.shape;
  EXPECT_EQ((std::array{m.layers, m.hidden, m.heads, m.kv_heads, m.head_dim, m.inter, m.vocab}), (std::array{48.0, 6144.0, 64.0, 64.0, 96.0, 24576.0, 51200.0}));
  EXPECT_FALSE(m.gated);
  EXPECT_EQ((std::array{one.plan.tp, one.plan.pp, one.plan.dp, one.plan.ep, one.plan.cp, one.plan.micro_batch, one.plan.chunks}), (std::array{8.0, 4.0, 2.0, 1.0, 1.0, 2.0, 3.0}));
  EXPECT_EQ(one.task.sequence, 2048);
  EXPECT_EQ(one.task.global_batch, 256);
  EXPECT_EQ(one.seconds, 3.5);
  EXPECT_EQ(one.memory_bytes, 0);
  EXPECT_EQ(one.network.domain, 8);
  EXPECT_EQ(one.network.scaleout, 50e9);
  EXPECT_EQ(one.group, "48|6144|64|h100-sxm|other|2048|8|4");
}

TEST(Trained, APlanIsFullWhereEveryColumnOfItIsGiven) {
  for (const char* column : {"layers", "hidden", "heads", "seq_len", "global_batch", "micro_batch", "tp", "pp", "dp", "n_devices"}) {
    const TrainedCase one = read({{column, ""}});
    EXPECT_FALSE(one.full) << column;
    EXPECT_EQ(one.refused, "plan is not full") << column;
  }
  EXPECT_FALSE(read({{"dp", "0"}}).full);
  EXPECT_FALSE(read({{"tp", "eight"}}).full);
  const TrainedCase untimed = read({{"step_time_s", ""}});
  EXPECT_FALSE(untimed.full);
  EXPECT_EQ(untimed.refused, "there is no step time");
  EXPECT_TRUE(read({{"step_time_s", ""}, {"tokens_s_gpu", "1000"}}).full);
  EXPECT_TRUE(read({{"hardware", "abacus"}}).full);  // a full plan on a chip that is not known
}

TEST(Trained, AStepIsTimedFromTokensWhereItIsNotStated) {
  EXPECT_DOUBLE_EQ(read({{"step_time_s", ""}, {"tokens_s_gpu", "1000"}}).seconds, 256.0 * 2048 / (1000 * 64));
  EXPECT_DOUBLE_EQ(read({{"tokens_s_gpu", "1000"}}).seconds, 3.5);
}

TEST(Trained, RefusesWithAReason) {
  const std::pair<Row, const char*> refused[] = {
      {{{"hardware", "abacus"}}, "hardware is not in the catalogue"},
      {{{"vocab", ""}}, "model's vocabulary is not stated"},
      {{{"experts", "128"}}, "model has experts or latent attention and no file in data/workloads"},
      {{{"kv_heads", "MLA(q1536,kv512,rope64)"}}, "model has experts or latent attention and no file in data/workloads"},
      {{{"precision", "int8"}}, "number format 'int8' is not understood"},
      {{{"dp", "4"}}, "its parallelism does not multiply to its devices"},
      {{{"layers", "3"}}, "more pipeline stages than layers"},
      {{{"tp", "1.6"}, {"dp", "10"}}, "its plan is not in whole numbers"},
      {{{"global_batch", "255.5"}}, "its plan is not in whole numbers"},
      {{{"hardware", "A100-80GB"}}, "what joins its nodes is not known"}};
  for (const auto& [changed, why] : refused) EXPECT_EQ(read(changed).refused, why) << why;
  EXPECT_EQ(read({{"hardware", "A100-80GB"}, {"n_devices", "8"}, {"pp", "1"}, {"dp", "1"}}).refused, "");  // one node needs no network
}

TEST(Trained, AShapeComesFromTheColumnsAndElseFromTheModelOfThatName) {
  const TrainedCase llama = read({{"model", "LLAMA3_70B (SFT)"}, {"layers", "4"}, {"hidden", "8192"}, {"heads", "64"}, {"vocab", ""}, {"ffn", ""}});
  EXPECT_EQ(llama.refused, "");
  EXPECT_EQ(llama.shape.layers, 4);
  EXPECT_EQ(llama.shape.kv_heads, 8);
  EXPECT_EQ(llama.shape.inter, 28672);
  EXPECT_EQ(llama.shape.vocab, 128256);
  EXPECT_EQ(llama.shape.id, "LLAMA3_70B (SFT)");
  const TrainedCase latent = read({{"model", "deepseekv3_l4"}, {"layers", "4"}, {"hidden", "7168"}, {"heads", "128"}, {"kv_heads", "MLA(q1536,kv512,rope64)"}, {"experts", "256+1shared"}});
  EXPECT_EQ(latent.refused, "");
  EXPECT_TRUE(latent.shape.is_latent());
  EXPECT_EQ(latent.shape.experts, 256);
  EXPECT_EQ(latent.shape.layers, 4);
  EXPECT_EQ(latent.shape.dense_layers, 1);  // of the 3 of 61: a cut model keeps one
  EXPECT_EQ(latent.shape.vocab, 51200);     // the row's own
  EXPECT_EQ(read({{"ffn", ""}}).shape.inter, 4 * 6144);
  EXPECT_TRUE(read({{"ffn", "16384"}}).shape.gated);
}

TEST(Trained, ReadsNumberFormatsAsTheyAreWritten) {
  const std::pair<const char*, NumberScheme> written[] = {{"bf16", NumberScheme::bf16}, {"BF16", NumberScheme::bf16}, {"amp_bf16", NumberScheme::bf16}, {"bf16/fp16 tests", NumberScheme::bf16},
                                                          {"fp16", NumberScheme::bf16}, {"", NumberScheme::bf16}, {"FP8", NumberScheme::fp8}, {"MXFP8", NumberScheme::fp8},
                                                          {"FP8-CS (FP8-MX)", NumberScheme::fp8}, {"amp_fp8", NumberScheme::fp8}, {"float8 rowwise", NumberScheme::fp8}, {"fp8 linear+compile", NumberScheme::fp8},
                                                          {"NVFP4", NumberScheme::nvfp4}};
  for (const auto& [text, scheme] : written) {
    const TrainedCase one = read({{"precision", text}});
    EXPECT_EQ(one.refused, "") << text;
    EXPECT_EQ(one.task.numbers.linear, scheme) << text;
    EXPECT_EQ(one.task.numbers.experts, scheme) << text;
    EXPECT_EQ(one.stack.kernel, scheme == NumberScheme::bf16 ? "" : workload::info(scheme).name) << text;
  }
}

TEST(Trained, ReadsWhatIsSplitOverTheCopies) {
  struct Wanted {
    const char* text;
    int zero;
    double shard;
  };
  const Wanted all[] = {{"", 1, 0}, {"none", 0, 0}, {"ZeRO-0 (Megatron-DeepSpeed)", 0, 0}, {"ZeRO-1", 1, 0}, {"ZeRO-1 over all DP", 1, 0}, {"ZeRO-1 within 4", 1, 4}, {"ZeRO-1 within 64", 1, 16},
                        {"ZeRO-2 (FSDP SHARD_GRAD_OP)", 2, 0}, {"ZeRO-3 (FSDP FULL_SHARD); mixed precision PURE", 3, 0}, {"FSDP", 3, 0}, {"FSDP2", 3, 0}, {"HSDP", 3, 8},
                        {"dist-optimizer (ZeRO-1)", 1, 0}, {"ZeRO-", 0, 0}, {"ZeRO-9", 3, 0}};
  for (const Wanted& one : all) {
    const TrainedCase got = read({{"zero", one.text}, {"tp", "4"}, {"pp", "1"}, {"dp", "16"}});
    EXPECT_EQ(got.plan.zero, one.zero) << one.text;
    EXPECT_EQ(got.plan.shard, one.shard) << one.text;
  }
}

TEST(Trained, ReadsRecomputationAndSequenceParallelism) {
  EXPECT_EQ(read({{"recompute", "full"}}).plan.recompute, Recompute::full);
  EXPECT_EQ(read({{"recompute", "selective per op"}}).plan.recompute, Recompute::selective);
  EXPECT_EQ(read({{"recompute", "none"}}).plan.recompute, Recompute::none);
  EXPECT_EQ(read().plan.recompute, Recompute::none);
  EXPECT_TRUE(read().plan.sequence_parallel);
  EXPECT_FALSE(read({{"source", "Korthikanti et al."}, {"recompute", "selective"}}).plan.sequence_parallel);
  EXPECT_TRUE(read({{"source", "Korthikanti et al."}, {"recompute", "selective+seqpar"}}).plan.sequence_parallel);
  EXPECT_FALSE(read({{"source", "bigscience"}}).plan.sequence_parallel);
}

TEST(Trained, TheSoftwareBringsItsHabits) {
  const TrainedCase old = read({{"source", "github bigscience-workshop/bigscience"}});
  EXPECT_EQ(old.stack.framework, "deepspeed-2022");
  EXPECT_FALSE(old.task.fused_attention);
  EXPECT_TRUE(old.task.dropout);
  EXPECT_FALSE(old.plan.split_passing);
  EXPECT_EQ(old.task.gradient_bytes, 4);
  EXPECT_EQ(read({{"source", "llm-foundry"}}).task.gradient_bytes, 2);
  EXPECT_EQ(read({{"source", "llm-foundry"}}).plan.zero, 3);
  EXPECT_EQ(read({{"source", "torchtitan"}, {"precision", "bf16+compile"}}).stack.framework, "torchtitan-compiled");
}

TEST(Trained, ReadsAVersionWhereTheSourceTellsIt) {
  model::TrainingSoftwares softwares = world().softwares;
  softwares.list.back().version = "release";
  EXPECT_EQ(read_with(row({{"source", "a page [26.04.01 release]"}}), softwares).stack.version, "26.04.01");
  EXPECT_EQ(read_with(row({{"source", "a page 26.06 release"}}), softwares).stack.version, "26.06");
  EXPECT_EQ(read_with(row({{"source", "26.06 release"}}), softwares).stack.version, "26.06");
  EXPECT_EQ(read_with(row({{"source", "release"}}), softwares).stack.version, "");
  EXPECT_EQ(read_with(row({{"source", "a page"}}), softwares).stack.version, "");
}

TEST(Trained, ReadsWhatJoinsTheNodes) {
  const std::pair<const char*, double> rates[] = {{"8x400Gb/s IB", 50e9}, {"Selene: NVLink 600GB/s node of 8; 8x200Gb/s HDR IB", 25e9}, {"1600Gb/s RoCE per node", 25e9}, {"NVLink 600GB/s; 4x100Gb/s RoCE per node", 6.25e9},
                                                  {"Grand Teton: NVLink node of 8; 400Gb/s RDMA per GPU", 50e9}, {"400Gb/s per node", 6.25e9}, {"NVLink5 1800GB/s, NVL72 domain", 0}, {"", 0}, {"Gb/s", 0}};
  for (const auto& [text, bytes] : rates) EXPECT_DOUBLE_EQ(scaleout_of(text, 8), bytes) << text;
  EXPECT_DOUBLE_EQ(read({{"interconnect", "8x200Gb/s HDR IB"}}).network.scaleout, 25e9);
  EXPECT_DOUBLE_EQ(read({{"interconnect", "NVLink"}}).network.scaleout, 50e9);  // as the chip is usually joined
  const TrainedCase node = read({{"hardware", "GB200"}, {"interconnect", "NVLink5 1800GB/s node of 8; 8x400Gb/s"}});
  EXPECT_EQ(node.refused, "");
  EXPECT_EQ(node.network.domain, 8);
  EXPECT_EQ(read({{"hardware", "GB200"}, {"interconnect", "NVLink5 1800GB/s, NVL72 domain"}}).network.domain, 72);
}

TEST(Trained, ReadsMemoryFromTheNotes) {
  constexpr double gib = 1024.0 * 1024 * 1024;
  EXPECT_DOUBLE_EQ(read({{"notes", "peak alloc 60.68 GiB"}}).memory_bytes, 60.68 * gib);
  EXPECT_DOUBLE_EQ(read({{"notes", "mem 59 GB; one iteration, noisy"}}).memory_bytes, 59 * gib);
  EXPECT_EQ(read({{"notes", "mem ; date 02-26"}}).memory_bytes, 0);
  EXPECT_EQ(read({{"notes", "much mem 59 GB"}}).memory_bytes, 0);
}

TEST(Trained, AdaptersAndExpertsOfAModelWithoutAreRead) {
  EXPECT_TRUE(read({{"model", "LLAMA3_70B (LoRA)"}}).task.adapters);
  EXPECT_FALSE(read({{"model", "LLAMA3_70B (SFT)"}}).task.adapters);
  EXPECT_EQ(read({{"ep", "8"}}).plan.ep, 1);
}

TEST(Trained, RunsOfOneShapeAreHeldOutTogether) {
  EXPECT_EQ(held_out(read()), held_out(read({{"global_batch", "1024"}, {"step_time_s", "9"}})));
  EXPECT_NE(read().group, read({{"seq_len", "4096"}}).group);
}

}  // namespace
}  // namespace brightline::measured
