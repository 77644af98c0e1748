// A fixed amount of work of one kind, for callgrind to count: engine_work load | judge | look-up | blocks | steps.
#include <cstdio>
#include <cstring>

#include "model/train.h"
#include "speed/workload.h"

namespace {

using namespace brightline;

std::size_t judge(const law::Law& law) {
  const law::Code code = speed::compile(law);
  law::Judge judge(code);
  std::size_t said = 0;
  for (const law::Facts& facts : speed::chips(law, 1000)) said += law::reasons(judge.judge(facts)).size();
  return said;
}

std::size_t look_up(const law::Law& law) {
  const law::Code code = speed::compile(law);
  base::Problems problems;
  const law::LegalMap map = law::LegalMap::build(code, speed::open_question(law), problems);
  base::stop_at(problems);
  const auto designs = speed::designs(law, 1000);
  std::size_t free = 0;
  for (int round = 0; round < 100; ++round) {
    for (const law::Design& design : designs) free += map.look_up(design).requirement == law::Requirement::none ? 1 : 0;
  }
  return free;
}

model::Calibration load_calibration() {
  base::Problems problems;
  model::Calibration out = model::Calibration::load(std::string(BRIGHTLINE_ROOT) + "/data", problems);
  base::stop_at(problems);
  return out;
}

model::Processor some_chip() {
  model::Processor chip;
  chip.family = "Hopper";
  chip.kind = "asynchronous";
  for (model::Rate& rate : chip.rates) rate = {989e12};
  chip.memory_bandwidth = {3.35e12};
  chip.l2 = {50e6};
  chip.cores = 132;
  chip.clock = {1.98e9};
  chip.scaleup = {450e9};
  return chip;
}

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

// A GPT-3 layer over four devices, prefill and decode, 10,000 times.
std::size_t blocks() {
  const model::Engine engine(some_chip(), load_calibration());
  const workload::Transformer gpt3 = gpt3_of(1);
  const workload::Parallelism plan{4, 1, 1, 1, 1};
  const auto prefill = workload::step_operators(gpt3, {8, 2048, 0, false}, plan, {}, 1);
  const auto decode = workload::step_operators(gpt3, {8, 1, 3072, true}, plan, {}, 1);
  double seconds = 0;
  for (int i = 0; i < 10000; ++i) seconds += engine.time(prefill).time.base + engine.time(decode).time.base;
  return seconds > 0 ? 1 : 0;
}

// A training step of GPT-3 on 1,024 devices, 100,000 plans that share a block.
std::size_t steps() {
  const model::Calibration calibration = load_calibration();
  const model::Engine engine(some_chip(), calibration);
  const model::TrainingConstants constants = model::training_constants(calibration.resolve("training", engine.chip(), {}).constants);
  model::Network network;
  network.scaleout = 50e9;
  workload::TrainingTask task;
  task.global_batch = 1024;
  workload::TrainingPlan plan;
  plan.tp = 8;
  plan.sequence_parallel = true;
  const model::Block block = model::block_of(engine, gpt3_of(96), task, plan, network);
  double seconds = 0;
  for (int i = 0; i < 100000; ++i) {
    plan.pp = 1 << (i % 6);
    plan.dp = 128 / plan.pp;
    plan.zero = i % 3;
    seconds += model::step_of(block, task, plan, network, constants, calibration.training_memory).seconds;
  }
  return seconds > 0 ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  const char* what = argc > 1 ? argv[1] : "";
  if (std::strcmp(what, "blocks") == 0) return blocks() > 0 ? 0 : 3;
  if (std::strcmp(what, "steps") == 0) return steps() > 0 ? 0 : 3;
  const law::Law law = speed::load_law();
  std::size_t result = law.instruments.size();
  if (std::strcmp(what, "judge") == 0) result = judge(law);
  if (std::strcmp(what, "look-up") == 0) result = look_up(law);
  std::printf("%s %zu\n", what, result);
  return result > 0 ? 0 : 3;
}
