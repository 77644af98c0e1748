#include "catalogue/technology_file.h"

#include <algorithm>
#include <initializer_list>
#include <tuple>

#include "catalogue/technology_entry.h"
#include "chip/precision.h"

namespace brightline::catalogue {

namespace {

using base::TomlNode;
using base::TomlTable;

using Entry = TechnologyEntry;

std::string named(const TomlNode& node, std::string_view kind) {
  const TomlNode* id = node.find("id");
  return std::string(kind) + (id != nullptr && id->kind == TomlNode::Kind::text ? " " + id->text : "");
}

}  // namespace

std::vector<chip::Node> read_nodes(const base::TomlFile& file, const Sources& sources, base::Problems& problems) {
  std::vector<chip::Node> nodes;
  TomlTable root(file, file.root(), "the list of nodes", problems);
  for (const TomlNode* node : root.tables("node")) {
    Entry entry(file, *node, named(*node, "node"), sources, problems);
    chip::Node out;
    out.id = entry.table.text("id");
    out.foundry = entry.table.text("foundry");
    out.name = entry.table.text("name");
    out.transistor = entry.table.text("transistor");
    const auto non_planar = entry.table.optional_boolean("non_planar");
    if (!non_planar) problems.add(entry.table.where(), entry.name + " does not say whether it is non_planar");
    out.non_planar = non_planar.value_or(true);
    out.first_volume_year = entry.whole("first_volume_year");
    out.logic_density = entry.value("logic_density", "/mm2");
    out.sram_bitcell = entry.value("sram_bitcell", "um2");
    out.defect_density = entry.value("defect_density", "/cm2");
    out.wafer_price = entry.value("wafer_price", "USD");
    entry.table.finish();
    nodes.push_back(std::move(out));
  }
  root.finish();
  return nodes;
}

std::vector<chip::MemoryType> read_memories(const base::TomlFile& file, const Sources& sources, base::Problems& problems) {
  std::vector<chip::MemoryType> memories;
  TomlTable root(file, file.root(), "the list of memory types", problems);
  for (const TomlNode* node : root.tables("memory")) {
    Entry entry(file, *node, named(*node, "memory"), sources, problems);
    chip::MemoryType out;
    out.id = entry.table.text("id");
    out.name = entry.table.text("name");
    out.called = entry.table.texts("called");
    out.dram = entry.table.optional_boolean("dram").value_or(true);
    out.hbm = entry.table.optional_boolean("hbm").value_or(false);
    out.per_chip = entry.table.optional_boolean("per_chip").value_or(false);
    out.year = entry.whole("year");
    out.interface_bits = entry.value("interface_bits", "");
    out.pin_rate = entry.value("pin_rate", "GB/s");
    out.bandwidth = entry.value("bandwidth", "GB/s");
    out.capacity = entry.value("capacity", "GB");
    out.package_area = entry.value("package_area", "mm2");
    out.phy_area = entry.value("phy_area", "mm2");
    out.energy = entry.value("energy", "pJ/bit");
    out.price = entry.value("price", "USD/GB");
    entry.table.finish();
    memories.push_back(std::move(out));
  }
  root.finish();
  return memories;
}

std::vector<chip::BusGeneration> read_buses(const base::TomlFile& file, const Sources& sources, base::Problems& problems) {
  std::vector<chip::BusGeneration> buses;
  TomlTable root(file, file.root(), "the list of links", problems);
  for (const TomlNode* node : root.tables("pcie")) {
    Entry entry(file, *node, "a PCIe generation", sources, problems);
    const auto generation = entry.whole("generation");
    const auto rate = entry.value("rate", "GB/s");
    entry.table.finish();
    if (generation && rate) {
      buses.push_back({*generation, *rate});
    } else {
      problems.add(entry.table.where(), "a PCIe generation needs 'generation' and 'rate'");
    }
  }
  root.finish();
  return buses;
}

namespace {

// One of the tables that stand alone: [scaleout], [host], [unknown].
std::optional<chip::Sourced> read_single(TomlTable& root, const base::TomlFile& file, const char* key, const char* value, const char* unit, const Sources& sources, base::Problems& problems, int* devices = nullptr) {
  const TomlNode* node = root.node(key);
  if (node == nullptr) {
    problems.add(root.where(), std::string("the energies need [") + key + "]");
    return std::nullopt;
  }
  Entry entry(file, *node, key, sources, problems);
  const auto out = entry.value(value, unit);
  if (devices != nullptr) *devices = entry.whole("devices").value_or(0);
  if (!out || (devices != nullptr && *devices < 1)) entry.lacks("its value");
  entry.table.finish();
  return out;
}

std::optional<chip::EnergyFacts::Operation> read_operation(Entry& entry) {
  const auto energy = entry.value("energy", "pJ");
  const auto clock = entry.value("clock", "MHz");
  const auto share = entry.value("share", "");
  auto nodes = entry.table.texts("nodes");
  auto families = entry.table.texts("families");
  auto node = entry.table.optional_text("node").value_or("");
  const bool of_family = !families.empty();
  if (!energy || nodes.empty() != of_family) {
    entry.lacks("'nodes' or 'families', and 'energy'");
  } else if (!clock || share.has_value() != of_family) {
    entry.lacks("the 'clock' of its energy, and where it is of families, and only there, a 'share'");
  } else {
    return chip::EnergyFacts::Operation{std::move(nodes), std::move(families), *energy, clock, share, std::move(node)};
  }
  return std::nullopt;
}

}  // namespace

chip::CoreFacts read_core(const base::TomlFile& file, const Sources& sources, base::Problems& problems) {
  chip::CoreFacts out;
  TomlTable root(file, file.root(), "the rules of cores", problems);
  if (const TomlNode* node = root.node("tile")) {
    Entry entry(file, *node, "[tile]", sources, problems);
    out.accumulator_share = entry.value("accumulator_share", "");
    out.accumulator_bytes = entry.value("accumulator_bytes", "");
    out.line_bytes = entry.value("line_bytes", "");
    if (!out.accumulator_share || !out.accumulator_bytes || !out.line_bytes) entry.lacks("'accumulator_share', 'accumulator_bytes' and 'line_bytes'");
    entry.table.finish();
  } else {
    problems.add(root.where(), "the rules of cores need [tile]");
  }
  root.finish();
  return out;
}

chip::EnergyFacts read_energy(const base::TomlFile& file, const Sources& sources, base::Problems& problems) {
  chip::EnergyFacts out;
  TomlTable root(file, file.root(), "the energies", problems);
  for (const TomlNode* node : root.tables("operation")) {
    Entry entry(file, *node, "an operation", sources, problems);
    if (auto operation = read_operation(entry)) out.operations.push_back(*std::move(operation));
    entry.table.finish();
  }
  for (const TomlNode* node : root.tables("precision")) {
    Entry entry(file, *node, "a precision", sources, problems);
    const auto times = entry.value("times", "");
    std::string name = entry.table.text("name");
    if (times && !name.empty()) out.formats.push_back({std::move(name), *times});
    else entry.lacks("'name' and 'times'");
    entry.table.finish();
  }
  for (const TomlNode* node : root.tables("link")) {
    Entry entry(file, *node, "a link", sources, problems);
    const auto energy = entry.value("energy", "pJ/bit");
    auto called = entry.table.texts("called");
    if (energy && !called.empty()) out.links.push_back({std::move(called), *energy});
    else entry.lacks("'called' and 'energy'");
    entry.table.finish();
  }
  for (const chip::PrecisionInfo& precision : chip::precisions) {
    if (std::ranges::find(out.formats, precision.name, &chip::EnergyFacts::Format::name) == out.formats.end()) problems.add(root.where(), "the energies need a [[precision]] '" + std::string(precision.name) + "'");
  }
  out.scaleout = read_single(root, file, "scaleout", "energy", "pJ/bit", sources, problems);
  out.host = read_single(root, file, "host", "power", "W", sources, problems, &out.host_devices);
  out.unknown = read_single(root, file, "unknown", "times", "", sources, problems);
  root.finish();
  return out;
}

std::optional<chip::RatingFacts> read_rating(const base::TomlFile& file, const Sources& sources, base::Problems& problems) {
  TomlTable root(file, file.root(), "the loads of a rated power", problems);
  const std::size_t before = problems.size();
  chip::RatingFacts out;
  const auto read = [&](const char* key, std::initializer_list<std::tuple<const char*, const char*, chip::Sourced*>> values) {
    const TomlNode* node = root.node(key);
    if (node == nullptr) {
      problems.add(root.where(), std::string("a rated power needs [") + key + "]");
      return;
    }
    Entry entry(file, *node, key, sources, problems);
    for (const auto& [name, unit, into] : values) {
      if (const auto value = entry.value(name, unit)) *into = *value;
      else problems.add(entry.table.where(), entry.name + " needs '" + name + "'");
    }
    entry.table.finish();
  };
  read("product", {{"share", "", &out.share}, {"intensity", "", &out.product}});
  read("stream", {{"intensity", "", &out.stream}});
  read("voltage", {{"exponent", "", &out.exponent}, {"least", "", &out.least}, {"most", "", &out.most}});
  read("bus", {{"energy", "pJ/bit", &out.bus}});
  root.finish();
  return problems.size() == before ? std::optional(out) : std::nullopt;
}

}  // namespace brightline::catalogue
