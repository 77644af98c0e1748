// How fast is the law? For people; machines count instructions instead (tests/speed/instructions).
// Wanted on one core: 20 million look-ups a second, an explained judgement in 5 us, law and catalogue in 50 ms, 100,000 rows a second.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "app/batch.h"
#include "app/world.h"
#include "speed/workload.h"

namespace brightline::speed {
namespace {

void look_up(benchmark::State& state) {
  const law::Law law = load_law();
  const law::Code code = compile(law);
  base::Problems problems;
  const law::LegalMap map = law::LegalMap::build(code, open_question(law), problems);
  base::stop_at(problems);
  const auto asked = designs(law, 4096);
  std::size_t at = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(map.look_up(asked[at]));
    at = (at + 1) % asked.size();
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(look_up);

void build_map(benchmark::State& state) {
  const law::Law law = load_law();
  const law::Code code = compile(law);
  const law::Facts open = open_question(law);
  base::Problems problems;
  for (auto _ : state) benchmark::DoNotOptimize(law::LegalMap::build(code, open, problems));
}
BENCHMARK(build_map)->Unit(benchmark::kMillisecond);

// every argument-th chip lacks a figure; 0: none does
void judge_and_explain(benchmark::State& state) {
  const law::Law law = load_law();
  const law::Code code = compile(law);
  std::vector<law::Facts> facts;
  for (law::Facts& one : chips(law, 1000)) {
    const bool open = !one[law.vocabulary.at("applicable_die_area")].known;
    if (open == (state.range(0) == 1)) facts.push_back(std::move(one));
  }
  law::Judge judge(code);
  std::size_t at = 0;
  for (auto _ : state) {
    const law::Answer& answer = judge.judge(facts[at]);
    benchmark::DoNotOptimize(law::reasons(answer));
    at = (at + 1) % facts.size();
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(judge_and_explain)->ArgName("area_unknown")->Arg(0)->Arg(1);

void load_the_law(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(load_law());
}
BENCHMARK(load_the_law)->Unit(benchmark::kMillisecond);

void load_law_and_catalogue(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(app::load_world({BRIGHTLINE_ROOT "/data", BRIGHTLINE_ROOT "/law", {}}));
}
BENCHMARK(load_law_and_catalogue)->Unit(benchmark::kMillisecond);

void compile_one_day(benchmark::State& state) {
  const law::Law law = load_law();
  for (auto _ : state) benchmark::DoNotOptimize(compile(law));
}
BENCHMARK(compile_one_day)->Unit(benchmark::kMicrosecond);

void batch_rows(benchmark::State& state) {
  constexpr std::size_t count = 100'000;
  const std::string text = rows(count);
  app::JudgeOptions options;
  options.places = {BRIGHTLINE_ROOT "/data", BRIGHTLINE_ROOT "/law", {}};
  options.batch = "-";
  for (auto _ : state) {
    std::istringstream in(text);
    std::ostringstream out;
    std::ostringstream err;
    app::Streams streams{in, out, err, {}};
    if (app::run_batch(options, streams) != app::done) state.SkipWithError(("a row could not be judged: " + err.str()).c_str());
    benchmark::DoNotOptimize(out.str().size());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
}
BENCHMARK(batch_rows)->Unit(benchmark::kMillisecond);

// From the shell and back: what a person waits for.
void whole_process(benchmark::State& state) {
  const auto here = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  const std::string program = (here / "../../brightline").lexically_normal().string();
  if (!std::filesystem::exists(program)) return state.SkipWithError(("no program at " + program).c_str());
  const std::string command = "'" + program + "' judge h100-sxm --to CN --on 2026-06-15 >/dev/null 2>&1";
  for (auto _ : state) {
    const int status = std::system(command.c_str());
    if (WEXITSTATUS(status) > 1) return state.SkipWithError(("does not run: " + command).c_str());
  }
}
BENCHMARK(whole_process)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace brightline::speed
