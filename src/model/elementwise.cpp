#include "model/elementwise.h"

#include <algorithm>
#include <cmath>

namespace brightline::model {

Time elementwise_time(const workload::Elementwise& shape, const Processor& chip, const ElementwiseConstants& constants) {
  const auto& s = shape;
  const auto& c = constants;
  const double elements = s.rows * s.columns;
  const double row_bytes = s.columns * s.bytes;
  const bool one_pass = s.kind == workload::ElementwiseKind::gelu || s.kind == workload::ElementwiseKind::fused;
  const double longer = std::pow(row_bytes / c.kept_row, 4);
  const double again = one_pass ? 0 : c.again * longer / (1 + longer);
  const double memory = elements * s.bytes * (2 + again) / (chip.memory_bandwidth.base * c.dram);
  const double compute = (elements * c.cost + s.rows * c.row_cost) / (chip.cores * chip.clock.base);
  return Time{c.launch + std::max(memory, compute)};
}

}  // namespace brightline::model
