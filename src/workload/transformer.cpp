#include "workload/transformer.h"

#include <algorithm>
#include <cmath>

namespace brightline::workload {

namespace {

/// Collects the operators of a step.
class Builder {
 public:
  Builder(const Transformer& model, const Step& step, const Parallelism& plan, const Numbers& numbers, double skew)
      : m_(model), s_(step), p_(plan), n_(numbers), skew_(skew), tokens_(step.sequences * step.queries / plan.cp), layers_(model.layers) {}

  std::vector<Repeated> build() {
    out_.reserve(16);
    attention();
    const double routed = m_.has_experts() ? std::max(0.0, m_.layers - m_.dense_layers) : 0;
    if (routed < layers_) dense(layers_ - routed);
    if (routed > 0) experts(routed);
    // Two norms and what is added to the residual, fused as engines do.
    add(Elementwise{ElementwiseKind::fused, tokens_, m_.hidden, 2}, 2 * layers_, OperatorClass::elementwise);
    add(Gemm{s_.sequences, m_.vocab / p_.tp, m_.hidden, NumberScheme::bf16, 1, true}, 1, OperatorClass::logits);
    if (p_.pp > 1) add(Collective{CollectiveKind::point_to_point, tokens_ * m_.hidden * 2, 2, false}, p_.pp - 1, OperatorClass::collective);
    return std::move(out_);
  }

 private:
  void add(const Operator& op, double times, OperatorClass kind) { out_.push_back({op, times, kind}); }
  void linear(double n, double k, double times) { add(Gemm{tokens_, n, k, n_.linear, 1, true}, times, OperatorClass::linear); }
  void reduce(double times) {
    if (p_.tp > 1) add(Collective{CollectiveKind::all_reduce, tokens_ * m_.hidden * 2, p_.tp, true}, times, OperatorClass::collective);
  }

  void attention() {
    if (m_.is_latent()) {
      LatentAttention a{m_.latent, s_.sequences, s_.queries, s_.past, std::max(1.0, m_.heads / p_.tp), s_.decode, true, n_.kv_bytes, n_.narrow_product, n_.linear};
      add(a, layers_, OperatorClass::attention);
    } else {
      const double heads = std::max(1.0, m_.heads / p_.tp);
      const double kv_heads = std::max(1.0, m_.kv_heads / p_.tp);
      linear((heads + 2 * kv_heads) * m_.head_dim, m_.hidden, layers_);
      Attention a{s_.sequences, s_.queries, s_.past, heads, kv_heads, m_.head_dim, 0, s_.decode, n_.kv_bytes, n_.narrow_product, true};
      if (m_.windowed_share < 1) add(a, layers_ * (1 - m_.windowed_share), OperatorClass::attention);
      if (m_.windowed_share > 0) {
        a.window = m_.window;
        add(a, layers_ * m_.windowed_share, OperatorClass::attention);
      }
      linear(m_.hidden, heads * m_.head_dim, layers_);
    }
    reduce(layers_);
  }

  void dense(double times) {
    linear((m_.gated ? 2 : 1) * m_.inter / p_.tp, m_.hidden, times);
    add(Elementwise{ElementwiseKind::fused, tokens_, m_.inter / p_.tp, 2}, times, OperatorClass::elementwise);
    linear(m_.hidden, m_.inter / p_.tp, times);
    reduce(times);
  }

  void experts(double times) {
    add(Gemm{tokens_, m_.experts, m_.hidden, NumberScheme::bf16, 1, true}, times, OperatorClass::linear);
    // Experts spread wider than a tensor-parallel group are shared by as many copies as that takes.
    const bool exchanged = p_.ep > p_.tp;
    const double spread = exchanged ? p_.ep : p_.tp;
    const double expert_parallel = std::clamp(p_.ep, 1.0, std::min(spread, m_.experts));
    Experts e{exchanged ? tokens_ * spread / p_.tp : tokens_, m_.hidden, m_.expert_inter, m_.top_k, m_.experts, std::max(1.0, spread / expert_parallel), expert_parallel,
              skew_, m_.gated, n_.experts, true};
    add(e, times, OperatorClass::experts);
    if (m_.shared_inter > 0) {
      linear((m_.gated ? 2 : 1) * m_.shared_inter / p_.tp, m_.hidden, times);
      linear(m_.hidden, m_.shared_inter / p_.tp, times);
    }
    if (exchanged) {
      ExpertExchange x{tokens_ / p_.tp, m_.hidden, m_.top_k, m_.experts, spread, std::min(spread, p_.domain), s_.decode ? 0.0 : 20.0, 1, 2};
      add(x, times, OperatorClass::collective);
    } else {
      reduce(times);
    }
  }

