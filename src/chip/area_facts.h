// What is known of the area of dies: constants of the area model and real dies (data/technology/area.toml, dies.toml).
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chip/sourced.h"

namespace brightline::chip {

struct AreaFacts {
  struct Constant {
    std::string name;
    Sourced prior;                 ///< before any die was looked at
    double spread = 0;             ///< how far dies may move it, in the logarithm
    std::optional<double> fitted;  ///< data/technology/area_fitted.toml
  };
  struct BusLane {
    int generation = 0;
    Sourced area;  ///< mm2 of the PHY of one lane
  };
  /// What a die has besides the numbers a design varies.
  struct Core {
    Sourced fp32_lanes, fp64_lanes;  ///< multiply-adds a cycle of one core
    Sourced lane_rate;               ///< Gb/s of one lane of the scale-up links
  };
  std::string reference_node;    ///< the constants' areas are on it
  std::string reference_memory;  ///< the memory type whose PHY was photographed
  std::vector<Constant> constants;
  std::vector<BusLane> buses;
  Core core;  ///< of a design that says nothing else

  [[nodiscard]] const Constant* constant(std::string_view name) const;
};

/// What dies.toml counts on a die. The first are fields of a design, the last four are of its cores and links.
inline constexpr std::array<std::string_view, 20> die_counts{"dies",           "cores",     "units",  "rows",   "columns",    "eight_bit",  "four_bit",
                                                             "registers",      "local",     "l2",     "stacks", "scaleup",    "io_die",     "bus_lanes",
                                                             "bus_generation", "stack_gb",  "fp32_lanes", "fp64_lanes", "lane_rate", "graphics"};
/// The parts of a die that photographs tell apart.
inline constexpr std::array<std::string_view, 8> die_blocks{"cores",       "l2",      "interconnect",    "memory_phy",
                                                            "memory_control", "scaleup", "scaleup_control", "other"};

/// A real die with everything that is on it, switched off or not.
struct DieFacts {
  template <class Value>
  struct Named {
    std::string name;
    Value value;
  };
  std::string id, name, node, io_node, memory;
  std::vector<std::string> chips;  ///< of the catalogue that are built of it
  bool fit = false;                ///< the constants were fitted on it
  std::string source;              ///< of the counts
  Kind kind = Kind::memory;
  std::string note;
  std::vector<Named<double>> counts;
  std::optional<Sourced> area;  ///< mm2
  std::vector<Named<Sourced>> blocks;

  [[nodiscard]] double count(std::string_view of) const;
};

}  // namespace brightline::chip
