// Reads data/prices.toml.
#pragma once
#include <span>
#include <string>

#include "base/problem.h"
#include "base/toml.h"
#include "catalogue/makers.h"
#include "catalogue/sources.h"
#include "chip/price.h"

namespace brightline::catalogue {

/// `chips`: the ids a price may be of. What could not be read is left out, with a problem.
chip::Prices read_prices(const base::TomlFile& file, const Sources& sources, const Places& places, std::span<const std::string> chips, base::Problems& problems);
chip::Prices load_prices(const std::string& data_folder, const Sources& sources, const Places& places, std::span<const std::string> chips, base::Problems& problems);

/// "CN", "US-TX" or "global" from what a person writes ("cn", "China", "us-tx"), or empty.
std::string region_code(std::string_view text, const Places& places);

}  // namespace brightline::catalogue
