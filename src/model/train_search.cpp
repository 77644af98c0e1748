#include "model/train_search.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <thread>
#include <tuple>

namespace brightline::model {

namespace {

using workload::Recompute;
using workload::TensorOverlap;
using workload::TrainingPlan;

std::vector<double> divisors(double n) {
  std::vector<double> low;
  std::vector<double> high;
  for (double d = 1; d * d <= n; ++d) {
    if (std::fmod(n, d) != 0) continue;
    low.push_back(d);
    if (d * d < n) high.push_back(n / d);
  }
  low.insert(low.end(), high.rbegin(), high.rend());
  return low;
}

std::vector<double> free_or(double fixed, std::vector<double> choices) {
  return fixed > 0 ? std::vector<double>{fixed} : std::move(choices);
}

template <class T>
std::vector<T> where(bool applies, const std::vector<T>& choices) {
  return applies ? choices : std::vector<T>{choices.front()};
}

/// Plans that are told apart in the answer: each keeps its best.
using Signature = std::tuple<double, double, double, double, Recompute>;

struct Ranked {
  RankedPlan plan;
  std::uint64_t place = 0;  ///< in the listing: of plans equally quick the first
  [[nodiscard]] bool before(const Ranked& other) const { return plan.step.seconds != other.plan.step.seconds ? plan.step.seconds < other.plan.step.seconds : place < other.place; }
};

struct UnitResult {
  std::map<Signature, Ranked> best;
  std::uint64_t space = 0, evaluated = 0;
  std::array<std::uint64_t, reasons_left_out> left_out{};
  RankedPlan nearest;
  double least_memory = std::numeric_limits<double>::infinity();
};

/// Searches all plans of one tp, cp and ep.
class Unit {
 public:
  Unit(const SearchQuestion& question, double tp, double cp, double ep) : q_(question), s_(question.space), tp_(tp), cp_(cp), ep_(ep) {}

  UnitResult run() {
    const double layers = q_.model->layers;
    for (const double pp : free_or(s_.fixed.pp, divisors(s_.devices / tp_ / cp_))) {
      const double dp = s_.devices / tp_ / cp_ / pp;
      if (dp != std::floor(dp) || pp > layers || (s_.fixed.dp > 0 && dp != s_.fixed.dp)) continue;
      const bool even = std::fmod(layers, pp) == 0;
      if ((!even && !s_.uneven_stages) || std::fmod(tp_ * cp_ * dp, ep_) != 0) continue;
      const double batch = s_.batch_down ? std::floor(q_.task.global_batch / dp) * dp : q_.task.global_batch;
      if (batch <= 0 || std::fmod(batch, dp) != 0) continue;
      const std::vector<double> chunks = chunks_of(pp > 1 ? layers_of_stage(layers, pp) : 1);
      for (const double micro_batch : free_or(s_.fixed.micro_batch, divisors(batch / dp))) {
        if (std::fmod(batch / dp, micro_batch) != 0 || std::fmod(micro_batch * q_.task.sequence, tp_ * cp_) != 0) continue;
        for (const double chunk : chunks) {
          if (chunk > 1 && s_.whole_rounds && std::fmod(batch / dp / micro_batch, pp) != 0) continue;
          shape({tp_, pp, dp, ep_, cp_, micro_batch, chunk}, batch);
        }
      }
    }
    return std::move(out_);
  }

 private:
  // Pieces that a stage's layers can be cut into; none where the number asked for can't be.
  [[nodiscard]] std::vector<double> chunks_of(double stage_layers) const {
    std::vector<double> out = divisors(stage_layers);
    if (s_.fixed.chunks > 0) std::erase_if(out, [&](double one) { return one != s_.fixed.chunks; });
    return out;
  }

  // All ways of running one shape.
  void shape(TrainingPlan plan, double batch) {
    plan.scatter_once = s_.scatter_once;
    task_ = q_.task;
    task_.global_batch = batch;
    for (const bool sequence_parallel : where(tp_ > 1, s_.sequence_parallel)) {
      plan.sequence_parallel = sequence_parallel && tp_ > 1;
      const Block& block = block_of_plan(plan);
      for (const bool split : where(tp_ > 1 && !plan.sequence_parallel, s_.split_passing)) {
        plan.split_passing = split || plan.sequence_parallel;
        for (const Recompute recompute : s_.recompute) {
          // Fused attention keeps no scores: there is nothing to recompute by selection.
          if (recompute == Recompute::selective && q_.task.fused_attention && s_.recompute.size() > 1) continue;
          plan.recompute = recompute;
          variants(block, plan);
        }
      }
    }
  }

