#include "search/space.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <filesystem>

#include "base/toml.h"

namespace brightline::search {

namespace {

using base::TomlNode;
using model::design_fields;

constexpr std::size_t most_levels = 4096;
constexpr double most_size = 9e18;  // an index is a whole number of 63 bits
constexpr double largest = 1e7;     // of any value
constexpr double most_multiplied = 1e14;  // million multiplications a second: 32 times that is a whole number of a double

// The one value of an ordinary chip is meant.
constexpr std::array<std::string_view, 6> may_be_left_out{"dies", "memory_type", "io_die", "eight_bit", "four_bit", "spare"};

bool is_number(const TomlNode* node) { return node != nullptr && (node->kind == TomlNode::Kind::integer || node->kind == TomlNode::Kind::real); }

std::string field_names() {
  std::string out;
  for (const auto& field : design_fields) out += (out.empty() ? "" : ", ") + std::string(field.name);
  return out;
}

// 4, [1, 2, 4], or { from = 60, to = 144, step = 2 }.
std::vector<double> read_values(const base::TomlFile& file, const TomlNode& node, std::string_view name, base::Problems& problems) {
  std::vector<double> out;
  const auto wrong = [&](const TomlNode& at, std::string what) { problems.add(file.where(at), fmt::format("'{}' {}", name, what), "a number, a list of numbers, or { from = 60, to = 144, step = 2 }"); };
  if (is_number(&node)) {
    out.push_back(node.number());
  } else if (node.kind == TomlNode::Kind::list) {
    for (const TomlNode& one : node.items) {
      if (!is_number(&one)) wrong(one, "holds what is no number");
      out.push_back(one.number());
    }
  } else if (node.kind == TomlNode::Kind::table) {
    const TomlNode* from = node.find("from");
    const TomlNode* to = node.find("to");
    const TomlNode* step = node.find("step");
    if (!is_number(from) || !is_number(to) || !is_number(step) || node.entries.size() != 3 || !(step->number() >= 1) || !(to->number() >= from->number()) ||
        !((to->number() - from->number()) / step->number() < most_levels)) {
      wrong(node, fmt::format("needs from, to and step of 1 or more, from not above to, at most {} values", most_levels));
      return {};
    }
    const double steps = std::floor((to->number() - from->number()) / step->number());
    for (double i = 0; i <= steps; ++i) out.push_back(from->number() + i * step->number());
  } else {
    wrong(node, "is no number");
  }
  if (out.empty()) wrong(node, "has no value");
  if (out.size() > most_levels) {
    wrong(node, fmt::format("has {} values: at most {}", out.size(), most_levels));
    return {};
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (!(out[i] >= 0) || out[i] > largest || out[i] != std::floor(out[i])) wrong(node, fmt::format("holds {:g}: values are whole numbers from 0 to {:g}", out[i], largest));
    if (i > 0 && !(out[i] > out[i - 1])) wrong(node, "must rise from value to value");
  }
  return out;
}

// The law's figures are whole numbers in doubles, so those of the largest design must be.
void check_largest(const base::TomlFile& file, const Space& space, const TomlNode& vary, base::Problems& problems) {
  model::Design most;
  for (std::size_t i = 0; i < design_dimensions; ++i) {
    if (space.values[i].empty()) return;
    most.*design_fields[i].member = space.values[i].back();
  }
  const double multiplied = most.multipliers() * most.clock;
  if (multiplied > most_multiplied) problems.add(file.where(vary), fmt::format("the largest design multiplies {:.3g} million times a second: more than is counted exactly (1e14)", multiplied));
}

// What a formula could not bear.
void check_values(const base::TomlFile& file, const Space& space, const TomlNode& vary, base::Problems& problems) {
  for (std::size_t i = 0; i < design_dimensions; ++i) {
    const auto& field = design_fields[i];
    const TomlNode* node = vary.find(field.name);
    if (node == nullptr || space.values[i].empty()) continue;
    const auto wrong = [&](const char* what) { problems.add(file.where(*node), fmt::format("'{}' {}", field.name, what)); };
    const bool yes_or_no = field.name == "io_die" || field.name == "eight_bit" || field.name == "four_bit";
    const bool may_be_zero = yes_or_no || field.name == "memory_type" || field.name == "scaleup" || field.name == "spare";
    if (!may_be_zero && space.values[i].front() < 1) wrong("must be at least 1");
    if (yes_or_no && space.values[i].back() > 1) wrong("is 0 or 1");
    if (field.name == "memory_type" && space.values[i].back() >= static_cast<double>(space.memory_types.size())) wrong("counts the memory types from 0: it is beyond the last");
    if (field.name == "bus_generation" && (space.values[i].front() < 3 || space.values[i].back() > 6)) wrong("is 3, 4, 5 or 6");
    if (field.name == "memory_rate" && space.values[i].back() > 100) wrong("is a share of the memory type's highest rate: at most 100");
    if (field.name == "scaleup" && space.values[i].size() > 1 && space.values[i].front() == 0) wrong("is 0 in one design and above 0 in another: without links the system bus takes their place");
    if (field.name == "rows" || field.name == "columns") {
      for (const double value : space.values[i]) {
        if (!std::has_single_bit(static_cast<unsigned>(value))) wrong("holds what is no power of two");
      }
    }
  }
}

}  // namespace

std::uint64_t Space::size() const {
  std::uint64_t out = 1;
  for (const auto& one : values) out *= one.size();
  return out;
}

Levels Space::levels_of(std::uint64_t index) const {
  Levels out{};
  for (std::size_t i = design_dimensions; i-- > 0;) {
    out[i] = static_cast<std::uint16_t>(index % values[i].size());
    index /= values[i].size();
  }
  return out;
}

std::uint64_t Space::index_of(const Levels& levels) const {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < design_dimensions; ++i) out = out * values[i].size() + levels[i];
  return out;
}

