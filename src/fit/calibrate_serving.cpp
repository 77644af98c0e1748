// Fits what an inference engine adds to its kernels, on published end-to-end runs.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "fit/calibrate.h"
#include "fit/levels.h"
#include "fit/spreads.h"

namespace brightline::fit {

namespace {

double predicted(const ServedSample& s, const model::Calibration& calibration, std::span<const double> constants) {
  const auto served = model::serve(*s.engine, s.one.shape->shape, s.one.plan, measured::numbers_on(s.engine->chip(), s.one), s.one.request, model::serving_constants(constants), {calibration.memory_reserve}, calibration.expert_skew);
  return served ? measured::figure(*served, s.one.metric) : -1;
}

// Output and total tokens a second err alike.
std::size_t metric_group(measured::ServedMetric metric) { return std::min<std::size_t>(static_cast<std::size_t>(metric), 2); }

/// Logarithms of measured over predicted, by metric and by group of runs.
using Errors = std::array<GroupedErrors, 4>;

// Of each metric: the middle 80 % of its own errors where there are enough groups, else of everybody's. Runs of one group err
// together, so a group with many runs counts no more than one with few.
std::array<model::Spread, 4> spreads_of(const Errors& own, const Errors& all, const model::Spread& unmeasured) {
  constexpr std::size_t enough = 10;
  std::array<model::Spread, 4> out{};
  for (std::size_t metric = 0; metric < 4; ++metric) {
    const std::size_t at = std::min<std::size_t>(metric, 2);
    const auto& groups = own[at].size() >= enough ? own[at] : all[at];
    out[metric] = spread_of(groups, unmeasured);
  }
  return out;
}

}  // namespace

FittedKey fit_serving(const std::vector<ServedSample>& samples, const model::Calibration& calibration) {
  const auto& priors = calibration.priors_of("serving");
  const auto solve_on = [&](const auto& chosen) {
    Problem problem = problem_of("serving", calibration);
    Levels levels;
    std::vector<const ServedSample*> used;
    std::vector<double> unit(priors.size());
    for (std::size_t i = 0; i < priors.size(); ++i) unit[i] = priors[i].value;
    for (const ServedSample& s : samples) {
      if (!chosen(s) || predicted(s, calibration, unit) <= 0) continue;
      used.push_back(&s);
      problem.rows.push_back({s.one.value, levels.of(s.engine->chip(), {s.one.engine, "", ""}), 1});
    }
    problem.groups = levels.count();
    problem.predict = [&](std::size_t row, std::span<const double> constants) { return std::max(1e-9, predicted(*used[row], calibration, constants)); };
    return levels.fit("serving", used.size(), solve(problem, 25));
  };
  const auto residuals = [&](const model::Fit& fit, const auto& chosen, const auto& take) {
    model::Calibration trial = calibration;
    trial.fits["serving"] = fit;
    for (const ServedSample& s : samples) {
      if (!chosen(s)) continue;
      const double p = predicted(s, trial, trial.resolve("serving", s.engine->chip(), {s.one.engine, "", ""}).constants);
      if (p > 0) take(s, std::log(s.one.value / p));
    }
  };
  FittedKey out;
  out.fit = solve_on([](const ServedSample& s) { return !measured::held_out(s.one); });
  double sum = 0;
  std::vector<double> absolute;
  residuals(out.fit, [](const ServedSample& s) { return measured::held_out(s.one); }, [&](const ServedSample&, double log) {
    sum += std::abs(std::exp(-log) - 1);
    absolute.push_back(std::abs(std::exp(-log) - 1));
  });
  out.report.key = "serving";
  out.report.rows = out.fit.rows;
  out.report.held_out = absolute.size();
  out.report.parameters = (out.fit.factors.size() + 1) * priors.size();
  out.report.held_out_mape = absolute.empty() ? -1 : 100 * sum / static_cast<double>(absolute.size());
  // Groups never seen, four parts in turn: the spread by metric stands in the place of the bound.
  Errors logs;
  std::map<std::string, Errors> by_level;
  for (std::size_t part = 0; part < 4; ++part) {
    const auto inside = [&](const ServedSample& s) { return !measured::held_out(s.one) && measured::fold_of("part " + s.one.group, 4) == part; };
    const model::Fit fit = solve_on([&](const ServedSample& s) { return !measured::held_out(s.one) && !inside(s); });
    residuals(fit, inside, [&](const ServedSample& s, double log) { 
      logs[metric_group(s.one.metric)][s.one.group].push_back(log);
      for (const std::string& level : {"pair " + s.engine->chip().family + " " + s.one.engine + ":@", "stack " + s.one.engine + ":"}) by_level[level][metric_group(s.one.metric)][s.one.group].push_back(log);
    });
  }
  std::vector<double> apart;
  for (const auto& of_metric : logs) {
    for (const auto& [group, errors] : of_metric) {
      for (const double log : errors) apart.push_back(std::abs(std::exp(-log) - 1));
    }
  }
  std::ranges::sort(apart);
  std::ranges::sort(absolute);
  const auto middle = [](const std::vector<double>& sorted) { return sorted.empty() ? -1.0 : 100 * sorted[sorted.size() / 2]; };
  out.report.cross_median = middle(apart);
  out.report.held_out_median = middle(absolute);
  for (const auto& [name, factors] : out.fit.factors) {
    if (name.starts_with("pair ") || name.starts_with("stack ")) out.fit.spreads[name] = spreads_of(by_level[name], logs, calibration.unmeasured);
  }
  // Whole families, and whole engines, left out in turn: what to expect where nobody published a run.
  const auto left_out = [&](const auto& name_of) {
    std::set<std::string> names;
    for (const ServedSample& s : samples) names.insert(name_of(s));
    Errors errors;
    for (const std::string& name : names) {
      const model::Fit fit = solve_on([&](const ServedSample& s) { return !measured::held_out(s.one) && name_of(s) != name; });
      const auto inside = [&](const ServedSample& s) { return !measured::held_out(s.one) && name_of(s) == name; };
      residuals(fit, inside, [&](const ServedSample& s, double log) { errors[metric_group(s.one.metric)][s.one.group].push_back(log); });
    }
    return spreads_of(errors, errors, calibration.unmeasured);
  };
  out.fit.spreads["new stack"] = left_out([](const ServedSample& s) { return s.one.engine; });
  out.fit.spreads["new family"] = left_out([](const ServedSample& s) { return s.engine->chip().family; });
  return out;
}

}  // namespace brightline::fit
