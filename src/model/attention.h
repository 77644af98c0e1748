// Time of attention over a KV cache on one chip: prefill and decode.
#pragma once
#include "model/gemm.h"

namespace brightline::model {

struct AttentionMachine {
  double rate_per_core;  ///< operations/s
  double cores, bandwidth, l2, clock;
  double query_bytes, kv_bytes;
};

/// FlashAttention-style prefill: scores never leave the core.
struct PrefillConstants {
  double launch;        ///< cycles
  double mma;           ///< share of the tensor rate
  double softmax;       ///< core cycles per score
  double dram;
  double tile_start;    ///< cycles for each tile of queries
  double tile_rows;     ///< queries a core works on at a time
  double imbalance;     ///< share lost as causal tiles differ in length
  double overlap_loss;
  double prepass;       ///< bytes moved beforehand for each byte of keys and values
  double packing;       ///< 0: each query head fills its own tiles; 1: heads that share keys fill them together
  double packing_single;  ///< the same where each sequence brings one query
  double unskipped;     ///< share of the scores outside a window that are computed all the same
  double throttle, throttle_time;
};

/// Decode: one query, the cache streamed once, split along the sequence where that fills the chip.
struct DecodeConstants {
  double launch;      ///< cycles
  double dram;
  double core_bytes;  ///< bytes a core takes in a cycle
  double tile_start;  ///< cycles for each part of a sequence
  double step;        ///< cycles for each token of a part, all heads of a group
  double split_most;
  double reduction;   ///< cycles to join the parts
  double group_cost;  ///< cycles for each query head, KV head part and token
  double overlap_loss;
  double l2_share;
  double start_bytes; ///< bytes in flight before the memory streams at full speed
};

AttentionMachine attention_machine(const Processor& chip, bool narrow_product, double kv_bytes);
/// Scores a causal, windowed attention computes for one head of one sequence.
double causal_scores(double queries, double past, double window);
KernelTime prefill_attention_time(const workload::Attention& shape, const AttentionMachine& machine, const PrefillConstants& constants);
KernelTime decode_attention_time(const workload::Attention& shape, const AttentionMachine& machine, const DecodeConstants& constants);

}  // namespace brightline::model
