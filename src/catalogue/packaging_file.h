// Reads data/technology/packaging.toml.
#pragma once
#include "base/problem.h"
#include "base/toml.h"
#include "catalogue/sources.h"
#include "chip/packaging_facts.h"

namespace brightline::catalogue {

chip::PackagingFacts read_packaging(const base::TomlFile& file, const Sources& sources, base::Problems& problems);

}  // namespace brightline::catalogue
