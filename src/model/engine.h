// All operators on one chip with one software stack: constants resolved once, then a time for each operator.
#pragma once
#include <array>
#include <map>
#include <string>
#include <vector>

#include "model/calibration.h"
#include "model/families.h"
#include "model/kernel.h"
#include "workload/transformer.h"

namespace brightline::model {

struct OperatorTime {
  KernelTime kernel;
  Spread spread;  ///< 10 to 90 percent of measurements lie between these multiples of the time
};

/// Seconds of a step, by operator class and by what bounds each operator.
struct StepTime {
  Time time;
  double log_spread = 0;  ///< half the width of the 10-90 interval, in the logarithm
  std::array<Time, workload::operator_classes> by_class{};
  std::array<Time, 4> by_bound{};
};

class Engine {
 public:
  /// `framework`: only its stacks, where any was measured; empty: the quickest of all.
  Engine(const Processor& chip, const Calibration& calibration, const std::string& framework = {});

  /// The same software and constants on another chip: a design is no chip that anybody tuned kernels for.
  void move_to(const Processor& chip) {
    chip_ = chip;
    link_ = link_of(chip);
  }

  /// Every time of a kind of kernel as its measurements would have it that lie so many standard deviations off the
  /// prediction: what if its constants are wrong? 0: as predicted.
  void lean(Kernel kernel, double deviations);

  [[nodiscard]] OperatorTime time(const workload::Operator& op) const;
  [[nodiscard]] StepTime time(const std::vector<workload::Repeated>& step) const;
  [[nodiscard]] const Processor& chip() const { return chip_; }
  [[nodiscard]] const Link& link() const { return link_; }
  [[nodiscard]] bool family_seen() const { return family_seen_; }

 private:
  static std::size_t slot(const workload::Operator& op);
  /// The stacks measured for a kind of operator, the quickest over its probes first; at least one.
  [[nodiscard]] std::vector<Resolved> ranked(const workload::Operator& kind, const Calibration& calibration, const std::string& framework) const;

  Processor chip_;
  Link link_;
  std::vector<Resolved> slots_;
  std::map<std::size_t, std::vector<Resolved>> others_;  ///< of experts: engines choose among kernels by shape
  bool family_seen_ = false;
  bool leaning_ = false;
  std::array<double, kernels.size()> deviations_{};
};

}  // namespace brightline::model
