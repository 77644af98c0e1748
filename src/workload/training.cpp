#include "workload/training.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace brightline::workload {

namespace {

constexpr std::array<std::pair<Recompute, std::string_view>, 3> recompute_names{{{Recompute::none, "none"}, {Recompute::selective, "selective"}, {Recompute::full, "full"}}};

constexpr double stored = 2;       // bytes of an activation kept in 16 bits
constexpr double mask = 1;         // byte of a dropout mask
constexpr double tensor_line = 8;  // elements of 16 bits that tensor units load at once

/// Collects one layer.
class LayerBuilder {
 public:
  LayerBuilder(const Transformer& model, const TrainingTask& task, const TrainingPlan& plan)
      : m_(model), t_(task), p_(plan), tokens_(plan.micro_batch * task.sequence / plan.cp), split_(plan.sequence_parallel ? plan.tp : 1),
        operand_(info(task.numbers.linear).activation_bits / 8) {}

  LayerWork build(bool routed) {
    attention();
    routed ? experts() : dense(m_.inter);
    norms();
    out_.reduced = tokens_ * m_.hidden * stored;
    out_.input = out_.reduced / split_;
    return std::move(out_);
  }

 private:
  // C = A B forward; the gradient of A and, where weights are trained, of B.
  void linear(double n, double k) {
    out_.forward.push_back({tokens_, n, k, t_.numbers.linear, 1, true});
    out_.backward.push_back({tokens_, k, n, t_.numbers.linear, 1, true});
    if (!t_.adapters) out_.backward.push_back({n, k, tokens_, t_.numbers.linear, 1, true});
    out_.parameters += n * k;
  }

  void attention() {
    const double heads = std::max(1.0, m_.heads / p_.tp);
    const double kv_heads = std::max(1.0, m_.kv_heads / p_.tp);
    double query_width = heads * m_.head_dim;
    double key_width = kv_heads * m_.head_dim;
    double value_width = key_width;
    double head_dim = m_.head_dim;
    if (m_.is_latent()) {
      const LatentWidths& w = m_.latent;
      query_width = heads * (w.nope + w.rope);
      key_width = query_width;
      value_width = heads * w.value;
      head_dim = (w.nope + w.rope + w.value) / 2;
      if (w.query_latent > 0) {
        linear(w.query_latent, m_.hidden);
        linear(query_width, w.query_latent);
      } else {
        linear(query_width, m_.hidden);
      }
      linear(w.kv_latent + w.rope, m_.hidden);
      linear(heads * (w.nope + w.value), w.kv_latent);
      linear(m_.hidden, heads * w.value);
      out_.kept += tokens_ * (w.query_latent + w.kv_latent + w.rope) * stored;
    } else {
      linear(query_width + key_width + value_width, m_.hidden);
      linear(m_.hidden, query_width);
    }
    const double result_width = m_.is_latent() ? heads * m_.latent.value : query_width;
    out_.aligned = std::fmod(head_dim, tensor_line) == 0;
    out_.context = p_.cp > 1 ? p_.micro_batch * t_.sequence / p_.cp * (key_width + value_width) * stored : 0;
    // Rotary positions read and write queries and keys.
    out_.moved += tokens_ * 2 * (query_width + key_width) * stored;
    out_.kept += tokens_ * ((query_width + key_width + value_width) * stored + result_width * operand_);
    core(heads, m_.is_latent() ? heads : kv_heads, head_dim);
  }

  void core(double heads, double kv_heads, double head_dim) {
    if (t_.fused_attention) {
      Attention a{p_.micro_batch, t_.sequence, 0, heads, kv_heads, head_dim, 0, false, 2, false, true};
      if (m_.windowed_share < 1) {
        out_.attention.push_back(a);
        out_.attention_times.push_back((1 - m_.windowed_share) / p_.cp);
      }
      if (m_.windowed_share > 0) {
        a.window = m_.window;
        out_.attention.push_back(a);
        out_.attention_times.push_back(m_.windowed_share / p_.cp);
      }
      return;
    }
    const double own = t_.sequence / p_.cp;
    out_.scores.push_back({own, t_.sequence, head_dim, NumberScheme::bf16, p_.micro_batch * heads, true});
    out_.scores.push_back({own, head_dim, t_.sequence, NumberScheme::bf16, p_.micro_batch * heads, true});
    out_.score_elements = p_.micro_batch * heads * own * t_.sequence;
    // The softmax's result, and with dropout a mask and what it leaves (arXiv:2205.05198).
    out_.kept_scores = out_.score_elements * (stored + (t_.dropout ? mask + stored : 0));
    out_.kept += out_.kept_scores;
  }

  void dense(double inter) {
    const double width = inter / p_.tp;
    linear((m_.gated ? 2 : 1) * width, m_.hidden);
    linear(m_.hidden, width);
    out_.moved += activation(tokens_, width);
  }

  // Bytes moved; its inputs are kept, and its result as the next product reads it.
  double activation(double rows, double width) {
    out_.kept += rows * width * ((m_.gated ? 2 : 1) * stored + operand_);
    out_.kept_activation += rows * width * operand_;
    out_.activation_moved += rows * width * ((m_.gated ? 2 : 1) * stored + operand_);
    return rows * (m_.gated ? 3 : 2) * width * stored;
  }

