// The fit of training: constants planted in made-up runs must be found again.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/toml.h"
#include "fit/calibrate.h"
#include "model/train.h"

namespace brightline::fit {
namespace {

const model::Calibration& priors() {
  static const model::Calibration loaded = [] {
    base::Problems problems;
    model::Calibration out = model::Calibration::load(std::string(BRIGHTLINE_ROOT) + "/data", problems);
    EXPECT_TRUE(problems.empty()) << base::render(problems);
    out.fits.erase("training");  // the kernels' own fits stay
    return out;
  }();
  return loaded;
}

const model::Engine& engine(const std::string& family) {
  static std::map<std::string, model::Engine> known;
  const auto at = known.find(family);
  if (at != known.end()) return at->second;
  model::Processor chip;
  chip.id = chip.family = family;
  chip.kind = "asynchronous";
  for (base::Rate& rate : chip.rates) rate = {1000e12};
  chip.memory_bandwidth = {3e12};
  chip.memory = {80e9};
  chip.l2 = {50e6};
  chip.cores = 132;
  chip.clock = {1.8e9};
  chip.scaleup = {400e9};
  return known.emplace(family, model::Engine(chip, priors())).first->second;
}

constexpr std::size_t linear_work = 0, attention_work = 1, bubble = 15;

/// The priors, three of them moved by a factor.
std::vector<double> truth() {
  std::vector<double> out;
  for (const model::Prior& prior : priors().priors_of("training")) out.push_back(prior.value);
  out[linear_work] *= 1.5;
  out[attention_work] *= 1.4;
  out[bubble] *= 1.5;
  return out;
}

/// Runs without noise: small and large models, short and long sequences, few micro-batches and many.
std::vector<TrainedSample> runs(const std::string& family, const std::vector<double>& constants, const model::Stack& stack = {"a", "", ""}) {
  std::vector<TrainedSample> out;
  for (const double hidden : {2048.0, 4096.0, 8192.0}) {
    for (const double sequence : {2048.0, 16384.0}) {
      for (const auto& [tp, pp, dp] : {std::tuple{1.0, 1.0, 8.0}, {8.0, 1.0, 2.0}, {2.0, 8.0, 1.0}, {4.0, 4.0, 4.0}}) {
        for (const double micro_batches : {8.0, 64.0}) {
          TrainedSample s;
          measured::TrainedCase& one = s.one;
          one.chip = family;
          one.stack = stack;
          one.shape.layers = 32;
          one.shape.hidden = hidden;
          one.shape.heads = one.shape.kv_heads = hidden / 128;
          one.shape.head_dim = 128;
          one.shape.inter = 4 * hidden;
          one.shape.gated = false;
          one.shape.vocab = 50000;
          one.plan.tp = tp;
          one.plan.pp = pp;
          one.plan.dp = dp;
          one.plan.sequence_parallel = tp > 1;
          one.network.scaleout = 50e9;
          one.task.sequence = sequence;
          one.task.global_batch = dp * micro_batches;
          one.group = std::to_string(hidden) + "|" + std::to_string(sequence) + "|" + std::to_string(tp) + "|" + std::to_string(pp);
          one.full = true;
          s.engine = &engine(family);
          one.seconds = model::step_of(measured::prepare(one, *s.engine), one.task, one.plan, one.network, model::training_constants(constants), priors().training_memory).seconds;
          out.push_back(std::move(s));
        }
      }
    }
  }
  return out;
}

double mean_error_pct(const std::vector<TrainedSample>& samples, const model::Calibration& calibration) {
  double sum = 0;
  for (const TrainedSample& s : samples) {
    const model::Resolved resolved = calibration.resolve("training", s.engine->chip(), s.one.stack);
    const double predicted = model::step_of(measured::prepare(s.one, *s.engine), s.one.task, s.one.plan, s.one.network, model::training_constants(resolved.constants), calibration.training_memory).seconds;
    sum += std::abs(predicted / s.one.seconds - 1);
  }
  return 100 * sum / static_cast<double>(samples.size());
}

model::Calibration with(const model::Fit& fit) {
  model::Calibration out = priors();
  out.fits[fit.key] = fit;
  return out;
}

const std::vector<TrainedSample>& samples() {
  static const std::vector<TrainedSample> made = runs("Hopper", truth());
  return made;
}

const FittedKey& fitted() {
  static const FittedKey out = fit_training(samples(), priors(), false);
  return out;
}

TEST(CalibrateTraining, RecoversWhatMadeTheSteps) {
  ASSERT_GT(mean_error_pct(samples(), priors()), 20);  // else there is nothing to recover
  EXPECT_LT(mean_error_pct(samples(), with(fitted().fit)), 1.5);
  EXPECT_GE(fitted().report.held_out_mape, 0);
  EXPECT_LT(fitted().report.held_out_mape, 2);
  EXPECT_LE(fitted().report.held_out_median, 2);
  const auto found = with(fitted().fit).resolve("training", engine("Hopper").chip(), {"a", "", ""}).constants;
  EXPECT_NEAR(found[linear_work] / truth()[linear_work], 1, 0.1);
  EXPECT_NEAR(found[attention_work] / truth()[attention_work], 1, 0.15);
  EXPECT_NEAR(found[bubble] / truth()[bubble], 1, 0.15);
}

TEST(CalibrateTraining, CountsRowsGroupsAndConstants) {
  const auto held = static_cast<std::size_t>(std::ranges::count_if(samples(), [](const TrainedSample& s) { return measured::held_out(s.one); }));
  ASSERT_GT(held, 0U);
  EXPECT_EQ(fitted().report.held_out, held);
  EXPECT_EQ(fitted().report.rows, samples().size() - held);
  EXPECT_EQ(fitted().report.parameters, 5 * truth().size());  // the default, a kind, a family, a stack, the pair
  for (const char* level : {"kind asynchronous", "family Hopper", "stack a:", "pair Hopper a:@"}) EXPECT_TRUE(fitted().fit.factors.contains(level)) << level;
}

TEST(CalibrateTraining, HeldOutRunsTellNothing) {
  std::vector<TrainedSample> changed = samples();
  for (TrainedSample& s : changed) {
    if (measured::held_out(s.one)) s.one.seconds *= 3;
  }
  const FittedKey after = fit_training(changed, priors(), false);
  EXPECT_EQ(after.fit.defaults, fitted().fit.defaults);
  EXPECT_EQ(after.fit.factors, fitted().fit.factors);
  EXPECT_NEAR(after.report.held_out_mape, 100 * (1 - 1 / 3.0), 2);
}

TEST(CalibrateTraining, WhatItWritesParses) {
  const auto file = base::TomlFile::parse("training.toml", to_toml(fitted()));
  ASSERT_TRUE(file.has_value()) << base::render(file.error());
  const base::TomlNode& fit = file->root().find("fit")->items.at(0);
  EXPECT_EQ(fit.find("key")->text, "training");
  EXPECT_EQ(fit.find("rows")->integer, static_cast<std::int64_t>(fitted().report.rows));
}

TEST(CalibrateTraining, SpreadsAreOneWhereTheFitIsRightAndWiderWhereNothingWasSeen) {
  std::vector<TrainedSample> two = samples();
  std::vector<double> slower = truth();
  slower[linear_work] *= 1.3;
  const std::vector<TrainedSample> others = runs("Rubin", slower, {"b", "", ""});
  two.insert(two.end(), others.begin(), others.end());
  const FittedKey deep = fit_training(two, priors(), true);
  for (const char* name : {"pair Hopper a:@", "pair Rubin b:@", "new stack", "new family"}) ASSERT_TRUE(deep.fit.spreads.contains(name)) << name;
  const model::Spread& known = deep.fit.spreads.at("pair Hopper a:@")[0];
  EXPECT_GT(known.low, 0.9);
  EXPECT_LT(known.high, 1.1);
  const model::Spread& unknown = deep.fit.spreads.at("new family")[0];
  EXPECT_GT(unknown.high / unknown.low, known.high / known.low);
  EXPECT_GE(deep.report.cross_median, 0);
  EXPECT_LT(deep.report.cross_median, 3);
}

}  // namespace
}  // namespace brightline::fit
