#include "workload/workload_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace brightline::workload {
namespace {

namespace fs = std::filesystem;

/// A data folder with model files of its own, gone with the test.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("brightline-models-" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
    fs::create_directories(path_ / "workloads");
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  void write(const std::string& name, const std::string& text) const { std::ofstream(path_ / "workloads" / name) << text; }
  Models load() { return Models::load(path_.string(), problems); }

  base::Problems problems;

 private:
  fs::path path_;
};

const std::string good = R"([model]
id = "small-1b"
name = "Small 1B"
source = "model-card"
precision = "bf16"
called = ["Small-1B-Instruct", "maker/Small_1B"]
layers = 16
hidden = 2048
heads = 32
kv_heads = 8
head_dim = 64
inter = 8192
vocab = 32000
max_context = 4096

[phase.decode]
batch = 32
input = 1024.0
tpot_ms = 50
)";

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  base::check(at != std::string::npos, "the text holds what is replaced");
  return text.replace(at, what.size(), by);
}

/// The problems of a folder with this one file; no model may come of it.
std::string trouble(const std::string& text) {
  Folder folder;
  folder.write("one.toml", text);
  EXPECT_TRUE(folder.load().list.empty());
  EXPECT_FALSE(folder.problems.empty());
  return base::render(folder.problems);
}

testing::AssertionResult holds(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "no \"" << part << "\" in:\n" << text;
}

TEST(WorkloadFile, ReadsAModelAndItsPhases) {
  Folder folder;
  folder.write("small.toml", good);
  folder.write("notes.txt", "not a model");
  const Models models = folder.load();
  EXPECT_TRUE(folder.problems.empty()) << base::render(folder.problems);
  ASSERT_EQ(models.list.size(), 1U);
  const Model& m = models.list[0];
  EXPECT_EQ(m.shape.name, "Small 1B");
  EXPECT_EQ(m.precision, "bf16");
  EXPECT_DOUBLE_EQ(m.shape.kv_heads, 8);
  EXPECT_DOUBLE_EQ(m.shape.inter, 8192);
  EXPECT_TRUE(m.shape.gated);
  EXPECT_FALSE(m.shape.has_experts());
  EXPECT_FALSE(m.shape.is_latent());
  ASSERT_EQ(m.phases.size(), 1U);
  const Load& load = m.phases.at(Phase::decode);
  EXPECT_DOUBLE_EQ(load.batch, 32);
  EXPECT_DOUBLE_EQ(load.input, 1024);
  EXPECT_DOUBLE_EQ(load.output, 0);
  EXPECT_DOUBLE_EQ(load.tpot_ms, 50);
}

TEST(WorkloadFile, AMissingKeyIsAProblem) {
  for (const char* key : {"layers", "hidden", "heads", "kv_heads", "head_dim", "vocab", "max_context", "id", "name", "source", "precision"}) {
    const std::string line = std::string("\n") + key + " = ";
    const std::size_t at = good.find(line);
    ASSERT_NE(at, std::string::npos) << key;
    const std::size_t end = good.find('\n', at + 1);
    EXPECT_TRUE(holds(trouble(good.substr(0, at) + good.substr(end)), "'" + std::string(key) + "'"));
  }
  EXPECT_TRUE(holds(trouble(replaced(good, "inter = 8192\n", "")), "without experts needs 'inter'"));
}

TEST(WorkloadFile, ANumberOutOfPlaceIsAProblem) {
  EXPECT_TRUE(holds(trouble(replaced(good, "layers = 16", "layers = 0")), "'layers' must be a number above 0"));
  EXPECT_TRUE(holds(trouble(replaced(good, "layers = 16", "layers = -16")), "'layers' must be"));
  EXPECT_TRUE(holds(trouble(replaced(good, "layers = 16", "layers = \"16\"")), "'layers' must be"));
  EXPECT_TRUE(holds(trouble(replaced(good, "inter = 8192", "inter = inf")), "'inter' must be"));
  EXPECT_TRUE(holds(trouble(replaced(good, "batch = 32", "batch = -1")), "'batch' must be"));
}

TEST(WorkloadFile, AnUnknownPrecisionIsAProblemAtItsLine) {
  const std::string text = trouble(replaced(good, "\"bf16\"", "\"bf17\""));
  EXPECT_TRUE(holds(text, "'bf17' is no number scheme"));
  EXPECT_TRUE(holds(text, "one.toml:5:"));
}

TEST(WorkloadFile, AnUnknownPhaseIsAProblemThatListsThem) {
  const std::string text = trouble(replaced(good, "phase.decode", "phase.decoding"));
  EXPECT_TRUE(holds(text, "'decoding' is no phase"));
  EXPECT_TRUE(holds(text, "prefill, decode, serve, train"));
}

