// Time of multi-head latent attention (DeepSeek-V2/V3, arXiv:2412.19437) on one chip, alone or with its projections.
#pragma once
#include "model/attention.h"

namespace brightline::model {

struct MlaConstants {
  double launch = 0;       ///< cycles of all kernels
  double mma = 0;          ///< of the scores and their products with values
  double softmax = 0;      ///< core cycles a score
  double dram = 0;
  double tile_start = 0;   ///< cycles
  double tile_rows = 0;    ///< queries (prefill) or heads (decode) worked on together
  double split_most = 0;
  double overlap_loss = 0;
  double gemm_mma = 0;     ///< of the projections
  double gemm_dram = 0;
  double token_bytes = 0;  ///< bytes moved for each token and latent or head element besides
  double throttle = 0, throttle_time = 0;
  double imbalance = 0;
  double core_bytes = 0;   ///< bytes a core takes from memory in a cycle
  double prepass = 0;      ///< bytes moved for each byte of cache seen, before prefill over a past
};

KernelTime mla_time(const workload::LatentAttention& shape, const AttentionMachine& attention, const GemmMachine& gemm, const MlaConstants& constants);

}  // namespace brightline::model
