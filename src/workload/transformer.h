// The shape of a transformer, and the operators one device runs for one step of it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "workload/operators.h"

namespace brightline::workload {

/// A model as its published configuration states it. Widths in elements.
struct Transformer {
  std::string id;
  std::string name;
  double layers = 0, hidden = 0, heads = 0, kv_heads = 0, head_dim = 0;
  double inter = 0;        ///< of the dense feed-forward layers
  bool gated = true;       ///< SwiGLU: three matrices, else two
  double vocab = 0;
  double experts = 0, top_k = 0, expert_inter = 0;
  double shared_inter = 0;  ///< of the expert every token passes; 0: none
  double dense_layers = 0;  ///< first layers without experts
  double most_nodes = 0;    ///< nodes a token's experts stand on at most; 0: any number
  LatentWidths latent;      ///< kv_latent 0: no latent attention
  double window = 0;        ///< of windowed layers
  double windowed_share = 0;  ///< of the layers
  double max_context = 0;
  [[nodiscard]] bool has_experts() const { return experts > 0; }
  [[nodiscard]] bool is_latent() const { return latent.kv_latent > 0; }
};

/// How a model is spread over devices. dp copies split the requests; ep > tp: experts are spread over ep / tp copies.
struct Parallelism {
  double tp = 1, pp = 1, dp = 1, ep = 1, cp = 1;
  double domain = 8;  ///< devices that scale-up links join
  [[nodiscard]] double devices() const { return tp * pp * dp * cp; }
};

/// Number formats of an inference or training step.
struct Numbers {
  NumberScheme linear = NumberScheme::bf16;
  NumberScheme experts = NumberScheme::bf16;
  double kv_bytes = 2;
  bool narrow_product = false;  ///< attention scores in fp8
};

/// One step: `sequences` of one copy (dp), each with `queries` new tokens after `past`.
struct Step {
  double sequences = 1;
  double queries = 1;
  double past = 0;
  bool decode = false;
};

enum class OperatorClass { attention, linear, experts, elementwise, collective, logits };
inline constexpr std::size_t operator_classes = 6;
std::string_view class_name(OperatorClass id);

/// An operator and how often it runs in the step on one device.
struct Repeated {
  Operator op;
  double times = 1;
  OperatorClass kind = OperatorClass::linear;
};

/// All operators of the step, one device of each pipeline stage after the other.
std::vector<Repeated> step_operators(const Transformer& model, const Step& step, const Parallelism& plan, const Numbers& numbers, double expert_skew);

double parameters(const Transformer& model);         ///< of the whole model
double active_parameters(const Transformer& model);  ///< that one token passes
/// Bytes of weights one device holds.
double weight_bytes(const Transformer& model, const Parallelism& plan, const Numbers& numbers);
/// Bytes of KV cache one token takes on one device, in layers that see everything.
double kv_bytes_per_token(const Transformer& model, const Parallelism& plan, const Numbers& numbers);
/// Bytes of KV cache of a sequence on one device: windowed layers keep a window.
double cache_bytes(const Transformer& model, const Parallelism& plan, const Numbers& numbers, double tokens);
/// Multiply-adds count two: operations of a step over all devices (arXiv:2205.05198, without recomputation).
double step_operations(const Transformer& model, const Step& step);

}  // namespace brightline::workload
