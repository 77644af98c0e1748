// One accelerator as a design team would vary it: the numbers a space of designs is spanned by. Docs: docs/model/design.md.
#pragma once
#include <array>
#include <optional>
#include <string_view>

namespace brightline::model {

/// Every value is a whole number of its unit, so that legal measures made of it are exact. A core counts its tensor units
/// at 16 bits; narrower formats run on the same units at two and four times the rate.
struct Design {
  double dies = 1;          ///< compute dies of the package, alike
  double cores = 1;         ///< of one compute die
  double units = 4;         ///< tensor units of a core
  double rows = 16;         ///< multiply-accumulators of a tensor unit, one way
  double columns = 16;      ///< and the other
  double eight_bit = 0;     ///< 1: the units also multiply 8-bit numbers, twice as many
  double four_bit = 0;      ///< 1: and 4-bit numbers, four times as many
  double clock = 1000;      ///< MHz
  double registers = 256;   ///< KiB of register file of a core, accumulators included
  double local = 192;       ///< KiB of scratchpad and level-one cache of a core
  double l2 = 40;           ///< MiB of last-level cache of the package
  double memory_type = 0;   ///< which of the space's memory types
  double stacks = 5;        ///< memory stacks or devices of the package
  double memory_rate = 100; ///< percent of the memory type's highest rate
  double stack_gb = 16;     ///< GB of one stack or device
  double scaleup = 600;     ///< GB/s of links to other devices, both directions
  double bus_generation = 4;  ///< of the system bus
  double bus_lanes = 16;
  double io_die = 0;        ///< 1: links, bus and memory controllers stand on a die of their own, on the space's I/O node
  double spare = 0;         ///< mm2 of each compute die that do nothing but count in its area

  [[nodiscard]] double multipliers() const { return dies * cores * units * rows * columns; }  ///< 16-bit multiply-accumulators
  [[nodiscard]] double per_core() const { return units * rows * columns; }
};

struct DesignField {
  std::string_view name, unit, meaning;
  double Design::* member;
  bool more_is_quicker;  ///< more of it never slows a workload and never takes less area; else each value is a case of its own
  bool fine = false;     ///< any whole value may be chosen, not only those that a space lists
};

/// All numbers of a design, in the order of an index of a space.
inline constexpr std::array design_fields{
    DesignField{"dies", "", "compute dies of the package, alike", &Design::dies, false},
    DesignField{"memory_type", "", "which of the space's memory types", &Design::memory_type, false},
    DesignField{"io_die", "", "1: links, bus and memory controllers on a die of their own", &Design::io_die, false},
    DesignField{"eight_bit", "", "1: 8-bit numbers at twice the 16-bit rate", &Design::eight_bit, false},
    DesignField{"four_bit", "", "1: 4-bit numbers at four times the 16-bit rate", &Design::four_bit, false},
    DesignField{"rows", "", "multipliers of a tensor unit, one way", &Design::rows, false},
    DesignField{"columns", "", "multipliers of a tensor unit, the other way", &Design::columns, false},
    DesignField{"cores", "", "cores of one compute die", &Design::cores, true, true},
    DesignField{"units", "", "tensor units of a core", &Design::units, true},
    DesignField{"clock", "MHz", "clock of the cores", &Design::clock, true, true},
    DesignField{"registers", "KiB", "register file of a core", &Design::registers, true},
    DesignField{"local", "KiB", "scratchpad and level-one cache of a core", &Design::local, true},
    DesignField{"l2", "MiB", "last-level cache of the package", &Design::l2, true, true},
    DesignField{"stacks", "", "memory stacks or devices", &Design::stacks, true},
    DesignField{"memory_rate", "%", "of the memory type's highest rate", &Design::memory_rate, true, true},
    DesignField{"stack_gb", "GB", "of one stack or device", &Design::stack_gb, true},
    DesignField{"scaleup", "GB/s", "links to other devices, both directions", &Design::scaleup, true, true},
    DesignField{"bus_generation", "", "of the system bus", &Design::bus_generation, true},
    DesignField{"bus_lanes", "", "of the system bus", &Design::bus_lanes, true},
    DesignField{"spare", "mm2", "of each compute die, without function", &Design::spare, true, true},
};

constexpr std::optional<std::size_t> design_field_named(std::string_view name) {
  for (std::size_t i = 0; i < design_fields.size(); ++i) {
    if (design_fields[i].name == name) return i;
  }
  return std::nullopt;
}

}  // namespace brightline::model
