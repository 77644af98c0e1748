#include "measured/compare_trained.h"

#include <gtest/gtest.h>

#include <cmath>

#include "catalogue/cluster_file.h"

namespace brightline::measured {
namespace {

Compared row(const char* stack, double measured, double predicted) {
  Compared out;
  out.stack = stack;
  out.measured = measured;
  out.predicted = predicted;
  return out;
}

std::optional<double> of(const std::vector<Compared>& rows) {
  std::vector<const Compared*> list;
  for (const Compared& one : rows) list.push_back(&one);
  return rank_correlation(list);
}

TEST(RankCorrelation, IsOneWhereTheOrderIsRight) {
  EXPECT_DOUBLE_EQ(*of({row("a", 1, 10), row("a", 5, 11), row("a", 3, 10.5)}), 1);
  EXPECT_DOUBLE_EQ(*of({row("a", 1, 9), row("a", 2, 8), row("a", 3, 7)}), -1);
}

TEST(RankCorrelation, TiesShareTheirMeanRank) {
  // Ranks 0, 1.5, 1.5, 3 against 0, 2, 1, 3: 4.5 over the root of 4.5 times 5.
  EXPECT_NEAR(*of({row("a", 1, 1), row("a", 2, 3), row("a", 2, 2), row("a", 4, 9)}), 4.5 / std::sqrt(4.5 * 5), 1e-12);
}

TEST(RankCorrelation, IsNoneWhereThereIsNoOrder) {
  EXPECT_FALSE(of({}));
  EXPECT_FALSE(of({row("a", 1, 2)}));
  EXPECT_FALSE(of({row("a", 1, 2), row("a", 1, 3)}));
}

TEST(Ordered, TellsSoftwareWithEnoughRows) {
  Compared refused = row("a", 1, 0);
  refused.refused = "why";
  Compared fitted = row("a", 3, 3);
  fitted.fitted = true;
  const auto found = ordered_by_stack({row("a", 1, 1), row("a", 2, 4), fitted, refused, row("b", 1, 1), row("b", 2, 2)}, 3);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].stack, "a");
  EXPECT_EQ(found[0].rows, 3U);
  EXPECT_EQ(found[0].held_out, 2U);
  EXPECT_DOUBLE_EQ(found[0].spearman, 0.5);
  EXPECT_DOUBLE_EQ(found[0].spearman_held_out.value(), 1);
}

/// Everything a row of training is compared with.
Comparison compared(const std::string& text) {
  base::Problems problems;
  const std::string data = std::string(BRIGHTLINE_ROOT) + "/data";
  static const catalogue::Catalogue catalogue = catalogue::load(data, problems);
  static const model::Families families = model::Families::load(data, problems);
  static const workload::Models models = workload::Models::load(data, problems);
  static const model::Calibration calibration = model::Calibration::load(data, problems);
  static const model::TrainingSoftwares softwares = model::TrainingSoftwares::load(data, problems);
  static const chip::Clusters clusters = catalogue::load_clusters(data, catalogue.references.sources, catalogue.ids(), problems);
  base::stop_at(problems);
  const auto table = read_table("test.csv", text);
  base::check(table.has_value(), "the rows are rows");
  return compare(*table, {&catalogue, &families, &models, &calibration, &softwares, &clusters});
}

TEST(CompareTrained, RowsWithoutAPlanAreRefused) {
  const Comparison c = compared("hardware,global_batch,micro_batch,tp\nH100,1024,1,8\nabacus,512,1,8\n");
  ASSERT_EQ(c.rows.size(), 2U);
  EXPECT_EQ(c.rows[0].hardware, "h100-sxm");
  EXPECT_EQ(c.rows[0].refused, "plan is not full");
  EXPECT_EQ(c.rows[1].hardware, "abacus");
  EXPECT_EQ(c.rows[1].line, 3);
  EXPECT_EQ(c.rows[1].refused, "hardware is not in the catalogue");
  EXPECT_EQ(c.all.full, 0U);
}

TEST(CompareTrained, HoldsMemoryApartFromStepTimes) {
  const std::string header = "source,hardware,n_devices,model,layers,hidden,heads,ffn,vocab,seq_len,global_batch,micro_batch,tp,pp,dp,precision,step_time_s,notes\n";
  const std::string run = ",A100-80GB,8,GPT,24,4096,32,16384,51200,2048,64,2,4,1,2,bf16,10,";
  const Comparison c = compared(header + "SimuMax" + run + "peak alloc 40 GiB\n" + "bigscience" + run + "mem 40 GB\n" + "SimuMax" + run + "\nSimuMax,A100-80GB,8,,,,,,,,,,,,,,,mem 40 GB\n");
  ASSERT_EQ(c.rows.size(), 4U);
  EXPECT_EQ(c.all.predicted, 3U);
  EXPECT_EQ(c.by_metric.size(), 1U);
  ASSERT_EQ(c.memory.rows.size(), 2U);  // a row without a full plan is not read so far
  const Compared& memory = c.memory.rows[0];
  EXPECT_EQ(memory.metric, "memory per device");
  EXPECT_EQ(memory.unit, "GB");
  EXPECT_NEAR(memory.measured, 42.95, 0.01);
  EXPECT_GT(memory.predicted, 10);
  EXPECT_LT(memory.predicted, 80);
  EXPECT_FALSE(memory.has_interval());
  EXPECT_FALSE(memory.fitted);
  EXPECT_TRUE(c.memory.rows[1].fitted);  // its software's `allocated` was set by rows that state their memory
  EXPECT_FALSE(c.memory.all.has_interval);
  EXPECT_TRUE(c.all.has_interval);
}

}  // namespace
}  // namespace brightline::measured
