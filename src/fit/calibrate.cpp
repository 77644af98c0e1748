#include "fit/calibrate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "fit/levels.h"
#include "model/kernel.h"

namespace brightline::fit {

namespace {

using Chosen = std::function<bool(const Sample&)>;

model::Fit solve_on(const std::string& key, const std::vector<Sample>& samples, const model::Calibration& calibration, const Chosen& chosen) {
  Problem problem = problem_of(key, calibration);
  Levels levels;
  std::vector<const Sample*> used;
  std::map<int, int> count;  // rows of a pair
  for (const Sample& sample : samples) {
    if (!chosen(sample)) continue;
    used.push_back(&sample);
    problem.rows.push_back({sample.seconds, levels.of(*sample.chip, sample.stack), 1});
    ++count[problem.rows.back().groups.back()];
  }
  // A stack timed on few shapes must not drown among those timed on hundreds.
  for (Row& row : problem.rows) row.weight = std::clamp(std::sqrt(300.0 / count[row.groups.back()]), 1.0, 5.0);
  problem.groups = levels.count();
  problem.predict = [&](std::size_t row, std::span<const double> constants) {
    return model::kernel_time(used[row]->op, *used[row]->chip, used[row]->link, constants).time.base;
  };
  return levels.fit(key, used.size(), solve(problem, 40));
}

struct Residual {
  double log = 0;  ///< of measured over predicted
  model::Bound bound = model::Bound::launch;
};

Residual residual(const Sample& s, const model::Calibration& calibration, const std::string& key, const model::Stack& stack) {
  const model::Resolved resolved = calibration.resolve(key, *s.chip, stack);
  const model::KernelTime time = model::kernel_time(s.op, *s.chip, s.link, resolved.constants);
  return {std::log(s.seconds / time.time.base), time.bound};
}

class Quantiles {
 public:
  void add(const std::string& name, const Residual& r) {
    by_bound_[{name, static_cast<std::size_t>(r.bound)}].push_back(r.log);
    all_[name].push_back(r.log);
  }
  [[nodiscard]] std::map<std::string, std::array<model::Spread, 4>, std::less<>> spreads() const {
    std::map<std::string, std::array<model::Spread, 4>, std::less<>> out;
    for (const auto& [name, logs] : all_) {
      for (std::size_t bound = 0; bound < 4; ++bound) {
        const auto own = by_bound_.find({name, bound});
        out[name][bound] = of(own != by_bound_.end() && own->second.size() >= 30 ? own->second : logs);
      }
    }
    return out;
  }

