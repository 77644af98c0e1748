#include "search/flips.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

namespace brightline::search {

namespace {

constexpr double edge = 1.2816;  // standard deviations at the 10th and 90th percentile

// The kernels that the tasks run.
std::set<model::Kernel> kernels_of(const DesignQuestion& question) {
  std::set<model::Kernel> out;
  for (const Task& task : question.tasks) {
    for (const workload::Repeated& one : task.step) out.insert(model::kernel_of(one.op));
    if (task.training) out.insert({model::Kernel::gemm, model::Kernel::prefill_attention, model::Kernel::fused_elementwise, model::Kernel::all_reduce});
  }
  return out;
}

// The line of the law that the design stands nearest below.
std::size_t nearest_axis(const DesignQuestion& question, const model::Design& design) {
  const WordValues words = question.words(design, question.physics.applicable(design));
  std::size_t best = 0;
  double least = 1e300;
  for (std::size_t i = 0; i < question.gate.axes().size(); ++i) {
    const GateAxis& axis = question.gate.axes()[i];
    const auto cell = static_cast<std::size_t>(axis.cell(words[axis.first], words[axis.second]));
    if (cell >= axis.cuts.size()) continue;
    const double limit = static_cast<double>(axis.cuts[cell].value) / static_cast<double>(law::millionths);
    const double room = (limit - axis.value(words)) / limit;
    if (room < least) {
      least = room;
      best = i;
    }
  }
  return best;
}

struct Redrawn {
  double regret = 0;
  bool rebound = false;
};

Redrawn redraw(const DesignQuestion& moved, const model::Design& winner) {
  DesignEvaluator evaluator(moved);
  std::uint64_t evaluated = 0;
  const Found found = climb(evaluator, levels_near(moved.space, winner), evaluated, Strides::few);
  Redrawn out;
  if (found.score == no_score) return out;
  const model::Design best = moved.space.at(moved.space.levels_of(found.index));
  out.regret = std::max(0.0, std::expm1(evaluator.value(best, best) - evaluator.value(winner, winner)));
  out.rebound = nearest_axis(moved, best) != nearest_axis(moved, winner);
  return out;
}

Redrawn redraw(const DesignQuestion& question, const model::Engine& engine, const model::Design& winner) {
  DesignQuestion moved = question;
  moved.engine = &engine;
  return redraw(moved, winner);
}

// Where money counts: all prices at the low end of their ranges, and at the high end.
void try_prices(const DesignQuestion& question, const model::Design& winner, FlipRate& out) {
  if (question.objective != Objective::per_usd && !(question.most_cost > 0)) return;
  for (const bool low : {true, false}) {
    DesignQuestion moved = question;
    moved.physics.money = low ? question.physics.money_low : question.physics.money_high;
    const Redrawn one = redraw(moved, winner);
    if (one.regret <= out.most_regret) continue;
    out.most_regret = one.regret;
    out.most = low ? "prices of wafers, memory and packages: low" : "prices of wafers, memory and packages: high";
  }
}

}  // namespace

FlipRate flip_rate(const DesignQuestion& question, const model::Design& winner, int draws) {
  FlipRate out;
  if (draws <= 0) return out;
  const std::set<model::Kernel> kernels = kernels_of(question);
  std::mt19937_64 seed(1);
  std::normal_distribution<double> normal;
  for (int i = 0; i < draws; ++i) {
    model::Engine engine = *question.engine;
    for (const model::Kernel kernel : kernels) engine.lean(kernel, normal(seed));
    const Redrawn one = redraw(question, engine, winner);
    out.flipped += one.regret > FlipRate::material ? 1 : 0;
    out.rebound += one.rebound ? 1 : 0;
    out.regret += one.regret;
  }
  out.draws = draws;
  out.flipped /= draws;
  out.rebound /= draws;
  out.regret /= draws;
  for (const model::Kernel kernel : kernels) {
    for (const double deviations : {-edge, edge}) {
      model::Engine engine = *question.engine;
      engine.lean(kernel, deviations);
      const Redrawn one = redraw(question, engine, winner);
      if (one.regret <= out.most_regret) continue;
      out.most_regret = one.regret;
      out.most = model::info(kernel).name;
    }
  }
  try_prices(question, winner, out);
  return out;
}

}  // namespace brightline::search
