// Fits the factors of energies to measured watts.
#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

#include "fit/calibrate.h"
#include "fit/levels.h"

namespace brightline::fit {

namespace {

constexpr const char* key = "energy";
using Chosen = std::function<bool(const EnergySample&)>;

model::EnergyConstants constants_of(const EnergySample& s, std::span<const double> factors) { return model::energy_constants(*s.rates, model::energy_factors(factors), *s.chip); }

model::Fit solve_on(const std::vector<EnergySample>& samples, const model::Calibration& calibration, const Chosen& chosen) {
  Problem problem = problem_of(key, calibration);
  Levels levels;
  std::vector<const EnergySample*> used;
  std::map<int, int> count;
  for (const EnergySample& sample : samples) {
    if (!chosen(sample)) continue;
    used.push_back(&sample);
    problem.rows.push_back({sample.watts, levels.of(*sample.chip, sample.stack), 1});
    ++count[problem.rows.back().groups.back()];
  }
  // A stack timed on few shapes must not drown among those timed on hundreds.
  for (Row& row : problem.rows) row.weight = std::clamp(std::sqrt(300.0 / count[row.groups.back()]), 1.0, 5.0);
  problem.groups = levels.count();
  // Near the limit the held power has no slope; the soft one lets the fit find its way back.
  problem.predict = [&](std::size_t row, std::span<const double> factors) {
    const EnergySample& s = *used[row];
    return s.chip->rated.base * model::saturated(model::load_of(s.activity, *s.chip, constants_of(s, factors)), 1);
  };
  return levels.fit(key, used.size(), solve(problem, 40));
}

// Of measured over predicted.
double log_of(const EnergySample& s, const model::Calibration& calibration, const model::Stack& stack) {
  const model::Resolved resolved = calibration.resolve(key, *s.chip, stack);
  return std::log(s.watts / model::energy_of(s.activity, *s.chip, constants_of(s, resolved.constants)).mean.base);
}

double at_quantile(std::vector<double>& sorted, double q) { return sorted[static_cast<std::size_t>(std::lround(q * static_cast<double>(sorted.size() - 1)))]; }

model::Spread spread_of(std::vector<double> logs) {
  std::ranges::sort(logs);
  // A prediction always lies within its own interval.
  return {std::exp(std::min(0.0, at_quantile(logs, 0.1))), std::exp(std::max(0.0, at_quantile(logs, 0.9)))};
}

struct Errors {
  double mean = -1, median = -1;  // percent
};

Errors errors_of(const std::vector<double>& logs) {
  std::vector<double> each;
  double sum = 0;
  for (const double log : logs) {
    each.push_back(100 * std::abs(std::exp(-log) - 1));
    sum += each.back();
  }
  if (each.empty()) return {};
  std::ranges::sort(each);
  return {sum / static_cast<double>(each.size()), at_quantile(each, 0.5)};
}

void add_spreads(const std::vector<EnergySample>& samples, const model::Calibration& base, const model::Calibration& fitted, FittedKey& out) {
  std::map<std::string, std::vector<double>> logs;
  for (const EnergySample& s : samples) {
    if (!s.held_out) logs["new stack"].push_back(log_of(s, fitted, {"never measured", "", ""}));
  }
  for (std::size_t part = 0; part < 4; ++part) {
    const auto inside = [&](const EnergySample& s) { return !s.held_out && measured::fold_of("part " + s.shape, 4) == part; };
    model::Calibration trial = base;
    trial.fits[key] = solve_on(samples, base, [&](const EnergySample& s) { return !s.held_out && !inside(s); });
    for (const EnergySample& s : samples) {
      if (inside(s)) logs["pair " + s.chip->family + " " + s.stack.versioned()].push_back(log_of(s, trial, s.stack));
    }
  }
  std::set<std::string> families;
  for (const EnergySample& s : samples) families.insert(s.chip->family);
  std::vector<double> every;
  for (const std::string& family : families) {
    if (families.size() < 2) break;
    model::Calibration trial = base;
    trial.fits[key] = solve_on(samples, base, [&](const EnergySample& s) { return !s.held_out && s.chip->family != family; });
    std::vector<double> own;
    for (const EnergySample& s : samples) {
      if (s.chip->family == family) own.push_back(log_of(s, trial, {}));
    }
    out.report.new_family[family] = errors_of(own).mean;
    every.insert(every.end(), own.begin(), own.end());
    // Each family counts alike, however many of its rows were measured.
    for (std::size_t i = 0; i < 100; ++i) logs["new family"].push_back((std::ranges::sort(own), at_quantile(own, (static_cast<double>(i) + 0.5) / 100)));
  }
  out.report.new_family_mape = errors_of(every).mean;
  // Pairs with too few rows for quantiles of their own share those of all of them.
  constexpr std::size_t enough = 30;
  const auto is_small = [&](const auto& one) { return one.first.starts_with("pair ") && one.second.size() < enough; };
  std::vector<double> small;
  for (const auto& one : logs) {
    if (is_small(one)) small.insert(small.end(), one.second.begin(), one.second.end());
  }
  for (const auto& one : logs) out.fit.spreads[one.first].fill(spread_of(is_small(one) ? small : one.second));
}

}  // namespace

FittedKey fit_energy(const std::vector<EnergySample>& samples, const model::Calibration& priors, bool deep) {
  FittedKey out;
  model::Calibration base = priors;
  base.fits.erase(key);
  out.fit = solve_on(samples, base, [](const EnergySample& s) { return !s.held_out; });
  model::Calibration fitted = base;
  fitted.fits[key] = out.fit;
  std::vector<double> held_out;
  std::map<std::string, std::vector<double>> by_chip;
  for (const EnergySample& s : samples) {
    if (!s.held_out) continue;
    held_out.push_back(log_of(s, fitted, s.stack));
    by_chip[s.chip->id].push_back(held_out.back());
  }
  const Errors errors = errors_of(held_out);
  out.report.key = key;
  out.report.rows = out.fit.rows;
  out.report.held_out = held_out.size();
  out.report.parameters = (out.fit.factors.size() + 1) * out.fit.defaults.size();
  out.report.held_out_mape = errors.mean;
  out.report.held_out_median = errors.median;
  for (const auto& [chip, logs] : by_chip) out.report.held_out_by_chip[chip] = errors_of(logs).median;
  if (deep) add_spreads(samples, base, fitted, out);
  return out;
}

}  // namespace brightline::fit
