// Who makes the chips (data/makers.toml) and places (data/places.toml).
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/toml.h"

namespace brightline::catalogue {

struct Maker {
  std::string id;
  std::string name;
  std::string headquarters;  ///< ISO 3166 alpha-2
  std::vector<std::string> aliases;
  std::string note;
};

using Makers = std::vector<Maker>;

/// ISO 3166 places and the names people write for them.
struct Places {
  std::map<std::string, std::string, std::less<>> names;        ///< code -> name
  std::map<std::string, std::string, std::less<>> same_as;      ///< HK -> CN: treated as another
  std::map<std::string, std::string, std::less<>> also_called;  ///< other names -> code

  /// The code for a code or a name, whatever the case: "cn", "China", "PRC". Hong Kong stays HK here.
  [[nodiscard]] std::optional<std::string> code(std::string_view text) const;
  /// The code under which the EAR counts a place: CN for HK.
  [[nodiscard]] std::string counted_as(std::string_view code) const;
  /// What to suggest for a place that does not exist; may be empty.
  [[nodiscard]] std::string hint(std::string_view text) const;
};

/// Headquarters must be in `places`.
Makers read_makers(const base::TomlFile& file, const Places& places, base::Problems& problems);
Places read_places(const base::TomlFile& file, base::Problems& problems);

const Maker* find_maker(const Makers& makers, std::string_view id);

}  // namespace brightline::catalogue
