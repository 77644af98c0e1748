// How fast are designs settled, evaluated, and the best of a space proven? The figures of docs/speed.md.
#include <benchmark/benchmark.h>

#include "app/search_command.h"
#include "app/study_set.h"
#include "search/bound.h"
#include "search/sweep.h"

namespace brightline::speed {
namespace {

struct Asked {
  app::World world;
  app::ModelWorld model;
  search::CodeBook codes;
  std::unique_ptr<search::DesignCase> one;

  Asked() : world(app::load_world({BRIGHTLINE_ROOT "/data", BRIGHTLINE_ROOT "/law", {}})), model(app::load_model_world({BRIGHTLINE_ROOT "/data", BRIGHTLINE_ROOT "/law", {}})), codes(world.law) {
    app::SearchOptions options;
    options.transaction.to = "CN";
    options.transaction.on = "2024-01-15";
    options.workloads = {"llama3-70b-prefill", "llama3-70b-decode"};
    base::Problems problems;
    const search::DesignWorld designs{&model.catalogue, &model.families, {&model.calibration, &model.softwares, &model.clusters, &model.models}};
    one = search::make_case(designs, codes, app::asks_of(options, world, model.data_directory).front(), problems);
    base::stop_at(problems);
  }
  [[nodiscard]] const search::DesignQuestion& question() const { return one->question; }
};

const Asked& asked() {
  static const Asked made;
  return made;
}

// Designs spread over the space: by area and law, then those that are legal in full.
void sweep(benchmark::State& state) {
  const search::DesignQuestion& question = asked().question();
  const std::uint64_t size = question.space.size();
  const std::uint64_t stride = search::sampling_stride(question.space, 4'000'000);
  double judging = 0;
  double evaluating = 0;
  double judged = 0;
  double evaluated = 0;
  const auto threads = static_cast<unsigned>(state.range(0));
  for (auto _ : state) {
    const search::SweepResult found = search::sweep_all(question, {0, size, stride}, {search::Figure::prefill, search::Figure::decode}, threads, nullptr, {});
    judging += found.judging / threads;
    evaluating += found.evaluating / threads;
    judged += static_cast<double>(found.designs);
    evaluated += static_cast<double>(found.evaluated);
  }
  state.counters["judged_per_s"] = judged / judging;
  state.counters["evaluated_per_s"] = evaluated / evaluating;
}
BENCHMARK(sweep)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

void prove(benchmark::State& state) {
  search::BoundLimits limits;
  limits.threads = static_cast<unsigned>(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(search::best_design(asked().question(), limits));
}
BENCHMARK(prove)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace brightline::speed
