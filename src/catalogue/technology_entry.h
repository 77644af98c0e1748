// One table of a technology file that is being read: its keys, its name in problems, its values.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "catalogue/value_reader.h"

namespace brightline::catalogue {

struct TechnologyEntry {
  base::TomlTable table;
  std::string name;
  ValueReader values;
  base::Problems* problems;

  TechnologyEntry(const base::TomlFile& file, const base::TomlNode& node, std::string what, const Sources& sources, base::Problems& all)
      : table(file, node, what, all), name(std::move(what)), values(file, sources, Origin::catalogue, all), problems(&all) {}

  std::optional<chip::Sourced> value(std::string_view key, std::string_view unit) {
    const base::TomlNode* node = table.node(key);
    if (node == nullptr) return std::nullopt;
    return values.number(*node, "'" + std::string(key) + "' of " + name, unit);
  }
  /// One that can't be missing.
  chip::Sourced needed(std::string_view key, std::string_view unit) {
    const std::size_t before = problems->size();
    auto out = value(key, unit);
    if (!out && problems->size() == before) problems->add(table.where(), name + " needs '" + std::string(key) + "'");
    if (out && !out->range.stated) problems->add(table.where(key), "'" + std::string(key) + "' of " + name + " has bounds but no value", "write is = \"...\"");
    return out.value_or(chip::Sourced{});
  }
  std::optional<int> whole(std::string_view key) {
    const auto number = table.optional_integer(key);
    return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
  }
  void lacks(const std::string& what) const { problems->add(table.where(), name + " needs " + what); }
};

}  // namespace brightline::catalogue
