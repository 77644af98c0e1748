#include "chip/cluster.h"

#include <algorithm>

namespace brightline::chip {

bool Cluster::built_of(std::string_view chip) const { return std::ranges::find(chips, chip) != chips.end(); }

double Cluster::bandwidth_among(double devices) const {
  const double own = scaleout_bandwidth.range.stated ? scaleout_bandwidth.range.stated->to_double() : 0;
  return devices <= leaf_devices ? own : own / oversubscription;
}

const Cluster* find_cluster(const Clusters& clusters, std::string_view id) {
  const auto found = std::ranges::find(clusters, id, &Cluster::id);
  return found == clusters.end() ? nullptr : &*found;
}

const Cluster* usual_cluster(const Clusters& clusters, std::string_view chip) {
  const auto usual = std::ranges::find_if(clusters, [chip](const Cluster& one) { return one.usual && one.built_of(chip); });
  if (usual != clusters.end()) return &*usual;
  const auto any = std::ranges::find_if(clusters, [chip](const Cluster& one) { return one.built_of(chip); });
  return any == clusters.end() ? nullptr : &*any;
}

}  // namespace brightline::chip
