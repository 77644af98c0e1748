// The search of plans: does it find what listing every plan one by one finds, and is every plan accounted for?
#include "model/train_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

#include "model/train_test.h"

namespace brightline::model {
namespace {

using workload::Recompute;
using workload::TrainingPlan;

const Engine& engine() {
  static const Engine made(training_chip(), real_calibration());
  return made;
}

const workload::Transformer& eight_layers() {
  static const workload::Transformer m = trained_model(8);
  return m;
}

SearchQuestion question(double devices, double batch = 32, const workload::Transformer& model = eight_layers()) {
  SearchQuestion q;
  q.engine = &engine();
  q.model = &model;
  q.task = training_task(batch);
  q.space = usual_space(devices);
  q.network = training_network();
  q.constants = fitted_constants();
  q.policy = real_calibration().training_memory;
  q.memory = 80e9;
  q.keep = 100000;
  return q;
}

std::uint64_t left_out(const PlanSearch& s) { return std::accumulate(s.left_out.begin(), s.left_out.end(), std::uint64_t{0}); }

using Kind = std::tuple<double, double, double, double, Recompute>;
Kind kind_of(const TrainingPlan& p) { return {p.tp, p.pp, p.cp, p.ep, p.recompute}; }

/// Every whole number in every place, kept where it divides; written for the usual space alone.
struct Listing {
  std::uint64_t plans = 0, too_large = 0;
  std::map<Kind, double> best;
  double least_memory = 1e300;
};

bool divides(double part, double whole) { return std::floor(whole / part) * part == whole; }

class Lister {
 public:
  explicit Lister(const SearchQuestion& question) : q_(question) {}
  Listing list() {
    const double n = q_.space.devices;
    const double experts = std::max(1.0, q_.model->experts);
    for (double tp = 1; tp <= n; ++tp) {
      for (double pp = 1; pp <= std::min(n, q_.model->layers); ++pp) {
        for (double ep = 1; ep <= std::min(n, experts); ++ep) {
          const double dp = n / tp / pp;
          const bool whole = dp == std::floor(dp) && divides(tp, q_.model->heads) && divides(tp, q_.model->hidden) && divides(ep, experts) && divides(ep, tp * dp);
          if (whole && divides(dp, q_.task.global_batch)) cut({tp, pp, dp, ep});
        }
      }
    }
    return out_;
  }

 private:
  void cut(TrainingPlan p) {
    const double own = q_.task.global_batch / p.dp;
    for (p.micro_batch = 1; p.micro_batch <= own; ++p.micro_batch) {
      if (!divides(p.micro_batch, own) || !divides(p.tp, p.micro_batch * q_.task.sequence)) continue;
      const double layers = q_.model->layers;
      const double stage = divides(p.pp, layers) ? layers / p.pp : std::min(layers, std::ceil((layers + 2) / p.pp));
      for (p.chunks = 1; p.chunks <= (p.pp > 1 ? stage : 1); ++p.chunks) {
        const bool rounds = p.chunks == 1 || divides(p.pp, own / p.micro_batch);
        if (divides(p.chunks, stage) && rounds) ways(p);
      }
    }
  }

  void ways(TrainingPlan p) {
    p.sequence_parallel = p.tp > 1;
    for (const Recompute recompute : {Recompute::none, Recompute::full}) {
      for (const int zero : {0, 1, 3}) {
        const bool copies = p.dp > 1;
        if (copies != (zero > 0) || (zero == 3 && p.pp > 1)) continue;
        p.recompute = recompute;
        p.zero = zero;
        p.fused_activation = false;
        time(p);
        if (recompute == Recompute::full) continue;
        p.fused_activation = true;  // nothing is kept of it under full recomputation
        time(p);
      }
    }
  }

  void time(const TrainingPlan& p) {
    const TrainingStep s = step_of(block_of(*q_.engine, *q_.model, q_.task, p, q_.network), q_.task, p, q_.network, q_.constants, q_.policy);
    ++out_.plans;
    out_.least_memory = std::min(out_.least_memory, s.memory.total());
    if (s.memory.total() > q_.memory) {
      ++out_.too_large;
      return;
    }
    const auto [at, added] = out_.best.try_emplace(kind_of(p), s.seconds);
    if (!added) at->second = std::min(at->second, s.seconds);
  }

