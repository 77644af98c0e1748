#include "model/train.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace brightline::model {

namespace {

using workload::Recompute;
using workload::TrainingPlan;

constexpr double weight_bytes = 2;  // of a parameter as the products read it

std::size_t at(TrainingPart part) { return static_cast<std::size_t>(part); }

/// Seconds of one layer and one micro-batch, both passes, apart by part.
struct LayerSeconds {
  std::array<double, training_parts> parts{};
  double total = 0;
};

/// One step of one plan. Members are the few quantities every part needs.
class Stepper {
 public:
  Stepper(const Block& block, const workload::TrainingTask& task, const TrainingPlan& plan, const Network& network, const TrainingConstants& constants)
      : b_(block), t_(task), p_(plan), n_(network), c_(constants), micro_batches_(std::ceil(task.global_batch / (plan.dp * plan.micro_batch))),
        layers_(block.layers_dense + block.layers_routed) {
    even_ = std::fmod(layers_, plan.pp) == 0;
    stage_layers_ = layers_of_stage(layers_, plan.pp);
    stage_routed_ = std::min(stage_layers_, block.layers_routed);
  }

  TrainingStep run(const TrainingMemoryPolicy& policy) {
    TrainingStep out;
    out.micro_batches = micro_batches_;
    const LayerSeconds dense = b_.layers_dense > 0 ? layer(b_.dense, false) : LayerSeconds{};
    const LayerSeconds routed = b_.layers_routed > 0 ? layer(b_.routed, true) : LayerSeconds{};
    const double all_layers = b_.layers_dense * dense.total + b_.layers_routed * routed.total;
    const double ends = c_.linear_work * (b_.ends_forward + b_.ends_backward) + c_.elementwise_work * b_.ends_moved;
    const double heavier = b_.layers_routed >= stage_layers_ ? routed.total : b_.layers_routed > 0 ? all_layers / layers_ : dense.total;
    const double longest = p_.pp <= 1 ? all_layers + ends : even_ ? stage_layers_ * heavier + ends : std::max(stage_layers_ * heavier, (stage_layers_ - 1) * heavier + ends);
    const double whole = all_layers + ends;  // one micro-batch through all stages
    const double hops = p_.pp > 1 ? pipeline_hop() : 0;
    const double adding = accumulation();
    const double busy = micro_batches_ * (longest + adding);
    const double fill = p_.pp > 1 ? c_.bubble * (rounds() * (whole - longest) + (p_.pp - 1) * 2 * hops) : 0;
    const double passing = p_.pp > 1 ? micro_batches_ * p_.chunks * 2 * hops * c_.passing_exposed : 0;
    const double forward = longest / 3;  // the backward pass takes twice as long
    const double states = data(longest - forward, forward) + ends_gathered();
    const double update = optimizer();
    const double base = busy + fill + passing + states + update + c_.step_overhead;
    const double nodes = std::max(1.0, p_.devices() / n_.domain);
    const double jitter = base * c_.straggler * std::log2(nodes);
    out.seconds = base + jitter;

    // The fullest stage's time, told by part; what is over the mean stage is the pipeline's.
    const double mean_stage = whole / p_.pp;
    for (std::size_t i = 0; i < training_parts; ++i) out.parts[i] = micro_batches_ * (b_.layers_dense * dense.parts[i] + b_.layers_routed * routed.parts[i]) / p_.pp;
    out.parts[at(TrainingPart::linear)] += micro_batches_ * c_.linear_work * (b_.ends_forward + b_.ends_backward) / p_.pp;
    out.parts[at(TrainingPart::elementwise)] += micro_batches_ * c_.elementwise_work * b_.ends_moved / p_.pp;
    out.parts[at(TrainingPart::bubble)] += fill + micro_batches_ * (longest - mean_stage);
    out.parts[at(TrainingPart::pipeline)] += passing;
    out.parts[at(TrainingPart::data)] += states;
    out.parts[at(TrainingPart::optimizer)] += update + micro_batches_ * adding;
    out.parts[at(TrainingPart::host)] += c_.step_overhead + jitter;
    out.memory = memory(policy);
    return out;
  }

 private:
  // Time of gathering a vector of `bytes`, spread over `group` devices that stand `stride` apart; scattering its sum takes as long.
  [[nodiscard]] double gather(double bytes, double group, double stride) const {
    if (group <= 1 || bytes <= 0) return 0;
    const double inside = std::clamp(std::floor(n_.domain / stride), 1.0, group);
    const double nodes = std::ceil(group / inside);
    double time = inside > 1 ? bytes * (group - 1) / group / b_.scaleup + b_.latency : 0;
    if (nodes > 1) {
      const bool thinned = n_.leaf > 0 && group * stride > n_.leaf;
      const double rate = inside * n_.scaleout * c_.network / (thinned ? n_.oversubscription : 1);
      time = std::max(time, bytes * (1 - 1 / nodes) / rate) + c_.hop * std::log2(nodes);
    }
    return time;
  }

