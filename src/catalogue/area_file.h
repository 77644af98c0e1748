// Reads data/technology/{area,area_fitted,dies}.toml.
#pragma once
#include "base/problem.h"
#include "base/toml.h"
#include "catalogue/sources.h"
#include "chip/technology.h"

namespace brightline::catalogue {

chip::AreaFacts read_area(const base::TomlFile& file, const Sources& sources, base::Problems& problems);
/// Constants as fitted, into those of read_area().
void read_fitted_area(const base::TomlFile& file, chip::AreaFacts& area, base::Problems& problems);
/// Nodes and memory types must be those of `technology`.
std::vector<chip::DieFacts> read_dies(const base::TomlFile& file, const chip::Technology& technology, const Sources& sources, base::Problems& problems);

}  // namespace brightline::catalogue
