// The number formats whose peak rates the law weighs by bit length.
#pragma once
#include <array>
#include <string_view>

#include "chip/field.h"

namespace brightline::chip {

enum class Precision { fp64, fp32, tf32, fp16, bf16, fp8, int8, fp4 };

struct PrecisionInfo {
  Precision id;
  std::string_view name;
  Field rate;  ///< the field with its peak rate
  int bits;    ///< length of the longer input of the multiply; accumulator and output widths do not count
};

/// TF32 stands here with the 32 bits it is stored in; see Reading.
inline constexpr std::array precisions{
    PrecisionInfo{Precision::fp64, "fp64", Field::fp64, 64}, PrecisionInfo{Precision::fp32, "fp32", Field::fp32, 32},
    PrecisionInfo{Precision::tf32, "tf32", Field::tf32, 32}, PrecisionInfo{Precision::fp16, "fp16", Field::fp16, 16},
    PrecisionInfo{Precision::bf16, "bf16", Field::bf16, 16}, PrecisionInfo{Precision::fp8, "fp8", Field::fp8, 8},
    PrecisionInfo{Precision::int8, "int8", Field::int8, 8},  PrecisionInfo{Precision::fp4, "fp4", Field::fp4, 4},
};

/// Readings of points the rule text leaves open (data/readings.toml).
struct Reading {
  /// TF32 is stored in 32 bits and uses 19: the text does not say which counts. 32 is the cautious reading; it decides
  /// only where TF32 runs at more than half the 16-bit rate (Trainium).
  int tf32_bits = 32;
};

constexpr int bit_length(const PrecisionInfo& precision, const Reading& reading) {
  return precision.id == Precision::tf32 ? reading.tf32_bits : precision.bits;
}

}  // namespace brightline::chip