  LayerSeconds layer(const LayerBlock& l, bool routed) const {
    LayerSeconds out;
    const bool full = p_.recompute == Recompute::full;
    const double again = full ? 1 : 0;
    const double core = c_.attention_work * (l.attention + l.scores) * (l.aligned ? 1 : c_.misaligned);
    const double core_again = full || (p_.recompute == Recompute::selective && !b_.fused_attention) ? 1 : 0;
    const double communication = l.tensor + l.tensor_out / c_.network;
    const double exchange = c_.exchange_exposed * std::max(l.exchange, l.exchange_out / c_.network);
    const double expert_work = c_.linear_work * c_.expert_work;
    const double experts = expert_work * l.experts;
    const double moved = c_.elementwise_work * l.moved + c_.sorting_work * l.sorted;
    const double linear = c_.linear_work * l.linear_forward;
    out.parts[at(TrainingPart::linear)] = linear * (1 + again) + c_.linear_work * l.linear_backward;
    out.parts[at(TrainingPart::attention)] = core * (1 + core_again + c_.attention_backward);
    out.parts[at(TrainingPart::experts)] = experts * (1 + again) + expert_work * l.experts_backward;
    out.parts[at(TrainingPart::elementwise)] = moved * (3 + again) + (p_.fused_activation && !full ? c_.elementwise_work * l.activation : 0);  // backward moves the gradient and the value
    // Where inputs are gathered again, the backward pass does half as much more.
    const double tensor = tensor_shown(communication, linear);
    const double more = p_.sequence_parallel && p_.regather ? 1.5 : 1;
    out.parts[at(TrainingPart::tensor)] = tensor * (1 + again) + tensor_shown(communication * more, c_.linear_work * l.linear_backward);
    out.parts[at(TrainingPart::exchange)] = exchange * (2 + again);
    const double passed = l.context + l.context_out / c_.network;
    out.parts[at(TrainingPart::context)] = (std::max(0.0, passed - core) + c_.tensor_exposed * std::min(passed, core)) * (3 + again);
    out.parts[at(TrainingPart::host)] = c_.layer_start * (2 + again);
    for (const double part : out.parts) out.total += part;
    if (p_.zero >= 3) {
      // Weights gathered for each pass, gradients scattered, while the layer computes.
      const double back = b_.adapters ? 0 : b_.gradient_bytes;
      const double experts_apart = expert_stride();
      const double expert_group = std::min(expert_copies(), p_.shards() * p_.cp);
      const double group = p_.shards() * p_.cp;
      hidden(out, TrainingPart::data, 2 * gather(l.parameters * weight_bytes, group, p_.tp) + gather(l.parameters * back, group, p_.tp) +
                                          2 * gather(l.expert_parameters * weight_bytes, expert_group, experts_apart) + gather(l.expert_parameters * back, expert_group, experts_apart));
    }
    if (p_.offload_weights || p_.offload_activations) {
      const double bytes = (p_.offload_weights ? 2 * (l.parameters + l.expert_parameters) * weight_bytes : 0) + (p_.offload_activations ? 2 * kept(l) : 0);
      const double time = n_.host > 0 ? bytes / n_.host : 0;
      const double exposed = std::max(0.0, time - out.total);
      out.parts[at(TrainingPart::offload)] += exposed;
      out.total += exposed;
    }
    const double host = (c_.host_layer + (routed ? c_.host_experts : 0)) * (1 + again / 3);
    if (host > out.total) {
      out.parts[at(TrainingPart::host)] += host - out.total;
      out.total = host;
    }
    return out;
  }

  // What shows of tensor-parallel communication beside `products`. In tiles sent while the next is computed the first (ring),
  // or the first and last (pipe), are waited for, and whatever the products are too short to hide.
  [[nodiscard]] double tensor_shown(double time, double products) const {
    if (time <= 0) return 0;
    const double hidden = products * (1 - 1 / p_.tp);
    switch (p_.overlap_tensor) {
      case workload::TensorOverlap::none: return time;
      case workload::TensorOverlap::ring: return std::max(time - hidden, time / p_.tp);
      case workload::TensorOverlap::pipe: return std::max(time - hidden, 2 * time / p_.tp);
      default: return c_.tensor_exposed * time;
    }
  }

  // Communication beside computing: what is longer shows, and a share of the rest.
  void hidden(LayerSeconds& layer, TrainingPart part, double time) const {
    const double exposed = std::max(0.0, time - layer.total) + c_.data_exposed * std::min(time, layer.total);
    layer.parts[at(part)] += exposed;
    layer.total += exposed;
  }

