// Time of a matrix product C[m,n] = A[m,k] B[k,n] on one chip.
#pragma once
#include "model/processor.h"
#include "workload/operators.h"

namespace brightline::model {

/// What a datasheet does not say of a kernel; data/calibration. Docs: docs/model/gemm.md.
struct GemmConstants {
  double launch = 0;         ///< cycles from one kernel to the next, with graphs
  double mma = 0;            ///< share of the peak tensor rate a long product of large tiles reaches
  double small_tile = 0;     ///< elements of a tile at which half of that is left
  double dram = 0;           ///< share of the peak memory bandwidth reached
  double core_bytes = 0;     ///< bytes a core takes from the L2 in a cycle
  double tile_start = 0;     ///< cycles to fill and drain the pipeline of one tile
  double quantisation = 0;   ///< 0: a last wave costs its share; 1: a whole wave
  double overlap_loss = 0;   ///< share of the shorter of computing and moving that is not hidden
  double l2_share = 0;       ///< share of the L2 that holds operands between runs
  double throttle = 0;       ///< share of the rate lost in long runs to the power limit
  double throttle_time = 0;  ///< s: run time at which half of that is lost
  double reduction = 0;      ///< cycles of joining the parts of a product split along k
  double split_most = 0;     ///< parts a product is split into along k at most
  double prepass = 0;        ///< bytes moved for each activation to scale and store it narrower beforehand
};

enum class Bound { launch, compute, memory, network };

struct KernelTime {
  Time time;
  Bound bound = Bound::launch;
};

/// What a GEMM takes of the chip, resolved once per chip and scheme.
struct GemmMachine {
  double rate_per_core = 0;    ///< operations/s
  double cores = 0;
  double bandwidth = 0;        ///< bytes/s
  double l2 = 0;               ///< bytes
  double clock = 0;            ///< Hz
  double weight_bytes = 0, activation_bytes = 0, output_bytes = 0;
  CoreShape core;
};

GemmMachine gemm_machine(const Processor& chip, workload::NumberScheme scheme);
KernelTime gemm_time(const workload::Gemm& shape, const GemmMachine& machine, const GemmConstants& constants);

}  // namespace brightline::model
