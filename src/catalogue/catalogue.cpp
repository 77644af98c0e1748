#include "catalogue/catalogue.h"

#include <algorithm>
#include <filesystem>

namespace brightline::catalogue {

namespace {

namespace fs = std::filesystem;
using chip::Accelerator;

std::vector<fs::path> chip_files(const std::string& data_folder, base::Problems& problems) {
  std::vector<fs::path> paths;
  std::error_code failed;
  const fs::path folder = fs::path(data_folder) / "accelerators";
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
    if (at->path().extension() == ".toml") paths.push_back(at->path());
  }
  if (failed) problems.add({folder.string(), 0, 0, {}}, "can't be listed", "is this the data folder?");
  std::ranges::sort(paths);
  return paths;
}

std::optional<Accelerator> read_at(const std::string& path, const References& references, Origin origin, base::Problems& problems) {
  const auto file = base::TomlFile::read(path);
  if (file) return read_chip(*file, references, origin, problems);
  problems.add(file.error());
  return std::nullopt;
}

// "H100" is no id, but names h100-nvl, h100-pcie and h100-sxm.
std::string versions_of(std::string_view id, const std::vector<std::string>& ids) {
  std::string versions;
  for (const std::string& one : ids) {
    if (one.starts_with(lower_case(id) + "-")) versions += (versions.empty() ? "" : ", ") + one;
  }
  return versions.empty() ? std::string{} : "which of its versions: " + versions + "?";
}

base::Problem no_such_chip(std::string_view id, const std::vector<std::string>& ids) {
  std::string hint = versions_of(id, ids);
  if (hint.empty()) hint = base::did_you_mean(id, ids);
  if (hint.empty()) hint = "describe a chip of your own in a file and name the file";
  return {{}, "there is no chip '" + std::string(id) + "' in the catalogue", hint};
}

bool is_path(const std::string& chip) { return chip.find('/') != std::string::npos || chip.ends_with(".toml"); }

}  // namespace

const Accelerator* Catalogue::find(std::string_view id) const {
  const auto found = std::ranges::lower_bound(accelerators, id, {}, &Accelerator::id);
  return found == accelerators.end() || found->id != id ? nullptr : &*found;
}

std::expected<const Accelerator*, base::Problem> Catalogue::at(std::string_view id) const {
  if (const Accelerator* found = find(id)) return found;
  std::vector<std::string> ids;
  ids.reserve(accelerators.size());
  for (const Accelerator& chip : accelerators) ids.push_back(chip.id);
  return std::unexpected(no_such_chip(id, ids));
}

std::vector<const Accelerator*> Catalogue::filter(const Filter& filter) const {
  const Places& places = references.places;
  std::vector<const Accelerator*> kept;
  for (const Accelerator& chip : accelerators) {
    const Maker* maker = find_maker(references.makers, chip.maker);
    const std::string home = maker == nullptr ? std::string{} : places.counted_as(maker->headquarters);
    const bool keep = (filter.maker.empty() || chip.maker == filter.maker) && (!filter.segment || chip.segment == *filter.segment) &&
                      (filter.country.empty() || home == places.counted_as(filter.country)) &&
                      (filter.product_line.empty() || chip.product_line == filter.product_line);
    if (keep) kept.push_back(&chip);
  }
  return kept;
}

chip::Measures Catalogue::measures(const Accelerator& chip) const { return chip::measure(chip, references.technology, references.reading); }

std::vector<std::string> Catalogue::ids() const {
  std::vector<std::string> out;
  for (const chip::Accelerator& one : accelerators) out.push_back(one.id);
  return out;
}

NameReading Catalogue::read_name(std::string_view text) const { return catalogue::read_name(text, references.names, accelerators); }

Catalogue load(const std::string& data_folder, base::Problems& problems) {
  Catalogue all;
  all.references = load_references(data_folder, problems);
  for (const fs::path& path : chip_files(data_folder, problems)) {
    auto chip = read_at(path.string(), all.references, Origin::catalogue, problems);
    if (chip) all.accelerators.push_back(std::move(*chip));
  }
  std::ranges::sort(all.accelerators, {}, &Accelerator::id);
  return all;
}

std::optional<Accelerator> load_one(const std::string& data_folder, const std::string& chip, const References& references,
                                    base::Problems& problems) {
  if (is_path(chip)) return read_at(chip, references, Origin::user, problems);
  const fs::path path = fs::path(data_folder) / "accelerators" / (chip + ".toml");
  std::error_code ignored;
  if (fs::exists(path, ignored)) return read_at(path.string(), references, Origin::catalogue, problems);
  std::vector<std::string> ids;
  for (const fs::path& one : chip_files(data_folder, problems)) ids.push_back(one.stem().string());
  problems.add(no_such_chip(chip, ids));
  return std::nullopt;
}

}  // namespace brightline::catalogue
