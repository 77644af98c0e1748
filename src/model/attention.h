// Time of attention over a KV cache on one chip: prefill and decode.
#pragma once
#include "model/gemm.h"

namespace brightline::model {

struct AttentionMachine {
  double rate_per_core = 0;  ///< operations/s
  double cores = 0, bandwidth = 0, l2 = 0, clock = 0;
  double query_bytes = 0, kv_bytes = 0;
};

/// FlashAttention-style prefill: scores never leave the core.
struct PrefillConstants {
  double launch = 0;        ///< cycles
  double mma = 0;           ///< share of the tensor rate
  double softmax = 0;       ///< core cycles per score
  double dram = 0;
  double tile_start = 0;    ///< cycles for each tile of queries
  double tile_rows = 0;     ///< queries a core works on at a time
  double imbalance = 0;     ///< share lost as causal tiles differ in length
  double overlap_loss = 0;
  double prepass = 0;       ///< bytes moved beforehand for each byte of keys and values
  double packing = 0;       ///< 0: each query head fills its own tiles; 1: heads that share keys fill them together
  double packing_single = 0;  ///< the same where each sequence brings one query
  double unskipped = 0;     ///< share of the scores outside a window that are computed all the same
  double throttle = 0, throttle_time = 0;
};

/// Decode: one query, the cache streamed once, split along the sequence where that fills the chip.
struct DecodeConstants {
  double launch = 0;      ///< cycles
  double dram = 0;
  double core_bytes = 0;  ///< bytes a core takes in a cycle
  double tile_start = 0;  ///< cycles for each part of a sequence
  double step = 0;        ///< cycles for each token of a part, all heads of a group
  double split_most = 0;
  double reduction = 0;   ///< cycles to join the parts
  double group_cost = 0;  ///< cycles for each query head, KV head part and token
  double overlap_loss = 0;
  double l2_share = 0;
};

AttentionMachine attention_machine(const Processor& chip, bool narrow_product, double kv_bytes);
/// Scores a causal, windowed attention computes for one head of one sequence.
double causal_scores(double queries, double past, double window);
KernelTime prefill_attention_time(const workload::Attention& shape, const AttentionMachine& machine, const PrefillConstants& constants);
KernelTime decode_attention_time(const workload::Attention& shape, const AttentionMachine& machine, const DecodeConstants& constants);

}  // namespace brightline::model
