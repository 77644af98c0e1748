// data/training_software.toml: the right software for a run, and every mistake told.
#include "model/training_software.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace brightline::model {
namespace {

namespace fs = std::filesystem;

const TrainingSoftwares& real() {
  static const TrainingSoftwares loaded = [] {
    base::Problems problems;
    TrainingSoftwares out = TrainingSoftwares::load(std::string(BRIGHTLINE_ROOT) + "/data", problems);
    base::stop_at(problems);
    return out;
  }();
  return loaded;
}

/// What is said of a file; its folder is left out.
struct Read {
  TrainingSoftwares softwares;
  std::string problems;
};
Read read(const std::string& text) {
  const fs::path folder = fs::temp_directory_path() / ("brightline-software-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  std::ofstream(folder / "training_software.toml") << text;
  base::Problems problems;
  Read out{TrainingSoftwares::load(folder.string(), problems), {}};
  out.problems = base::render(problems);
  fs::remove_all(folder);
  for (std::size_t at = 0; (at = out.problems.find(folder.string())) != std::string::npos;) out.problems.erase(at, folder.string().size() + 1);
  return out;
}

const std::string good = "[[software]]\nid = \"a\"\nsources = [\"A\"]\nprecision = \"fp8\"\nsequence_parallel = \"stated\"\nzero = 3\ngradient_bytes = 2\nallocated = 1.2\nfused_attention = false\ndropout = true\n";
const std::string last = "[[software]]\nid = \"z\"\nsequence_parallel = \"always\"\ngradient_bytes = 4\n";

TEST(TrainingSoftware, IsReadWithItsHabits) {
  const Read r = read("usual = [\"a\"]\n" + good + last);
  EXPECT_EQ(r.problems, "");
  ASSERT_EQ(r.softwares.list.size(), 2U);
  const TrainingSoftware& a = r.softwares.list[0];
  EXPECT_EQ(a.sequence_parallel, Stated::stated);
  EXPECT_EQ(a.zero, 3);
  EXPECT_EQ(r.softwares.list[1].zero, 0);
  EXPECT_EQ(r.softwares.list[1].allocated, 1);
  workload::TrainingTask task;
  a.apply(task);
  EXPECT_FALSE(task.fused_attention);
  EXPECT_TRUE(task.dropout);
  EXPECT_EQ(task.gradient_bytes, 2);
  EXPECT_EQ(task.allocated, 1.2);
}

TEST(TrainingSoftware, TheFirstThatFitsARunIsTaken) {
  const Read r = read("usual = [\"a\"]\n" + good + last);
  EXPECT_EQ(r.softwares.of_run("paper of A", "fp8 linear").id, "a");
  EXPECT_EQ(r.softwares.of_run("paper of A", "bf16").id, "z");
  EXPECT_EQ(r.softwares.of_run("paper of B", "fp8").id, "z");
  EXPECT_EQ(r.softwares.find("a"), &r.softwares.list[0]);
  EXPECT_EQ(r.softwares.find("b"), nullptr);
}

TEST(TrainingSoftware, EveryMistakeIsTold) {
  const std::pair<const char*, const char*> mistakes[] = {
      {"zero = 4\ngradient_bytes = 4\nsequence_parallel = \"always\"\n", "zero must be 0, 1, 2 or 3"},
      {"gradient_bytes = 0\nsequence_parallel = \"always\"\n", "gradient_bytes must be from 1 to 8"},
      {"sequence_parallel = \"always\"\n", "gradient_bytes must be from 1 to 8"},
      {"gradient_bytes = 9\nsequence_parallel = \"always\"\n", "gradient_bytes must be from 1 to 8"},
      {"gradient_bytes = 4\nsequence_parallel = \"sometimes\"\n", "sequence_parallel 'sometimes' is none of never, always, stated"},
      {"gradient_bytes = 4\n", "sequence_parallel"},
      {"gradient_bytes = 4\nsequence_parallel = \"always\"\nallocated = 0.5\n", "allocated must be from 1 to 3"},
      {"gradient_bytes = 4\nsequence_parallel = \"always\"\nallocated = nan\n", "allocated must be from 1 to 3"},
      {"gradient_bytes = 4\nsequence_parallel = \"always\"\nfused = true\n", "fused"}};
  for (const auto& [text, said] : mistakes) {
    const std::string problems = read("usual = [\"b\"]\n[[software]]\nid = \"b\"\n" + std::string(text)).problems;
    EXPECT_NE(problems.find(said), std::string::npos) << text << problems;
    EXPECT_NE(problems.find("training_software.toml:"), std::string::npos) << problems;
  }
}

TEST(TrainingSoftware, SomeSoftwareMustBeUsualAndTheLastFitAll) {
  EXPECT_NE(read("usual = [\"b\"]\n" + good + last).problems.find("'usual' must list software that stands here"), std::string::npos);
  EXPECT_NE(read(good + last).problems.find("'usual' must list software that stands here"), std::string::npos);
  EXPECT_NE(read("usual = [\"a\"]\n" + good).problems.find("the last [[software]] must fit every source: leave its sources out"), std::string::npos);
  EXPECT_NE(read("").problems.find("the last [[software]] must fit every source"), std::string::npos);
  base::Problems problems;
  TrainingSoftwares::load("/nowhere", problems);
  EXPECT_FALSE(problems.empty());
}

TEST(TrainingSoftware, OfTheDataFolderFitsPublishedSources) {
  EXPECT_EQ(real().of_run("https://github.com/bigscience-workshop/bigscience", "bf16").id, "deepspeed-2022");
  EXPECT_EQ(real().of_run("Korthikanti et al. Table 5", "fp16").id, "megatron-2022");
  EXPECT_EQ(real().of_run("torchtitan docs", "bf16 compile").id, "torchtitan-compiled");
  EXPECT_EQ(real().of_run("torchtitan docs", "bf16").id, "torchtitan");
  EXPECT_EQ(real().of_run("someone's page", "").id, "other");
  ASSERT_FALSE(real().usual.empty());
  ASSERT_NE(real().find(real().usual.front()), nullptr);
}

}  // namespace
}  // namespace brightline::model
