// Time of operators that move data and compute little: softmax, layer norm, activations.
#pragma once
#include "model/processor.h"
#include "workload/operators.h"

namespace brightline::model {

struct ElementwiseConstants {
  double launch;     ///< s, from the host or with graphs
  double dram;       ///< share of the peak memory bandwidth reached
  double kept_row;   ///< bytes of a row a core keeps; what is longer is read again
  double again;      ///< times it is then read again
  double row_cost;   ///< core cycles for each row
  double cost;       ///< core cycles for each element
};

Time elementwise_time(const workload::Elementwise& shape, const Processor& chip, const ElementwiseConstants& constants);

}  // namespace brightline::model
