// What the model needs to know of a chip: its datasheet lines in base units.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/quantity.h"
#include "chip/precision.h"

namespace brightline::model {

using base::Bandwidth;
using base::Data;
using base::Frequency;
using base::Power;
using base::Rate;
using base::Time;

/// How the core of a designed chip differs from those its constants were fitted on (docs/model/design.md). As it stands,
/// it differs in nothing.
struct CoreShape {
  double tile_rows = 1, tile_columns = 1;  ///< multipliers work in whole multiples of these: what is left over is padding
  double half_rate = 1;                    ///< times the tile at which half the rate is lost: wider cores need larger ones
  double accumulators = 1e300;             ///< elements of an output tile that the registers hold
  double operand_lines = 1e300;            ///< rows and columns of a tile whose operands the scratchpad holds
};

/// One device as software sees it. A rate that is 0 is not known or not there; see `rate()`.
struct Processor {
  std::string id;
  std::string kind;    ///< how its cores are fed, shared by several families
  std::string family;  ///< microarchitecture family, the unit of calibration: "Hopper", "Blackwell sm_100"
  std::array<Rate, chip::precisions.size()> rates{};  ///< peak dense, by chip::Precision
  Bandwidth memory_bandwidth{};
  Data memory{};
  Data l2{};
  double cores = 0;
  Frequency clock{};
  Bandwidth scaleup{};  ///< one direction
  Bandwidth pcie{};     ///< one direction
  Power power{};  ///< rated, or what stands in for it
  Power rated{};  ///< rated power as its file states it; 0: not known
  std::string node, memory_type, link;  ///< of the compute die, the main memory, the scale-up links, as written; may be empty
  double held = 1;              ///< by how much boost clock and power let the peak rate be held; 1 at the reference
  double joined = 1e9;          ///< devices that the scale-up links join, where a bridge does
  CoreShape core;
  bool switch_reduces = false;  ///< the scale-up switch can add up what passes through it
  std::vector<std::string> assumed;  ///< what was not stated and how it was filled

  [[nodiscard]] Rate rate(chip::Precision precision) const { return rates[static_cast<std::size_t>(precision)]; }
};

}  // namespace brightline::model
