// Time of multi-head latent attention (DeepSeek-V2/V3, arXiv:2412.19437) on one chip, alone or with its projections.
#pragma once
#include "model/attention.h"

namespace brightline::model {

struct MlaConstants {
  double launch;       ///< cycles of all kernels
  double mma;          ///< of the scores and their products with values
  double softmax;      ///< core cycles a score
  double dram;
  double tile_start;   ///< cycles
  double tile_rows;    ///< queries (prefill) or heads (decode) worked on together
  double split_most;
  double overlap_loss;
  double gemm_mma;     ///< of the projections
  double gemm_dram;
  double token_bytes;  ///< bytes moved for each token and latent or head element besides
  double throttle, throttle_time;
  double imbalance;
  double core_bytes;   ///< bytes a core takes from memory in a cycle
  double prepass;      ///< bytes moved for each byte of cache seen, before prefill over a past
};

KernelTime mla_time(const workload::LatentAttention& shape, const AttentionMachine& attention, const GemmMachine& gemm, const MlaConstants& constants);

}  // namespace brightline::model
