// A fixed amount of work of one kind, for callgrind to count: engine_work load | judge | look-up | blocks.
#include <cstdio>
#include <cstring>

#include "model/engine.h"
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

// A GPT-3 layer over four devices, prefill and decode, 10,000 times.
std::size_t blocks() {
  base::Problems problems;
  const model::Calibration calibration = model::Calibration::load(std::string(BRIGHTLINE_ROOT) + "/data", problems);
  base::stop_at(problems);
  model::Processor chip;
  chip.family = "Hopper";
  chip.kind = "asynchronous";
  for (model::Rate& rate : chip.rates) rate = {989e12};
  chip.memory_bandwidth = {3.35e12};
  chip.l2 = {50e6};
  chip.cores = 132;
  chip.clock = {1.98e9};
  chip.scaleup = {450e9};
  const model::Engine engine(chip, calibration);
  workload::Transformer gpt3;
  gpt3.layers = 1;
  gpt3.hidden = 12288;
  gpt3.heads = gpt3.kv_heads = 96;
  gpt3.head_dim = 128;
  gpt3.inter = 49152;
  gpt3.gated = false;
  gpt3.vocab = 50257;
  const workload::Parallelism plan{4, 1, 1, 1, 1};
  const auto prefill = workload::step_operators(gpt3, {8, 2048, 0, false}, plan, {}, 1);
  const auto decode = workload::step_operators(gpt3, {8, 1, 3072, true}, plan, {}, 1);
  double seconds = 0;
  for (int i = 0; i < 10000; ++i) seconds += engine.time(prefill).time.base + engine.time(decode).time.base;
  return seconds > 0 ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  const char* what = argc > 1 ? argv[1] : "";
  if (std::strcmp(what, "blocks") == 0) return blocks() > 0 ? 0 : 3;
  const law::Law law = speed::load_law();
  std::size_t result = law.instruments.size();
  if (std::strcmp(what, "judge") == 0) result = judge(law);
  if (std::strcmp(what, "look-up") == 0) result = look_up(law);
  std::printf("%s %zu\n", what, result);
  return result > 0 ? 0 : 3;
}