  const SearchQuestion& q_;
  Listing out_;
};

void agree(const SearchQuestion& q) {
  const PlanSearch found = best_plans(q);
  const Listing listed = Lister(q).list();
  EXPECT_EQ(found.space, listed.plans);
  EXPECT_EQ(found.evaluated, listed.plans);
  EXPECT_EQ(found.left_out[static_cast<std::size_t>(LeftOut::memory)], listed.too_large);
  EXPECT_DOUBLE_EQ(found.least_memory, listed.least_memory);
  ASSERT_EQ(found.best.size(), listed.best.size());
  for (const RankedPlan& one : found.best) {
    ASSERT_TRUE(listed.best.contains(kind_of(one.plan)));
    EXPECT_DOUBLE_EQ(one.step.seconds, listed.best.at(kind_of(one.plan)));
  }
  EXPECT_TRUE(std::ranges::is_sorted(found.best, {}, [](const RankedPlan& one) { return one.step.seconds; }));
}

TEST(Search, FindsWhatListingEveryPlanFinds) {
  agree(question(1));
  agree(question(16));
  agree(question(24, 48));  // no power of two
  const workload::Transformer uneven = trained_model(7);
  agree(question(16, 32, uneven));
  SearchQuestion tight = question(16);
  tight.memory = 12e9;
  agree(tight);
}

TEST(Search, FindsItForExpertsToo) {
  workload::Transformer m = model_of_experts();
  m.layers = 6;
  m.experts = 12;  // odd counts per device where 8 devices share them
  agree(question(8, 16, m));
  agree(question(12, 24, m));
}

SearchQuestion with_everything(double devices) {
  SearchQuestion q = question(devices);
  q.space.widen();
  q.space.offload = true;
  q.task.fused_attention = false;
  return q;
}

TEST(Search, AnswersTheSameOnAnyNumberOfThreads) {
  SearchQuestion q = with_everything(16);
  const PlanSearch one = best_plans(q);
  ASSERT_GT(one.best.size(), 10U);
  for (const unsigned threads : {2U, 5U}) {
    q.threads = threads;
    const PlanSearch more = best_plans(q);
    EXPECT_EQ(more.space, one.space);
    EXPECT_EQ(more.left_out, one.left_out);
    EXPECT_EQ(more.least_memory, one.least_memory);
    ASSERT_EQ(more.best.size(), one.best.size());
    for (std::size_t i = 0; i < one.best.size(); ++i) {
      EXPECT_EQ(more.best[i].step.seconds, one.best[i].step.seconds) << i;
      EXPECT_EQ(kind_of(more.best[i].plan), kind_of(one.best[i].plan)) << i;
      EXPECT_EQ(more.best[i].plan.micro_batch, one.best[i].plan.micro_batch) << i;
    }
  }
}

TEST(Search, EveryListedPlanIsAccountedFor) {
  for (const double memory : {80e9, 20e9, 1e9}) {
    SearchQuestion q = with_everything(16);
    q.memory = memory;
    q.network.host_memory = 30e9;
    const PlanSearch s = best_plans(q);
    EXPECT_EQ(s.space, left_out(s) + s.best.size()) << memory;
    EXPECT_EQ(s.space, s.evaluated + s.left_out[static_cast<std::size_t>(LeftOut::slower_links)] + s.left_out[static_cast<std::size_t>(LeftOut::same)]) << memory;
    EXPECT_GT(s.left_out[static_cast<std::size_t>(LeftOut::host_memory)], 0U) << memory;
  }
}

TEST(Search, KeepsNoMoreThanAskedTheBestFirst) {
  SearchQuestion q = question(16);
  const PlanSearch all = best_plans(q);
  q.keep = 3;
  const PlanSearch three = best_plans(q);
  ASSERT_EQ(three.best.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(three.best[i].step.seconds, all.best[i].step.seconds);
}

TEST(Search, FixedPartsAreKept) {
  SearchQuestion q = question(16);
  q.space.fixed.tp = 4;
  q.space.fixed.pp = 2;
  q.space.fixed.micro_batch = 2;
  q.space.fixed.chunks = 2;
  q.space.recompute = {Recompute::full};
  const PlanSearch s = best_plans(q);
  ASSERT_FALSE(s.best.empty());
  for (const RankedPlan& one : s.best) {
    EXPECT_EQ(one.plan.tp, 4);
    EXPECT_EQ(one.plan.pp, 2);
    EXPECT_EQ(one.plan.dp, 2);
    EXPECT_EQ(one.plan.micro_batch, 2);
    EXPECT_EQ(one.plan.chunks, 2);
    EXPECT_EQ(one.plan.recompute, Recompute::full);
  }
  EXPECT_EQ(s.space, 1U);  // ZeRO-3 is not listed in a pipeline
}

TEST(Search, ChunksThatDoNotCutAStageAreNoPlan) {
  SearchQuestion q = question(16);
  q.space.fixed.chunks = 2;
  for (const RankedPlan& one : best_plans(q).best) {
    EXPECT_EQ(one.plan.chunks, 2);
    EXPECT_GT(one.plan.pp, 1);
  }
  q.space.fixed.chunks = 3;  // of 8 layers: of two stages' 4, of four stages' 2
  EXPECT_EQ(best_plans(q).space, 0U);
}

TEST(Search, SelectiveRecomputationIsListedWhereScoresAreKept) {
  SearchQuestion q = question(4);
  const std::uint64_t fused = best_plans(q).space;
  q.task.fused_attention = false;
  EXPECT_EQ(best_plans(q).space, fused / 3 * 5);  // none and selective each with and without its activations kept, and full
}

// As Calculon publishes it of a model of 10^12 parameters on 4,096 devices with offload.
TEST(Search, ListsAsManyPlansAsCalculon) {
  workload::Transformer m = trained_model(128);
  m.hidden = 25600;
  m.heads = m.kv_heads = 160;
  m.head_dim = 160;
  m.inter = 102400;
  SearchQuestion q = question(4096, 4096, m);
  q.task.fused_attention = false;
  q.space.widen();
  EXPECT_EQ(best_plans(q).space, 1053228U);
  q.space.offload = true;
  EXPECT_EQ(best_plans(q).space, 7276848U);
}

TEST(Search, SaysWhenNoPlanDivides) {
  SearchQuestion q = question(16, 31);
  q.space.fixed.dp = 16;
  const PlanSearch s = best_plans(q);
  EXPECT_TRUE(s.best.empty());
  EXPECT_EQ(s.space, 0U);
  EXPECT_EQ(s.why, "no way of cutting the model divides its heads, its layers and the global batch over these devices as asked");
  q.space.batch_down = true;  // 16 of the 31 sequences
  EXPECT_FALSE(best_plans(q).best.empty());
}

TEST(Search, SaysHowMuchMemoryTheLeanestPlanMisses) {
  SearchQuestion q = question(2);
  q.memory = 5e9;
  const PlanSearch s = best_plans(q);
  EXPECT_TRUE(s.best.empty());
  EXPECT_EQ(s.why, "");
  EXPECT_GT(s.least_memory, 5e9);
  EXPECT_DOUBLE_EQ(s.nearest.step.memory.total(), s.least_memory);
  EXPECT_EQ(s.left_out[static_cast<std::size_t>(LeftOut::memory)], s.space);
  q.memory = s.least_memory;
  EXPECT_EQ(best_plans(q).best.size(), 1U);
}

TEST(Search, OffloadingFitsWhatNothingElseFits) {
  SearchQuestion q = question(1);
  q.memory = 30e9;
  EXPECT_TRUE(best_plans(q).best.empty());
  q.space.offload = true;
  const PlanSearch s = best_plans(q);
  ASSERT_FALSE(s.best.empty());
  EXPECT_TRUE(s.best.front().plan.offload_optimizer);
  q.network.host_memory = 1e9;
  const PlanSearch none = best_plans(q);
  EXPECT_TRUE(none.best.empty());
  EXPECT_GT(none.least_memory, q.memory);  // what the host can't hold does not count as lean
}

TEST(Search, EveryReasonHasItsWords) {
  for (std::size_t i = 0; i < reasons_left_out; ++i) EXPECT_FALSE(reason_text(static_cast<LeftOut>(i)).empty());
  EXPECT_NE(reason_text(LeftOut::memory), reason_text(LeftOut::host_memory));
}

}  // namespace
}  // namespace brightline::model
