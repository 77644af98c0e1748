// The values a chip file may hold: one row each, with its unit and meaning.
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace brightline::chip {

enum class Field {
  release,
  process_node,
  foundry,
  die_area,
  compute_dies,
  transistors,
  fp64,
  fp32,
  tf32,
  fp16,
  bf16,
  fp8,
  int8,
  fp4,
  memory_type,
  memory_capacity,
  memory_bandwidth,
  dram_bandwidth_other,
  l2,
  cores,
  boost_clock,
  scaleup_link,
  scaleup_bandwidth,
  pcie_generation,
  pcie_lanes,
  other_io_bandwidth,
  board_power,
  launch_price,
  declared_tpp,
  tpp,
  performance_density,
  aggregate_bidirectional_rate,
  interconnect_bandwidth,
  dram_bandwidth,
};

enum class Shape { text, number };

struct FieldInfo {
  Field id;
  std::string_view name;  ///< the key in the file
  Shape shape;
  std::string_view unit;  ///< of a number: the unit values are kept in; empty for counts and scores
  std::string_view meaning;
};

/// Numbers are those of the whole product; per package values are derived (measure.h). Rates are dense.
inline constexpr std::array fields{
    FieldInfo{Field::release, "release", Shape::text, "", "first availability, year and month"},
    FieldInfo{Field::process_node, "process_node", Shape::text, "", "the process as the maker names it"},
    FieldInfo{Field::foundry, "foundry", Shape::text, "", "who fabricates the dies"},
    FieldInfo{Field::die_area, "die_area", Shape::number, "mm2", "all logic dies known, not only the compute dies"},
    FieldInfo{Field::compute_dies, "compute_dies", Shape::number, "", "number of compute dies"},
    FieldInfo{Field::transistors, "transistors", Shape::number, "bn", "transistors of all dies, in thousand millions"},
    FieldInfo{Field::fp64, "fp64", Shape::number, "TFLOPS", "peak rate at 64-bit floating point"},
    FieldInfo{Field::fp32, "fp32", Shape::number, "TFLOPS", "peak rate at 32-bit floating point"},
    FieldInfo{Field::tf32, "tf32", Shape::number, "TFLOPS", "peak dense rate at TF32"},
    FieldInfo{Field::fp16, "fp16", Shape::number, "TFLOPS", "peak dense rate at FP16"},
    FieldInfo{Field::bf16, "bf16", Shape::number, "TFLOPS", "peak dense rate at BF16"},
    FieldInfo{Field::fp8, "fp8", Shape::number, "TFLOPS", "peak dense rate at FP8"},
    FieldInfo{Field::int8, "int8", Shape::number, "TOPS", "peak dense rate at INT8"},
    FieldInfo{Field::fp4, "fp4", Shape::number, "TFLOPS", "peak dense rate at FP4"},
    FieldInfo{Field::memory_type, "memory_type", Shape::text, "", "a name from data/technology/memory.toml"},
    FieldInfo{Field::memory_capacity, "memory_capacity", Shape::number, "GB", "size of the main memory"},
    FieldInfo{Field::memory_bandwidth, "memory_bandwidth", Shape::number, "GB/s", "peak bandwidth of the main memory"},
    FieldInfo{Field::dram_bandwidth_other, "dram_bandwidth_other", Shape::number, "GB/s",
              "DRAM reached directly besides the main memory and counted nowhere else"},
    FieldInfo{Field::l2, "l2", Shape::number, "MB", "last-level cache shared by the cores"},
    FieldInfo{Field::cores, "cores", Shape::number, "", "streaming multiprocessors, compute units or cores"},
    FieldInfo{Field::boost_clock, "boost_clock", Shape::number, "MHz", "highest clock"},
    FieldInfo{Field::scaleup_link, "scaleup_link", Shape::text, "", "name of the chip-to-chip link"},
    FieldInfo{Field::scaleup_bandwidth, "scaleup_bandwidth", Shape::number, "GB/s",
              "chip-to-chip links, both directions summed; 0 when there is none"},
    FieldInfo{Field::pcie_generation, "pcie_generation", Shape::number, "", "generation of the system bus"},
    FieldInfo{Field::pcie_lanes, "pcie_lanes", Shape::number, "", "lanes of the system bus; 0 when there is none"},
    FieldInfo{Field::other_io_bandwidth, "other_io_bandwidth", Shape::number, "GB/s",
              "further links off the package, both directions summed; taken as none when left out"},
    FieldInfo{Field::board_power, "board_power", Shape::number, "W", "rated power of the product"},
    FieldInfo{Field::launch_price, "launch_price", Shape::number, "USD", "price of one product"},
    FieldInfo{Field::declared_tpp, "declared_tpp", Shape::number, "",
              "Total Processing Performance the maker states for one integrated circuit; it governs"},
    FieldInfo{Field::tpp, "tpp", Shape::number, "", "stated instead of derived: TPP of one integrated circuit"},
    FieldInfo{Field::performance_density, "performance_density", Shape::number, "",
              "stated instead of derived: TPP per mm2 of applicable die area"},
    FieldInfo{Field::aggregate_bidirectional_rate, "aggregate_bidirectional_rate", Shape::number, "GB/s",
              "stated instead of derived: the 2022 input/output rate"},
    FieldInfo{Field::interconnect_bandwidth, "interconnect_bandwidth", Shape::number, "GB/s",
              "stated instead of derived: the 2026 interconnect bandwidth"},
    FieldInfo{Field::dram_bandwidth, "dram_bandwidth", Shape::number, "GB/s", "stated instead of derived: total DRAM bandwidth"},
};

constexpr const FieldInfo& info(Field field) { return fields[static_cast<std::size_t>(field)]; }

namespace detail {
constexpr bool fields_in_order() {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (static_cast<std::size_t>(fields[i].id) != i) return false;
  }
  return true;
}
}  // namespace detail
static_assert(detail::fields_in_order(), "info() finds a field by its place");

}  // namespace brightline::chip
