// Time of the experts of a mixture-of-experts layer on one chip: routing, two grouped products, combining.
#pragma once
#include "model/gemm.h"

namespace brightline::model {

struct MoeConstants {
  double launch = 0;        ///< cycles of all kernels of the layer
  double mma = 0;           ///< share of the tensor rate
  double tile_rows = 0;     ///< tokens of one expert a core works on at a time
  double dram = 0;
  double tile_start = 0;    ///< cycles for each output tile
  double expert_cost = 0;   ///< cycles for each expert held
  double token_bytes = 0;   ///< bytes moved for each element of each routed token, besides the products
  double overlap_loss = 0;
  double l2_share = 0;
  double hot_rank = 0;      ///< 0: the device measured carries the mean load; 1: that of the fullest
  double throttle = 0, throttle_time = 0;
  double quantisation = 0;
  double row_cost = 0;      ///< cycles for each routed token, sorting and permuting
};

KernelTime moe_time(const workload::Experts& shape, const GemmMachine& machine, const MoeConstants& constants);

}  // namespace brightline::model
