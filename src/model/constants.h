// The constants of every kernel family: which there are, in the order in which a fit and a data file hold them.
#pragma once
#include <array>
#include <optional>
#include <span>
#include <string_view>

namespace brightline::model {

/// What is fitted on its own. GEMM and experts have one fit for each number scheme besides.
enum class Kernel {
  gemm,
  prefill_attention,
  decode_attention,
  experts,
  latent_prefill,
  latent_decode,
  latent_prefill_module,
  latent_decode_module,
  all_reduce,
  all_gather,
  reduce_scatter,
  all_to_all,
  custom_all_reduce,
  exchange,
  exchange_low_latency,
  softmax,
  layernorm,
  gelu,
  fused_elementwise,
  serving,
  training,
  energy,
};

namespace names {
inline constexpr std::array gemm{"launch", "mma", "small_tile", "dram", "core_bytes", "tile_start", "quantisation", "overlap_loss",
                                 "l2_share", "throttle", "throttle_time", "reduction", "split_most", "prepass"};
inline constexpr std::array prefill{"launch", "mma", "softmax", "dram", "tile_start", "tile_rows", "imbalance", "overlap_loss",
                                    "prepass", "packing", "packing_single", "unskipped", "throttle", "throttle_time"};
inline constexpr std::array decode{"launch", "dram", "core_bytes", "tile_start", "step", "split_most", "reduction", "group_cost",
                                   "overlap_loss", "l2_share"};
inline constexpr std::array experts{"launch", "mma", "tile_rows", "dram", "tile_start", "expert_cost", "token_bytes", "overlap_loss",
                                    "l2_share", "hot_rank", "throttle", "throttle_time", "quantisation", "row_cost"};
inline constexpr std::array latent{"launch", "mma", "softmax", "dram", "tile_start", "tile_rows", "split_most", "overlap_loss",
                                   "gemm_mma", "gemm_dram", "token_bytes", "throttle", "throttle_time", "imbalance", "core_bytes", "prepass"};
inline constexpr std::array collective{"host", "base", "hop", "direct", "flagged", "packed", "packed_start", "bulk", "bulk_start",
                                       "in_switch", "in_switch_start", "contention", "copy"};
inline constexpr std::array exchange{"base", "node_hop", "link", "core_rate", "scale_out", "token_cost", "overlap_loss"};
inline constexpr std::array elementwise{"launch", "dram", "kept_row", "again", "row_cost", "cost"};
inline constexpr std::array serving{"step_overhead", "prefill_overhead", "prefill_work", "decode_work", "burst", "interference", "sequence_overhead"};
inline constexpr std::array training{"linear_work", "attention_work", "attention_backward", "elementwise_work", "expert_work", "sorting_work", "host_layer",
                                     "layer_start", "host_experts", "tensor_exposed", "exchange_exposed", "data_exposed", "network", "hop",
                                     "straggler", "bubble", "passing_exposed", "accumulation_work", "optimizer_work", "step_overhead", "misaligned"};
inline constexpr std::array energy{"idle", "operation", "eight_bit", "four_bit", "memory", "cache"};
}  // namespace names

struct KernelInfo {
  Kernel id;
  std::string_view name;
  std::string_view form;  ///< the formula: kernels of one form share priors and a page in docs/model
  std::span<const char* const> constants;
};

inline constexpr std::array kernels{
    KernelInfo{Kernel::gemm, "gemm", "gemm", names::gemm},
    KernelInfo{Kernel::prefill_attention, "prefill_attention", "prefill_attention", names::prefill},
    KernelInfo{Kernel::decode_attention, "decode_attention", "decode_attention", names::decode},
    KernelInfo{Kernel::experts, "experts", "experts", names::experts},
    KernelInfo{Kernel::latent_prefill, "latent_prefill", "latent_attention", names::latent},
    KernelInfo{Kernel::latent_decode, "latent_decode", "latent_attention", names::latent},
    KernelInfo{Kernel::latent_prefill_module, "latent_prefill_module", "latent_attention", names::latent},
    KernelInfo{Kernel::latent_decode_module, "latent_decode_module", "latent_attention", names::latent},
    KernelInfo{Kernel::all_reduce, "all_reduce", "collective", names::collective},
    KernelInfo{Kernel::all_gather, "all_gather", "collective", names::collective},
    KernelInfo{Kernel::reduce_scatter, "reduce_scatter", "collective", names::collective},
    KernelInfo{Kernel::all_to_all, "all_to_all", "collective", names::collective},
    KernelInfo{Kernel::custom_all_reduce, "custom_all_reduce", "collective", names::collective},
    KernelInfo{Kernel::exchange, "exchange", "expert_exchange", names::exchange},
    KernelInfo{Kernel::exchange_low_latency, "exchange_low_latency", "expert_exchange", names::exchange},
    KernelInfo{Kernel::softmax, "softmax", "elementwise", names::elementwise},
    KernelInfo{Kernel::layernorm, "layernorm", "elementwise", names::elementwise},
    KernelInfo{Kernel::gelu, "gelu", "elementwise", names::elementwise},
    KernelInfo{Kernel::fused_elementwise, "fused_elementwise", "elementwise", names::elementwise},
    KernelInfo{Kernel::serving, "serving", "serving", names::serving},
    KernelInfo{Kernel::training, "training", "training", names::training},
    KernelInfo{Kernel::energy, "energy", "energy", names::energy},
};

inline constexpr std::size_t most_constants = 24;

constexpr const KernelInfo& info(Kernel id) { return kernels[static_cast<std::size_t>(id)]; }

constexpr std::optional<Kernel> kernel_named(std::string_view name) {
  for (const KernelInfo& one : kernels) {
    if (one.name == name) return one.id;
  }
  return std::nullopt;
}

namespace detail {
constexpr bool kernels_in_order() {
  for (std::size_t i = 0; i < kernels.size(); ++i) {
    if (static_cast<std::size_t>(kernels[i].id) != i) return false;
  }
  return true;
}
}  // namespace detail
static_assert(detail::kernels_in_order(), "info() finds a kernel by its place");

}  // namespace brightline::model
