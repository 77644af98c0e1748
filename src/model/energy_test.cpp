// Energy from activity: does the sum hold by hand, does more work ever cost less, is the rated power ever passed?
#include "model/energy.h"

#include <gtest/gtest.h>

#include <cmath>

#include "model/serve_energy.h"

namespace brightline::model {
namespace {

using chip::Precision;

chip::Sourced value(std::int64_t number) {
  chip::Sourced out;
  out.range = chip::Interval::exactly(base::Exact(number));
  return out;
}

/// 2 pJ a 16-bit operation on one node and 8 on another, 5 pJ/bit of one memory, 20 of another, and so on.
chip::Technology technology() {
  chip::Technology out;
  out.energy.operations = {{{"small"}, {}, value(2), {}, {}, {}}, {{"large"}, {}, value(8), {}, {}, {}}, {{}, {"thrifty"}, value(1), {}, {}, {}}};
  for (const chip::PrecisionInfo& one : chip::precisions) out.energy.formats.push_back({std::string(one.name), value(one.bits / 4)});
  out.energy.links = {{{"NVLink"}, value(3)}, {{""}, value(9)}};
  out.energy.scaleout = value(10);
  out.energy.host = value(1600);
  out.energy.host_devices = 8;
  out.energy.unknown = value(2);
  for (const auto& [name, energy] : {std::pair{"HBM3", 5}, {"DDR", 20}}) {
    chip::MemoryType type;
    type.id = type.name = name;
    type.energy = value(energy);
    out.memories.push_back(type);
  }
  chip::MemoryType silent;
  silent.id = silent.name = "silent";
  out.memories.push_back(silent);
  return out;
}

Processor chip() {
  Processor out;
  out.id = "test";
  out.kind = "asynchronous";
  out.family = "F";
  for (Rate& rate : out.rates) rate = {1000e12};
  out.memory_bandwidth = {3e12};
  out.memory = {80e9};
  out.l2 = {50e6};
  out.cores = 100;
  out.clock = {2e9};
  out.rated = out.power = {700};
  out.node = "small";
  out.memory_type = "HBM3";
  out.link = "NVLink4";
  return out;
}

const EnergyFactors plain{0.2, 1, 1, 1, 1, 0.5};

EnergyConstants constants(const Processor& on = chip(), const EnergyFactors& factors = plain) { return energy_constants(energy_rates(on, technology()), factors, on); }

Activity operations(Precision precision, double count, double seconds) {
  Activity out;
  out.operations[static_cast<std::size_t>(precision)] = count;
  out.seconds = seconds;
  return out;
}

TEST(Energy, AddsUpByHand) {
  Activity a = operations(Precision::bf16, 10e12, 1);  // 8 pJ each (2 pJ, times 16 bits / 4): 80 J
  a.operations[static_cast<std::size_t>(Precision::fp8)] = 5e12;  // 4 pJ each: 20 J
  a.memory_bytes = 1e12;    // 40 pJ each: 40 J
  a.cache_bytes = 1e12;     // half of that: 20 J
  a.scaleup_bytes = 1e11;   // 24 pJ each: 2.4 J
  a.scaleout_bytes = 1e10;  // 80 pJ each: 0.8 J
  const EnergyUse use = energy_of(a, chip(), constants());
  EXPECT_NEAR(use.compute.base, 100, 1e-9);
  EXPECT_NEAR(use.memory.base, 60, 1e-9);
  EXPECT_NEAR(use.links.base, 3.2, 1e-9);
  EXPECT_NEAR(use.idle.base, 140, 1e-9);  // a fifth of 700 W
  EXPECT_NEAR(use.total.base, 303.2, 1e-9);
  EXPECT_NEAR(use.mean.base, 303.2, 1e-9);
  EXPECT_TRUE(use.known);
  EXPECT_FALSE(use.at_limit);
}

TEST(Energy, FactorsScaleWhatTheySay) {
  const EnergyConstants c = constants(chip(), {0.3, 2, 3, 5, 1.5, 0.25});
  const EnergyConstants before = constants();
  const auto at = [](Precision precision) { return static_cast<std::size_t>(precision); };
  EXPECT_DOUBLE_EQ(c.operation[at(Precision::fp16)], 2 * before.operation[at(Precision::fp16)]);
  EXPECT_DOUBLE_EQ(c.operation[at(Precision::int8)], 6 * before.operation[at(Precision::int8)]);
  EXPECT_DOUBLE_EQ(c.operation[at(Precision::fp4)], 10 * before.operation[at(Precision::fp4)]);
  EXPECT_DOUBLE_EQ(c.memory, 1.5 * before.memory);
  EXPECT_DOUBLE_EQ(c.cache, 0.25 * c.memory);
  EXPECT_DOUBLE_EQ(c.static_power, 210);
}

TEST(Energy, IsHeldUnderTheRatedPowerAndSaysByHowMuch) {
  for (double count = 1e12; count < 1e17; count *= 3) {
    const EnergyUse use = energy_of(operations(Precision::bf16, count, 1), chip(), constants());
    EXPECT_LE(use.mean.base, 700);
    EXPECT_LE(use.total.base, 700);
    EXPECT_EQ(use.at_limit, count * 8e-12 + 140 > 700);
    EXPECT_NEAR(use.over_limit, use.at_limit ? (count * 8e-12 + 140) / 700 - 1 : 0, 1e-9);
  }
}

TEST(Energy, MoreWorkIsNeverLessEnergy) {
  Activity each[] = {operations(Precision::bf16, 1e13, 0), operations(Precision::fp4, 1e13, 0), {}, {}, {}, {}};
  each[2].memory_bytes = 1e12;
  each[3].cache_bytes = 1e12;
  each[4].scaleup_bytes = 1e12;
  each[5].scaleout_bytes = 1e12;
  for (const Activity& more : each) {
    Activity a = operations(Precision::bf16, 1e12, 1);
    double before = energy_of(a, chip(), constants()).total.base;
    for (int i = 0; i < 20; ++i) {
      a += more;
      const double now = energy_of(a, chip(), constants()).total.base;
      EXPECT_GE(now, before);
      before = now;
    }
  }
}

TEST(Energy, LongerTimeCostsWhatIsDrawnMeanwhile) {
  const Activity quick = operations(Precision::bf16, 1e13, 1);
  Activity slow = quick;
  slow.seconds = 2;
  EXPECT_NEAR(energy_of(slow, chip(), constants()).total.base - energy_of(quick, chip(), constants()).total.base, 140, 1e-9);
  EXPECT_LT(energy_of(slow, chip(), constants()).mean.base, energy_of(quick, chip(), constants()).mean.base);
}

TEST(Energy, WithoutRatedPowerNoFigureIsInvented) {
  Processor unrated = chip();
  unrated.rated = {0};
  const EnergyUse use = energy_of(operations(Precision::bf16, 1e13, 1), unrated, constants(unrated));
  EXPECT_FALSE(use.known);
  EXPECT_TRUE(std::isnan(use.total.base));
  EXPECT_TRUE(std::isnan(use.mean.base));
  EXPECT_TRUE(std::isnan(use.idle.base));
  EXPECT_FALSE(use.at_limit);
  EXPECT_NEAR(use.compute.base, 80, 1e-9);  // what is known stays
}

TEST(Energy, UnknownMemoryIsMiddlingFlaggedAndWider) {
  for (const char* type : {"", "of another world", "silent"}) {
    Processor odd = chip();
    odd.memory_type = type;
    const EnergyRates rates = energy_rates(odd, technology());
    EXPECT_NEAR(rates.memory, std::sqrt(5.0 * 20.0) * 8e-12, 1e-18);
    EXPECT_DOUBLE_EQ(rates.wider, 2);
    ASSERT_EQ(rates.assumed.size(), 1U);
  }
  EXPECT_TRUE(energy_rates(chip(), technology()).assumed.empty());
}

TEST(Energy, UnknownNodeIsMiddlingFlaggedAndWider) {
  Processor odd = chip();
  odd.node = "unheard of";
  odd.memory_type = "";
  const EnergyRates rates = energy_rates(odd, technology());
  EXPECT_NEAR(rates.operation[static_cast<std::size_t>(Precision::bf16)], 4 * std::sqrt(2.0 * 8.0) * 1e-12, 1e-18);
  EXPECT_DOUBLE_EQ(rates.wider, 4);
  EXPECT_EQ(rates.assumed.size(), 2U);
}

TEST(Energy, OfAFamilyGoesBeforeThatOfItsNode) {
  Processor thrifty = chip();
  thrifty.family = "thrifty";
  for (const char* node : {"small", "unheard of"}) {
    thrifty.node = node;
    EXPECT_NEAR(energy_rates(thrifty, technology()).operation[static_cast<std::size_t>(Precision::bf16)], 4e-12, 1e-20);
    EXPECT_TRUE(energy_rates(thrifty, technology()).assumed.empty());
  }
}

/// One family measured, with its factors and spread.
Calibration fitted() {
  Calibration out;
  for (double value : {0.2, 1.0, 1.0, 1.0, 1.0, 0.5}) out.priors["energy"].push_back({value, 0.5, 0.5, 0});
  Fit fit;
  fit.key = "energy";
  fit.kernel = Kernel::energy;
  fit.defaults = {0.2, 1, 1, 1, 1, 0.5};
  fit.factors["family F"] = {1, 2, 1, 1, 1, 1};
  fit.spreads["new stack"].fill({0.8, 1.25});
  fit.spreads["new family"].fill({0.5, 2});
  out.fits["energy"] = fit;
  return out;
}

TEST(Energy, IsValidatedOnlyWhereWattsWereMeasured) {
  const EnergyConstants known = energy_constants(chip(), technology(), fitted());
  EXPECT_TRUE(known.validated);
  EXPECT_DOUBLE_EQ(known.spread.high, 1.25);
  Processor other = chip();
  other.family = "G";
  const EnergyConstants elsewhere = energy_constants(other, technology(), fitted());
  EXPECT_FALSE(elsewhere.validated);
  EXPECT_DOUBLE_EQ(elsewhere.spread.low, 0.5);
  Processor odd = chip();
  odd.memory_type = "silent";
  const EnergyConstants doubtful = energy_constants(odd, technology(), fitted());
  EXPECT_FALSE(doubtful.validated);
  EXPECT_DOUBLE_EQ(doubtful.spread.low, 0.4);
  EXPECT_DOUBLE_EQ(doubtful.spread.high, 2.5);
  EXPECT_FALSE(energy_of({}, other, elsewhere).validated);
}

TEST(Activity, OfAProductCountsOperationsAndOperands) {
  const Activity a = activity_of(workload::Gemm{4, 8, 16, workload::NumberScheme::fp8, 3});
  EXPECT_DOUBLE_EQ(a.operations[static_cast<std::size_t>(Precision::fp8)], 3 * 2 * 4 * 8 * 16);
  EXPECT_DOUBLE_EQ(a.memory_bytes, 3 * (8 * 16 + 4 * 16 + 4 * 8 * 2));
  EXPECT_DOUBLE_EQ(a.scaleup_bytes, 0);
  EXPECT_DOUBLE_EQ(a.seconds, 0);
}

TEST(Activity, OfDecodeReadsTheCacheOnce) {
  workload::Attention op{2, 1, 99, 8, 2, 64, 0, true, 1};
  const Activity a = activity_of(op);
  EXPECT_DOUBLE_EQ(a.operations[static_cast<std::size_t>(Precision::bf16)], 2 * 8 * 100 * 4 * 64);
  EXPECT_DOUBLE_EQ(a.memory_bytes, 2 * (2 * 100 * 2 * 64 * 1 + 8 * 2 * 64 * 2));
  op.window = 10;
  EXPECT_LT(activity_of(op).memory_bytes, a.memory_bytes / 3);
}

TEST(Activity, OfExpertsReadsThoseChosen) {
  workload::Experts op;
  op.hidden = 1024;
  op.inter = 512;
  op.experts = 64;
  op.top_k = 2;
  op.tokens = 1;
  const double one = activity_of(op).memory_bytes;
  op.tokens = 4096;
  const double all = activity_of(op).memory_bytes;
  const double weights = 3 * 1024 * 512 * 2.0;
  EXPECT_GT(one, 1.9 * weights);
  EXPECT_LT(one, 2.1 * weights);
  EXPECT_GT(all, 64 * weights);
}

TEST(Activity, OfCollectivesSendsOverLinks) {
  const Activity a = activity_of(workload::Collective{workload::CollectiveKind::all_reduce, 1e6, 4, false});
  EXPECT_DOUBLE_EQ(a.scaleup_bytes, 1.5e6);
  EXPECT_DOUBLE_EQ(activity_of(workload::Collective{workload::CollectiveKind::all_reduce, 1e6, 1, false}).scaleup_bytes, 0);
  workload::ExpertExchange x;
  x.hidden = 1000;
  x.devices = 8;
  EXPECT_DOUBLE_EQ(activity_of(x).scaleout_bytes, 0);
  x.devices = 32;
  EXPECT_GT(activity_of(x).scaleout_bytes, 0);
}

TEST(Activity, OfRepeatedRunsLeavesToTheCacheWhatFits) {
  const Processor on = chip();
  workload::Gemm op{64, 1024, 1024, workload::NumberScheme::bf16, 1};  // 2 MB of 50
  const Activity whole = activity_of(op);
  const Activity warm = activity_of(op, on);
  EXPECT_LT(warm.memory_bytes, 0.01 * whole.memory_bytes);
  EXPECT_NEAR(warm.memory_bytes + warm.cache_bytes, whole.memory_bytes, 1);
  op.cold = true;
  EXPECT_DOUBLE_EQ(activity_of(op, on).memory_bytes, whole.memory_bytes);
  op.cold = false;
  op.n = op.k = 65536;  // 8 GB
  EXPECT_GT(activity_of(op, on).memory_bytes, 0.99 * activity_of(op).memory_bytes);
}

TEST(Activity, AddsAndScales) {
  Activity a = operations(Precision::fp8, 3, 2);
  a.memory_bytes = 5;
  a.scaleout_bytes = 7;
  const Activity b = 2 * a + a * 0.5;
  EXPECT_DOUBLE_EQ(b.operations[static_cast<std::size_t>(Precision::fp8)], 7.5);
  EXPECT_DOUBLE_EQ(b.memory_bytes, 12.5);
  EXPECT_DOUBLE_EQ(b.scaleout_bytes, 17.5);
  EXPECT_DOUBLE_EQ(b.seconds, 5);
}

/// A small dense model and an answer to it.
struct Answered {
  workload::Transformer model;
  Served served;
  Answered() {
    model.layers = 4;
    model.hidden = 1024;
    model.heads = model.kv_heads = 8;
    model.head_dim = 128;
    model.inter = 4096;
    model.vocab = 32000;
    served.ttft = {0.5};
    served.tpot = {0.01};
    served.running = 16;
    served.prefill_sequences = 2;
    served.decode_sequences = 16;
    served.tokens_per_second = 1000;
  }
  [[nodiscard]] ServedRun run(workload::Parallelism plan = {}) const { return {&model, plan, {}, {512, 128, 16, false}, &served, 1}; }
};

TEST(TokenEnergy, ServesPrefillAndDecode) {
  const Answered r;
  const Activity request = request_activity(r.run(), 10);
  const Activity parts = prefill_activity(r.run()) + decode_activity(r.run()) * 127;
  EXPECT_NEAR(request.memory_bytes, parts.memory_bytes, 1e-6 * parts.memory_bytes);
  EXPECT_DOUBLE_EQ(request.seconds, 0.1);
  EXPECT_NEAR(token_activity(r.run(), workload::Phase::serve).seconds, 1e-3, 1e-12);  // 1000 tokens a second
  EXPECT_NEAR(token_activity(r.run(), workload::Phase::decode).seconds, 0.01 / 16, 1e-12);
  EXPECT_NEAR(token_activity(r.run(), workload::Phase::prefill).seconds, 0.5 / 16 / 512, 1e-12);
}

TEST(TokenEnergy, CopiesShareTheWork) {
  const Answered r;
  const workload::Parallelism two{1, 1, 2};
  EXPECT_NEAR(2 * decode_activity(r.run(two)).memory_bytes, decode_activity(r.run()).memory_bytes, 1);
  const TokenEnergy one = token_energy(r.run(), workload::Phase::decode, chip(), constants());
  const TokenEnergy both = token_energy(r.run(two), workload::Phase::decode, chip(), constants());
  EXPECT_NEAR(one.joules_per_token, one.device.total.base, 1e-12);
  // Twice the devices idle in the same time; the work itself is the same.
  EXPECT_NEAR(both.joules_per_token - one.joules_per_token, one.device.idle.base, 1e-9);
}

}  // namespace
}  // namespace brightline::model
