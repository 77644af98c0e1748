#include "fit/calibrate.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "base/toml.h"
#include "model/kernel.h"

namespace brightline::fit {
namespace {

namespace fs = std::filesystem;

const std::string data_folder = std::string(BRIGHTLINE_ROOT) + "/data";
const std::string key = "gemm/bf16";
const model::Stack stack{"vllm", "cutlass", "1"};

const model::Calibration& priors() {
  static const model::Calibration loaded = [] {
    base::Problems problems;
    model::Calibration out = model::Calibration::load(data_folder, problems);
    EXPECT_TRUE(problems.empty()) << base::render(problems);
    out.fits.clear();
    return out;
  }();
  return loaded;
}

const model::Processor& chip(const std::string& family) {
  static std::map<std::string, model::Processor> known;
  model::Processor& out = known[family];
  out.id = family;
  out.family = family;
  out.kind = "asynchronous";
  for (base::Rate& rate : out.rates) rate = {1000e12};
  out.memory_bandwidth = {3e12};
  out.memory = {80e9};
  out.l2 = {50e6};
  out.cores = 132;
  out.clock = {1.8e9};
  return out;
}

/// The constants of gemm by their priors, three of them moved by a factor.
std::vector<double> moved(double launch, double mma, double dram) {
  std::vector<double> out;
  for (const model::Prior& prior : priors().priors_of(key)) out.push_back(prior.value);
  out[0] *= launch;
  out[1] *= mma;
  out[3] *= dram;
  return out;
}
std::vector<double> truth() { return moved(2, 0.6, 0.8); }
std::vector<double> other_truth() { return moved(2, 0.8, 0.8); }

/// Times without noise, of products from launch-bound to compute-bound.
std::vector<Sample> timed(const std::string& family, const std::vector<double>& constants, const model::Stack& by = stack) {
  std::vector<Sample> out;
  for (const double n : {1024.0, 2048.0, 4096.0, 6144.0, 8192.0, 12288.0}) {
    for (const double k : {1024.0, 4096.0, 8192.0, 14336.0}) {
      for (const double m : {1.0, 64.0, 1024.0, 8192.0}) {
        Sample s{workload::Gemm{m, n, k, workload::NumberScheme::bf16, 1}, &chip(family), {}, by, 0, std::to_string(n) + "x" + std::to_string(k), false};
        s.seconds = model::kernel_time(s.op, *s.chip, s.link, constants).time.base;
        s.held_out = measured::fold_of(s.shape, 5) == 0;
        out.push_back(std::move(s));
      }
    }
  }
  return out;
}

double mean_error_pct(const std::vector<Sample>& samples, const model::Calibration& calibration) {
  double sum = 0;
  for (const Sample& s : samples) {
    const model::Resolved resolved = calibration.resolve(key, *s.chip, s.stack);
    sum += std::abs(model::kernel_time(s.op, *s.chip, s.link, resolved.constants).time.base / s.seconds - 1);
  }
  return 100 * sum / static_cast<double>(samples.size());
}

model::Calibration with(const model::Fit& fit) {
  model::Calibration out = priors();
  out.fits[fit.key] = fit;
  return out;
}

TEST(Calibrate, RecoversWhatMadeTheTimes) {
  const std::vector<Sample> samples = timed("Hopper", truth());
  ASSERT_GT(mean_error_pct(samples, priors()), 25);  // else there is nothing to recover
  const FittedKey fitted = fit_key(key, samples, priors(), false);
  EXPECT_LT(mean_error_pct(samples, with(fitted.fit)), 1.5);
  EXPECT_GE(fitted.report.held_out_mape, 0);
  EXPECT_LT(fitted.report.held_out_mape, 2);
  EXPECT_EQ(fitted.report.new_family_mape, -1);
  const auto found = with(fitted.fit).resolve(key, chip("Hopper"), stack).constants;
  EXPECT_NEAR(found[0] / truth()[0], 1, 0.1);
  EXPECT_NEAR(found[3] / truth()[3], 1, 0.05);
}

TEST(Calibrate, CountsRowsAndConstants) {
  const std::vector<Sample> samples = timed("Hopper", truth());
  const auto held = static_cast<std::size_t>(std::ranges::count_if(samples, &Sample::held_out));
  ASSERT_GT(held, 0U);
  const FittedKey fitted = fit_key(key, samples, priors(), false);
  EXPECT_EQ(fitted.report.held_out, held);
  EXPECT_EQ(fitted.report.rows, samples.size() - held);
  EXPECT_EQ(fitted.fit.rows, samples.size() - held);
  EXPECT_EQ(fitted.fit.kernel, model::Kernel::gemm);
  EXPECT_EQ(fitted.report.parameters, 5 * truth().size());  // the default, a kind, a family, a stack, the pair
  for (const char* level : {"kind asynchronous", "family Hopper", "stack vllm:cutlass", "pair Hopper vllm:cutlass@1"}) {
    ASSERT_TRUE(fitted.fit.factors.contains(level)) << level;
    EXPECT_EQ(fitted.fit.factors.at(level).size(), truth().size());
  }
}

TEST(Calibrate, HeldOutRowsTellNothing) {
  std::vector<Sample> samples = timed("Hopper", truth());
  const FittedKey before = fit_key(key, samples, priors(), false);
  for (Sample& s : samples) {
    if (s.held_out) s.seconds *= 3;
  }
  const FittedKey after = fit_key(key, samples, priors(), false);
  EXPECT_EQ(after.fit.defaults, before.fit.defaults);
  EXPECT_EQ(after.fit.factors, before.fit.factors);
  EXPECT_NEAR(after.report.held_out_mape, 100 * (1 - 1 / 3.0), 2);
}

TEST(Calibrate, FamiliesDiffer) {
  std::vector<Sample> samples = timed("Hopper", truth());
  const std::vector<Sample> others = timed("Rubin", other_truth());
  samples.insert(samples.end(), others.begin(), others.end());
  const model::Calibration fitted = with(fit_key(key, samples, priors(), false).fit);
  EXPECT_LT(mean_error_pct(samples, fitted), 3);
  const workload::Operator large = workload::Gemm{8192, 8192, 8192, workload::NumberScheme::bf16, 1};
  const auto seconds = [&](const std::string& family) {
    return model::kernel_time(large, chip(family), {}, fitted.resolve(key, chip(family), stack).constants).time.base;
  };
  EXPECT_GT(seconds("Hopper"), 1.2 * seconds("Rubin"));
}

/// Two families, with spreads and the errors of families never seen.
const FittedKey& deep() {
  static const FittedKey fitted = [] {
    std::vector<Sample> samples = timed("Hopper", truth());
    const std::vector<Sample> others = timed("Rubin", other_truth());
    samples.insert(samples.end(), others.begin(), others.end());
    return fit_key(key, samples, priors(), true);
  }();
  return fitted;
}

TEST(Calibrate, AFamilyLeftOutIsFurtherOff) {
  const FitReport& report = deep().report;
  ASSERT_EQ(report.new_family.size(), 2U);
  EXPECT_GT(report.new_family.at("Rubin"), report.held_out_mape);
  EXPECT_LT(report.new_family.at("Rubin"), 40);
  EXPECT_NEAR(report.new_family_mape, (report.new_family.at("Hopper") + report.new_family.at("Rubin")) / 2, 1e-6);
}

TEST(Calibrate, SpreadsHoldOneWhereTheFitIsRight) {
  const auto& spreads = deep().fit.spreads;
  for (const char* name : {"pair Hopper vllm:cutlass@1", "pair Rubin vllm:cutlass@1", "new stack", "new family"}) ASSERT_TRUE(spreads.contains(name)) << name;
  for (const model::Spread& one : spreads.at("pair Hopper vllm:cutlass@1")) {
    EXPECT_LE(one.low, one.high);
    EXPECT_GT(one.low, 0.9);
    EXPECT_LT(one.high, 1.1);
  }
  const auto compute = static_cast<std::size_t>(model::Bound::compute);
  const auto width = [&](const char* name) { return spreads.at(name)[compute].high / spreads.at(name)[compute].low; };
  EXPECT_GT(width("new family"), width("pair Hopper vllm:cutlass@1"));
}

TEST(Calibrate, OneFamilyTellsNothingOfAnother) {
  const FittedKey fitted = fit_key(key, timed("Hopper", truth()), priors(), true);
  EXPECT_EQ(fitted.report.new_family_mape, -1);
  EXPECT_TRUE(fitted.report.new_family.empty());
  EXPECT_FALSE(fitted.fit.spreads.contains("new family"));
}

TEST(Calibrate, WritesTomlThatParses) {
  const auto file = base::TomlFile::parse("gemm.toml", to_toml(deep()));
  ASSERT_TRUE(file.has_value()) << base::render(file.error());
  const base::TomlNode* fits = file->root().find("fit");
  ASSERT_NE(fits, nullptr);
  ASSERT_EQ(fits->items.size(), 1U);
  const base::TomlNode& fit = fits->items[0];
  EXPECT_EQ(fit.find("key")->text, key);
  EXPECT_EQ(fit.find("rows")->integer, static_cast<std::int64_t>(deep().fit.rows));
  EXPECT_NEAR(fit.find("held_out_mape")->real, deep().report.held_out_mape, 0.0051);
  EXPECT_NEAR(fit.find("new_family")->find("Rubin")->real, deep().report.new_family.at("Rubin"), 0.0051);
  EXPECT_EQ(fit.find("level")->items.size(), deep().fit.factors.size() + 1);
  EXPECT_EQ(fit.find("spread")->items.size(), deep().fit.spreads.size());
}

TEST(Calibrate, WhatItWritesIsReadAsTheSameFit) {
  const fs::path folder = fs::temp_directory_path() / ("brightline-calibrate-" + std::to_string(::getpid()));
  fs::create_directories(folder / "calibration");
  fs::copy_file(data_folder + "/calibration/priors.toml", folder / "calibration" / "priors.toml", fs::copy_options::overwrite_existing);
  std::ofstream(folder / "calibration" / "gemm.toml") << to_toml(deep());
  base::Problems problems;
  const model::Calibration read = model::Calibration::load(folder.string(), problems);
  fs::remove_all(folder);
  ASSERT_TRUE(problems.empty()) << base::render(problems);
  for (const char* family : {"Hopper", "Rubin", "Volta"}) {
    const model::Resolved wanted = with(deep().fit).resolve(key, chip(family), stack);
    const model::Resolved got = read.resolve(key, chip(family), stack);
    EXPECT_EQ(got.family_seen, std::string_view(family) != "Volta");
    EXPECT_EQ(got.stack_seen, got.family_seen);
    for (std::size_t i = 0; i < truth().size(); ++i) EXPECT_NEAR(got.constants[i] / wanted.constants[i], 1, 5e-4) << family << " " << i;
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_NEAR(got.spread[i].low / wanted.spread[i].low, 1, 5e-4) << family << " " << i;
      EXPECT_NEAR(got.spread[i].high / wanted.spread[i].high, 1, 5e-4) << family << " " << i;
    }
  }
}

}  // namespace
}  // namespace brightline::fit