Levels Space::last() const {
  Levels out{};
  for (std::size_t i = 0; i < design_dimensions; ++i) out[i] = static_cast<std::uint16_t>(values[i].size() - 1);
  return out;
}

Space read_space(const std::string& path, base::Problems& problems) {
  Space out;
  out.file = path;
  const auto file = base::TomlFile::read(path);
  if (!file) {
    problems.add(file.error());
    return out;
  }
  base::TomlTable root(*file, file->root(), "the space", problems);
  const TomlNode* head = root.node("space");
  const TomlNode* vary = root.node("vary");
  if (head == nullptr || vary == nullptr || vary->kind != TomlNode::Kind::table) {
    problems.add({path, 0, 0, {}}, "a space has [space] and [vary]");
    return out;
  }
  base::TomlTable table(*file, *head, "[space]", problems);
  out.id = table.text("id");
  out.name = table.text("name");
  out.note = table.optional_text("note").value_or("");
  out.reference = table.text("reference");
  out.node = table.text("node");
  out.io_node = table.optional_text("io_node").value_or(out.node);
  out.memory_types = table.texts("memory_types");
  out.datacenter = table.optional_boolean("datacenter").value_or(true);
  out.workloads = table.texts("workloads");
  const auto limit = [&](const char* key, bool required) {
    const TomlNode* node = table.node(key);
    if (node == nullptr && !required) return 0.0;
    if (!is_number(node) || !(node->number() > 0) || node->number() > largest) table.problem(key, fmt::format("'{}' is a number above 0", key));
    return node != nullptr ? node->number() : 0;
  };
  out.most_power = limit("most_power_w", true);
  out.most_die = limit("most_die_mm2", false);
  table.finish();
  // Told on a terminal, in tables and in names of entries.
  const bool plain = !out.id.empty() && std::ranges::all_of(out.id, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'; });
  if (!plain && table.node("id") != nullptr) table.problem("id", "'id' is made of letters, digits, '-', '_' and '.'");
  if (std::ranges::any_of(out.name, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; })) table.problem("name", "'name' holds a control character");
  for (std::size_t i = 0; i < out.memory_types.size(); ++i) {
    if (std::ranges::find(out.memory_types.begin(), out.memory_types.begin() + static_cast<std::ptrdiff_t>(i), out.memory_types[i]) != out.memory_types.begin() + static_cast<std::ptrdiff_t>(i)) table.problem("memory_types", "'" + out.memory_types[i] + "' is named twice");
  }
  if (out.memory_types.empty()) table.problem("memory_types", "a space needs at least one memory type");
  for (const base::TomlEntry& entry : vary->entries) {
    const auto field = model::design_field_named(entry.key);
    if (!field) problems.add(file->where(entry.value), "a design has no '" + entry.key + "'", field_names());
    else out.values[*field] = read_values(*file, entry.value, entry.key, problems);
  }
  double size = 1;
  for (std::size_t i = 0; i < design_dimensions; ++i) {
    const bool missing = vary->find(design_fields[i].name) == nullptr;
    if (missing && std::ranges::find(may_be_left_out, design_fields[i].name) != may_be_left_out.end()) out.values[i] = {model::Design{}.*design_fields[i].member};
    else if (missing) problems.add(file->where(*vary), fmt::format("[vary] does not say '{}': {}", design_fields[i].name, design_fields[i].meaning));
    size *= static_cast<double>(std::max<std::size_t>(1, out.values[i].size()));
  }
  if (size > most_size) problems.add(file->where(*vary), fmt::format("{:.3g} designs are more than an index counts (9e18)", size));
  check_values(*file, out, *vary, problems);
  check_largest(*file, out, *vary, problems);
  root.finish();
  return out;
}

std::vector<std::string> space_ids(const std::string& data_folder) {
  std::vector<std::string> out;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(data_folder + "/spaces", error)) {
    if (entry.path().extension() == ".toml") out.push_back(entry.path().stem().string());
  }
  std::ranges::sort(out);
  return out;
}

Space find_space(const std::string& data_folder, const std::string& name, base::Problems& problems) {
  const std::vector<std::string> ids = space_ids(data_folder);
  if (std::ranges::find(ids, name) != ids.end()) return read_space(data_folder + "/spaces/" + name + ".toml", problems);
  std::error_code error;
  if (std::filesystem::is_regular_file(name, error)) return read_space(name, problems);
  if (std::filesystem::exists(name, error)) base::refuse("--space", "'" + name + "' is no file", "the file of a space, or an id of data/spaces");
  std::string list;
  for (const std::string& id : ids) list += (list.empty() ? "" : ", ") + id;
  const std::string near = base::did_you_mean(name, ids);
  base::refuse("--space", "there is no space '" + name + "', and no such file", near.empty() ? list : near);
}

}  // namespace brightline::search