  // Fill and drain of chunks over those of whole stages: the fraction of a chunk (arXiv:2104.04473), and where the micro-batches
  // are no multiple of the stages the last round waits for the stages that have none.
  [[nodiscard]] double rounds() const {
    if (p_.chunks <= 1) return 1;
    const double last = std::fmod(micro_batches_, p_.pp);
    const double idle = last > 0 ? (p_.chunks - 1) / p_.chunks * (p_.pp - last) / (p_.pp - 1) : 0;
    return 1 / p_.chunks + idle;
  }

  [[nodiscard]] double pipeline_hop() const {
    const bool inside = p_.devices() <= n_.domain;
    const double bytes = p_.split_passing || p_.sequence_parallel ? b_.hop_bytes / p_.tp : b_.hop_bytes;
    return inside ? bytes / b_.scaleup + b_.latency : bytes / (n_.scaleout * c_.network) + b_.latency + c_.hop;
  }

  // Parameters a device of the fullest stage holds: shared by all copies, and those of its experts.
  [[nodiscard]] double own_parameters() const {
    return (stage_layers_ - stage_routed_) * b_.dense.parameters + stage_routed_ * b_.routed.parameters + (p_.pp > 1 ? 1 : 2) * b_.ends_parameters;
  }
  [[nodiscard]] double own_experts() const { return stage_routed_ * b_.routed.expert_parameters; }
  [[nodiscard]] double expert_copies() const { return std::max(1.0, p_.tp * p_.cp * p_.dp / expert_stride()); }
  // Experts are spread over ep devices, and cut over the rest of a tensor-parallel group where that is wider.
  [[nodiscard]] double expert_stride() const { return std::max(p_.tp, p_.ep); }

  // What shows of communication beside a backward pass of `window`.
  [[nodiscard]] double data_shown(double time, double window) const {
    if (time <= 0) return 0;
    return p_.overlap_data ? std::max(0.0, time - window) + c_.data_exposed * std::min(time, window) : time;
  }

  // Gradients summed over the copies, beside a backward pass, and new weights handed out, beside a forward pass. Split gradients are scattered after each micro-batch, whole
  // ones after the last (ZeRO, arXiv:1910.02054).
  [[nodiscard]] double data(double backward, double forward) const {
    if (b_.adapters || p_.dp * p_.cp <= 1) return 0;
    const double group = p_.dp * p_.cp;
    const double within = std::min(group, p_.shards() * p_.cp);
    const double own = own_parameters();
    const double experts = own_experts();
    const double expert_within = std::min(expert_copies(), within);
    const double back = p_.zero >= 1 ? weight_bytes : b_.gradient_bytes;
    double summed = 0;
    double handed_out = 0;
    if (p_.zero < 3) {
      summed = gather(own * b_.gradient_bytes, group, p_.tp) + gather(experts * b_.gradient_bytes, expert_copies(), expert_stride());
      handed_out = gather(own * back, within, p_.tp) + gather(experts * back, expert_within, expert_stride());
    }
    // Groups of copies that each hold a whole state sum their parts among each other.
    const double across = (p_.zero >= 3 ? 2 : 1) * b_.gradient_bytes;
    if (p_.zero >= 1 && within < group) {
      handed_out += gather(own / within * across, group / within, p_.tp * within);
      handed_out += gather(experts / expert_within * across, expert_copies() / expert_within, expert_stride() * expert_within);
    }
    return (p_.zero == 2 && !p_.scatter_once ? micro_batches_ : 1) * data_shown(summed, backward) + data_shown(handed_out, forward);
  }

  // Each micro-batch's gradients are read and added to the sum.
  [[nodiscard]] double accumulation() const {
    if (b_.adapters || micro_batches_ <= 1) return 0;
    const double split = p_.zero >= 2 ? p_.shards() * p_.cp : 1;
    return c_.accumulation_work * (own_parameters() + own_experts()) / split * (weight_bytes + 2 * b_.gradient_bytes) / b_.memory_bandwidth;
  }

  // Embedding and output layer of each micro-batch, where weights are split over the copies.
  [[nodiscard]] double ends_gathered() const {
    if (p_.zero < 3) return 0;
    const double parameters = (p_.pp > 1 ? 1 : 2) * b_.ends_parameters;
    const double group = p_.shards() * p_.cp;
    return c_.data_exposed * micro_batches_ * (gather(parameters * weight_bytes, group, p_.tp) * 2 + (b_.adapters ? 0 : gather(parameters * weight_bytes, group, p_.tp)));
  }

