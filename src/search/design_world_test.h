// The world a search works in, of this repository's data, loaded once for the tests of a program.
#pragma once
#include "catalogue/cluster_file.h"
#include "search/design_case.h"
#include "search/real_world_test.h"

namespace brightline::search {

inline const DesignWorld& real_designs() {
  struct Loaded {
    base::Problems problems;
    chip::Clusters clusters = catalogue::load_clusters(BRIGHTLINE_ROOT "/data", real_catalogue().references.sources, real_catalogue().ids(), problems);
    model::Families families = model::Families::load(BRIGHTLINE_ROOT "/data", problems);
    workload::Models models = workload::Models::load(BRIGHTLINE_ROOT "/data", problems);
    model::Calibration calibration = model::Calibration::load(BRIGHTLINE_ROOT "/data", problems);
    model::TrainingSoftwares softwares = model::TrainingSoftwares::load(BRIGHTLINE_ROOT "/data", problems);
    DesignWorld world;
    Loaded() {
      base::stop_at(problems);
      world = {&real_catalogue(), &families, {&calibration, &softwares, &clusters, &models}};
    }
  };
  static const Loaded loaded;
  return loaded.world;
}

/// A question to China about designs of a space; a problem is thrown.
inline std::unique_ptr<DesignCase> case_of(CodeBook& codes, DesignAsk ask, const char* date) {
  base::Problems problems;
  ask.transaction.date = day(date);
  if (ask.transaction.destination.empty()) ask.transaction.destination = "CN";
  auto out = make_case(real_designs(), codes, ask, problems);
  base::stop_at(problems);
  return out;
}

/// A space with the named fields at these values, and every other one at its middle value.
inline Space thinned(Space space, const std::vector<std::pair<const char*, std::vector<double>>>& values) {
  for (auto& one : space.values) one = {one[one.size() / 2]};
  for (const auto& [name, kept] : values) space.values.at(*model::design_field_named(name)) = kept;
  return space;
}

inline Space real_space(const char* id) {
  base::Problems problems;
  Space out = find_space(BRIGHTLINE_ROOT "/data", id, problems);
  base::stop_at(problems);
  return out;
}

}  // namespace brightline::search
