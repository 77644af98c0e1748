// Energies: does the fit find what made the watts, and is what was held out never used?
#include <gtest/gtest.h>

#include <cmath>

#include "catalogue/catalogue.h"
#include "fit/calibrate.h"

namespace brightline::fit {
namespace {

const std::string data_folder = std::string(BRIGHTLINE_ROOT) + "/data";
const model::EnergyFactors truth{0.3, 0.6, 1.4, 1, 2, 0.3};

struct Loaded {
  base::Problems problems;
  model::Calibration calibration;
  model::Processor chip;
  model::EnergyRates rates;
  Loaded() : calibration(model::Calibration::load(data_folder, problems)) {
    const catalogue::Catalogue all = catalogue::load(data_folder, problems);
    const model::Families families = model::Families::load(data_folder, problems);
    base::stop_at(problems);
    chip = model::processor_of(*all.find("h100-sxm"), families).processor;
    rates = model::energy_rates(chip, all.references.technology);
  }
};

const Loaded& loaded() {
  static const Loaded one;
  return one;
}

/// Watts without noise, of products of two formats that compute, move bytes, or wait.
std::vector<EnergySample> samples(const std::string& family = "Hopper") {
  static std::map<std::string, model::Processor> chips;
  const Loaded& world = loaded();
  model::Processor& chip = chips.try_emplace(family, world.chip).first->second;
  chip.family = chip.id = family;
  std::vector<EnergySample> out;
  for (const workload::NumberScheme scheme : {workload::NumberScheme::bf16, workload::NumberScheme::fp8}) {
    for (const double n : {1024.0, 2048.0, 4096.0, 8192.0, 12288.0, 16384.0}) {
      for (const double m : {1.0, 16.0, 256.0, 4096.0}) {
        EnergySample s{model::activity_of(workload::Gemm{m, n, n, scheme, 1}, chip), &chip, &world.rates, {"vllm", "x", "1"}, 0, std::to_string(n), false};
        s.activity.seconds = 2e-6 + std::max(2 * m * n * n / 700e12, n * n * 2 / 3e12);
        s.watts = model::energy_of(s.activity, chip, model::energy_constants(world.rates, truth, chip)).mean.base;
        s.held_out = measured::fold_of(s.shape, 5) == 0;
        out.push_back(std::move(s));
      }
    }
  }
  return out;
}

TEST(CalibrateEnergy, FindsWhatMadeTheWatts) {
  const FittedKey fitted = fit_energy(samples(), loaded().calibration, true);
  EXPECT_EQ(fitted.report.rows + fitted.report.held_out, 48U);
  EXPECT_GT(fitted.report.held_out, 0U);
  EXPECT_LT(fitted.report.held_out_median, 3);
  EXPECT_LT(fitted.report.held_out_by_chip.at("Hopper"), 3);
  for (const auto& [name, spreads] : fitted.fit.spreads) {
    EXPECT_LE(spreads[0].low, 1) << name;
    EXPECT_GE(spreads[0].high, 1) << name;
  }
}

TEST(CalibrateEnergy, HeldOutRowsTellNothing) {
  std::vector<EnergySample> rows = samples();
  const FittedKey before = fit_energy(rows, loaded().calibration, false);
  for (EnergySample& s : rows) {
    if (s.held_out) s.watts *= 3;
  }
  const FittedKey after = fit_energy(rows, loaded().calibration, false);
  EXPECT_EQ(after.fit.defaults, before.fit.defaults);
  EXPECT_EQ(after.fit.factors, before.fit.factors);
  EXPECT_GT(after.report.held_out_median, 50);
}

TEST(CalibrateEnergy, AFamilyLeftOutIsTold) {
  std::vector<EnergySample> rows = samples();
  const std::vector<EnergySample> others = samples("Rubin");
  rows.insert(rows.end(), others.begin(), others.end());
  const FittedKey fitted = fit_energy(rows, loaded().calibration, true);
  EXPECT_EQ(fitted.report.new_family.size(), 2U);
  EXPECT_TRUE(fitted.fit.spreads.contains("new family"));
  EXPECT_FALSE(fit_energy(samples(), loaded().calibration, true).fit.spreads.contains("new family"));
}

}  // namespace
}  // namespace brightline::fit
