// How the operands of an operator are stored and multiplied.
#pragma once
#include <array>
#include <optional>
#include <string_view>

#include "chip/precision.h"

namespace brightline::workload {

/// One name per way of storing and multiplying operands, as kernels distinguish them.
enum class NumberScheme { fp32, tf32, fp16, bf16, fp8, fp8_block, int8, int8_weight_only, int4_weight_only, nvfp4, mxfp4_weight_only, mxfp4_fp8 };

struct NumberSchemeInfo {
  NumberScheme id;
  std::string_view name;
  chip::Precision multiplies;  ///< the tensor rate it runs at
  double weight_bits;          ///< per stored weight, block scales included
  double activation_bits;      ///< per activation as the kernel reads it, block scales included
};

/// Block scales: fp8_block one 32-bit scale per 128 x 128 weights and per 128 activations (DeepSeek-V3, arXiv:2412.19437);
/// nvfp4 one 8-bit scale per 16; mxfp4 one 8-bit scale per 32 (OCP Microscaling v1.0); int4 one 16-bit scale per 128.
inline constexpr std::array number_schemes{
    NumberSchemeInfo{NumberScheme::fp32, "fp32", chip::Precision::fp32, 32, 32},
    NumberSchemeInfo{NumberScheme::tf32, "tf32", chip::Precision::tf32, 32, 32},
    NumberSchemeInfo{NumberScheme::fp16, "fp16", chip::Precision::fp16, 16, 16},
    NumberSchemeInfo{NumberScheme::bf16, "bf16", chip::Precision::bf16, 16, 16},
    NumberSchemeInfo{NumberScheme::fp8, "fp8", chip::Precision::fp8, 8, 8},
    NumberSchemeInfo{NumberScheme::fp8_block, "fp8_block", chip::Precision::fp8, 8, 8.25},
    NumberSchemeInfo{NumberScheme::int8, "int8", chip::Precision::int8, 8, 8},
    NumberSchemeInfo{NumberScheme::int8_weight_only, "int8_wo", chip::Precision::bf16, 8, 16},
    NumberSchemeInfo{NumberScheme::int4_weight_only, "int4_wo", chip::Precision::bf16, 4.125, 16},
    NumberSchemeInfo{NumberScheme::nvfp4, "nvfp4", chip::Precision::fp4, 4.5, 4.5},
    NumberSchemeInfo{NumberScheme::mxfp4_weight_only, "w4a16_mxfp4", chip::Precision::bf16, 4.25, 16},
    NumberSchemeInfo{NumberScheme::mxfp4_fp8, "w4a8_mxfp4_mxfp8", chip::Precision::fp8, 4.25, 8.25},
};

constexpr const NumberSchemeInfo& info(NumberScheme id) { return number_schemes[static_cast<std::size_t>(id)]; }

constexpr std::optional<NumberScheme> number_scheme(std::string_view name) {
  for (const NumberSchemeInfo& one : number_schemes) {
    if (one.name == name) return one.id;
  }
  return std::nullopt;
}

}  // namespace brightline::workload
