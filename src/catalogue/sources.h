// Where values come from (data/sources.toml).
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/toml.h"

namespace brightline::catalogue {

struct Source {
  std::string title;
  std::string publisher;  ///< may be empty
  std::string url;        ///< empty when there is no address to cite
  std::string trust;      ///< maker | press | dataset | estimate | memory
};

using Sources = std::map<std::string, Source, std::less<>>;

Sources read_sources(const base::TomlFile& file, base::Problems& problems);

/// The ids, for a hint.
std::vector<std::string> ids_of(const Sources& sources);

}  // namespace brightline::catalogue