 private:
  static model::Spread of(std::vector<double> logs) {
    std::ranges::sort(logs);
    const auto at = [&](double q) { return std::exp(logs[static_cast<std::size_t>(std::lround(q * static_cast<double>(logs.size() - 1)))]); };
    return {at(0.1), at(0.9)};
  }
  std::map<std::pair<std::string, std::size_t>, std::vector<double>> by_bound_;
  std::map<std::string, std::vector<double>> all_;
};

double mean_error(const std::vector<double>& logs) {  // of |predicted / measured - 1|
  if (logs.empty()) return -1;
  double sum = 0;
  for (const double log : logs) sum += std::abs(std::exp(-log) - 1);
  return 100 * sum / static_cast<double>(logs.size());
}

// Shapes never seen: four fits, each without a quarter of the shapes that may be used.
void add_known_spreads(const std::string& key, const std::vector<Sample>& samples, const model::Calibration& base, Quantiles& out) {
  for (std::size_t part = 0; part < 4; ++part) {
    const auto inside = [&](const Sample& s) { return !s.held_out && measured::fold_of("part " + s.shape, 4) == part; };
    model::Calibration trial = base;
    trial.fits[key] = solve_on(key, samples, base, [&](const Sample& s) { return !s.held_out && !inside(s); });
    for (const Sample& s : samples) {
      if (inside(s)) out.add("pair " + s.chip->family + " " + s.stack.versioned(), residual(s, trial, key, s.stack));
    }
  }
}

std::map<std::string, std::vector<double>> add_new_family_spreads(const std::string& key, const std::vector<Sample>& samples, const model::Calibration& base, Quantiles& out) {
  std::set<std::string> families;
  for (const Sample& s : samples) families.insert(s.chip->family);
  std::map<std::string, std::vector<double>> logs;
  if (families.size() < 2) return logs;
  for (const std::string& family : families) {
    model::Calibration trial = base;
    trial.fits[key] = solve_on(key, samples, base, [&](const Sample& s) { return !s.held_out && s.chip->family != family; });
    for (const Sample& s : samples) {
      if (s.chip->family != family) continue;
      const Residual r = residual(s, trial, key, s.stack);
      if (!s.held_out) out.add("new family", r);
      logs[family].push_back(r.log);
    }
  }
  return logs;
}

}  // namespace

FittedKey fit_key(const std::string& key, const std::vector<Sample>& samples, const model::Calibration& priors, bool deep) {
  FittedKey out;
  out.fit = solve_on(key, samples, priors, [](const Sample& s) { return !s.held_out; });
  model::Calibration fitted = priors;
  fitted.fits[key] = out.fit;
  Quantiles quantiles;
  std::vector<double> held_out;
  for (const Sample& s : samples) {
    if (s.held_out) held_out.push_back(residual(s, fitted, key, s.stack).log);
    else if (deep) quantiles.add("new stack", residual(s, fitted, key, model::Stack{"never measured", "", ""}));
  }
  out.report.key = key;
  out.report.rows = out.fit.rows;
  out.report.held_out = held_out.size();
  out.report.parameters = (out.fit.factors.size() + 1) * out.fit.defaults.size();
  out.report.held_out_mape = mean_error(held_out);
  if (deep) {
    add_known_spreads(key, samples, priors, quantiles);
    std::vector<double> all;
    for (const auto& [family, logs] : add_new_family_spreads(key, samples, priors, quantiles)) {
      out.report.new_family[family] = mean_error(logs);
      all.insert(all.end(), logs.begin(), logs.end());
    }
    out.report.new_family_mape = mean_error(all);
    out.fit.spreads = quantiles.spreads();
  }
  return out;
}

std::string to_toml(const FittedKey& fitted) {
  const model::Fit& fit = fitted.fit;
  const auto list = [](const std::vector<double>& values) {
    std::string out;
    for (const double value : values) out += fmt::format("{}{:.5g}", out.empty() ? "" : ", ", value);
    return "[" + out + "]";
  };
  std::string out = fmt::format("[[fit]]\nkey = \"{}\"\nrows = {}\nheld_out = {}\nconstants = {}\nheld_out_mape = {:.2f}\n", fit.key, fit.rows,
                                fitted.report.held_out, fitted.report.parameters, fitted.report.held_out_mape);
  if (fitted.report.new_family_mape >= 0) {
    std::string families;
    for (const auto& [family, mape] : fitted.report.new_family) families += fmt::format("{}\"{}\" = {:.2f}", families.empty() ? "" : ", ", family, mape);
    out += fmt::format("new_family_mape = {:.2f}\nnew_family = {{ {} }}\n", fitted.report.new_family_mape, families);
  }
  out += fmt::format("[[fit.level]]\nof = \"default\"\nvalues = {}\n", list(fit.defaults));
  for (const auto& [name, values] : fit.factors) out += fmt::format("[[fit.level]]\nof = \"{}\"\nvalues = {}\n", name, list(values));
  for (const auto& [name, spreads] : fit.spreads) {
    std::vector<double> low;
    std::vector<double> high;
    for (const model::Spread& one : spreads) {
      low.push_back(one.low);
      high.push_back(one.high);
    }
    out += fmt::format("[[fit.spread]]\nof = \"{}\"\nlow = {}\nhigh = {}\n", name, list(low), list(high));
  }
  return out + "\n";
}

}  // namespace brightline::fit
