#include "catalogue/references.h"

#include "catalogue/area_file.h"
#include "catalogue/packaging_file.h"
#include "catalogue/technology_file.h"

namespace brightline::catalogue {

namespace {

template <class Read>
void with_file(const std::string& path, base::Problems& problems, Read read) {
  const auto file = base::TomlFile::read(path);
  if (file) {
    read(*file);
  } else {
    problems.add(file.error());
  }
}

chip::Reading read_reading(const base::TomlFile& file, base::Problems& problems) {
  chip::Reading reading;
  base::TomlTable root(file, file.root(), "the readings", problems);
  const auto bits = root.optional_integer("tf32_bits");
  constexpr std::int64_t longest = 64;
  if (bits && (*bits < 1 || *bits > longest)) {
    root.problem("tf32_bits", "no format has " + std::to_string(*bits) + " bits", "write 32 or 19");
  } else if (bits) {
    reading.tf32_bits = static_cast<int>(*bits);
  }
  root.finish();
  return reading;
}

}  // namespace

References load_references(const std::string& data_folder, base::Problems& problems) {
  References all;
  const std::string technology = data_folder + "/technology/";
  with_file(data_folder + "/sources.toml", problems, [&](const auto& file) { all.sources = read_sources(file, problems); });
  with_file(data_folder + "/places.toml", problems, [&](const auto& file) { all.places = read_places(file, problems); });
  with_file(data_folder + "/makers.toml", problems, [&](const auto& file) { all.makers = read_makers(file, all.places, problems); });
  with_file(data_folder + "/names.toml", problems, [&](const auto& file) { all.names = read_names(file, all.makers, problems); });
  with_file(technology + "nodes.toml", problems, [&](const auto& file) { all.technology.nodes = read_nodes(file, all.sources, problems); });
  with_file(technology + "memory.toml", problems,
            [&](const auto& file) { all.technology.memories = read_memories(file, all.sources, problems); });
  with_file(technology + "links.toml", problems, [&](const auto& file) { all.technology.buses = read_buses(file, all.sources, problems); });
  with_file(technology + "cores.toml", problems, [&](const auto& file) { all.technology.core = read_core(file, all.sources, problems); });
  with_file(technology + "energy.toml", problems, [&](const auto& file) { all.technology.energy = read_energy(file, all.sources, problems); });
  with_file(technology + "rating.toml", problems, [&](const auto& file) { all.technology.rating = read_rating(file, all.sources, problems); });
  with_file(technology + "area.toml", problems, [&](const auto& file) { all.technology.area = read_area(file, all.sources, problems); });
  with_file(technology + "area_fitted.toml", problems, [&](const auto& file) { read_fitted_area(file, all.technology.area, problems); });
  with_file(technology + "dies.toml", problems, [&](const auto& file) { all.technology.dies = read_dies(file, all.technology, all.sources, problems); });
  with_file(technology + "packaging.toml", problems, [&](const auto& file) { all.technology.packaging = read_packaging(file, all.sources, problems); });
  with_file(data_folder + "/readings.toml", problems, [&](const auto& file) { all.reading = read_reading(file, problems); });
  return all;
}

}  // namespace brightline::catalogue
