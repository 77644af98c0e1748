// Energy of one device from what it does: operations, bytes moved, time. Docs: docs/model/energy.md.
#pragma once
#include <array>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "chip/technology.h"
#include "model/calibration.h"
#include "workload/operators.h"

namespace brightline::model {

/// What one device does. Bytes over links are those it sends.
struct Activity {
  std::array<double, chip::precisions.size()> operations{};  ///< by chip::Precision
  double memory_bytes = 0;    ///< read and written of its memory
  double scaleup_bytes = 0;
  double scaleout_bytes = 0;
  double seconds = 0;
  double cache_bytes = 0;  ///< operands that the last-level cache held, so that memory was not asked

  Activity& operator+=(const Activity& other);
  friend Activity operator+(Activity a, const Activity& b) { return a += b; }
  friend Activity operator*(Activity a, double times);
  friend Activity operator*(double times, const Activity& a) { return a * times; }
};

/// One run of an operator, each operand read or written once; `seconds` is left at 0.
Activity activity_of(const workload::Operator& op);
/// The same where runs follow each other, so that the chip's last-level cache holds what fits (see Gemm::cold).
Activity activity_of(const workload::Operator& op, const Processor& chip);

/// Energies of a chip as technology tells them, before factors: J an operation, J a byte.
struct EnergyRates {
  std::array<double, chip::precisions.size()> operation{};
  double memory = 0, scaleup = 0, scaleout = 0;
  double wider = 1;  ///< by how much the interval grows for what is not known
  std::vector<std::string> assumed;
};
EnergyRates energy_rates(const Processor& chip, const chip::Technology& technology);

/// What is fitted to measured watts; names::energy.
struct EnergyFactors {
  double idle = 0;       ///< share of the rated power drawn whatever runs
  double operation = 0;
  double eight_bit = 0;
  double four_bit = 0;
  double memory = 0;
  double cache = 0;  ///< of the energy of a byte from memory
};
EnergyFactors energy_factors(std::span<const double> values);

/// What energy_of() works with, for one chip.
struct EnergyConstants {
  std::array<double, chip::precisions.size()> operation{};  ///< J
  double memory = 0, cache = 0, scaleup = 0, scaleout = 0;  ///< J/byte
  double static_power = std::numeric_limits<double>::quiet_NaN();  ///< W; not a number: the rated power is not known
  Spread spread;           ///< measured mean power over the predicted
  bool validated = false;  ///< watts were measured on the family
  std::vector<std::string> assumed;
};
EnergyConstants energy_constants(const EnergyRates& rates, const EnergyFactors& factors, const Processor& chip);
/// As fitted: those of the family and, where it is named and was measured, of the software.
EnergyConstants energy_constants(const Processor& chip, const chip::Technology& technology, const Calibration& calibration, const Stack& stack = {});

/// The name of a kernel's stack in the fit of energies: one stack runs many kernels.
Stack energy_stack(const workload::Operator& op, const Stack& stack);

/// Where the rated power is not known, idle, total and mean are not numbers (`known` false): no figure is invented.
struct EnergyUse {
  base::Energy total;  ///< held under the rated power
  base::Energy compute, memory, links, idle;  ///< of the work, not held
  base::Power mean;
  bool known = false;
  bool at_limit = false;  ///< the work would draw more than the rated power: it can't be that quick
  double over_limit = 0;  ///< by what share
  Spread spread;          ///< measured over predicted, 10th and 90th percentile
  bool validated = false;
};
EnergyUse energy_of(const Activity& activity, const Processor& chip, const EnergyConstants& constants);

/// Mean power over the rated one, not held; what a fit looks at.
double load_of(const Activity& activity, const Processor& chip, const EnergyConstants& constants);

}  // namespace brightline::model
