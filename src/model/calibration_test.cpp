#include "model/calibration.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>

namespace brightline::model {
namespace {

namespace fs = std::filesystem;

/// A data folder with one small calibration.
class CalibrationFiles : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("brightline-calibration-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "calibration");
    std::string priors;
    std::set<std::string_view> forms;
    for (const KernelInfo& kernel : kernels) {
      if (forms.insert(kernel.form).second) priors += prior(kernel);
    }
    write("priors.toml", priors + "[unmeasured]\nlow = 0.5\nhigh = 2\n[memory]\nreserve = 0.2\n[routing]\nskew = 1.01\n");
  }
  void TearDown() override { fs::remove_all(folder_); }
  void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / "calibration" / name) << text; }
  static std::string prior(const KernelInfo& kernel) {
    std::string out = "[" + std::string(kernel.form) + "]\n";
    for (const char* name : kernel.constants) out += std::string(name) + " = { is = 2, spread = 1, offset = 0.5" + (std::string(name) == "dram" ? ", most = 1" : "") + " }\n";
    return out;
  }
  static std::string fit() {
    return "[[fit]]\nkey = \"gelu\"\nrows = 10\n"
           "[[fit.level]]\nof = \"default\"\nvalues = [1, 0.5, 1, 1, 1, 1]\n"
           "[[fit.level]]\nof = \"kind k\"\nvalues = [2, 1, 1, 1, 1, 1]\n"
           "[[fit.level]]\nof = \"family F\"\nvalues = [3, 1, 1, 1, 1, 1]\n"
           "[[fit.level]]\nof = \"stack vllm:a\"\nvalues = [5, 1, 1, 1, 1, 1]\n"
           "[[fit.level]]\nof = \"pair F vllm:a@1\"\nvalues = [7, 1, 1, 1, 1, 1]\n"
           "[[fit.spread]]\nof = \"pair F vllm:a@1\"\nlow = [0.9, 0.9, 0.9, 0.9]\nhigh = [1.1, 1.1, 1.1, 1.1]\n"
           "[[fit.spread]]\nof = \"new stack\"\nlow = [0.8, 0.8, 0.8, 0.8]\nhigh = [1.3, 1.3, 1.3, 1.3]\n"
           "[[fit.spread]]\nof = \"new family\"\nlow = [0.6, 0.6, 0.6, 0.6]\nhigh = [1.8, 1.8, 1.8, 1.8]\n";
  }
  Calibration load() {
    problems_ = {};
    return Calibration::load(folder_.string(), problems_);
  }
  static Processor chip(const std::string& family, const std::string& kind) {
    Processor out;
    out.family = family;
    out.kind = kind;
    return out;
  }
  fs::path folder_;
  base::Problems problems_;
};

TEST_F(CalibrationFiles, LevelsMultiplyAndTellTheirSpread) {
  write("gelu.toml", fit());
  const Calibration c = load();
  ASSERT_TRUE(problems_.empty()) << base::render(problems_);
  const Resolved known = c.resolve("gelu", chip("F", "k"), {"vllm", "a", "1"});
  EXPECT_DOUBLE_EQ(known.constants[0], 2 * 3 * 5 * 7);
  EXPECT_TRUE(known.stack_seen && known.family_seen);
  EXPECT_EQ(known.stack, "vllm:a@1");
  EXPECT_DOUBLE_EQ(known.spread[0].high, 1.1);
  const Resolved stack = c.resolve("gelu", chip("F", "k"), {"sglang", "b", "1"});
  EXPECT_DOUBLE_EQ(stack.constants[0], 2 * 3);
  EXPECT_FALSE(stack.stack_seen);
  EXPECT_DOUBLE_EQ(stack.spread[0].high, 1.3);
  const Resolved family = c.resolve("gelu", chip("G", "k"), {"vllm", "a", "1"});
  EXPECT_DOUBLE_EQ(family.constants[0], 2 * 5);
  EXPECT_FALSE(family.family_seen);
  EXPECT_DOUBLE_EQ(family.spread[0].high, 1.8);
  EXPECT_DOUBLE_EQ(c.resolve("gelu", chip("G", "other"), {}).constants[0], 1);
}

TEST_F(CalibrationFiles, AnotherVersionStandsInForOneNeverMeasured) {
  write("gelu.toml", fit());
  const Resolved other = load().resolve("gelu", chip("F", "k"), {"vllm", "a", "2"});
  EXPECT_DOUBLE_EQ(other.constants[0], 2 * 3 * 5 * 7);
  EXPECT_EQ(other.stack, "vllm:a@1");
}

TEST_F(CalibrationFiles, WithoutAFitThePriorsHoldAndTheSpreadSaysSo) {
  const Resolved none = load().resolve("softmax", chip("F", "k"), {});
  EXPECT_DOUBLE_EQ(none.constants[0], 2);
  EXPECT_DOUBLE_EQ(none.spread[2].low, 0.5);
  EXPECT_DOUBLE_EQ(none.spread[2].high, 2);
  EXPECT_LT(none.constants[1], 1.0000001);  // a share
}

TEST_F(CalibrationFiles, MistakesAreNamed) {
  write("gelu.toml", "[[fit]]\nkey = \"gelo\"\n[[fit]]\nkey = \"gelu\"\n[[fit.level]]\nof = \"default\"\nvalues = [1, 2]\n");
  load();
  const std::string text = base::render(problems_);
  EXPECT_NE(text.find("'gelo' is no kernel"), std::string::npos) << text;
  EXPECT_NE(text.find("a level of 'gelu' needs 'of' and 6 values above 0"), std::string::npos) << text;
}

TEST_F(CalibrationFiles, APriorThatIsMissingIsNamed) {
  write("priors.toml", "[elementwise]\nlaunch = { is = 1, spread = 1, offset = 1 }\n");
  load();
  EXPECT_NE(base::render(problems_).find("[elementwise] has no constant 'dram'"), std::string::npos);
}

TEST(Saturated, NearsItsBoundAndNeverPassesIt) {
  EXPECT_DOUBLE_EQ(saturated(0.4, 1), 0.4);
  EXPECT_NEAR(saturated(0.7, 1), 0.7, 1e-3);
  EXPECT_LT(saturated(1, 1), 1);
  EXPECT_GT(saturated(1, 1), 0.95);
  EXPECT_LE(saturated(100, 1), 1);
  EXPECT_DOUBLE_EQ(saturated(100, 0), 100);
}

TEST(CalibrationOfTheProject, LoadsAndCoversEveryKernelMeasured) {
  base::Problems problems;
  const Calibration c = Calibration::load(std::string(BRIGHTLINE_ROOT) + "/data", problems);
  EXPECT_TRUE(problems.empty()) << base::render(problems);
  for (const char* key : {"gemm/bf16", "gemm/fp8", "gemm/fp8_block", "gemm/nvfp4", "prefill_attention", "decode_attention", "experts/bf16", "latent_decode_module", "all_reduce", "exchange", "serving"})
    EXPECT_TRUE(c.fits.contains(key)) << key;
  for (const auto& [key, fit] : c.fits) {
    for (const auto& [name, spreads] : fit.spreads) {
      for (const Spread& one : spreads) {
        EXPECT_GT(one.low, 0) << key << name;
        EXPECT_GE(one.high, one.low) << key << name;
      }
    }
  }
}

}  // namespace
}  // namespace brightline::model
