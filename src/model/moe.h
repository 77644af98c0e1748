// Time of the experts of a mixture-of-experts layer on one chip: routing, two grouped products, combining.
#pragma once
#include "model/gemm.h"

namespace brightline::model {

struct MoeConstants {
  double launch;        ///< cycles of all kernels of the layer
  double mma;           ///< share of the tensor rate
  double tile_rows;     ///< tokens of one expert a core works on at a time
  double dram;
  double tile_start;    ///< cycles for each output tile
  double expert_cost;   ///< cycles for each expert held
  double token_bytes;   ///< bytes moved for each element of each routed token, besides the products
  double overlap_loss;
  double l2_share;
  double hot_rank;      ///< 0: the device measured carries the mean load; 1: that of the fullest
  double throttle, throttle_time;
  double quantisation;
  double row_cost;      ///< cycles for each routed token, sorting and permuting
};

/// How many routed tokens the fullest device gets, over the mean (expected maximum of sums of experts' loads).
double rank_imbalance(const workload::Experts& shape);
KernelTime moe_time(const workload::Experts& shape, const GemmMachine& machine, const MoeConstants& constants);

}  // namespace brightline::model
