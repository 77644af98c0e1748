// Does every kernel's time behave as physics wants, whatever the shape?
#include "model/kernel.h"

#include "model/families.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace brightline::model {
namespace {

Processor chip() {
  Processor out;
  out.id = "test";
  out.family = "Hopper";
  out.kind = "asynchronous";
  for (Rate& rate : out.rates) rate = {1000e12};
  out.memory_bandwidth = {3e12};
  out.memory = {80e9};
  out.l2 = {50e6};
  out.cores = 100;
  out.clock = {2e9};
  out.scaleup = {400e9};
  out.power = {700};
  return out;
}

const Calibration& calibration() {
  static const Calibration loaded = [] {
    base::Problems problems;
    Calibration out = Calibration::load(std::string(BRIGHTLINE_ROOT) + "/data", problems);
    base::stop_at(problems);
    return out;
  }();
  return loaded;
}

double seconds(const workload::Operator& op, const Processor& on) {
  return kernel_time(op, on, link_of(on), calibration().resolve(fit_key(op), on, {}).constants).time.base;
}

double power_of_two(int least, int most) { return std::exp2(*rc::gen::inRange(least, most + 1)); }

workload::Operator any_operator() {
  switch (*rc::gen::inRange(0, 6)) {
    case 0: return workload::Gemm{power_of_two(0, 14), power_of_two(7, 15), power_of_two(7, 15), workload::NumberScheme::bf16, 1};
    case 1: {
      const double kv = power_of_two(0, 4);
      const bool decode = *rc::gen::arbitrary<bool>();
      return workload::Attention{power_of_two(0, 7), decode ? 1 : power_of_two(0, 13), decode ? power_of_two(0, 16) : 0, kv * power_of_two(0, 3), kv, 128, *rc::gen::arbitrary<bool>() ? 0.0 : 1024.0, decode, 2, false};
    }
    case 2: return workload::Experts{power_of_two(0, 13), 4096, 1536, 8, 128, 1, power_of_two(0, 5), *rc::gen::arbitrary<bool>() ? 0 : 1.2, true, workload::NumberScheme::bf16};
    case 3: {
      const bool decode = *rc::gen::arbitrary<bool>();
      return workload::LatentAttention{{7168, 1536, 512, 64, 128, 128}, power_of_two(0, 6), decode ? 1 : power_of_two(0, 12), decode ? power_of_two(0, 15) : 0, power_of_two(0, 7), decode, *rc::gen::arbitrary<bool>(), 2, false, workload::NumberScheme::bf16};
    }
    case 4: return workload::Collective{workload::CollectiveKind::all_reduce, power_of_two(8, 30), power_of_two(1, 3), *rc::gen::arbitrary<bool>()};
    default: return workload::ExpertExchange{power_of_two(0, 14), 4096, 8, 256, 8 * power_of_two(0, 3), 8, *rc::gen::arbitrary<bool>() ? 0.0 : 20.0, 1, 2};
  }
}

RC_GTEST_PROP(Kernel, TakesAFiniteTimeAboveZero, ()) {
  const double time = seconds(any_operator(), chip());
  RC_ASSERT(time > 0 && std::isfinite(time));
}

RC_GTEST_PROP(Kernel, IsNeverSlowerForMoreMemoryBandwidth, ()) {
  const workload::Operator op = any_operator();
  Processor more = chip();
  more.memory_bandwidth = more.memory_bandwidth * 1.5;
  RC_ASSERT(seconds(op, more) <= seconds(op, chip()) * (1 + 1e-9));
}

RC_GTEST_PROP(Kernel, IsNeverSlowerForAHigherTensorRate, ()) {
  const workload::Operator op = any_operator();
  Processor more = chip();
  for (Rate& rate : more.rates) rate = rate * 1.5;
  RC_ASSERT(seconds(op, more) <= seconds(op, chip()) * (1 + 1e-9));
}

RC_GTEST_PROP(Kernel, IsNeverSlowerForAFasterLinkOrALargerCache, ()) {
  const workload::Operator op = any_operator();
  Processor more = chip();
  more.scaleup = more.scaleup * 1.5;
  more.l2 = more.l2 * 1.5;
  RC_ASSERT(seconds(op, more) <= seconds(op, chip()) * (1 + 1e-9));
}

RC_GTEST_PROP(Kernel, GemmIsNeverQuickerForMoreWork, ()) {
  const workload::Gemm op{power_of_two(0, 13), power_of_two(8, 14), power_of_two(8, 14), workload::NumberScheme::bf16, 1};
  workload::Gemm more = op;
  switch (*rc::gen::inRange(0, 4)) {
    case 0: more.m *= 2; break;
    case 1: more.n *= 2; break;
    case 2: more.k *= 2; break;
    default: more.batch = 4;
  }
  RC_ASSERT(seconds(more, chip()) >= seconds(op, chip()) * (1 - 1e-9));
}

RC_GTEST_PROP(Kernel, AttentionIsNeverQuickerForALongerCache, ()) {
  workload::Attention op{power_of_two(0, 6), 1, power_of_two(4, 15), 32, 8, 128, 0, true, 2, false};
  const double before = seconds(op, chip());
  op.past *= 2;
  RC_ASSERT(seconds(op, chip()) >= before * (1 - 1e-9));
}

TEST(Kernel, GemmNeverBeatsTheRoofline) {
  const Processor on = chip();
  for (const double m : {1.0, 64.0, 4096.0, 32768.0}) {
    const workload::Gemm op{m, 8192, 8192, workload::NumberScheme::bf16, 1};
    EXPECT_GT(seconds(op, on), 2 * m * 8192 * 8192 / 1000e12);
    EXPECT_GT(seconds(op, on), 2 * 8192 * 8192 / 3e12);  // 134 MB of weights pass a 50 MB cache
  }
}

TEST(Kernel, AWideGemmReachesMostOfThePeak) {
  const workload::Gemm op{16384, 16384, 16384, workload::NumberScheme::bf16, 1};
  const double share = 2 * std::pow(16384, 3) / 1000e12 / seconds(op, chip());
  EXPECT_GT(share, 0.45);
  EXPECT_LT(share, 1);
}

TEST(Kernel, DecodeStreamsTheCacheOnce) {
  const workload::Attention op{64, 1, 16383, 32, 8, 128, 0, true, 2, false};
  const double bytes = 64.0 * 8 * 16384 * 2 * 128 * 2;
  EXPECT_GT(seconds(op, chip()), bytes / 3e12);
  EXPECT_LT(seconds(op, chip()), 2 * bytes / 3e12);
}

TEST(Kernel, AWindowMakesLongAttentionShort) {
  workload::Attention op{1, 16384, 0, 32, 8, 128, 0, false, 2, false};
  const double whole = seconds(op, chip());
  op.window = 128;
  EXPECT_LT(seconds(op, chip()), whole / 3);
}

TEST(Kernel, FitKeysTellKernelAndScheme) {
  EXPECT_EQ(fit_key(workload::Gemm{1, 1, 1, workload::NumberScheme::fp16, 1}), "gemm/bf16");
  EXPECT_EQ(fit_key(workload::Gemm{1, 1, 1, workload::NumberScheme::nvfp4, 1}), "gemm/nvfp4");
  EXPECT_EQ(fit_key(workload::Collective{workload::CollectiveKind::all_reduce, 1, 2, true}), "custom_all_reduce");
  EXPECT_EQ(fit_key(workload::Collective{workload::CollectiveKind::all_reduce, 1, 2, false}), "all_reduce");
  workload::Attention a;
  a.decode = true;
  a.kv_bytes = 1;
  EXPECT_EQ(fit_key(a), "decode_attention");
  EXPECT_EQ(variant_of(a), ":bf16:fp8");
}

TEST(Kernel, SaysWhichRateAChipLacks) {
  Processor none = chip();
  none.rates[static_cast<std::size_t>(chip::Precision::fp8)] = {0};
  EXPECT_EQ(lacks(workload::Gemm{1, 1, 1, workload::NumberScheme::fp8, 1}, none), "no fp8 rate is known of test");
  EXPECT_EQ(lacks(workload::Gemm{1, 1, 1, workload::NumberScheme::bf16, 1}, none), "");
}

TEST(Collective, OfOneDeviceCostsNothing) {
  EXPECT_EQ(seconds(workload::Collective{workload::CollectiveKind::all_reduce, 1e6, 1, false}, chip()), 0);
}

TEST(Collective, LargeOnesApproachTheLink) {
  const double bytes = 1 << 30;
  const double time = seconds(workload::Collective{workload::CollectiveKind::all_gather, bytes, 8, false}, chip());
  const double least = bytes * 7 / 8 / 400e9;
  EXPECT_GT(time, least);
  EXPECT_LT(time, 2 * least);
}

}  // namespace
}  // namespace brightline::model
