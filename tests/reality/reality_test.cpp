// How far is the model from published measurements? Fails when it is worse than recorded in tests/reality/recorded.toml.
// BRIGHTLINE_MEASURED names the folder of the large kernel tables; without it those are skipped.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/toml.h"
#include "catalogue/cluster_file.h"
#include "measured/compare_trained.h"

namespace brightline::tests {
namespace {

const std::string root = BRIGHTLINE_ROOT;

struct Loaded {
  catalogue::Catalogue catalogue;
  model::Families families;
  workload::Models models;
  model::Calibration calibration;
  model::TrainingSoftwares softwares;
  chip::Clusters clusters;
};

const Loaded& loaded() {
  static const Loaded one = [] {
    base::Problems problems;
    const std::string data = root + "/data";
    Loaded out{catalogue::load(data, problems),
               model::Families::load(data, problems),
               workload::Models::load(data, problems),
               model::Calibration::load(data, problems),
               model::TrainingSoftwares::load(data, problems),
               {}};
    out.clusters = catalogue::load_clusters(data, out.catalogue.references.sources, out.catalogue.ids(), problems);
    base::stop_at(problems);
    return out;
  }();
  return one;
}

measured::Comparison compared(const std::string& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  const auto table = measured::read_table(path, text.str());
  if (!table) throw base::BadInput(table.error());
  const Loaded& world = loaded();
  return measured::compare(*table, {&world.catalogue, &world.families, &world.models, &world.calibration, &world.softwares, &world.clusters});
}

/// One line of recorded.toml: a figure of a file that may not grow.
struct Recorded {
  std::string file, use, what;
  double at_most = 0;
};

std::vector<Recorded> recorded(const char* list) {
  const auto file = base::TomlFile::read(root + "/tests/reality/recorded.toml");
  if (!file) throw base::BadInput(file.error());
  std::vector<Recorded> out;
  if (const base::TomlNode* nodes = file->root().find(list)) {
    for (const base::TomlNode& one : nodes->items) {
      const base::TomlNode* most = one.find("at_most");
      out.push_back({one.find("file")->text, one.find("use")->text, one.find("what")->text, most->number()});
    }
  }
  return out;
}

const measured::Summary* part(const measured::Comparison& comparison, const std::string& use) {
  if (use == "all") return &comparison.all;
  for (const auto& [group, apart] : {std::pair{std::string("power "), &comparison.power}, std::pair{std::string("memory "), &comparison.memory}}) {
    if (!use.starts_with(group)) continue;  // "power held out", "memory all"
    if (use == group + "all") return &apart->all;
    for (const measured::Summary& one : apart->by_use) {
      if (group + one.name == use) return &one;
    }
    return nullptr;
  }
  for (const measured::Summary& one : comparison.by_use) {
    if (one.name == use) return &one;
  }
  return nullptr;
}

void hold(const Recorded& figure, const std::string& folder) {
  SCOPED_TRACE(figure.file + ", " + figure.use + ", " + figure.what);
  const measured::Comparison comparison = compared(folder + "/" + figure.file);
  const measured::Summary* summary = part(comparison, figure.use);
  ASSERT_NE(summary, nullptr);
  ASSERT_GT(summary->predicted, 0U);
  const double found = figure.what == "mape_pct" ? summary->mape_pct : summary->median_ape_pct;
  EXPECT_LE(found, figure.at_most) << "worse than recorded: is that a price worth paying?";
  EXPECT_GE(found, 0.8 * figure.at_most) << "better than recorded: record it, so that it stays";
}

TEST(Reality, PublishedRunsAreAsCloseAsRecorded) {
  const auto figures = recorded("published");
  ASSERT_GE(figures.size(), 4U);
  for (const Recorded& figure : figures) hold(figure, root + "/data/measurements");
}

TEST(Reality, KernelsAreAsCloseAsRecorded) {
  const char* folder = std::getenv("BRIGHTLINE_MEASURED");
  if (folder == nullptr) GTEST_SKIP() << "BRIGHTLINE_MEASURED names no folder of kernel tables";
  for (const Recorded& figure : recorded("kernels")) hold(figure, folder);
}

TEST(Reality, PhasesOfAGpt3LayerAreWithinFivePercent) {
  const measured::Comparison layers = compared(root + "/data/measurements/layers_gpt3_a100.csv");
  for (const char* phase : {"prefill", "decode"}) {
    double measured_us = 0;
    double predicted_us = 0;
    for (const measured::Compared& row : layers.rows) {
      EXPECT_FALSE(row.fitted);
      if (!row.metric.starts_with(phase)) continue;
      measured_us += row.measured;
      predicted_us += row.predicted;
    }
    EXPECT_NEAR(predicted_us / measured_us, 1, 0.05) << phase;
  }
}

TEST(Reality, MostFullConfigurationsAreAnswered) {
  const measured::Summary all = compared(root + "/data/measurements/inference.csv").all;
  EXPECT_GE(static_cast<double>(all.full_predicted), 0.85 * static_cast<double>(all.full));
}

TEST(Reality, MostFullTrainingPlansAreAnswered) {
  const measured::Comparison runs = compared(root + "/data/measurements/training.csv");
  EXPECT_GE(static_cast<double>(runs.all.full_predicted), 0.85 * static_cast<double>(runs.all.full));
  EXPECT_GE(runs.memory.all.predicted, runs.memory.all.rows * 9 / 10);
  for (const measured::Compared& row : runs.memory.rows) EXPECT_FALSE(row.has_interval());
}

TEST(Reality, PlansArePutInOrderAsWellAsRecorded) {
  const measured::Comparison runs = compared(root + "/data/measurements/training.csv");
  const auto file = base::TomlFile::read(root + "/tests/reality/recorded.toml");
  ASSERT_TRUE(file);
  const base::TomlNode* list = file->root().find("ordered");
  ASSERT_NE(list, nullptr);
  const auto ordered = measured::ordered_by_stack(runs.rows, 30);
  for (const base::TomlNode& one : list->items) {
    const std::string& stack = one.find("stack")->text;
    const auto found = std::ranges::find(ordered, stack, &measured::Ordered::stack);
    ASSERT_NE(found, ordered.end()) << stack;
    EXPECT_GE(found->spearman, one.find("at_least")->number()) << stack << ": worse than recorded";
  }
}

TEST(Reality, IntervalsHoldWhatTheyPromise) {
  const measured::Comparison runs = compared(root + "/data/measurements/inference.csv");
  const measured::Summary* unseen = part(runs, "held out");
  ASSERT_NE(unseen, nullptr);
  EXPECT_GE(unseen->inside_interval_pct, 70);
  EXPECT_LE(unseen->inside_interval_pct, 90);
}

TEST(Reality, EveryModelAndMeasurementNamesASource) {
  const auto& sources = loaded().catalogue.references.sources;
  ASSERT_GE(loaded().models.list.size(), 20U);
  for (const workload::Model& model : loaded().models.list) EXPECT_TRUE(sources.contains(model.source)) << model.shape.id << ": " << model.source;
  for (const char* name : {"operators_a100_mi210.csv", "layers_gpt3_a100.csv", "inference.csv"}) {
    std::ifstream in(root + "/data/measurements/" + name);
    std::stringstream text;
    text << in.rdbuf();
    const auto table = measured::read_table(name, text.str());
    ASSERT_TRUE(table) << name;
    for (std::size_t i = 0; i < table->cells.size(); ++i) {
      const measured::Cells cells(*table, i);
      const std::string source(cells.text("source"));
      EXPECT_TRUE(sources.contains(source) || cells.text("source_url").starts_with("https://")) << name << ":" << cells.line();
    }
  }
}

TEST(Reality, NoHeldOutShapeWasFitted) {
  std::ifstream in(root + "/data/measurements/operators_a100_mi210.csv");
  std::stringstream text;
  text << in.rdbuf();
  const auto table = measured::read_table("operators", text.str());
  ASSERT_TRUE(table);
  const auto cases = measured::kernel_cases(*table);
  const measured::Comparison comparison = compared(root + "/data/measurements/operators_a100_mi210.csv");
  ASSERT_EQ(cases.size(), comparison.rows.size());
  std::size_t unseen = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (!measured::held_out(cases[i])) continue;
    ++unseen;
    EXPECT_FALSE(comparison.rows[i].fitted);
  }
  EXPECT_GT(unseen, cases.size() / 10);
}

}  // namespace
}  // namespace brightline::tests