  void experts() {
    const double choices = tokens_ * m_.top_k / p_.tp;  // each device of a tensor-parallel group sends its own part
    const double spread = std::max(p_.ep, 1.0);
    const double cut = std::max(1.0, p_.tp / spread);
    const double local = m_.experts / spread;
    const double rows = choices * std::max(1.0, p_.tp / spread) / local;  // of one expert
    grouped(rows, (m_.gated ? 2 : 1) * m_.expert_inter / cut, m_.hidden, local);
    grouped(rows, m_.hidden, m_.expert_inter / cut, local);
    out_.expert_parameters = (m_.gated ? 3 : 2) * m_.hidden * m_.expert_inter * local / cut;
    out_.exchanged = spread > 1 ? choices * m_.hidden * stored : 0;
    out_.forward.push_back({tokens_ / split_, m_.experts, m_.hidden, NumberScheme::bf16, 1, true});
    out_.backward.push_back({tokens_ / split_, m_.hidden, m_.experts, NumberScheme::bf16, 1, true});
    out_.parameters += m_.hidden * m_.experts;
    if (m_.shared_inter > 0) dense(m_.shared_inter);
    // Tokens sorted by expert and back.
    out_.sorted = 4 * choices * m_.hidden * stored + activation(choices, m_.expert_inter);
    out_.kept += choices * m_.hidden * (stored + operand_);
  }

  void grouped(double rows, double n, double k, double experts) {
    out_.experts.push_back({rows, n, k, t_.numbers.experts, experts, true});
    out_.experts_backward.push_back({rows, k, n, t_.numbers.experts, experts, true});
    if (!t_.adapters) out_.experts_backward.push_back({n, k, rows, t_.numbers.experts, experts, true});
  }

  void norms() {
    // Two norms and two additions to the residual: read and written, or both read and one written.
    out_.moved += tokens_ * m_.hidden * stored * (2 * 2 + 2 * 3) / split_;
    if (t_.dropout) out_.moved += 2 * tokens_ * m_.hidden * (stored + mask) / split_;
    out_.kept_whole = 2 * tokens_ * m_.hidden * operand_ * (1 - 1 / split_);
    // Inputs of both norms and of the linear layers behind them.
    out_.kept += tokens_ * m_.hidden * (2 * stored + 2 * operand_ + (t_.dropout ? 2 * mask : 0)) / split_;
    out_.parameters += 2 * m_.hidden;
  }

  const Transformer& m_;
  const TrainingTask& t_;
  const TrainingPlan& p_;
  double tokens_;  // of the micro-batch, of one device of a context-parallel group
  double split_;   // over how many devices norms and residuals are split
  double operand_;  // bytes of an activation as products read it, and keep it
  LayerWork out_;
};

}  // namespace

std::optional<Recompute> recompute_named(std::string_view name) {
  for (const auto& [id, known] : recompute_names) {
    if (known == name) return id;
  }
  return std::nullopt;
}

std::string_view recompute_name(Recompute id) { return recompute_names[static_cast<std::size_t>(id)].second; }

LayerWork layer_work(const Transformer& model, const TrainingTask& task, const TrainingPlan& plan, bool routed) { return LayerBuilder(model, task, plan).build(routed); }

EndWork end_work(const Transformer& m, const TrainingTask& task, const TrainingPlan& plan) {
  const double tokens = plan.micro_batch * task.sequence / plan.cp;
  const double width = m.vocab / plan.tp;
  EndWork out;
  out.forward.push_back({tokens, width, m.hidden, NumberScheme::bf16, 1, true});
  out.backward.push_back({tokens, m.hidden, width, NumberScheme::bf16, 1, true});
  if (!task.adapters) out.backward.push_back({width, m.hidden, tokens, NumberScheme::bf16, 1, true});
  // Logits written in 16 bits, widened to 32, normalised, and their gradient written.
  out.moved = tokens * width * (2 + 4 + 4 + 4 + 2);
  out.parameters = m.hidden * width;
  out.kept = tokens * width * (4 + 2);
  return out;
}

double training_operations(const Transformer& m, const TrainingTask& task, bool whole_scores) {
  const double tokens = task.global_batch * task.sequence;
  const double widths = m.is_latent() ? m.heads * (m.latent.nope + m.latent.rope + m.latent.value) : 2 * m.heads * m.head_dim;
  const double whole = whole_scores ? task.sequence : (task.sequence + 1) / 2;
  // Mean of what a causal query sees through a window.
  const double window = std::min(m.window, task.sequence);
  const double windowed = whole_scores ? window : window - window * window / (2 * task.sequence);
  const double seen = m.windowed_share > 0 ? (1 - m.windowed_share) * whole + m.windowed_share * windowed : whole;
  return 3 * tokens * (2 * active_parameters(m) + 2 * m.layers * widths * seen);
}

double hardware_operations(const Transformer& m, const TrainingTask& task, const TrainingPlan& plan, bool whole_scores) {
  const double model_operations = training_operations(m, task, whole_scores);
  const double ends = 6 * task.global_batch * task.sequence * m.vocab * m.hidden;
  if (plan.recompute == Recompute::full) return model_operations + (model_operations - ends) / 3;
  if (plan.recompute == Recompute::none || task.fused_attention) return model_operations;
  const double widths = 2 * m.heads * m.head_dim;
  return model_operations + 2 * task.global_batch * task.sequence * m.layers * widths * (whole_scores ? task.sequence : (task.sequence + 1) / 2);
}

}  // namespace brightline::workload
