#include "model/train_energy.h"

#include <algorithm>

namespace brightline::model {

namespace {

using workload::Recompute;

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
  const double core = 1 + backward_of_attention + (run.plan.recompute == Recompute::full || (run.plan.recompute == Recompute::selective && !run.task.fused_attention) ? 1 : 0);
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
  if (!run.task.adapters) {
    const double dense_layers = (m.layers - routed) / p.pp;
    double parameters = ends.parameters * 2 / p.pp;
    if (routed < m.layers) parameters += workload::layer_work(m, run.task, p, false).parameters * dense_layers;
    if (routed > 0) {
      const workload::LayerWork work = workload::layer_work(m, run.task, p, true);
      parameters += (work.parameters + work.expert_parameters) * routed / p.pp;
    }
    const double shards = p.zero >= 1 ? p.shards() * p.cp : 1;
    out.memory_bytes += parameters * (2 * run.task.optimizer_bytes + run.task.gradient_bytes) / shards;
    const bool inside = p.tp * p.cp * p.dp <= run.domain;
    const double weights = 2;  // bytes of one handed out again
    if (p.dp * p.cp > 1) (inside ? out.scaleup_bytes : out.scaleout_bytes) += parameters * (run.task.gradient_bytes + weights) * (p.zero >= 3 ? micro_batches : 1);
  }
  out.seconds = run.seconds;
  return out;
}

}  // namespace brightline::model
