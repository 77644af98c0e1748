// The fitted constants, hierarchical: default, kind of core, family, software stack, stack on a family.
#pragma once
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "model/constants.h"
#include "model/processor.h"

namespace brightline::model {

/// What software runs a kernel. Empty members: not known, then the best of those measured on the family.
struct Stack {
  std::string framework;
  std::string kernel;   ///< kernel source, with the number formats where one fit spans several
  std::string version;
  [[nodiscard]] std::string name() const { return framework + ":" + kernel; }
  [[nodiscard]] std::string versioned() const { return name() + "@" + version; }
};

/// Where measurements fall around a prediction: factors of the predicted time.
struct Spread {
  double low = 0;   ///< 10th percentile
  double high = 0;  ///< 90th percentile
};

/// One constant before any measurement: data/calibration/priors.toml.
struct Prior {
  double value = 0;
  double spread = 0;         ///< how far data may move the default, in the logarithm
  double offset_spread = 0;  ///< and how far a group may stand off the level above
  double most = 0;           ///< a share nears this and never passes it; 0: no bound
};

/// One fit: a kernel (and scheme) with all its levels.
struct Fit {
  std::string key;  ///< "gemm/bf16", "all_reduce"
  Kernel kernel = Kernel::gemm;
  std::vector<double> defaults;
  std::map<std::string, std::vector<double>, std::less<>> factors;  ///< by level: "kind ...", "family ...", "stack ...", "pair ..."
  std::map<std::string, std::array<Spread, 4>, std::less<>> spreads;  ///< by "pair ...", or "new stack", "new family"; then by Bound
  std::size_t rows = 0;  ///< fitted on
  double held_out_mape = 0;  ///< of shapes never seen, percent
  std::map<std::string, double> new_family;  ///< of each family left out of the fit, percent
};

/// The constants that hold for one chip and stack, and how sure they are.
struct Resolved {
  std::array<double, most_constants> constants{};
  std::array<Spread, 4> spread{};
  bool family_seen = false;
  bool stack_seen = false;
  std::string stack;  ///< the one taken, versioned; empty: none measured
};

/// Bytes of memory a training process takes besides weights, states and activations.
struct TrainingMemoryPolicy {
  double runtime = 0;        ///< bytes: context, communication buffers
  double fragmentation = 1;  ///< allocated over needed
  double capacity = 1;       ///< bytes of a device for each byte its datasheet states
};

class Calibration {
 public:
  std::map<std::string, std::vector<Prior>, std::less<>> priors;  ///< by kernel name, else by form
  std::map<std::string, Fit, std::less<>> fits;                   ///< by key

  Spread unmeasured;          ///< of a kernel without a fitted row
  double memory_reserve = 0;  ///< share of memory that weights and cache do not get
  TrainingMemoryPolicy training_memory;
  double expert_skew = 0;     ///< exponent of the power law of experts' loads

  /// Reads data/calibration under `data_folder`; `without`: the fit that is to be made anew, whose file may be of an older form.
  static Calibration load(const std::string& data_folder, base::Problems& problems, std::string_view without = {});

  [[nodiscard]] const std::vector<Prior>& priors_of(const std::string& key) const;
  /// Stacks measured on `family` for a key, versioned; `containing` narrows to names that hold it.
  [[nodiscard]] std::vector<std::string> stacks_on(std::string_view key, std::string_view family, std::string_view containing) const;
  /// Never fails: what was never measured gets the level above and its wider spread.
  [[nodiscard]] Resolved resolve(const std::string& key, const Processor& chip, const Stack& stack) const;
};

/// A share nears `most` and never passes it.
double saturated(double value, double most);

}  // namespace brightline::model
