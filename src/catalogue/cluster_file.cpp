#include "catalogue/cluster_file.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "catalogue/value_reader.h"

namespace brightline::catalogue {

namespace {

namespace fs = std::filesystem;
using base::TomlNode;
using base::TomlTable;

// A number of devices, or how often a network is oversubscribed: 1 or more.
std::optional<double> number(TomlTable& table, std::string_view key, bool whole, bool must) {
  const TomlNode* node = table.node(key);
  if (node == nullptr) {
    if (must) table.problem(key, "'" + std::string(key) + "' is missing", whole ? "such as: " + std::string(key) + " = 8" : "1 where nothing is oversubscribed");
    return std::nullopt;
  }
  const bool is_number = node->kind == TomlNode::Kind::integer || (!whole && node->kind == TomlNode::Kind::real);
  if (is_number && std::isfinite(node->number()) && node->number() >= 1) return node->number();
  table.problem(key, "'" + std::string(key) + "' must be a " + (whole ? "whole number" : "number") + " from 1", "such as: " + std::string(key) + " = 8");
  return std::nullopt;
}

std::vector<std::string> chips_of(TomlTable& table, std::span<const std::string> known) {
  std::vector<std::string> ids = table.texts("chips");
  if (ids.empty()) table.problem("chips", "a cluster is built of at least one chip", R"(such as: chips = ["h100-sxm"])");
  for (const std::string& id : ids) {
    if (std::ranges::find(known, id) != known.end()) continue;
    std::string hint = base::did_you_mean(id, known);
    if (hint.empty()) hint = "the ids stand in data/accelerators";
    table.problem("chips", "there is no chip '" + id + "' in the catalogue", hint);
  }
  return ids;
}

void read_identity(const base::TomlFile& file, const TomlNode& node, std::span<const std::string> chips, chip::Cluster& out, base::Problems& problems) {
  TomlTable table(file, node, "[cluster]", problems);
  out.id = table.text("id");
  const std::string stem = fs::path(file.file()).stem().string();
  if (!out.id.empty() && out.id != stem) table.problem("id", "the id '" + out.id + "' is not the name of the file");
  out.name = table.text("name");
  out.chips = chips_of(table, chips);
  out.usual = table.optional_boolean("usual").value_or(false);
  out.scaleup_devices = number(table, "scaleup_devices", true, true).value_or(0);
  out.node_devices = number(table, "node_devices", true, true).value_or(0);
  out.scaleout_kind = table.text("scaleout_kind");
  out.topology = table.text("topology");
  out.oversubscription = number(table, "oversubscription", false, true).value_or(1);
  out.leaf_devices = number(table, "leaf_devices", true, true).value_or(0);
  out.most_devices = number(table, "most_devices", true, false);
  out.note = table.optional_text("note").value_or("");
  if (out.most_devices && *out.most_devices < out.node_devices) table.problem("most_devices", "'most_devices' is less than one node has");
  table.finish();
}

void read_values(const base::TomlFile& file, const TomlNode& node, const Sources& sources, chip::Cluster& out, base::Problems& problems) {
  TomlTable table(file, node, "[value]", problems);
  ValueReader reader(file, sources, Origin::catalogue, problems);
  const auto value = [&](std::string_view key, std::string_view unit) -> std::optional<chip::Sourced> {
    const TomlNode* found = table.node(key);
    if (found == nullptr) return std::nullopt;
    return reader.number(*found, "'" + std::string(key) + "' of " + out.id, unit);
  };
  const std::size_t before = problems.size();
  const auto bandwidth = value("scaleout_bandwidth", "GB/s");
  if (bandwidth && !bandwidth->range.stated) table.problem("scaleout_bandwidth", "'scaleout_bandwidth' states no value: 'is' is missing");
  if (!bandwidth && problems.size() == before) table.problem("scaleout_bandwidth", "'scaleout_bandwidth' is missing", "of one device in one direction");
  out.scaleout_bandwidth = bandwidth.value_or(chip::Sourced{});
  out.latency = value("latency", "us");
  out.host_memory = value("host_memory", "GB");
  out.host_bandwidth = value("host_bandwidth", "GB/s");
  out.host_power_per_device = value("host_power_per_device", "W");
  table.finish();
}

// What is assumed for a chip must be one cluster.
void check_usual(const chip::Clusters& clusters, const chip::Cluster& added, const base::TomlFile& file, base::Problems& problems) {
  if (!added.usual) return;
  for (const std::string& id : added.chips) {
    const chip::Cluster* other = chip::usual_cluster(clusters, id);
    if (other != nullptr && other->usual) problems.add({file.file(), 0, 0, {}}, "'" + other->id + "' is the usual cluster of " + id + " already", "take usual = true out of one of them");
  }
}

}  // namespace

std::optional<chip::Cluster> read_cluster(const base::TomlFile& file, const Sources& sources, std::span<const std::string> chips, base::Problems& problems) {
  const std::size_t before = problems.size();
  chip::Cluster out;
  TomlTable root(file, file.root(), "a cluster file", problems);
  const TomlNode* identity = root.node("cluster");
  const TomlNode* values = root.node("value");
  root.finish();
  for (const auto& [node, name] : {std::pair{identity, "[cluster]"}, {values, "[value]"}}) {
    if (node == nullptr || node->kind != TomlNode::Kind::table) problems.add({file.file(), 0, 0, {}}, std::string("no ") + name + " table", "a cluster file has [cluster] and [value]");
  }
  if (problems.size() != before) return std::nullopt;
  read_identity(file, *identity, chips, out, problems);
  read_values(file, *values, sources, out, problems);
  if (problems.size() != before) return std::nullopt;
  return out;
}

chip::Clusters load_clusters(const std::string& data_folder, const Sources& sources, std::span<const std::string> chips, base::Problems& problems) {
  std::vector<fs::path> paths;
  std::error_code failed;
  for (fs::directory_iterator at(fs::path(data_folder) / "clusters", failed), end; !failed && at != end; at.increment(failed)) {
    if (at->path().extension() == ".toml") paths.push_back(at->path());
  }
  std::ranges::sort(paths);
  chip::Clusters out;
  for (const fs::path& path : paths) {
    const auto file = base::TomlFile::read(path.string());
    if (!file) {
      problems.add(file.error());
    } else if (auto one = read_cluster(*file, sources, chips, problems)) {
      check_usual(out, *one, *file, problems);
      out.push_back(std::move(*one));
    }
  }
  return out;
}

}  // namespace brightline::catalogue
