#include "app/world.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/law_names.h"
#include "base/hash.h"

namespace brightline::app {

namespace {

namespace fs = std::filesystem;

std::string folder_or(const std::string& wish, const std::string& name) {
  std::error_code error;
  if (wish.empty()) return find_folder(name);
  if (!fs::is_directory(wish, error)) base::refuse("--" + name, "there is no folder '" + wish + "'", "leave --" + name + " out for the program's own");
  return wish;
}

std::string hash_of_folder(const std::string& folder) {
  std::vector<fs::path> paths;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    if (entry.path().extension() == ".toml") paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  std::string all;
  for (const fs::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    all += path.filename().string();
    all.append(std::istreambuf_iterator<char>(file), {});
  }
  return base::hash_hex(all);
}

}  // namespace

std::string find_folder(const std::string& name) {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  fs::path above = program.parent_path();
  constexpr int levels = 5;  // build/release/tests/x is the deepest program of the tree
  for (int i = 0; i < levels && !above.empty(); ++i, above = above.parent_path()) {
    for (const fs::path& candidate : {above / name, above / "share" / "brightline" / name}) {
      // a build folder may hold a folder of the same name; ours is recognised by what is in it
      const bool ours = fs::exists(candidate / "words.toml", error) || fs::exists(candidate / "sources.toml", error) || fs::exists(candidate / "document.schema.json", error);
      if (ours) return candidate.string();
    }
  }
  base::refuse(name + "/", "the folder is not found beside the program", "name it with --" + name + " DIR");
}

World load_world_without_chips(const Places& places) {
  base::Problems problems;
  World out;
  out.data_directory = folder_or(places.data, "data");
  out.law = law::load_law(folder_or(places.law, "law"), places.with, problems);
  out.catalogue.references = catalogue::load_references(out.data_directory, problems);
  base::stop_at(problems);
  check_shared_names(out.law, out.catalogue.references, problems);
  base::stop_at(problems);
  return out;
}

World load_world(const Places& places) {
  base::Problems problems;
  World out;
  out.data_directory = folder_or(places.data, "data");
  out.law = law::load_law(folder_or(places.law, "law"), places.with, problems);
  out.catalogue = catalogue::load(out.data_directory, problems);
  out.data_version = hash_of_folder(out.data_directory);
  base::stop_at(problems);
  check_shared_names(out.law, out.catalogue.references, problems);
  base::stop_at(problems);
  return out;
}

}  // namespace brightline::app
