// The catalogue of products: data/accelerators and what it refers to.
#pragma once
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "catalogue/chip_file.h"
#include "catalogue/references.h"
#include "chip/accelerator.h"
#include "chip/measure.h"

namespace brightline::catalogue {

/// What to keep; an empty member keeps all.
struct Filter {
  std::string maker;  ///< id
  std::optional<chip::Segment> segment;
  std::string country;  ///< where the maker's headquarters are, ISO 3166 alpha-2; Hong Kong counts as China
  std::string product_line;
};

struct Catalogue {
  References references;
  std::vector<chip::Accelerator> accelerators;  ///< by id

  /// Null when there is no such product.
  [[nodiscard]] const chip::Accelerator* find(std::string_view id) const;
  /// The problem says "did you mean".
  [[nodiscard]] std::expected<const chip::Accelerator*, base::Problem> at(std::string_view id) const;
  [[nodiscard]] std::vector<const chip::Accelerator*> filter(const Filter& filter) const;
  [[nodiscard]] chip::Measures measures(const chip::Accelerator& chip) const;
  [[nodiscard]] std::vector<std::string> ids() const;
  [[nodiscard]] NameReading read_name(std::string_view text) const;
};

/// Loads everything under `data_folder`. All problems of all files are added; a chip file with a problem is left out.
Catalogue load(const std::string& data_folder, base::Problems& problems);

/// One chip, so that a question about it need not read all: `chip` is an id of the catalogue, or the path of a file
/// (with a '/' or ending in ".toml") that a user wrote. Empty when there was a problem.
std::optional<chip::Accelerator> load_one(const std::string& data_folder, const std::string& chip, const References& references,
                                          base::Problems& problems);

}  // namespace brightline::catalogue
