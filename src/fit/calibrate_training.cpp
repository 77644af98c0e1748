// Fits what training software adds to its kernels or hides of them, on published training runs.
#include <algorithm>
#include <cmath>
#include <set>

#include "fit/calibrate.h"
#include "fit/levels.h"
#include "fit/spreads.h"

namespace brightline::fit {

namespace {

/// A run with everything that no constant of training moves.
struct Prepared {
  const TrainedSample* sample = nullptr;
  model::Block block;
};

double predicted(const Prepared& p, const model::Calibration& calibration, std::span<const double> constants) {
  const measured::TrainedCase& one = p.sample->one;
  return model::step_of(p.block, one.task, one.plan, one.network, model::training_constants(constants), calibration.training_memory).seconds;
}

class TrainingFit {
 public:
  TrainingFit(const std::vector<TrainedSample>& samples, const model::Calibration& calibration) : calibration_(calibration) {
    for (const TrainedSample& s : samples) rows_.push_back({&s, measured::prepare(s.one, *s.engine)});
  }

  model::Fit solve_on(const auto& chosen) const {
    Problem problem = problem_of("training", calibration_);
    Levels levels;
    std::vector<const Prepared*> used;
    std::map<std::string, double> of_group;
    for (const Prepared& row : rows_) {
      if (!chosen(row)) continue;
      used.push_back(&row);
      problem.rows.push_back({row.sample->one.seconds, levels.of(row.sample->engine->chip(), row.sample->one.stack), 8});
    }
    problem.groups = levels.count();
    problem.predict = [&](std::size_t row, std::span<const double> constants) { return std::max(1e-9, predicted(*used[row], calibration_, constants)); };
    return levels.fit("training", used.size(), solve(problem, 25));
  }

  /// Calls take(row, ln(measured / predicted)) for the chosen rows.
  void residuals(const model::Fit& fit, const auto& chosen, const auto& take) const {
    model::Calibration trial = calibration_;
    trial.fits["training"] = fit;
    for (const Prepared& row : rows_) {
      if (!chosen(row)) continue;
      const double p = predicted(row, trial, trial.resolve("training", row.sample->engine->chip(), row.sample->one.stack).constants);
      take(row, std::log(row.sample->one.seconds / p));
    }
  }

 private:
  const model::Calibration& calibration_;
  std::vector<Prepared> rows_;
};

bool is_held_out(const Prepared& row) { return measured::held_out(row.sample->one); }
std::string pair_of(const Prepared& row) { return "pair " + row.sample->engine->chip().family + " " + row.sample->one.stack.versioned(); }
std::string stack_of(const Prepared& row) { return "stack " + row.sample->one.stack.name(); }

std::array<model::Spread, 4> for_every_bound(const model::Spread& spread) {
  std::array<model::Spread, 4> out{};
  out.fill(spread);
  return out;
}

double middle(std::vector<double> errors) {
  std::ranges::sort(errors);
  return errors.empty() ? -1 : 100 * errors[errors.size() / 2];
}

}  // namespace

FittedKey fit_training(const std::vector<TrainedSample>& samples, const model::Calibration& calibration, bool deep) {
  const TrainingFit training(samples, calibration);
  FittedKey out;
  out.fit = training.solve_on([](const Prepared& row) { return !is_held_out(row); });
  std::vector<double> absolute;
  training.residuals(out.fit, is_held_out, [&](const Prepared&, double log) { absolute.push_back(std::abs(std::exp(-log) - 1)); });
  out.report.key = "training";
  out.report.rows = out.fit.rows;
  out.report.held_out = absolute.size();
  out.report.parameters = (out.fit.factors.size() + 1) * calibration.priors_of("training").size();
  double sum = 0;
  for (const double one : absolute) sum += one;
  out.report.held_out_mape = absolute.empty() ? -1 : 100 * sum / static_cast<double>(absolute.size());
  out.report.held_out_median = middle(absolute);
  if (!deep) return out;
  // Groups never seen, four parts in turn.
  GroupedErrors all;
  std::map<std::string, GroupedErrors> by_level;
  std::vector<double> apart;
  for (std::size_t part = 0; part < 4; ++part) {
    const auto inside = [&](const Prepared& row) { return !is_held_out(row) && measured::fold_of("part " + row.sample->one.group, 4) == part; };
    const model::Fit fit = training.solve_on([&](const Prepared& row) { return !is_held_out(row) && !inside(row); });
    training.residuals(fit, inside, [&](const Prepared& row, double log) {
      const std::string& group = row.sample->one.group;
      all[group].push_back(log);
      for (const std::string& level : {pair_of(row), stack_of(row)}) by_level[level][group].push_back(log);
      apart.push_back(std::abs(std::exp(-log) - 1));
    });
  }
  out.report.cross_median = middle(apart);
  // Whole families, and whole software, left out in turn.
  const auto left_out = [&](const auto& name_of) {
    std::set<std::string> names;
    GroupedErrors errors;
    training.residuals(out.fit, [](const Prepared& row) { return !is_held_out(row); }, [&](const Prepared& row, double) { names.insert(name_of(row)); });
    for (const std::string& name : names) {
      const model::Fit fit = training.solve_on([&](const Prepared& row) { return !is_held_out(row) && name_of(row) != name; });
      training.residuals(fit, [&](const Prepared& row) { return !is_held_out(row) && name_of(row) == name; },
                         [&](const Prepared& row, double log) { errors[row.sample->one.group].push_back(log); });
    }
    return for_every_bound(spread_of(errors, calibration.unmeasured));
  };
  out.fit.spreads["new stack"] = left_out(stack_of);
  constexpr std::size_t enough = 10;  // groups that tell a spread of their own
  constexpr std::size_t few = 3;      // fewer say little more than none
  const model::Spread overall = spread_of(all, calibration.unmeasured);
  for (const auto& [name, factors] : out.fit.factors) {
    if (!name.starts_with("pair ") && !name.starts_with("stack ")) continue;
    const GroupedErrors& own = by_level[name];
    out.fit.spreads[name] = own.size() >= enough ? for_every_bound(spread_of(own, overall)) : own.size() >= few ? for_every_bound(overall) : out.fit.spreads["new stack"];
  }
  out.fit.spreads["new family"] = left_out([](const Prepared& row) { return row.sample->engine->chip().family; });
  return out;
}

}  // namespace brightline::fit
