#include "base/toml.h"

#include <fstream>
#include <sstream>

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

namespace brightline::base {

namespace {

constexpr int max_depth = 64;

void place(TomlNode& out, const toml::node& node) {
  out.line = static_cast<int>(node.source().begin.line);
  out.column = static_cast<int>(node.source().begin.column);
}

TomlNode copy(const toml::node& node, int depth);

void copy_table(TomlNode& out, const toml::table& table, int depth) {
  out.kind = TomlNode::Kind::table;
  out.entries.reserve(table.size());
  for (const auto& [key, value] : table) {
    TomlNode child = copy(value, depth + 1);
    if (child.line == 0) {
      child.line = static_cast<int>(key.source().begin.line);
      child.column = static_cast<int>(key.source().begin.column);
    }
    out.entries.emplace_back(std::string(key.str()), std::move(child));
  }
}

TomlNode copy(const toml::node& node, int depth) {
  TomlNode out;
  place(out, node);
  check(depth < max_depth, "TOML nested deeper than the parser admits");
  if (const auto* table = node.as_table()) {
    copy_table(out, *table, depth);
  } else if (const auto* list = node.as_array()) {
    out.kind = TomlNode::Kind::list;
    for (const auto& item : *list) out.items.push_back(copy(item, depth + 1));
  } else if (const auto* text = node.as_string()) {
    out.kind = TomlNode::Kind::text;
    out.text = text->get();
  } else if (const auto* integer = node.as_integer()) {
    out.kind = TomlNode::Kind::integer;
    out.integer = integer->get();
  } else if (const auto* real = node.as_floating_point()) {
    out.kind = TomlNode::Kind::real;
    out.real = real->get();
  } else if (const auto* boolean = node.as_boolean()) {
    out.kind = TomlNode::Kind::boolean;
    out.boolean = boolean->get();
  } else if (const auto* date = node.as_date()) {
    out.kind = TomlNode::Kind::date;
    const auto day = Date::of(date->get().year, date->get().month, date->get().day);
    if (day) out.date = *day;
  } else {
    out.kind = TomlNode::Kind::text;  // times are kept as text: nothing here is measured in hours
    std::ostringstream written;
    node.visit([&written](const auto& value) {
      if constexpr (toml::is_value<decltype(value)>) written << value.get();
    });
    out.text = written.str();
  }
  return out;
}

int depth_of(std::string_view text) {
  int depth = 0;
  int deepest = 0;
  for (const char c : text) {
    if (c == '[' || c == '{') deepest = std::max(deepest, ++depth);
    if (c == ']' || c == '}' || c == '\n') depth = std::max(0, depth - (c == '\n' ? 0 : 1));
  }
  return deepest;
}

}  // namespace

const TomlNode* TomlNode::find(std::string_view key) const {
  for (const auto& [name, value] : entries) {
    if (name == key) return &value;
  }
  return nullptr;
}

std::expected<TomlFile, Problem> TomlFile::parse(std::string file, std::string text) {
  TomlFile out;
  out.file_ = std::move(file);
  out.source_ = std::move(text);
  if (depth_of(out.source_) >= max_depth) {
    return std::unexpected(Problem{{out.file_, 0, 0, {}}, "brackets nested too deeply", "no file of ours needs more than a few levels"});
  }
  const toml::parse_result result = toml::parse(std::string_view(out.source_));
  if (!result) {
    const auto& at = result.error().source().begin;
    return std::unexpected(Problem{out.where(static_cast<int>(at.line), static_cast<int>(at.column)),
                                   "not valid TOML: " + std::string(result.error().description()), ""});
  }
  copy_table(out.root_, result.table(), 0);
  out.root_.line = 1;
  out.root_.column = 1;
  return out;
}

std::expected<TomlFile, Problem> TomlFile::read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream written;
  if (in) text << in.rdbuf();
  if (!in || in.bad()) return std::unexpected(Problem{{path, 0, 0, {}}, "can't be read", "does the file exist, and may you read it?"});
  return parse(path, text.str());
}

Where TomlFile::where(int line, int column) const {
  Where at{file_, line, column, {}};
  if (line <= 0) return at;
  std::size_t begin = 0;
  for (int i = 1; i < line && begin != std::string::npos; ++i) {
    begin = source_.find('\n', begin);
    if (begin != std::string::npos) ++begin;
  }
  if (begin == std::string::npos || begin > source_.size()) return at;
  at.text = source_.substr(begin, source_.find('\n', begin) - begin);
  return at;
}

