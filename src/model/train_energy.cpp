#include "model/train_energy.h"

#include <algorithm>

namespace brightline::model {

namespace {

using workload::Recompute;

constexpr double backward_of_products = 2;     // each product has two gradients
constexpr double backward_of_attention = 2.5;  // five products in the place of two (FlashAttention-2, arXiv:2307.08691)

Activity of_products(const std::vector<workload::Gemm>& products) {
  Activity out;
  for (const workload::Gemm& one : products) out += activity_of(one);
  return out;
}

// One layer, one micro-batch, both passes.
Activity of_layer(const TrainedRun& run, bool routed) {
  const workload::LayerWork work = workload::layer_work(*run.model, run.task, run.plan, routed);
  const double again = run.plan.recompute == Recompute::full ? 1 : 0;
  const double core = 1 + (run.task.fused_attention ? backward_of_attention : backward_of_products) + (run.plan.recompute == Recompute::full || (run.plan.recompute == Recompute::selective && !run.task.fused_attention) ? 1 : 0);
  Activity out = of_products(work.forward) * (1 + again) + of_products(work.backward) + of_products(work.experts) * (1 + again) + of_products(work.experts_backward);
  for (std::size_t i = 0; i < work.attention.size(); ++i) out += activity_of(work.attention[i]) * (work.attention_times[i] * core);
  out += of_products(work.scores) * core;
  constexpr double passes = 3;  // forward, and backward the value and its gradient
  out.memory_bytes += (work.moved + work.sorted) * (passes + again);
  const double tensor = run.plan.tp > 1 ? 2 * 2 * work.reduced * (run.plan.tp - 1) / run.plan.tp * (2 + again) : 0;
  const double exchanged = 2 * work.exchanged * (2 + again);
  (run.plan.tp <= run.domain ? out.scaleup_bytes : out.scaleout_bytes) += tensor;
  (run.plan.ep <= run.domain ? out.scaleup_bytes : out.scaleout_bytes) += exchanged;
  return out;
}

// Gradients summed over the copies, the optimizer's pass, weights handed out. Experts have copies of their own.
void add_states(const TrainedRun& run, double routed, double micro_batches, Activity& out) {
  const workload::Transformer& m = *run.model;
  const workload::TrainingPlan& p = run.plan;
  const workload::LayerWork of_routed = routed > 0 ? workload::layer_work(m, run.task, p, true) : workload::LayerWork{};
  const workload::LayerWork of_dense = routed < m.layers ? workload::layer_work(m, run.task, p, false) : workload::LayerWork{};
  const double shared = ((m.layers - routed) * of_dense.parameters + routed * of_routed.parameters + 2 * workload::end_work(m, run.task, p).parameters) / p.pp;
  const double experts = routed * of_routed.expert_parameters / p.pp;
  const double copies = p.dp * p.cp;
  const double expert_copies = std::max(1.0, p.tp * copies / std::max(p.tp, p.ep));
  const double shards = p.zero >= 1 ? p.shards() * p.cp : 1;
  out.memory_bytes += (shared / shards + experts / std::min(shards, expert_copies)) * (2 * run.task.optimizer_bytes + run.task.gradient_bytes);
  const double summed = (copies > 1 ? shared : 0) + (expert_copies > 1 ? experts : 0);
  const bool inside = p.tp * copies <= run.domain;
  (inside ? out.scaleup_bytes : out.scaleout_bytes) += summed * (run.task.gradient_bytes + 2) * (p.zero >= 3 ? micro_batches : 1);
}

}  // namespace

Activity training_activity(const TrainedRun& run) {
  const workload::Transformer& m = *run.model;
  const workload::TrainingPlan& p = run.plan;
  const double routed = m.has_experts() ? std::max(0.0, m.layers - m.dense_layers) : 0;
  const double micro_batches = run.task.global_batch / (p.dp * p.micro_batch);
  Activity out;
  if (routed < m.layers) out += of_layer(run, false) * ((m.layers - routed) / p.pp);
  if (routed > 0) out += of_layer(run, true) * (routed / p.pp);
  const workload::EndWork ends = workload::end_work(m, run.task, p);
  out += (of_products(ends.forward) + of_products(ends.backward)) * (1 / p.pp);
  out.memory_bytes += ends.moved / p.pp;
  out = out * micro_batches;
  if (!run.task.adapters) add_states(run, routed, micro_batches, out);
  out.seconds = run.seconds;
  return out;
}

}  // namespace brightline::model
