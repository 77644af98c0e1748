// Fits what an inference engine adds to its kernels, on published end-to-end runs.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "fit/calibrate.h"
#include "fit/least.h"

namespace brightline::fit {

namespace {

double predicted(const ServedSample& s, const model::Calibration& calibration, std::span<const double> constants) {
  const auto served = model::serve(*s.engine, s.one.shape->shape, s.one.plan, measured::numbers_on(s.engine->chip(), s.one), s.one.request, model::serving_constants(constants), {calibration.memory_reserve}, calibration.expert_skew);
  return served ? measured::figure(*served, s.one.metric) : -1;
}

// Output and total tokens a second err alike.
std::size_t metric_group(measured::ServedMetric metric) { return std::min<std::size_t>(static_cast<std::size_t>(metric), 2); }

}  // namespace

FittedKey fit_serving(const std::vector<ServedSample>& samples, const model::Calibration& calibration) {
  const auto& priors = calibration.priors_of("serving");
  const auto solve_on = [&](const auto& chosen) {
    Problem problem;
    for (const model::Prior& prior : priors) problem.priors.push_back({prior.value, prior.spread, prior.offset_spread, prior.most});
    problem.saturate = model::saturated;
    std::map<std::string, int> numbers;
    const auto number = [&](const std::string& name) { return numbers.try_emplace(name, static_cast<int>(numbers.size()) + 1).first->second; };
    std::vector<const ServedSample*> used;
    std::vector<double> unit(priors.size());
    for (std::size_t i = 0; i < priors.size(); ++i) unit[i] = priors[i].value;
    for (const ServedSample& s : samples) {
      if (!chosen(s) || predicted(s, calibration, unit) <= 0) continue;
      used.push_back(&s);
      const model::Processor& chip = s.engine->chip();
      problem.rows.push_back({s.one.value, {number("kind " + chip.kind), number("family " + chip.family), number("stack " + s.one.engine + ":"), number("pair " + chip.family + " " + s.one.engine + ":@")}, 1});
    }
    problem.groups = static_cast<int>(numbers.size());
    problem.predict = [&](std::size_t row, std::span<const double> constants) { return std::max(1e-9, predicted(*used[row], calibration, constants)); };
    const Solution solution = solve(problem, 25);
    model::Fit fit;
    fit.key = "serving";
    fit.kernel = model::Kernel::serving;
    fit.rows = used.size();
    for (const double log : solution.logs[0]) fit.defaults.push_back(std::exp(log));
    for (const auto& [name, at] : numbers) {
      for (const double log : solution.logs[static_cast<std::size_t>(at)]) fit.factors[name].push_back(std::exp(log));
    }
    return fit;
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
  std::array<std::vector<double>, 4> logs;
  for (std::size_t part = 0; part < 4; ++part) {
    const auto inside = [&](const ServedSample& s) { return !measured::held_out(s.one) && measured::fold_of("part " + s.one.group, 4) == part; };
    const model::Fit fit = solve_on([&](const ServedSample& s) { return !measured::held_out(s.one) && !inside(s); });
    residuals(fit, inside, [&](const ServedSample& s, double log) { logs[metric_group(s.one.metric)].push_back(log); });
  }
  std::vector<double> apart;
  for (const std::vector<double>& of_metric : logs) {
    for (const double log : of_metric) apart.push_back(std::abs(std::exp(-log) - 1));
  }
  std::ranges::sort(apart);
  std::ranges::sort(absolute);
  const auto middle = [](const std::vector<double>& sorted) { return sorted.empty() ? -1.0 : 100 * sorted[sorted.size() / 2]; };
  out.report.cross_median = middle(apart);
  out.report.held_out_median = middle(absolute);
  logs[3] = logs[2];
  std::array<model::Spread, 4> spread{};
  for (std::size_t i = 0; i < 4; ++i) {
    std::ranges::sort(logs[i]);
    const auto at = [&](double q) { return logs[i].empty() ? 1.0 : std::exp(logs[i][static_cast<std::size_t>(std::lround(q * static_cast<double>(logs[i].size() - 1)))]); };
    spread[i] = logs[i].empty() ? calibration.unmeasured : model::Spread{at(0.1), at(0.9)};
  }
  for (const auto& [name, factors] : out.fit.factors) {
    if (name.starts_with("pair ")) out.fit.spreads[name] = spread;
  }
  out.fit.spreads["new stack"] = spread;
  out.fit.spreads["new family"] = spread;
  return out;
}

}  // namespace brightline::fit
