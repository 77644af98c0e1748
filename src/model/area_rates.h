// What each part of a design takes in area on given nodes, resolved once. Docs: docs/model/area.md.
#pragma once
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "chip/technology.h"

namespace brightline::model {

inline constexpr std::size_t most_memory_types = 16;
inline constexpr std::size_t most_bus_generations = 16;

/// Constants of data/technology/area.toml; areas in mm2 on its reference node. names::area, in this order.
struct AreaConstants {
  double core_control, fp32_lane, fp64_lane;
  double multiplier, edge;
  double eight_bit, four_bit;     ///< of a multiplier
  double registers;               ///< of a KiB, as logic: ports outweigh cells
  double local, l2;               ///< times bitcells
  double l2_port;                 ///< of a multiplier
  double core_port, l2_wire;      ///< on-chip network of a core, of a MiB
  double memory_phy;              ///< times the type's area
  double memory_control;          ///< of the PHY's area, as logic
  double scaleup_lane, scaleup_control, bus_control;
  double die_link;                ///< for each GB/s
  double graphics, display;       ///< of a core, of a die
  double other;                   ///< of all the rest
  double density_reached, analog_shrink;  ///< exponents
};
namespace names {
inline constexpr std::array area{"core_control", "fp32_lane",      "fp64_lane",    "multiplier",      "edge",        "eight_bit", "four_bit", "registers",
                                 "local",        "l2",             "l2_port",      "core_port",       "l2_wire",     "memory_phy", "memory_control",
                                 "scaleup_lane", "scaleup_control", "bus_control", "die_link",        "graphics", "display", "other",     "density_reached", "analog_shrink"};
}  // namespace names
AreaConstants area_constants(std::span<const double> values);
/// As fitted; a constant that the data lacks is a problem.
AreaConstants area_constants(const chip::AreaFacts& facts, base::Problems& problems);

/// What a die has besides the numbers a design varies.
struct CoreKind {
  double fp32_lanes = 0, fp64_lanes = 0;
  double lane_rate = 0;  ///< Gb/s of one lane of the scale-up links
  bool graphics = false;
};
CoreKind usual_core(const chip::AreaFacts& facts);

/// mm2 of what stands at a die's edge, on one node.
struct PortRates {
  std::array<double, most_memory_types> memory_phy{}, memory_control{};  ///< of a stack or device
  double scaleup_phy = 0, scaleup_control = 0;                           ///< of a GB/s
  std::array<double, most_bus_generations> bus_lane{};
};

/// mm2 of one of each; memory types in the order they were named.
struct AreaRates {
  double core = 0;  ///< control, vector lanes, graphics
  double multiplier = 0, eight_bit = 0, four_bit = 0;
  double edge = 0;                 ///< of a row or column of a tensor unit
  double l2_port = 0;              ///< of a multiplier
  double display = 0;              ///< of a die
  double registers = 0, local = 0; ///< of a KiB
  double l2 = 0, l2_wire = 0;      ///< of a MiB
  double core_port = 0;
  PortRates ports, io_ports;       ///< on the compute node, on the I/O node
  std::array<double, most_memory_types> memory_link{};  ///< to pass a stack's bandwidth on to another die
  double scaleup_link = 0;                              ///< and a GB/s of scale-up links
  double with_other = 1;           ///< 1 and the share of all the rest
  std::array<double, most_memory_types> package{};      ///< of a stack or device, on the package
  double counted = 0, io_counted = 0;  ///< 1 where dies of that node count in the applicable die area
  double density = 0, io_density = 0;  ///< bn transistors per mm2, as published
  std::size_t memory_types = 0;
  std::vector<std::string> assumed;
};

/// `io_node` empty: as `node`. Nodes without a bitcell take that of the node nearest in density, and say so.
AreaRates area_rates(const chip::Technology& technology, std::string_view node, std::string_view io_node, std::span<const std::string> memory_type_ids, base::Problems& problems);
/// With constants and cores of one's own.
AreaRates area_rates(const chip::Technology& technology, std::string_view node, std::string_view io_node, std::span<const std::string> memory_type_ids, const AreaConstants& constants,
                     const CoreKind& kind, base::Problems& problems);

}  // namespace brightline::model
