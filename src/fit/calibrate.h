// Fits the model's constants to tables of measurements and says how far off they are on shapes and families never seen.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "measured/served.h"
#include "measured/table.h"
#include "measured/trained.h"
#include "model/calibration.h"
#include "model/energy.h"
#include "model/families.h"

namespace brightline::fit {

/// One row that can be fitted: a single operator on a known chip.
struct Sample {
  workload::Operator op;
  const model::Processor* chip = nullptr;
  model::Link link{};
  model::Stack stack;
  double seconds = 0;
  std::string shape;
  bool held_out = false;
};

/// Mean absolute percentage errors; negative: not asked.
struct FitReport {
  std::string key;
  std::size_t rows = 0, held_out = 0;
  std::size_t parameters = 0;
  double held_out_mape = -1;    ///< shapes never seen
  double held_out_median = -1;  ///< of serving: the median error
  double cross_median = -1;     ///< of serving: the same over parts left out of the fit in turn
  std::map<std::string, double> held_out_by_chip;  ///< of energy: the median error
  double new_family_mape = -1;  ///< families never seen, each left out in turn
  std::map<std::string, double> new_family;  ///< the same, by family
};

struct FittedKey {
  model::Fit fit;
  FitReport report;
};

/// `deep`: also the spreads, which take eight fits more.
FittedKey fit_key(const std::string& key, const std::vector<Sample>& samples, const model::Calibration& priors, bool deep);

/// One published run and the engine (chip and kernels) it ran on.
struct ServedSample {
  measured::ServedCase one;
  const model::Engine* engine = nullptr;
};
FittedKey fit_serving(const std::vector<ServedSample>& samples, const model::Calibration& calibration);

/// The same of training.
struct TrainedSample {
  measured::TrainedCase one;
  const model::Engine* engine = nullptr;
};
FittedKey fit_training(const std::vector<TrainedSample>& samples, const model::Calibration& calibration, bool deep);

/// One measured power: what a device did in a time.
struct EnergySample {
  model::Activity activity;
  const model::Processor* chip = nullptr;
  const model::EnergyRates* rates = nullptr;
  model::Stack stack;
  double watts = 0;
  std::string shape;
  bool held_out = false;
};
/// The factors of energy.h. `deep`: also the spreads.
FittedKey fit_energy(const std::vector<EnergySample>& samples, const model::Calibration& priors, bool deep);

/// Constants as a level's file holds them.
std::string to_toml(const FittedKey& fitted);

}  // namespace brightline::fit