  void variants(const Block& block, TrainingPlan plan) {
    const bool full = plan.recompute == Recompute::full;
    for (const bool regather : where(plan.sequence_parallel && !full, s_.regather)) {
      plan.regather = regather;
      for (const int zero : where(plan.dp * plan.cp > 1, s_.zero)) {
        // Weights gathered anew for each of a pipeline's micro-batches: no software does.
        if (zero >= 3 && plan.pp > 1 && !s_.gather_in_pipeline) continue;
        plan.zero = plan.dp * plan.cp > 1 ? zero : 0;
        for (const bool fused : where(!full, s_.fused_activation)) {
          plan.fused_activation = fused;
          overlaps(block, plan);
        }
      }
    }
  }

  void overlaps(const Block& block, TrainingPlan plan) {
    for (const bool overlap : where(plan.dp > 1, s_.overlap_data)) {
      plan.overlap_data = overlap;
      for (const TensorOverlap tensor : where(tp_ > 1, s_.overlap_tensor)) {
        plan.overlap_tensor = tensor;
        const int last = s_.offload ? 8 : 1;
        for (int kinds = 0; kinds < last; ++kinds) {
          plan.offload_weights = (kinds & 1) != 0;
          plan.offload_optimizer = (kinds & 2) != 0;
          plan.offload_activations = (kinds & 4) != 0;
          if (plan.offload_activations && plan.recompute == Recompute::full) continue;
          consider(block, plan);
        }
      }
    }
  }

  // Ways of placing the groups on faster and slower links; one of them wastes none.
  [[nodiscard]] std::uint64_t placements(const TrainingPlan& p) const {
    std::uint64_t out = 1;
    for (const double group : {p.tp, p.pp, p.dp}) out *= s_.placements && group > 1 ? 2 : 1;
    return out;
  }

  // Names of one plan: without tensor parallelism its ways of communicating are all the same.
  [[nodiscard]] std::uint64_t names(const TrainingPlan& p) const {
    if (!s_.placements || p.tp > 1) return 1;
    return p.recompute == Recompute::full ? 3 : 4;
  }

  void consider(const Block& block, const TrainingPlan& plan) {
    const std::uint64_t place = out_.space;
    out_.space += placements(plan) * names(plan);
    leave(LeftOut::same, names(plan) - 1);
    leave(LeftOut::slower_links, (placements(plan) - 1) * names(plan));
    if (const auto why = lost(block, plan, place)) leave(*why, 1);
  }

  // Why the plan is not kept, or another no more; none where it is the first of its kind.
  std::optional<LeftOut> lost(const Block& block, const TrainingPlan& plan, std::uint64_t place) {
    Ranked one{{plan, step_of(block, task_, plan, q_.network, q_.constants, q_.policy)}, place};
    ++out_.evaluated;
    // A cut batch is compared by its time for each sequence.
    one.plan.step.seconds *= q_.task.global_batch / task_.global_batch;
    // The host first: what it can't hold is no plan that misses the device's memory least.
    if (one.plan.step.memory.host > q_.network.host_memory) return LeftOut::host_memory;
    const double memory = one.plan.step.memory.total();
    if (memory < out_.least_memory) {
      out_.least_memory = memory;
      out_.nearest = one.plan;
    }
    if (memory > q_.memory) return LeftOut::memory;
    const auto [at, added] = out_.best.try_emplace({plan.tp, plan.pp, plan.cp, plan.ep, plan.recompute}, one);
    if (added) return std::nullopt;
    if (one.before(at->second)) at->second = one;
    return LeftOut::slower;
  }

  void leave(LeftOut reason, std::uint64_t plans) { out_.left_out[static_cast<std::size_t>(reason)] += plans; }

  const Block& block_of_plan(const TrainingPlan& plan) {
    const auto [at, added] = blocks_.try_emplace({plan.micro_batch, plan.sequence_parallel});
    if (added) at->second = block_of(*q_.engine, *q_.model, q_.task, plan, q_.network);
    return at->second;
  }

