#include "catalogue/chip_file.h"

#include <algorithm>
#include <filesystem>

namespace brightline::catalogue {

namespace {

using base::TomlNode;
using base::TomlTable;
using chip::Accelerator;

/// Reads [accelerator]: what a catalogue file must state, a user's file may leave out.
class IdentityReader {
 public:
  IdentityReader(TomlTable& table, const References& references, Origin origin)
      : table_(&table), references_(&references), must_(origin == Origin::catalogue) {}

  void read(Accelerator& out) {
    out.name = table_->text("name");
    out.vendor = text("vendor");
    out.maker = text("maker");
    out.product_line = text("product_line");
    out.architecture = text("architecture");
    out.form_factor = table_->optional_text("form_factor").value_or("");
    out.segment = word("segment", chip::segments, chip::Segment::unknown);
    out.datacenter = word("datacenter", chip::answers, chip::Answer::unknown);
    out.datacenter_doubt = table_->optional_text("datacenter_doubt").value_or("");
    out.form = word("form", chip::forms, chip::Form::ic);
    out.described_in = description();
    out.sold_in_us = word("sold_in_us", chip::answers, chip::Answer::unknown);
    out.status = word("status", chip::statuses, chip::Status::design);
    out.packages = packages();
    out.nodes = nodes();
    out.note = table_->optional_text("note").value_or("");
    check_maker(out);
  }

 private:
  std::string text(std::string_view key) { return must_ ? table_->text(key) : table_->optional_text(key).value_or(""); }

  template <class Id, std::size_t N>
  Id word(std::string_view key, const std::array<chip::Word<Id>, N>& words, Id otherwise) {
    const std::string written = text(key);
    if (written.empty()) return otherwise;
    if (const auto id = chip::id_in(words, written)) return *id;
    reject(key, written, chip::names_in(words));
    return otherwise;
  }

  void reject(std::string_view key, const std::string& written, const std::vector<std::string>& allowed) {
    std::string hint = base::did_you_mean(written, allowed);
    if (hint.empty()) {
      hint = "one of:";
      for (const std::string& one : allowed) hint += " " + one;
    }
    table_->problem(key, "'" + std::string(key) + "' can't be '" + written + "'", hint);
  }

  std::string description() {
    std::string written = must_ ? table_->text("described_in") : table_->optional_text("described_in").value_or("none");
    if (written.empty() || std::ranges::find(chip::descriptions, written) != chip::descriptions.end()) return written;
    reject("described_in", written, {chip::descriptions.begin(), chip::descriptions.end()});
    return "none";
  }

  int packages() {
    constexpr std::int64_t most = 1000;
    const auto number = table_->optional_integer("packages").value_or(1);
    if (number >= 1 && number <= most) return static_cast<int>(number);
    table_->problem("packages", "a product has at least one package and at most " + std::to_string(most));
    return 1;
  }

  std::vector<std::string> nodes() {
    std::vector<std::string> ids = table_->texts("node");
    std::vector<std::string> known;
    known.reserve(references_->technology.nodes.size());
    for (const chip::Node& node : references_->technology.nodes) known.push_back(node.id);
    for (const std::string& id : ids) {
      if (references_->technology.node(id) != nullptr) continue;
      std::string hint = base::did_you_mean(id, known);
      if (hint.empty()) hint = "the ids stand in data/technology/nodes.toml";
      table_->problem("node", "there is no node '" + id + "'", hint);
    }
    return ids;
  }

  // A user's maker may be a company the catalogue does not know.
  void check_maker(const Accelerator& out) {
    if (!must_ || out.maker.empty() || find_maker(references_->makers, out.maker) != nullptr) return;
    std::vector<std::string> ids;
    ids.reserve(references_->makers.size());
    for (const Maker& maker : references_->makers) ids.push_back(maker.id);
    table_->problem("maker", "there is no maker '" + out.maker + "'", base::did_you_mean(out.maker, ids));
  }

  TomlTable* table_;
  const References* references_;
  bool must_;
};

const TomlNode& empty_table() {
  static const TomlNode node;
  return node;
}

void read_values(const base::TomlFile& file, const TomlNode& node, const References& references, Origin origin, Accelerator& out,
                 base::Problems& problems) {
  TomlTable table(file, node, "[value]", problems);
  ValueReader reader(file, references.sources, origin, problems);
  for (const chip::FieldInfo& field : chip::fields) {
    const TomlNode* value = table.node(field.name);
    if (value == nullptr) continue;
    const std::string name = "'" + std::string(field.name) + "' of " + out.id;
    auto read = field.shape == chip::Shape::text ? reader.text(*value, name) : reader.number(*value, name, field.unit);
    if (read) out.values.emplace(field.id, std::move(*read));
  }
  table.finish();
}

std::string stem(const std::string& path) { return std::filesystem::path(path).stem().string(); }

const TomlNode* table_named(TomlTable& root, std::string_view key, const base::TomlFile& file, base::Problems& problems) {
  const TomlNode* node = root.node(key);
  if (node == nullptr || node->kind == TomlNode::Kind::table) return node;
  problems.add(file.where(*node), "'" + std::string(key) + "' must be a table, written as [" + std::string(key) + "]");
  return nullptr;
}

}  // namespace

std::optional<Accelerator> read_chip(const base::TomlFile& file, const References& references, Origin origin, base::Problems& problems) {
  const std::size_t before = problems.size();
  Accelerator out;
  out.file = file.file();
  TomlTable root(file, file.root(), "a chip file", problems);
  const TomlNode* identity = table_named(root, "accelerator", file, problems);
  const TomlNode* values = table_named(root, "value", file, problems);
  root.finish();
  if (identity == nullptr) {
    if (problems.size() == before) {
      problems.add({file.file(), 0, 0, {}}, "no [accelerator] table", "begin with [accelerator] and a name");
    }
    return std::nullopt;
  }
  TomlTable table(file, *identity, "[accelerator]", problems);
  out.id = origin == Origin::catalogue ? table.text("id") : table.optional_text("id").value_or(stem(file.file()));
  IdentityReader(table, references, origin).read(out);
  if (origin == Origin::catalogue && !out.id.empty() && out.id != stem(file.file())) {
    table.problem("id", "the id '" + out.id + "' is not the name of the file");
  }
  table.finish();
  read_values(file, values == nullptr ? empty_table() : *values, references, origin, out, problems);
  if (problems.size() != before) return std::nullopt;
  return out;
}

}  // namespace brightline::catalogue