  const Transformer& m_;
  const Step& s_;
  const Parallelism& p_;
  const Numbers& n_;
  double skew_;
  double tokens_;
  double layers_;
  std::vector<Repeated> out_;
};

struct LayerParameters {
  double attention = 0, dense = 0, expert = 0, shared = 0, router = 0;
};

LayerParameters layer_parameters(const Transformer& m) {
  LayerParameters out;
  if (m.is_latent()) {
    const LatentWidths& w = m.latent;
    const double query = (w.query_latent > 0 ? w.query_latent : m.hidden) * m.heads * (w.nope + w.rope);
    out.attention = m.hidden * (w.query_latent + w.kv_latent + w.rope) + query + w.kv_latent * m.heads * (w.nope + w.value) + m.heads * w.value * m.hidden;
  } else {
    out.attention = m.hidden * m.head_dim * (2 * m.heads + 2 * m.kv_heads);
  }
  const double matrices = m.gated ? 3 : 2;
  out.dense = matrices * m.hidden * m.inter;
  out.expert = matrices * m.hidden * m.expert_inter;
  out.shared = matrices * m.hidden * m.shared_inter;
  out.router = m.hidden * m.experts;
  return out;
}

double routed_layers(const Transformer& m) { return m.has_experts() ? m.layers - m.dense_layers : 0; }

}  // namespace

std::string_view class_name(OperatorClass id) {
  constexpr std::array<std::string_view, operator_classes> names{"attention", "linear", "experts", "elementwise", "collective", "logits"};
  return names[static_cast<std::size_t>(id)];
}

std::vector<Repeated> step_operators(const Transformer& model, const Step& step, const Parallelism& plan, const Numbers& numbers, double expert_skew) {
  return Builder(model, step, plan, numbers, expert_skew).build();
}

double parameters(const Transformer& m) {
  const LayerParameters p = layer_parameters(m);
  const double routed = routed_layers(m);
  return m.layers * p.attention + (m.layers - routed) * p.dense + routed * (m.experts * p.expert + p.shared + p.router) + 2 * m.vocab * m.hidden;
}

double active_parameters(const Transformer& m) {
  const LayerParameters p = layer_parameters(m);
  const double routed = routed_layers(m);
  return m.layers * p.attention + (m.layers - routed) * p.dense + routed * (m.top_k * p.expert + p.shared + p.router) + m.vocab * m.hidden;
}

double weight_bytes(const Transformer& m, const Parallelism& plan, const Numbers& numbers) {
  const LayerParameters p = layer_parameters(m);
  const double routed = routed_layers(m);
  const double linear = info(numbers.linear).weight_bits / 8;
  const double expert = info(numbers.experts).weight_bits / 8;
  const double stage = std::ceil(m.layers / plan.pp) / m.layers;  // of the layers, that the fullest stage holds
  const double split = plan.tp / stage;
  // The latent down-projections are held by every device of a tensor-parallel group; they are small and counted as split.
  const double own = (m.layers * p.attention + (m.layers - routed) * p.dense + routed * p.shared) * linear / split + routed * p.router * 2 * stage;
  const double over = std::max(plan.ep, plan.tp);
  const double ends = (plan.pp > 1 ? 1 : 2) * m.vocab * m.hidden * 2 / plan.tp;  // embedding and logits stand on different stages
  return own + routed * m.experts * p.expert * expert * stage / over + ends;
}

double kv_bytes_per_token(const Transformer& m, const Parallelism& plan, const Numbers& numbers) {
  const double layers = std::ceil(m.layers / plan.pp);
  if (m.is_latent()) return layers * (m.latent.kv_latent + m.latent.rope) * numbers.kv_bytes;
  return layers * 2 * std::max(1.0, m.kv_heads / plan.tp) * m.head_dim * numbers.kv_bytes;
}

double cache_bytes(const Transformer& m, const Parallelism& plan, const Numbers& numbers, double tokens) {
  const double seen = m.windowed_share > 0 ? m.windowed_share * std::min(tokens, m.window) + (1 - m.windowed_share) * tokens : tokens;
  return seen * kv_bytes_per_token(m, plan, numbers);
}

double step_operations(const Transformer& m, const Step& s) {
  const double tokens = s.sequences * s.queries;
  const double widths = m.is_latent() ? m.heads * (m.latent.nope + m.latent.rope + m.latent.value) : 2 * m.heads * m.head_dim;
  const double whole = s.past + (s.queries + 1) / 2;
  const double seen = m.windowed_share > 0 ? (1 - m.windowed_share) * whole + m.windowed_share * std::min(whole, m.window) : whole;
  return tokens * (2 * active_parameters(m) + 2 * m.layers * widths * seen);
}

}  // namespace brightline::workload