TEST(WorkloadFile, AnUnknownKeyIsAProblemWithAHint) {
  const std::string text = trouble(replaced(good, "kv_heads = 8", "kv_heads = 8\nkv_head = 8"));
  EXPECT_TRUE(holds(text, "unknown key 'kv_head'"));
  EXPECT_TRUE(holds(text, "did you mean 'kv_heads'?"));
  EXPECT_TRUE(holds(trouble(good + "tokens = 4\n"), "[phase.decode] has an unknown key 'tokens'"));
}

TEST(WorkloadFile, ExpertsNeedTheirWidthAndHowManyAreTaken) {
  const std::string both = "experts = 8\ntop_k = 2\nexpert_inter = 512\n";
  EXPECT_TRUE(holds(trouble(replaced(good, "inter = 8192\n", "experts = 8\nexpert_inter = 512\n")), "experts need 'top_k' and 'expert_inter'"));
  EXPECT_TRUE(holds(trouble(replaced(good, "inter = 8192\n", "experts = 8\ntop_k = 2\n")), "experts need 'top_k' and 'expert_inter'"));
  Folder folder;
  folder.write("one.toml", replaced(good, "inter = 8192\n", both));
  ASSERT_EQ(folder.load().list.size(), 1U) << base::render(folder.problems);
  EXPECT_TRUE(folder.load().list[0].shape.has_experts());
}

TEST(WorkloadFile, LatentAttentionNeedsAllItsWidths) {
  EXPECT_TRUE(holds(trouble(replaced(good, "inter = 8192\n", "inter = 8192\nkv_latent = 512\nrope_dim = 64\n")), "latent attention needs"));
}

TEST(WorkloadFile, AFileThatIsNoModelIsAProblem) {
  EXPECT_TRUE(holds(trouble("[phase.decode]\nbatch = 1\n"), "there is no [model]"));
  EXPECT_TRUE(holds(trouble("[model\n"), "not valid TOML"));
}

TEST(WorkloadFile, AFolderWithoutModelsIsAProblem) {
  Folder folder;
  EXPECT_TRUE(folder.load().list.empty());
  EXPECT_TRUE(holds(base::render(folder.problems), "there are no model files"));
}

TEST(WorkloadFile, OneBadFileLeavesTheOthers) {
  Folder folder;
  folder.write("a.toml", replaced(good, "layers = 16\n", ""));
  folder.write("b.toml", good);
  EXPECT_EQ(folder.load().ids(), std::vector<std::string>{"small-1b"});
  EXPECT_EQ(folder.problems.size(), 1U) << base::render(folder.problems);
}

TEST(Models, AreFoundAsMeasurementsWriteThem) {
  Folder folder;
  folder.write("small.toml", good);
  const Models models = folder.load();
  ASSERT_EQ(models.list.size(), 1U);
  for (const char* name : {"small-1b", "Small 1B", "SMALL_1B", "small1b", "small 1b instruct", "Maker/small-1b"})
    EXPECT_EQ(models.called(name), models.list.data()) << name;
  for (const char* name : {"", "small", "small-1b-chat", "small-10b"}) EXPECT_EQ(models.called(name), nullptr) << name;
  EXPECT_EQ(models.find("small-1b"), models.list.data());
  EXPECT_EQ(models.find("SMALL-1B"), nullptr);  // an id is written one way
}

TEST(Models, OfTheDataAnswerToEachOfTheirNamesAlone) {
  base::Problems problems;
  const Models models = Models::load(std::string(BRIGHTLINE_ROOT) + "/data", problems);
  ASSERT_TRUE(problems.empty()) << base::render(problems);
  EXPECT_GE(models.list.size(), 26U);
  for (const Model& one : models.list) {
    EXPECT_EQ(models.find(one.shape.id), &one) << one.shape.id;
    EXPECT_EQ(models.called(one.shape.name), &one) << one.shape.name;
    for (const std::string& name : one.called) EXPECT_EQ(models.called(name), &one) << name;
  }
}

TEST(Workload, IsAModelAndAPhase) {
  Folder folder;
  folder.write("small.toml", good);
  const Models models = folder.load();
  const auto workload = workload_called(models, "small-1b-train");
  ASSERT_TRUE(workload.has_value());
  EXPECT_EQ(workload->model, models.list.data());
  EXPECT_EQ(workload->phase, Phase::train);
  for (const char* id : {"", "small-1b", "small-1b-", "small-1b-tune", "tiny-1b-decode", "decode", "-decode"}) EXPECT_FALSE(workload_called(models, id)) << id;
}

TEST(Workload, PhasesAreNamedBothWays) {
  for (const Phase phase : {Phase::prefill, Phase::decode, Phase::serve, Phase::train}) EXPECT_EQ(phase_named(phase_name(phase)), phase);
  EXPECT_EQ(phase_name(Phase::serve), "serve");
  EXPECT_EQ(phase_named("Decode"), std::nullopt);
}

}  // namespace
}  // namespace brightline::workload
