// How far does a genetic algorithm get in a whole space with as many evaluations as our search takes to prove its best, with ten
// times as many, with a hundred? For people: minutes. BRIGHTLINE_SPACE names another space.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdlib>

#include "agreement/evolution.h"
#include "search/bound.h"
#include "search/design_world_test.h"

namespace brightline::speed {
namespace {

const search::DesignQuestion& question() {
  static search::CodeBook codes(search::real_law());
  static const std::unique_ptr<search::DesignCase> asked = [] {
    const char* id = std::getenv("BRIGHTLINE_SPACE");
    search::DesignAsk ask;
    ask.space = search::real_space(id != nullptr ? id : "hopper-n4");
    return search::case_of(codes, ask, "2026-11-23");
  }();
  return asked->question;
}

search::BoundResult best() {
  search::BoundLimits limits;
  limits.most_seconds = 300;
  return search::best_design(question(), limits);
}

double speed(search::Score score) { return std::exp(static_cast<double>(score) * question().resolution); }

void prove(benchmark::State& state) {
  question();
  search::BoundResult ours;
  for (auto _ : state) ours = best();
  state.SetLabel(ours.proven ? "proven" : "stopped before the end");
  state.counters["evaluations"] = static_cast<double>(ours.evaluated);
  state.counters["worth"] = ours.winner.score == search::no_score ? 0 : speed(ours.winner.score);
  state.counters["designs"] = static_cast<double>(question().space.size());
}
BENCHMARK(prove)->Unit(benchmark::kSecond);

void evolve(benchmark::State& state) {
  static const search::BoundResult ours = best();
  tests::Evolution theirs;
  for (auto _ : state) theirs = tests::evolve(question(), 200, static_cast<std::uint64_t>(state.range(0)) * ours.evaluated, static_cast<unsigned>(state.range(1)));
  state.counters["evaluations"] = static_cast<double>(theirs.evaluations);
  state.counters["of_ours"] = theirs.best.score == search::no_score ? 0 : speed(theirs.best.score - ours.winner.score);
  if (theirs.best.score > ours.bound) state.SkipWithError("it found a design that our bound rules out");
  if (ours.proven && theirs.best.better_than(ours.winner)) state.SkipWithError("it found a better design than ours");
}
BENCHMARK(evolve)->ArgNames({"times", "seed"})->ArgsProduct({{1, 10}, {1, 2}})->Args({100, 1})->Iterations(1)->Unit(benchmark::kSecond);

}  // namespace
}  // namespace brightline::speed
