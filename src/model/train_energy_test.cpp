// What a training step does, counted for energy: does it agree with the counts of time and of operations?
#include "model/train_energy.h"

#include <gtest/gtest.h>

#include <numeric>

#include "model/train_test.h"

namespace brightline::model {
namespace {

using workload::Recompute;

double operations(const Activity& a) { return std::accumulate(a.operations.begin(), a.operations.end(), 0.0); }

struct Case {
  workload::Transformer model = trained_model();
  TrainedRun run;
  Case() {
    run.task = training_task(64);
    run.seconds = 10;
  }
  [[nodiscard]] Activity activity() {
    run.model = &model;
    return training_activity(run);
  }
};

TEST(TrainingEnergy, CountsTheOperationsOfADenseModel) {
  for (const bool fused : {true, false}) {
    for (const Recompute recompute : {Recompute::none, Recompute::selective, Recompute::full}) {
      for (const double tp : {1.0, 8.0}) {
        Case c;
        c.run.plan.tp = tp;
        c.run.plan.pp = 4;
        c.run.plan.dp = 2;
        c.run.plan.recompute = recompute;
        c.run.task.fused_attention = fused;
        const double wanted = workload::hardware_operations(c.model, c.run.task, c.run.plan, !fused);
        EXPECT_NEAR(operations(c.activity()) * c.run.plan.devices() / wanted, 1, 0.03) << fused << " " << workload::recompute_name(recompute) << " " << tp;
      }
    }
  }
}

TEST(TrainingEnergy, CountsTheOperationsOfExpertsWhereverTheyStand) {
  for (const double ep : {1.0, 8.0, 64.0}) {
    Case c;
    c.model = model_of_experts();
    c.run.plan.dp = 64;
    c.run.plan.ep = ep;
    const double wanted = workload::training_operations(c.model, c.run.task, false);
    EXPECT_NEAR(operations(c.activity()) * 64 / wanted, 1, 0.03) << ep;
  }
}

TEST(TrainingEnergy, BytesGoOverTheLinksThatJoinTheGroup) {
  Case c;
  c.run.plan.tp = 8;
  Activity a = c.activity();
  EXPECT_GT(a.scaleup_bytes, 0);
  EXPECT_EQ(a.scaleout_bytes, 0);
  c.run.plan.tp = 16;
  a = c.activity();
  EXPECT_EQ(a.scaleup_bytes, 0);
  EXPECT_GT(a.scaleout_bytes, 0);
  c.run.plan.tp = 1;
  c.run.plan.dp = 8;
  a = c.activity();
  EXPECT_GT(a.scaleup_bytes, 0);
  EXPECT_EQ(a.scaleout_bytes, 0);
  c.run.plan.dp = 16;
  EXPECT_GT(c.activity().scaleout_bytes, 0);
  EXPECT_EQ(c.activity().seconds, 10);
}

TEST(TrainingEnergy, OnlyExpertsWithCopiesAreSummed) {
  Case c;
  c.model = model_of_experts();
  c.run.domain = 64;
  c.run.plan.dp = 64;
  c.run.plan.zero = 0;
  const auto summed = [&](double ep) {
    c.run.plan.ep = ep;
    Case silent = c;
    silent.run.task.adapters = true;  // the same tokens sent, no gradients
    return c.activity().scaleup_bytes - silent.activity().scaleup_bytes;
  };
  const double all = workload::parameters(c.model);
  const double experts = 22.0 * 64 * 3 * 4096 * 2048;
  EXPECT_NEAR(summed(1) / (6 * all), 1, 0.01);
  EXPECT_NEAR(summed(8) / (6 * (all - experts * 7 / 8)), 1, 0.01);
  EXPECT_NEAR(summed(64) / (6 * (all - experts)), 1, 0.01);
}

TEST(TrainingEnergy, ADeviceAloneSendsNothingAndAdaptersUpdateNothing) {
  Case c;
  const Activity whole = c.activity();
  EXPECT_EQ(whole.scaleup_bytes, 0);
  EXPECT_EQ(whole.scaleout_bytes, 0);
  EXPECT_GT(whole.memory_bytes, workload::parameters(c.model) * 12);
  c.run.task.adapters = true;
  EXPECT_LT(c.activity().memory_bytes, whole.memory_bytes);
  EXPECT_NEAR(operations(c.activity()) / operations(whole), 2 / 3.0, 0.05);
}

}  // namespace
}  // namespace brightline::model
