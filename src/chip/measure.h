// The legal measures of one integrated circuit, derived from what a product's file states.
#pragma once
#include <array>
#include <string>
#include <string_view>

#include "chip/accelerator.h"
#include "chip/precision.h"
#include "chip/technology.h"

namespace brightline::chip {

enum class MeasureId {
  computed_tpp,
  declared_tpp,
  tpp,
  bits_x_tops,
  tops,
  applicable_die_area,
  performance_density,
  aggregate_bidirectional_rate,
  interconnect_bandwidth,
  dram_bandwidth,
  efficiency,
  transistors,
};

struct MeasureInfo {
  MeasureId id;
  std::string_view name;
  std::string_view unit;
  std::string_view meaning;
};

inline constexpr std::array measure_table{
    MeasureInfo{MeasureId::computed_tpp, "computed_tpp", "", "largest rate x bit length over the number formats"},
    MeasureInfo{MeasureId::declared_tpp, "declared_tpp", "", "TPP as the maker states it"},
    MeasureInfo{MeasureId::tpp, "tpp", "", "Total Processing Performance: the declared one, else the computed one"},
    MeasureInfo{MeasureId::bits_x_tops, "bits_x_tops", "", "2022 text: bit length per operation x TOPS"},
    MeasureInfo{MeasureId::tops, "tops", "TOPS", "largest rate over the number formats, whatever the bit length"},
    MeasureInfo{MeasureId::applicable_die_area, "applicable_die_area", "mm2", "logic dies on non-planar nodes"},
    MeasureInfo{MeasureId::performance_density, "performance_density", "", "TPP per mm2 of applicable die area"},
    MeasureInfo{MeasureId::aggregate_bidirectional_rate, "aggregate_bidirectional_rate", "GB/s",
                "2022 text: all inputs and outputs but volatile memories, both directions"},
    MeasureInfo{MeasureId::interconnect_bandwidth, "interconnect_bandwidth", "GB/s",
                "2026 text: links off the package with the system bus, both directions"},
    MeasureInfo{MeasureId::dram_bandwidth, "dram_bandwidth", "GB/s", "total DRAM bandwidth; SRAM does not count"},
    MeasureInfo{MeasureId::efficiency, "efficiency", "TFLOPS/W", "dense 16-bit rate over rated power"},
    MeasureInfo{MeasureId::transistors, "transistors", "bn", "transistors, in thousand millions"},
};

constexpr const MeasureInfo& info(MeasureId id) { return measure_table[static_cast<std::size_t>(id)]; }

struct Measure {
  Interval value;                  ///< in the unit of info(id)
  bool no_value = false;           ///< known to have none: the density of a chip without applicable die area
  std::string derivation;          ///< one line: "fp16 989.4 TFLOPS x 16 bits = 15830.4"
  std::string note;                ///< what was assumed or is missing; may be empty
  Kind weakest = Kind::datasheet;  ///< the weakest kind among its inputs; without meaning when the value is unknown
};

class Measures {
 public:
  [[nodiscard]] const Measure& operator[](MeasureId id) const { return all_[static_cast<std::size_t>(id)]; }
  Measure& operator[](MeasureId id) { return all_[static_cast<std::size_t>(id)]; }

 private:
  std::array<Measure, measure_table.size()> all_;
};

/// Never fails: what cannot be derived is unknown, and its note says why. A measure the file states itself (tpp,
/// performance_density, aggregate_bidirectional_rate, interconnect_bandwidth, dram_bandwidth) overrides the derivation.
Measures measure(const Accelerator& chip, const Technology& technology, const Reading& reading = {});

}  // namespace brightline::chip
