// Reads one value of a data file: a quantity or a text with its source.
#pragma once
#include <optional>
#include <string_view>

#include "base/problem.h"
#include "base/toml.h"
#include "catalogue/sources.h"
#include "chip/sourced.h"

namespace brightline::catalogue {

/// Our own data must name a source for every value; a user's file need not, and then the source is "user".
enum class Origin { catalogue, user };

/// Reads the values of one file. Problems are added with the place of the value; what could not be read is empty.
class ValueReader {
 public:
  ValueReader(const base::TomlFile& file, const Sources& sources, Origin origin, base::Problems& problems)
      : file_(&file), sources_(&sources), origin_(origin), problems_(&problems) {}

  /// A number in `unit`; `name` is how problems call it: "'die_area' of h20-96".
  [[nodiscard]] std::optional<chip::Sourced> number(const base::TomlNode& node, const std::string& name, std::string_view unit);
  [[nodiscard]] std::optional<chip::Sourced> text(const base::TomlNode& node, const std::string& name);

 private:
  chip::Sourced provenance(base::TomlTable& table, const base::TomlNode& node, const std::string& name);
  std::optional<base::Exact> quantity(const base::TomlNode* node, const std::string& name, std::string_view unit);
  chip::Interval interval(base::TomlTable& table, const std::string& name, std::string_view unit);
  void check_order(base::TomlTable& table, const chip::Interval& range, const std::string& name);
  std::optional<chip::Sourced> bare(const base::TomlNode& node, const std::string& name);

  const base::TomlFile* file_;
  const Sources* sources_;
  Origin origin_;
  base::Problems* problems_;
};

}  // namespace brightline::catalogue
