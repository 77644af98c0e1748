// Reads data/technology/{nodes,memory,links,cores,energy,rating}.toml; areas and packaging have files of their own.
#pragma once
#include "base/problem.h"
#include "base/toml.h"
#include "catalogue/sources.h"
#include "chip/technology.h"

namespace brightline::catalogue {

std::vector<chip::Node> read_nodes(const base::TomlFile& file, const Sources& sources, base::Problems& problems);
std::vector<chip::MemoryType> read_memories(const base::TomlFile& file, const Sources& sources, base::Problems& problems);
std::vector<chip::BusGeneration> read_buses(const base::TomlFile& file, const Sources& sources, base::Problems& problems);
chip::CoreFacts read_core(const base::TomlFile& file, const Sources& sources, base::Problems& problems);
chip::EnergyFacts read_energy(const base::TomlFile& file, const Sources& sources, base::Problems& problems);
/// Empty where a value is missing, which is a Problem then.
std::optional<chip::RatingFacts> read_rating(const base::TomlFile& file, const Sources& sources, base::Problems& problems);

}  // namespace brightline::catalogue
