// TOML with positions. The parser library is heavy and is included by toml.cpp alone; everybody else sees these nodes.
#pragma once
#include <expected>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/problem.h"

namespace brightline::base {

struct TomlEntry;

/// One value of a TOML document with the place it was written at.
struct TomlNode {
  enum class Kind { text, integer, real, boolean, date, list, table };
  Kind kind = Kind::table;
  std::string text;
  std::int64_t integer = 0;
  double real = 0;
  bool boolean = false;
  Date date;
  std::vector<TomlNode> items;     ///< of a list
  std::vector<TomlEntry> entries;  ///< of a table, in the order of the keys' names
  int line = 0;
  int column = 0;

  [[nodiscard]] const TomlNode* find(std::string_view key) const;
  /// An integer or a real number as a number; of any other kind 0.
  [[nodiscard]] double number() const { return kind == Kind::integer ? static_cast<double>(integer) : real; }
};

/// One key of a table and what it holds.
struct TomlEntry {
  std::string key;
  TomlNode value;
};

/// A parsed file: its name, its lines (for carets) and its root table.
class TomlFile {
 public:
  /// Parses `text`; `file` is the name shown in problems. A syntax error is one Problem with its position.
  static std::expected<TomlFile, Problem> parse(std::string file, std::string text);
  /// Reads and parses the file at `path`.
  static std::expected<TomlFile, Problem> read(const std::string& path);

  [[nodiscard]] const TomlNode& root() const { return root_; }
  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] const std::string& source() const { return source_; }
  [[nodiscard]] Where where(const TomlNode& node) const { return where(node.line, node.column); }
  [[nodiscard]] Where where(int line, int column) const;

 private:
  std::string file_;
  std::string source_;
  TomlNode root_;
};

/// Reads one table key by key and remembers which were asked for, so that a misspelt key is a Problem, never ignored.
class TomlTable {
 public:
  TomlTable(const TomlFile& file, const TomlNode& node, std::string what, Problems& problems);

  std::string text(std::string_view key);  ///< required; a missing or wrong one is a Problem and gives ""
  std::optional<std::string> optional_text(std::string_view key);
  std::optional<Date> optional_date(std::string_view key);
  std::optional<bool> optional_boolean(std::string_view key);
  std::optional<std::int64_t> optional_integer(std::string_view key);
  std::vector<std::string> texts(std::string_view key);  ///< a list of strings, or one string; absent gives none
  const TomlNode* node(std::string_view key);            ///< any kind, or null
  std::vector<const TomlNode*> tables(std::string_view key);  ///< [[key]] entries
  [[nodiscard]] Where where(std::string_view key) const;
  [[nodiscard]] Where where() const { return file_->where(*node_); }
  void problem(std::string_view key, std::string message, std::string hint = {});
  void finish();  ///< reports the keys nobody asked for

 private:
  const TomlNode* get(std::string_view key, TomlNode::Kind kind, std::string_view kind_name);

  const TomlFile* file_;
  const TomlNode* node_;
  std::string what_;
  Problems* problems_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace brightline::base
