// The operators a transformer is made of, as one device runs them: shapes only, no hardware.
#pragma once
#include <string_view>
#include <variant>

#include "workload/number_scheme.h"

namespace brightline::workload {

/// C[m,n] = A[m,k] B[k,n], `batch` of them side by side.
struct Gemm {
  double m = 0, n = 0, k = 0;
  NumberScheme scheme = NumberScheme::bf16;
  double batch = 1;
  bool cold = false;  ///< other weights went through the cache since: a layer of a model, not a timing loop
};

/// Attention over a KV cache.
struct Attention {
  double batch = 1;
  double queries = 1;  ///< new tokens of each sequence
  double past = 0;     ///< tokens already in the cache
  double heads = 1, kv_heads = 1;
  double head_dim = 128;
  double window = 0;  ///< tokens a query sees at most; 0: all
  bool decode = false;
  double kv_bytes = 2;          ///< of a stored element
  bool narrow_product = false;  ///< scores computed in fp8
  bool cold = false;            ///< as in Gemm
};

/// The experts of a mixture-of-experts layer on one device.
struct Experts {
  double tokens = 1;  ///< entering the layer, over all devices that share the experts
  double hidden = 0;
  double inter = 0;  ///< of one expert, before it is cut by tensor parallelism
  double top_k = 1;
  double experts = 1;  ///< routed, over all devices
  double tensor_parallel = 1;
  double expert_parallel = 1;
  double skew = 0;    ///< 0: every expert the same load; else the exponent of a power law of loads
  bool gated = true;  ///< three matrices an expert (SwiGLU), else two
  NumberScheme scheme = NumberScheme::bf16;
  bool cold = false;  ///< as in Gemm
};

/// Widths of multi-head latent attention.
struct LatentWidths {
  double hidden = 0, query_latent = 0, kv_latent = 0, rope = 0, nope = 0, value = 0;
};

/// Multi-head latent attention (DeepSeek-V2/V3).
struct LatentAttention {
  LatentWidths widths;
  double batch = 1;
  double queries = 1;
  double past = 0;
  double heads = 1;     ///< on this device
  bool decode = false;  ///< one query a sequence over the latent cache, the up-projections absorbed
  bool module = false;  ///< with the projections before and after
  double kv_bytes = 2;
  bool narrow_product = false;
  NumberScheme scheme = NumberScheme::bf16;  ///< of the projections
};

enum class CollectiveKind { all_reduce, all_gather, reduce_scatter, all_to_all, point_to_point };

struct Collective {
  CollectiveKind kind = CollectiveKind::all_reduce;
  double bytes = 0;  ///< all-reduce: of the vector; gather and scatter: of the whole over all devices; all-to-all: of the buffer each device holds
  double devices = 1;
  bool custom = false;  ///< an inference engine's own all-reduce, not the general library's
};

/// Tokens sent to their experts and back.
struct ExpertExchange {
  double tokens = 1;  ///< of each device
  double hidden = 0;
  double top_k = 1;
  double experts = 1;
  double devices = 8;
  double devices_per_node = 8;
  double cores = 0;  ///< lent to the exchange; 0: the low-latency kernel, which takes what it needs
  double dispatch_bytes = 1;  ///< each element, out
  double combine_bytes = 2;   ///< each element, back
};

enum class ElementwiseKind { softmax, layernorm, gelu, fused };  // fused: as inference engines run norms and activations

/// An operator that reads and writes each element about once: `rows` of `columns`.
struct Elementwise {
  ElementwiseKind kind = ElementwiseKind::gelu;
  double rows = 1, columns = 1;
  double bytes = 2;  ///< of an element
};

using Operator = std::variant<Gemm, Attention, Experts, LatentAttention, Collective, ExpertExchange, Elementwise>;

}  // namespace brightline::workload
