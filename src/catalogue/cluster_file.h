// Reads data/clusters/<id>.toml.
#pragma once
#include <optional>
#include <span>
#include <string>

#include "base/problem.h"
#include "base/toml.h"
#include "catalogue/sources.h"
#include "chip/cluster.h"

namespace brightline::catalogue {

/// `chips`: the ids a cluster may be built of. Empty when there was a problem.
std::optional<chip::Cluster> read_cluster(const base::TomlFile& file, const Sources& sources, std::span<const std::string> chips, base::Problems& problems);

/// All of `data_folder`/clusters, by id. No such folder: none.
chip::Clusters load_clusters(const std::string& data_folder, const Sources& sources, std::span<const std::string> chips, base::Problems& problems);

}  // namespace brightline::catalogue
