// How fast is the rated power of a design? Wanted on one core: under 20 ns.
#include <benchmark/benchmark.h>

#include "model/design_power.h"

namespace brightline::model {
namespace {

PowerRates some_rates() {
  PowerRates out;
  out.operation = 0.5e-12;
  out.share = 0.8;
  out.product = 1000;
  out.stream = 32;
  out.scaleup = 0.02;
  out.idle = 0.3;
  out.memories = {{8e9, 7e-11}, {0.6e9, 1e-10}};
  out.bus = {0.1, 0.1, 0.1, 0.1, 0.1, 0.2};
  out.clock = 1980;
  out.exponent = 1.6;
  out.at_clock.assign(2773, 1.0);
  return out;
}

void design_power(benchmark::State& state) {
  const PowerRates rates = some_rates();
  Design design;
  for (auto _ : state) {
    design.cores = design.cores < 200 ? design.cores + 1 : 1;
    design.clock = design.clock < 2500 ? design.clock + 7 : 1000;
    benchmark::DoNotOptimize(power_of(design, rates).total);
  }
}
BENCHMARK(design_power);

}  // namespace
}  // namespace brightline::model
