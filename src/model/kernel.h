// One operator on one chip: which fit it belongs to, and its time.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "model/calibration.h"
#include "model/collective.h"
#include "model/gemm.h"
#include "workload/operators.h"

namespace brightline::model {

Kernel kernel_of(const workload::Operator& op);
/// The key of its fit: "gemm/bf16", "decode_attention".
std::string fit_key(const workload::Operator& op);
/// The part of a stack's kernel name that tells number formats where one fit spans several: ":bf16:fp8"; may be empty.
std::string variant_of(const workload::Operator& op);
/// Why a chip can't run it: the tensor rate it needs is not known or not there; empty when it can.
std::string lacks(const workload::Operator& op, const Processor& chip);

/// `constants` in the order of info(kernel).constants, as resolved; no allocation.
KernelTime kernel_time(const workload::Operator& op, const Processor& chip, const Link& link, std::span<const double> constants);

}  // namespace brightline::model
