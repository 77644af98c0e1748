#include "catalogue/cluster_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "catalogue/catalogue.h"

namespace brightline::catalogue {
namespace {

const Sources sources{{"paper", {}}};
const std::vector<std::string> chips{"h100-sxm", "h20-96"};

const std::string good = R"([cluster]
id = "mine"
name = "Mine"
chips = ["h100-sxm"]
scaleup_devices = 8
node_devices = 8
scaleout_kind = "RoCE 400G"
topology = "fat tree"
oversubscription = 1.5
leaf_devices = 256
[value]
scaleout_bandwidth = { is = "400 Gb/s", source = "paper", kind = "memory" }
latency = { is = "5 us", source = "paper", kind = "memory" }
)";

struct Read {
  std::optional<chip::Cluster> cluster;
  base::Problems problems;
};

Read read(const std::string& text) {
  Read out;
  const auto file = base::TomlFile::parse("data/clusters/mine.toml", text);
  EXPECT_TRUE(file.has_value());
  out.cluster = read_cluster(*file, sources, chips, out.problems);
  return out;
}

/// The problems of the good file with `from` exchanged for `to`.
std::string problem(const std::string& from, const std::string& to) {
  std::string text = good;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  const Read bad = read(text.replace(at, from.size(), to));
  EXPECT_FALSE(bad.cluster.has_value());
  EXPECT_EQ(bad.problems.size(), 1U) << base::render(bad.problems);
  return base::render(bad.problems);
}

TEST(ClusterFile, keeps_what_it_says_and_leaves_the_rest_unknown) {
  const Read mine = read(good);
  ASSERT_TRUE(mine.cluster.has_value()) << base::render(mine.problems);
  EXPECT_EQ(*mine.cluster->scaleout_bandwidth.range.stated, base::Exact(50));
  EXPECT_DOUBLE_EQ(mine.cluster->oversubscription, 1.5);
  EXPECT_EQ(*mine.cluster->latency->range.stated, base::Exact(5));
  EXPECT_FALSE(mine.cluster->host_memory.has_value());
  EXPECT_FALSE(mine.cluster->most_devices.has_value());
  EXPECT_FALSE(mine.cluster->usual);
}

TEST(ClusterFile, mistakes_are_named) {
  EXPECT_NE(problem("h100-sxm", "h100-sxn").find("did you mean 'h100-sxm'?"), std::string::npos);
  EXPECT_NE(problem("\"mine\"", "\"other\"").find("is not the name of the file"), std::string::npos);
  EXPECT_NE(problem("node_devices = 8", "node_devices = 0").find("'node_devices' must be a whole number from 1"), std::string::npos);
  EXPECT_NE(problem("oversubscription = 1.5", "oversubscription = 0.5").find("'oversubscription' must be a number from 1"), std::string::npos);
  EXPECT_NE(problem("leaf_devices = 256\n", "").find("'leaf_devices' is missing"), std::string::npos);
  EXPECT_NE(problem("400 Gb/s", "400 GB").find("scaleout_bandwidth"), std::string::npos);
  EXPECT_NE(problem("is = \"400 Gb/s\"", "low = \"400 Gb/s\"").find("states no value"), std::string::npos);
  EXPECT_NE(problem("\"paper\"", "\"papr\"").find("did you mean 'paper'?"), std::string::npos);
  EXPECT_NE(problem("latency", "latenzy").find("latenzy"), std::string::npos);
  EXPECT_NE(problem("[value]\n", "").find("no [value] table"), std::string::npos);
}

TEST(ClusterFile, our_own_files_are_read_and_each_chip_has_one_usual_cluster) {
  base::Problems problems;
  const Catalogue all = load(std::string(BRIGHTLINE_ROOT) + "/data", problems);
  std::vector<std::string> ids;
  for (const auto& one : all.accelerators) ids.push_back(one.id);
  const chip::Clusters clusters = load_clusters(std::string(BRIGHTLINE_ROOT) + "/data", all.references.sources, ids, problems);
  EXPECT_TRUE(problems.empty()) << base::render(problems);
  EXPECT_GE(clusters.size(), 18U);
  EXPECT_EQ(chip::usual_cluster(clusters, "a100-sxm-80")->id, "dgx-a100");
  EXPECT_DOUBLE_EQ(chip::find_cluster(clusters, "jean-zay-a100")->bandwidth_among(8), 6.25);
  for (const chip::Cluster& one : clusters) EXPECT_EQ(static_cast<long>(one.scaleup_devices) % static_cast<long>(one.node_devices), 0) << one.id;
}

TEST(ClusterFile, two_usual_clusters_of_one_chip_are_a_mistake) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "brightline_cluster_file_test";
  std::filesystem::create_directories(folder / "clusters");
  for (const std::string id : {"one", "two"}) {
    std::string text = good;
    text.replace(text.find("\"mine\""), 6, "\"" + id + "\"\nusual = true");
    std::ofstream(folder / "clusters" / (id + ".toml")) << text;
  }
  base::Problems problems;
  load_clusters(folder.string(), sources, chips, problems);
  EXPECT_NE(base::render(problems).find("'one' is the usual cluster of h100-sxm already"), std::string::npos);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace brightline::catalogue
