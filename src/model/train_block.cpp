// What holds for many plans at once: one layer of one micro-batch on one device, before any constant of training.
#include <algorithm>
#include <array>
#include <cmath>

#include "model/train.h"

namespace brightline::model {

namespace {

using workload::Collective;
using workload::CollectiveKind;

constexpr double probe_large = 256e6;  // bytes that show a link's rate
constexpr double probe_small = 4096;

double seconds(const Engine& engine, const workload::Operator& op) { return engine.time(op).kernel.time.base; }

double sum(const Engine& engine, const std::vector<workload::Gemm>& products) {
  double out = 0;
  for (const workload::Gemm& one : products) out += seconds(engine, one);
  return out;
}

/// Times of communication that leaves the scale-up domain are at the full scale-out rate; a constant says what is reached.
class LayerTimes {
 public:
  LayerTimes(const Engine& engine, const workload::Transformer& model, const workload::TrainingTask& task, const workload::TrainingPlan& plan, const Network& network)
      : engine_(engine), model_(model), task_(task), plan_(plan), network_(network) {}

  LayerBlock layer(bool routed) const {
    const workload::LayerWork work = workload::layer_work(model_, task_, plan_, routed);
    LayerBlock out;
    out.linear_forward = sum(engine_, work.forward);
    out.linear_backward = sum(engine_, work.backward);
    for (std::size_t i = 0; i < work.attention.size(); ++i) out.attention += seconds(engine_, work.attention[i]) * work.attention_times[i];
    const double bandwidth = engine_.chip().memory_bandwidth.base;
    if (!work.scores.empty()) {
      // Written by the first product, read and written by the softmax, read by the second (dropout: once more with its mask).
      constexpr double bytes = 2;
      const double passes = task_.dropout ? 4 * bytes + 2 * bytes + 1 : 4 * bytes;
      out.scores = sum(engine_, work.scores) + work.score_elements * passes / bandwidth;
    }
    out.experts = sum(engine_, work.experts) * task_.imbalance;
    out.experts_backward = sum(engine_, work.experts_backward) * task_.imbalance;
    out.moved = work.moved / bandwidth;
    out.sorted = work.sorted / bandwidth;
    tensor(work, out);
    exchange(work, out);
    if (work.context > 0) {
      const double bytes = work.context * (plan_.cp - 1);
      (plan_.tp * plan_.cp <= network_.domain ? out.context : out.context_out) = bytes / (plan_.tp * plan_.cp <= network_.domain ? rate() : std::max(1.0, network_.scaleout));
    }
    out.kept = work.kept;
    out.kept_scores = work.kept_scores;
    out.kept_whole = work.kept_whole;
    out.kept_activation = work.kept_activation;
    out.activation = work.activation_moved / bandwidth;
    out.input = work.input;
    out.parameters = work.parameters;
    out.expert_parameters = work.expert_parameters;
    out.aligned = work.aligned;
    return out;
  }

  /// Bytes/s of a large collective over the domain.
  [[nodiscard]] double rate() const {
    const double devices = std::max(2.0, std::min(network_.domain, 8.0));
    return probe_large * (devices - 1) / devices / seconds(engine_, Collective{CollectiveKind::all_gather, probe_large, devices, false});
  }
  [[nodiscard]] double latency() const { return seconds(engine_, Collective{CollectiveKind::all_gather, probe_small, 2, false}); }

 private:
  void tensor(const workload::LayerWork& work, LayerBlock& out) const {
    if (plan_.tp <= 1) return;
    const double inside = std::min(plan_.tp, network_.domain);
    // After attention and after the feed-forward part; experts that each device sends its own tokens to need no sum of theirs.
    const double sums = !work.experts.empty() && plan_.ep >= plan_.tp && model_.shared_inter <= 0 ? 1 : 2;
    if (plan_.sequence_parallel) {
      out.tensor = sums * (seconds(engine_, Collective{CollectiveKind::all_gather, work.reduced, inside, false}) + seconds(engine_, Collective{CollectiveKind::reduce_scatter, work.reduced, inside, false}));
    } else {
      out.tensor = sums * seconds(engine_, Collective{CollectiveKind::all_reduce, work.reduced, inside, false});
    }
    const double nodes = plan_.tp / inside;
    if (nodes > 1) out.tensor_out = sums * 2 * work.reduced * (1 - 1 / nodes) / inside / std::max(1.0, network_.scaleout);
  }

  void exchange(const workload::LayerWork& work, LayerBlock& out) const {
    if (work.exchanged <= 0) return;
    const double inside = std::min(plan_.ep, network_.domain);
    const double nodes = plan_.ep / inside;
    const double both_ways = 2 * task_.imbalance;
    out.exchange = both_ways * (work.exchanged * (inside - 1) / inside / rate() + latency());
    if (nodes <= 1) return;
    // A token crosses to each other node once, however many of its experts stand there (arXiv:2412.19437).
    double reached = nodes * (1 - std::pow(1 - 1 / nodes, model_.top_k));
    if (model_.most_nodes > 0) reached = std::min(reached, model_.most_nodes);
    reached *= (nodes - 1) / nodes;
    out.exchange_out = both_ways * work.exchanged / model_.top_k * reached / std::max(1.0, network_.scaleout);
  }

  const Engine& engine_;
  const workload::Transformer& model_;
  const workload::TrainingTask& task_;
  const workload::TrainingPlan& plan_;
  const Network& network_;
};

}  // namespace

Block block_of(const Engine& engine, const workload::Transformer& model, const workload::TrainingTask& task, const workload::TrainingPlan& plan, const Network& network) {
  const LayerTimes times(engine, model, task, plan, network);
  Block out;
  out.layers_routed = model.has_experts() ? std::max(0.0, model.layers - model.dense_layers) : 0;
  out.layers_dense = model.layers - out.layers_routed;
  if (out.layers_dense > 0) out.dense = times.layer(false);
  if (out.layers_routed > 0) out.routed = times.layer(true);
  const workload::EndWork ends = workload::end_work(model, task, plan);
  out.ends_forward = sum(engine, ends.forward);
  out.ends_backward = sum(engine, ends.backward);
  out.memory_bandwidth = engine.chip().memory_bandwidth.base;
  out.memory = engine.chip().memory.base;
  out.ends_moved = ends.moved / out.memory_bandwidth;
  out.ends_kept = ends.kept;
  out.ends_parameters = ends.parameters;
  out.hop_bytes = plan.micro_batch * task.sequence / plan.cp * model.hidden * 2;
  out.scaleup = times.rate();
  out.latency = times.latency();
  out.fused_attention = task.fused_attention;
  out.adapters = task.adapters;
  out.gradient_bytes = task.gradient_bytes;
  out.optimizer_bytes = task.optimizer_bytes;
  return out;
}

}  // namespace brightline::model