  const SearchQuestion& q_;
  const TrainingSpace& s_;
  double tp_, cp_, ep_;
  workload::TrainingTask task_;
  std::map<std::pair<double, bool>, Block> blocks_;
  UnitResult out_;
};

std::vector<std::tuple<double, double, double>> units_of(const SearchQuestion& q) {
  const TrainingSpace& s = q.space;
  const workload::Transformer& m = *q.model;
  std::vector<std::tuple<double, double, double>> out;
  for (const double tp : free_or(s.fixed.tp, divisors(s.devices))) {
    if (std::fmod(m.heads, tp) != 0 || std::fmod(m.hidden, tp) != 0 || tp > s.devices || (s.most_tensor > 0 && tp > s.most_tensor)) continue;
    for (const double cp : free_or(s.fixed.cp, {1})) {
      if (std::fmod(s.devices, tp * cp) != 0) continue;
      std::vector<double> eps{1};
      if (m.has_experts()) {
        eps.clear();
        for (const double ep : divisors(m.experts)) {
          if (ep <= s.devices) eps.push_back(ep);
        }
      }
      for (const double ep : free_or(s.fixed.ep, eps)) out.emplace_back(tp, cp, ep);
    }
  }
  return out;
}

}  // namespace

std::string_view reason_text(LeftOut reason) {
  constexpr std::array<std::string_view, reasons_left_out> texts{"want more memory than a device has", "want more memory than the host has", "put a group on slower links than it needs",
                                                                 "are the same by another name", "are slower than another of the same shape"};
  return texts[static_cast<std::size_t>(reason)];
}

void TrainingSpace::widen() {
  fixed.cp = 1;
  zero = {2, 0};
  fused_activation = {true};
  sequence_parallel = {true, false};
  split_passing = {true, false};
  regather = {true, false};
  overlap_data = {true, false};
  overlap_tensor = {TensorOverlap::ring, TensorOverlap::pipe, TensorOverlap::none};
  most_tensor = 0;
  uneven_stages = false;
  whole_rounds = false;
  scatter_once = true;
  batch_down = true;
  placements = true;
}

std::string_view reason_key(LeftOut reason) {
  constexpr std::array<std::string_view, reasons_left_out> keys{"memory", "host_memory", "slower_links", "same_plan", "slower"};
  return keys[static_cast<std::size_t>(reason)];
}

TrainingSpace usual_space(double devices) {
  TrainingSpace out;
  out.devices = devices;
  out.fixed.cp = 1;
  out.recompute = {Recompute::none, Recompute::selective, Recompute::full};
  out.zero = {1, 3};
  out.sequence_parallel = {true};
  out.split_passing = {true};
  out.regather = {true};
  out.fused_activation = {false, true};
  out.overlap_data = {true};
  out.overlap_tensor = {TensorOverlap::usual};
  return out;
}

PlanSearch best_plans(const SearchQuestion& q) {
  const auto units = units_of(q);
  std::vector<UnitResult> results(units.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < units.size(); i = next++) {
      const auto& [tp, cp, ep] = units[i];
      results[i] = Unit(q, tp, cp, ep).run();
    }
  };
  {
    std::vector<std::jthread> helpers;
    for (unsigned i = 1; i < q.threads; ++i) helpers.emplace_back(work);
    work();
  }
  PlanSearch out;
  out.least_memory = std::numeric_limits<double>::infinity();
  std::vector<Ranked> ranked;
  for (const UnitResult& one : results) {
    for (const auto& [signature, plan] : one.best) ranked.push_back(plan);
    out.space += one.space;
    out.evaluated += one.evaluated;
    for (std::size_t i = 0; i < reasons_left_out; ++i) out.left_out[i] += one.left_out[i];
    if (one.least_memory < out.least_memory) {
      out.least_memory = one.least_memory;
      out.nearest = one.nearest;
    }
  }
  std::ranges::stable_sort(ranked, [](const Ranked& a, const Ranked& b) { return a.before(b); });
  if (ranked.size() > q.keep) ranked.resize(q.keep);
  for (const Ranked& one : ranked) out.best.push_back(one.plan);
  if (out.space == 0) out.why = "no way of cutting the model divides its heads, its layers and the global batch over these devices as asked";
  return out;
}

}  // namespace brightline::model
