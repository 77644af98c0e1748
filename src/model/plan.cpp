#include "model/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace brightline::model {

namespace {

using workload::Parallelism;
using workload::Phase;

std::vector<double> divisors(double n) {
  std::vector<double> out;
  for (double d = 1; d <= n; ++d) {
    if (std::fmod(n, d) == 0) out.push_back(d);
  }
  return out;
}

// Engines whose overheads were fitted, without the years' old ones.
std::vector<std::string> software_known(const Calibration& calibration, const std::string& family) {
  std::set<std::string> here;
  std::set<std::string> anywhere;
  const auto fit = calibration.fits.find("serving");
  if (fit == calibration.fits.end()) return {""};
  for (const auto& [name, factors] : fit->second.factors) {
    if (name.starts_with("stack ")) anywhere.insert(name.substr(6, name.size() - 7));
    if (name.starts_with("pair " + family + " ")) here.insert(name.substr(6 + family.size(), name.find('@') - 7 - family.size()));
  }
  const std::set<std::string>& known = here.empty() ? anywhere : here;
  std::vector<std::string> out;
  std::ranges::copy_if(known, std::back_inserter(out), [](const std::string& name) { return !name.ends_with("-2024"); });
  if (out.empty()) out.assign(known.begin(), known.end());
  return out;
}

bool meets(const Served& served, const Question& q) {
  return (q.ttft_ms <= 0 || served.ttft.base * 1e3 <= q.ttft_ms) && (q.tpot_ms <= 0 || served.tpot.base * 1e3 <= q.tpot_ms);
}

double worth(const Served& served, Phase phase) {  // more is better
  return phase == Phase::prefill ? 1 / served.ttft.base : phase == Phase::decode ? 1 / served.tpot.base : served.tokens_per_second;
}

/// Tries plans and loads and keeps the best; remembers why the last one failed.
class Trial {
 public:
  Trial(const Engine& engine, const Calibration& calibration, const workload::Transformer& model, const Question& question)
      : engine_(engine), calibration_(calibration), model_(model), question_(question) {}

  /// Whether the plan runs at this load within the goals.
  bool attempt(const Parallelism& plan, double batch, const std::string& software) {
    const Request request{question_.input, question_.output, batch, question_.phase != Phase::serve};
    const Resolved constants = calibration_.resolve("serving", engine_.chip(), {software, "", ""});
    const auto served = serve(engine_, model_, plan, question_.numbers, request, serving_constants(constants.constants), {calibration_.memory_reserve}, calibration_.expert_skew);
    if (!served) {
      why_ = served.error();
      return false;
    }
    if (question_.phase != Phase::serve && served->running < batch) {
      why_ = {fmt::format("a batch of {:g} does not fit: the cache of {:g} devices holds {:g} sequences of {:g} tokens", batch, question_.devices, served->running, question_.input + question_.output)};
      return false;
    }
    if (question_.phase == Phase::serve && !meets(*served, question_)) {
      // Of the plans that miss a goal the one that misses least is told.
      const double miss = std::max(question_.ttft_ms > 0 ? served->ttft.base * 1e3 / question_.ttft_ms : 0, question_.tpot_ms > 0 ? served->tpot.base * 1e3 / question_.tpot_ms : 0);
      if (miss < least_miss_) {
        least_miss_ = miss;
        std::string goals;
        if (question_.ttft_ms > 0) goals += fmt::format("the first token after {:.0f} ms (goal {:g})", served->ttft.base * 1e3, question_.ttft_ms);
        if (question_.tpot_ms > 0) goals += fmt::format("{}later ones after {:.1f} ms each (goal {:g})", goals.empty() ? "" : ", ", served->tpot.base * 1e3, question_.tpot_ms);
        missed_ = goals;
      }
      return false;
    }
    ++tried_;
    if (best_ && worth(*served, question_.phase) <= worth(best_->served, question_.phase)) return true;
    const std::size_t metric = question_.phase == Phase::prefill ? 0 : question_.phase == Phase::decode ? 1 : 2;
    best_ = Answer{plan, batch, *served, software, constants.spread[metric], 0};
    return true;
  }