TomlTable::TomlTable(const TomlFile& file, const TomlNode& node, std::string what, Problems& problems)
    : file_(&file), node_(&node), what_(std::move(what)), problems_(&problems) {}

const TomlNode* TomlTable::node(std::string_view key) {
  known_.insert(std::string(key));
  return node_->find(key);
}

const TomlNode* TomlTable::get(std::string_view key, TomlNode::Kind kind, std::string_view kind_name) {
  const TomlNode* found = node(key);
  if (found == nullptr) return nullptr;
  if (found->kind == kind) return found;
  problems_->add(file_->where(*found), "'" + std::string(key) + "' of " + what_ + " must be " + std::string(kind_name));
  return nullptr;
}

std::string TomlTable::text(std::string_view key) {
  const bool absent = node_->find(key) == nullptr;
  const TomlNode* found = get(key, TomlNode::Kind::text, "a text in quotes");
  if (found != nullptr) return found->text;
  if (absent) problems_->add(file_->where(*node_), what_ + " has no '" + std::string(key) + "'", "add " + std::string(key) + " = \"...\"");
  return {};
}

std::optional<std::string> TomlTable::optional_text(std::string_view key) {
  const TomlNode* found = get(key, TomlNode::Kind::text, "a text in quotes");
  return found == nullptr ? std::nullopt : std::optional(found->text);
}

std::optional<Date> TomlTable::optional_date(std::string_view key) {
  const TomlNode* found = get(key, TomlNode::Kind::date, "a day such as 2024-01-15, without quotes");
  return found == nullptr ? std::nullopt : std::optional(found->date);
}

std::optional<bool> TomlTable::optional_boolean(std::string_view key) {
  const TomlNode* found = get(key, TomlNode::Kind::boolean, "true or false");
  return found == nullptr ? std::nullopt : std::optional(found->boolean);
}

std::optional<std::int64_t> TomlTable::optional_integer(std::string_view key) {
  const TomlNode* found = get(key, TomlNode::Kind::integer, "a whole number");
  return found == nullptr ? std::nullopt : std::optional(found->integer);
}

std::vector<std::string> TomlTable::texts(std::string_view key) {
  std::vector<std::string> out;
  const TomlNode* found = node(key);
  if (found == nullptr) return out;
  if (found->kind == TomlNode::Kind::text) return {found->text};
  bool good = found->kind == TomlNode::Kind::list;
  for (const TomlNode& item : found->items) {
    good = good && item.kind == TomlNode::Kind::text;
    out.push_back(item.text);
  }
  if (!good) problems_->add(file_->where(*found), "'" + std::string(key) + "' of " + what_ + " must be a list of texts");
  return good ? out : std::vector<std::string>{};
}

std::vector<const TomlNode*> TomlTable::tables(std::string_view key) {
  std::vector<const TomlNode*> out;
  const TomlNode* found = node(key);
  if (found == nullptr) return out;
  bool good = found->kind == TomlNode::Kind::list;
  for (const TomlNode& item : found->items) {
    good = good && item.kind == TomlNode::Kind::table;
    out.push_back(&item);
  }
  if (good) return out;
  problems_->add(file_->where(*found), "'" + std::string(key) + "' of " + what_ + " must be written as [[" + std::string(key) + "]]");
  return {};
}

Where TomlTable::where(std::string_view key) const {
  const TomlNode* found = node_->find(key);
  return file_->where(found == nullptr ? *node_ : *found);
}

void TomlTable::problem(std::string_view key, std::string message, std::string hint) {
  problems_->add(where(key), std::move(message), std::move(hint));
}

void TomlTable::finish() {
  const std::vector<std::string> names(known_.begin(), known_.end());
  for (const auto& [name, value] : node_->entries) {
    if (known_.contains(name)) continue;
    std::string hint = did_you_mean(name, names);
    if (hint.empty()) {
      hint = "known here:";
      for (const std::string& known : names) hint += " " + known;
    }
    problems_->add(file_->where(value), what_ + " has an unknown key '" + name + "'", hint);
  }
}

}  // namespace brightline::base
