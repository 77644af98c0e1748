// How fast is the model? Wanted on one core: a GEMM or attention estimate under 150 ns, a GPT-3-class transformer block,
// prefill and decode, under 2 microseconds; a training step of a plan whose block is known under 300 ns.
#include <benchmark/benchmark.h>

#include "model/attention.h"
#include "model/train.h"

namespace brightline::model {
namespace {

Processor some_chip() {
  Processor chip;
  chip.id = "some";
  chip.family = "Hopper";
  chip.kind = "asynchronous";
  for (Rate& rate : chip.rates) rate = {989e12};
  chip.memory_bandwidth = {3.35e12};
  chip.memory = {80e9};
  chip.l2 = {50e6};
  chip.cores = 132;
  chip.clock = {1.98e9};
  chip.scaleup = {450e9};
  chip.power = {700};
  return chip;
}

Calibration calibration() {
  base::Problems problems;
  Calibration out = Calibration::load(std::string(BRIGHTLINE_ROOT) + "/data", problems);
  base::stop_at(problems);
  return out;
}

void gemm(benchmark::State& state) {
  const Processor chip = some_chip();
  const Engine engine(chip, calibration());
  double m = 1;
  for (auto _ : state) {
    m = m < 16384 ? m * 2 : 1;
    benchmark::DoNotOptimize(engine.time(workload::Gemm{m, 12288, 3072, workload::NumberScheme::bf16, 1}).kernel.time);
  }
}
BENCHMARK(gemm);

void attention(benchmark::State& state) {
  const Engine engine(some_chip(), calibration());
  workload::Attention a{8, 1, 0, 24, 24, 128, 0, state.range(0) == 1, 2, false};
  for (auto _ : state) {
    a.past = a.past < 16384 ? a.past + 512 : 512;
    a.queries = a.decode ? 1 : a.past;
    benchmark::DoNotOptimize(engine.time(a).kernel.time);
  }
}
BENCHMARK(attention)->ArgName("decode")->Arg(0)->Arg(1);

workload::Transformer gpt3_of(double layers) {
  workload::Transformer gpt3;
  gpt3.layers = layers;
  gpt3.hidden = 12288;
  gpt3.heads = gpt3.kv_heads = 96;
  gpt3.head_dim = 128;
  gpt3.inter = 49152;
  gpt3.gated = false;
  gpt3.vocab = 50257;
  return gpt3;
}

// GPT-3's layer over four devices, as one list of operators made beforehand, prefill and decode.
void block(benchmark::State& state) {
  const Engine engine(some_chip(), calibration());
  const workload::Transformer gpt3 = gpt3_of(1);
  const workload::Parallelism plan{4, 1, 1, 1, 1};
  const auto prefill = workload::step_operators(gpt3, {8, 2048, 0, false}, plan, {}, 1);
  const auto decode = workload::step_operators(gpt3, {8, 1, 3072, true}, plan, {}, 1);
  for (auto _ : state) {
    benchmark::DoNotOptimize(engine.time(prefill).time);
    benchmark::DoNotOptimize(engine.time(decode).time);
  }
}
BENCHMARK(block);

/// GPT-3 trained on 1,024 devices.
struct Training {
  Engine engine{some_chip(), calibration()};
  workload::Transformer model = gpt3_of(96);
  workload::TrainingTask task;
  workload::TrainingPlan plan;
  Network network;
  Training() {
    task.global_batch = 1024;
    plan.tp = 8;
    plan.sequence_parallel = true;
    network.scaleout = 50e9;
  }
};

// What plans share: a layer's operators, listed and timed.
void training_block(benchmark::State& state) {
  const Training t;
  for (auto _ : state) benchmark::DoNotOptimize(block_of(t.engine, t.model, t.task, t.plan, t.network).hop_bytes);
}
BENCHMARK(training_block);

void training_step(benchmark::State& state) {
  Training t;
  const Calibration loaded = calibration();
  const TrainingConstants constants = training_constants(loaded.resolve("training", t.engine.chip(), {}).constants);
  const Block block = block_of(t.engine, t.model, t.task, t.plan, t.network);
  for (auto _ : state) {
    t.plan.pp = t.plan.pp < 32 ? t.plan.pp * 2 : 1;
    t.plan.dp = 128 / t.plan.pp;
    benchmark::DoNotOptimize(step_of(block, t.task, t.plan, t.network, constants, loaded.training_memory).seconds);
  }
}
BENCHMARK(training_step);

}  // namespace
}  // namespace brightline::model
