// A design as the kernels' formulas see it: the constants of a reference chip's family, the design's own numbers. Docs:
// docs/model/design.md.
#pragma once
#include <span>
#include <vector>

#include "chip/technology.h"
#include "model/design.h"
#include "model/processor.h"

namespace brightline::model {

/// What the designs of one space share.
class DesignBasis {
 public:
  /// `reference` lends its family, links and how well it holds its clock. `memories`: those that Design::memory_type counts.
  DesignBasis(Processor reference, std::vector<const chip::MemoryType*> memories, const chip::Technology& technology);

  /// Writes the design's numbers into `out`, which must have been made by `blank()`; no allocation.
  void describe(const Design& design, Processor& out) const;
  [[nodiscard]] Processor blank() const { return blank_; }
  [[nodiscard]] const Processor& reference() const { return reference_; }

  [[nodiscard]] double memory_gb_per_s(const Design& design) const {
    return design.stacks * stack_gb_per_s_[static_cast<std::size_t>(design.memory_type)] * design.memory_rate / percent;
  }
  /// Both directions.
  [[nodiscard]] double bus_gb_per_s(const Design& design) const;
  [[nodiscard]] bool stacked_memory(const Design& design) const { return memories_[static_cast<std::size_t>(design.memory_type)]->hbm; }
  [[nodiscard]] const chip::MemoryType& memory(const Design& design) const { return *memories_[static_cast<std::size_t>(design.memory_type)]; }

 private:
  static constexpr double percent = 100;
  Processor reference_, blank_;
  std::vector<const chip::MemoryType*> memories_;
  std::vector<double> stack_gb_per_s_;
  std::vector<double> lane_gb_per_s_;  ///< by generation
  double accumulators_per_byte_ = 1;  ///< of registers
  double line_bytes_ = 1;
  double reference_per_core_ = 1;  ///< multiply-accumulators
};

}  // namespace brightline::model