  std::expected<Answer, Infeasible> result() {
    if (best_) {
      best_->plans_tried = tried_;
      return *best_;
    }
    if (!missed_.empty()) return std::unexpected(Infeasible{"no plan meets the goals; the nearest gives " + missed_});
    return std::unexpected(why_);
  }

 private:
  const Engine& engine_;
  const Calibration& calibration_;
  const workload::Transformer& model_;
  const Question& question_;
  std::optional<Answer> best_;
  Infeasible why_{"no way of spreading the model over these devices divides its heads and layers"};
  std::size_t tried_ = 0;
  double least_miss_ = 1e300;
  std::string missed_;  ///< how the plan nearest to the goals misses them
};

}  // namespace

std::vector<std::string> software_measured(const Calibration& calibration) {
  std::vector<std::string> out;
  const auto fit = calibration.fits.find("serving");
  if (fit == calibration.fits.end()) return out;
  for (const auto& [name, factors] : fit->second.factors) {
    if (name.starts_with("stack ")) out.push_back(name.substr(6, name.size() - 7));
  }
  return out;
}

double headline(const Served& served, Phase phase) {
  return phase == Phase::prefill ? served.ttft.base * 1e3 : phase == Phase::decode ? served.tpot.base * 1e3 : served.tokens_per_second;
}

std::vector<Parallelism> plans_for(const Question& q, const workload::Transformer& model) {
  std::vector<Parallelism> out;
  for (const double tp : divisors(q.devices)) {
    if ((q.fixed.tp > 0 && tp != q.fixed.tp) || std::fmod(model.heads, tp) != 0 || (q.fixed.tp <= 0 && tp > q.domain)) continue;
    for (const double pp : divisors(q.devices / tp)) {
      const double dp = q.devices / tp / pp;
      if ((q.fixed.pp > 0 && pp != q.fixed.pp) || (q.fixed.dp > 0 && dp != q.fixed.dp) || pp > model.layers) continue;
      std::set<double> eps{q.fixed.ep > 0 ? q.fixed.ep : 1};
      if (q.fixed.ep <= 0 && model.has_experts()) {
        eps.insert(tp);
        // Groups of copies that share the experts, within the scale-up links.
        for (const double copies : divisors(dp)) {
          if (tp * copies <= std::min(q.domain, model.experts)) eps.insert(tp * copies);
        }
      }
      for (const double ep : eps) {
        const bool divides = ep <= tp ? std::fmod(tp, ep) == 0 : std::fmod(ep, tp) == 0 && std::fmod(tp * dp, ep) == 0;
        if (!divides || ep > tp * dp || (model.has_experts() && ep > model.experts)) continue;
        out.push_back({tp, pp, dp, ep, 1, q.domain});
      }
    }
  }
  return out;
}

std::expected<Answer, Infeasible> best_answer(const Engine& engine, const Calibration& calibration, const workload::Transformer& model, const Question& question,
                                              const std::string& software) {
  Trial trial(engine, calibration, model, question);
  const std::vector<std::string> engines = software.empty() ? software_known(calibration, engine.chip().family) : std::vector<std::string>{software};
  for (const Parallelism& plan : plans_for(question, model)) {
    for (const std::string& one : engines) {
      if (question.batch > 0) {
        trial.attempt(plan, question.batch, one);
      } else {
        double met = 0;  // sequences of a copy
        for (double each = 1; each <= 4096; each *= 2) {
          if (trial.attempt(plan, each * plan.dp, one)) met = each;
        }
        // The most that meets the goals lies between two powers of two.
        for (double step = met / 2; met > 1 && step >= std::max(1.0, met / 64); step /= 2) {
          if (trial.attempt(plan, std::floor(met + step) * plan.dp, one)) met = std::floor(met + step);
        }
      }
    }
  }
  return trial.result();
}

}  // namespace brightline::model
