#include "catalogue/area_file.h"

#include <algorithm>

#include "catalogue/technology_entry.h"

namespace brightline::catalogue {

namespace {

using base::TomlNode;
using base::TomlTable;
using Entry = TechnologyEntry;

void read_constant(Entry& entry, chip::AreaFacts& out) {
  const std::string unit = entry.table.optional_text("unit").value_or("");
  chip::AreaFacts::Constant one;
  one.name = entry.table.text("name");
  one.prior = entry.needed("value", unit);
  const TomlNode* spread = entry.table.node("spread");
  one.spread = spread == nullptr ? 0 : spread->number();
  if (one.spread <= 0) entry.lacks("a 'spread' above 0");
  if (out.constant(one.name) != nullptr) entry.table.problem("name", entry.name + " stands there twice");
  out.constants.push_back(std::move(one));
}

std::string named(const TomlNode& node, std::string_view kind, std::string_view key) {
  const TomlNode* name = node.find(key);
  return std::string(kind) + (name != nullptr && name->kind == TomlNode::Kind::text ? " " + name->text : "");
}

void read_counts(Entry& entry, chip::DieFacts& out) {
  for (const std::string_view name : chip::die_counts) {
    const auto count = entry.table.optional_integer(name);
    if (!count) continue;
    if (*count < 0) entry.table.problem(name, "'" + std::string(name) + "' of " + entry.name + " can't be negative");
    out.counts.push_back({std::string(name), static_cast<double>(*count)});
  }
  for (const char* name : {"cores", "units", "rows", "columns"}) {
    if (out.count(name) <= 0) entry.lacks(std::string("'") + name + "'");
  }
}

void read_provenance(Entry& entry, const Sources& sources, chip::DieFacts& out) {
  out.source = entry.table.text("source");
  if (!out.source.empty() && !sources.contains(out.source)) entry.table.problem("source", entry.name + " names a source '" + out.source + "' that is not listed", "add it to data/sources.toml");
  const std::string kind = entry.table.text("kind");
  if (const auto known = chip::id_in(chip::kinds, kind)) out.kind = *known;
  else if (!kind.empty()) entry.table.problem("kind", entry.name + " has an unknown kind '" + kind + "'", base::did_you_mean(kind, chip::names_in(chip::kinds)));
  out.note = entry.table.optional_text("note").value_or("");
}

void check_names(Entry& entry, const chip::Technology& technology, const chip::DieFacts& die) {
  for (const auto& [key, node] : {std::pair{"node", &die.node}, std::pair{"io_node", &die.io_node}}) {
    if (!node->empty() && technology.node(*node) == nullptr) entry.table.problem(key, entry.name + " is on a node '" + *node + "' that nodes.toml does not have");
  }
  if (!die.memory.empty() && technology.memory(die.memory) == nullptr) entry.table.problem("memory", entry.name + " has a memory '" + die.memory + "' that memory.toml does not have");
}

}  // namespace

chip::AreaFacts read_area(const base::TomlFile& file, const Sources& sources, base::Problems& problems) {
  chip::AreaFacts out;
  TomlTable root(file, file.root(), "the areas", problems);
  out.reference_node = root.text("reference_node");
  out.reference_memory = root.text("reference_memory");
  for (const TomlNode* node : root.tables("constant")) {
    Entry entry(file, *node, named(*node, "constant", "name"), sources, problems);
    read_constant(entry, out);
    entry.table.finish();
  }
  for (const TomlNode* node : root.tables("bus")) {
    Entry entry(file, *node, "a bus", sources, problems);
    const auto generation = entry.whole("generation");
    if (!generation) entry.lacks("'generation'");
    out.buses.push_back({generation.value_or(0), entry.needed("lane", "mm2")});
    entry.table.finish();
  }
  if (const TomlNode* node = root.node("core")) {
    Entry entry(file, *node, "[core]", sources, problems);
    out.core = {entry.needed("fp32_lanes", ""), entry.needed("fp64_lanes", ""), entry.needed("lane_rate", "Gb/s")};
    entry.table.finish();
  } else {
    problems.add(root.where(), "the areas need [core]");
  }
  root.finish();
  return out;
}

void read_fitted_area(const base::TomlFile& file, chip::AreaFacts& area, base::Problems& problems) {
  TomlTable root(file, file.root(), "the fitted areas", problems);
  for (chip::AreaFacts::Constant& one : area.constants) {
    const TomlNode* node = root.node(one.name);
    if (node == nullptr || node->number() <= 0) {
      problems.add(root.where(), "the fitted areas need '" + one.name + "', a number above 0", "calibrate DATA DATA --area makes them anew");
    } else {
      one.fitted = node->number();
    }
  }
  root.finish();
}

std::vector<chip::DieFacts> read_dies(const base::TomlFile& file, const chip::Technology& technology, const Sources& sources, base::Problems& problems) {
  std::vector<chip::DieFacts> dies;
  TomlTable root(file, file.root(), "the list of dies", problems);
  for (const TomlNode* node : root.tables("die")) {
    Entry entry(file, *node, named(*node, "die", "id"), sources, problems);
    chip::DieFacts out;
    out.id = entry.table.text("id");
    out.name = entry.table.text("name");
    out.node = entry.table.text("node");
    out.io_node = entry.table.optional_text("io_node").value_or(out.node);
    out.memory = entry.table.optional_text("memory").value_or("");
    out.chips = entry.table.texts("chips");
    const auto fit = entry.table.optional_boolean("fit");
    if (!fit) entry.lacks("'fit': whether the constants were fitted on it");
    out.fit = fit.value_or(true);
    read_provenance(entry, sources, out);
    read_counts(entry, out);
    check_names(entry, technology, out);
    out.area = entry.needed("area", "mm2");
    if (const TomlNode* photographed = entry.table.node("photographed")) {
      Entry blocks(file, *photographed, "what was photographed of " + entry.name, sources, problems);
      for (const std::string_view name : chip::die_blocks) {
        if (auto value = blocks.value(name, "mm2")) out.blocks.push_back({std::string(name), std::move(*value)});
      }
      blocks.table.finish();
    }
    entry.table.finish();
    dies.push_back(std::move(out));
  }
  root.finish();
  return dies;
}

}  // namespace brightline::catalogue
