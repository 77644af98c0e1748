// Time of operators that move data and compute little: softmax, layer norm, activations.
#pragma once
#include "model/processor.h"
#include "workload/operators.h"

namespace brightline::model {

struct ElementwiseConstants {
  double launch = 0;     ///< s, from the host or with graphs
  double dram = 0;       ///< share of the peak memory bandwidth reached
  double kept_row = 0;   ///< bytes of a row a core keeps; what is longer is read again
  double again = 0;      ///< times it is then read again
  double row_cost = 0;   ///< core cycles for each row
  double cost = 0;       ///< core cycles for each element
};

Time elementwise_time(const workload::Elementwise& shape, const Processor& chip, const ElementwiseConstants& constants);

}  // namespace brightline::model