  [[nodiscard]] double optimizer() const {
    if (b_.adapters) return 0;
    const double group = p_.zero >= 1 ? std::max(1.0, p_.shards() * p_.cp) : 1;
    const double mine = own_parameters() / group + own_experts() / (p_.zero >= 1 ? std::min(expert_copies(), group) : 1);
    const double bytes = mine * (b_.gradient_bytes + 2 * b_.optimizer_bytes + weight_bytes);
    const double moving = c_.optimizer_work * bytes / b_.memory_bandwidth;
    if (!p_.offload_optimizer || n_.host <= 0) return moving;
    return std::max(moving, mine * 2 * b_.optimizer_bytes / n_.host);
  }

  // Bytes one layer keeps of one micro-batch.
  [[nodiscard]] double kept(const LayerBlock& l) const {
    const double whole = (p_.sequence_parallel && !p_.regather ? l.kept_whole : 0) - (p_.fused_activation ? l.kept_activation : 0);
    switch (p_.recompute) {
      case Recompute::full: return l.input;
      case Recompute::selective: return l.kept - l.kept_scores + whole;
      default: return l.kept + whole;
    }
  }

  [[nodiscard]] TrainingMemory memory(const TrainingMemoryPolicy& policy) const {
    TrainingMemory out;
    const double group = std::max(1.0, p_.shards() * p_.cp);
    const double own = own_parameters();
    const double experts = own_experts();
    const double expert_group = std::min(expert_copies(), group);
    const auto split = [&](double bytes, int level) { return p_.zero >= level ? own * bytes / group + experts * bytes / expert_group : (own + experts) * bytes; };
    out.weights = split(weight_bytes, 3);
    if (!b_.adapters) {
      out.gradients = split(b_.gradient_bytes, 2);
      out.optimizer = split(b_.optimizer_bytes, 1);
    }
    const double widest = std::max(b_.dense.kept, b_.routed.kept);
    const double stage_kept = stage_routed_ * kept(b_.routed) + (stage_layers_ - stage_routed_) * kept(b_.dense);
    // The first stage holds as many micro-batches as there are stages (arXiv:2205.05198 for the interleaved schedule).
    const bool interleaved = p_.chunks > 1 && p_.pp > 1;
    const double held = std::min(micro_batches_, interleaved ? p_.pp + (p_.pp - 1) / p_.chunks : p_.pp);
    out.activations = stage_kept * held;
    if (p_.recompute == Recompute::full) out.buffers += widest;
    // The last stage holds few micro-batches, and the logits.
    const double last_held = std::min(micro_batches_, interleaved ? 1 + (p_.chunks - 1) / p_.chunks : 1);
    if (p_.pp <= 1 || stage_kept * last_held + b_.ends_kept > out.activations) {
      out.activations = stage_kept * last_held;
      out.logits = b_.ends_kept;
    }
    if (p_.zero >= 3) out.buffers += 2 * weight_bytes * std::max(b_.dense.parameters, b_.routed.parameters + b_.routed.expert_parameters);
    if (p_.offload_weights) {
      out.host += out.weights;
      out.weights = std::min(out.weights, 2 * weight_bytes * (b_.dense.parameters + b_.routed.parameters + b_.routed.expert_parameters));
    }
    if (p_.offload_activations) {
      out.host += out.activations;
      out.activations = std::min(out.activations, 2 * std::max(kept(b_.dense), kept(b_.routed)));
    }
    if (p_.offload_optimizer) {
      out.host += out.optimizer;
      out.optimizer = 0;
    }
    out.buffers += policy.runtime + (out.activations + out.logits) * (policy.fragmentation - 1);
    out.buffers += out.total() * (t_.allocated - 1);
    return out;
  }

  const Block& b_;
  const workload::TrainingTask& t_;
  const TrainingPlan& p_;
  const Network& n_;
  const TrainingConstants& c_;
  double micro_batches_, layers_;
  bool even_ = true;
  double stage_layers_ = 0, stage_routed_ = 0;  // of the fullest stage
};

}  // namespace

double layers_of_stage(double layers, double stages) {
  return std::fmod(layers, stages) == 0 ? layers / stages : std::min(layers, std::ceil((layers + 2) / stages));
}

TrainingConstants training_constants(std::span<const double> values) {
  std::array<double, sizeof(TrainingConstants) / sizeof(double)> own{};
  std::copy_n(values.begin(), own.size(), own.begin());
  return std::bit_cast<TrainingConstants>(own);
}

std::string_view part_name(TrainingPart part) {
  constexpr std::array<std::string_view, training_parts> names{"linear", "attention", "experts", "elementwise", "tensor parallel", "expert exchange", "context parallel",
                                                               "pipeline passing", "data parallel", "pipeline bubble", "optimizer", "host and jitter", "offload"};
  return names[at(part)];
}

TrainingStep step_of(const Block& block, const workload::TrainingTask& task, const TrainingPlan& plan, const Network& network, const TrainingConstants& constants,
                     const TrainingMemoryPolicy& policy) {
  return Stepper(block, task, plan, network, constants).run(policy);
}

}  // namespace brightline::model
