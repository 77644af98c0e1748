// Nodes and networks that people deploy (data/clusters): how many devices, and what joins them.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chip/sourced.h"

namespace brightline::chip {

/// One kind of node and the network between nodes. A missing value is unknown.
struct Cluster {
  std::string id;
  std::string name;
  std::vector<std::string> chips;  ///< catalogue ids it is built of; the first is the usual one
  bool usual = false;              ///< what to assume for these chips where nothing else is said
  double scaleup_devices = 0;      ///< joined by the scale-up links
  double node_devices = 0;         ///< in one host
  std::string scaleout_kind;       ///< "InfiniBand NDR", "RoCE 200G", ...
  Sourced scaleout_bandwidth;      ///< GB/s in one direction, of one device
  std::string topology;            ///< "rail-optimised fat tree", ...
  double oversubscription = 1;     ///< of the levels above the leaf; 1: none
  double leaf_devices = 0;         ///< up to so many nothing is oversubscribed
  std::optional<Sourced> latency;         ///< us for a message between nodes
  std::optional<Sourced> host_memory;     ///< GB, of a node
  std::optional<Sourced> host_bandwidth;  ///< GB/s in one direction, of one device to its host
  std::optional<Sourced> host_power_per_device;  ///< W beyond the accelerators
  std::optional<double> most_devices;            ///< more were never joined, or can't be
  std::string note;

  [[nodiscard]] bool built_of(std::string_view chip) const;
  /// GB/s in one direction that each of `devices` can count on when all send far: the stated bandwidth, divided by the
  /// oversubscription where they do not share a leaf.
  [[nodiscard]] double bandwidth_among(double devices) const;
};

using Clusters = std::vector<Cluster>;

/// Null when there is none of that id.
const Cluster* find_cluster(const Clusters& clusters, std::string_view id);
/// The cluster a chip is usually deployed in: the usual one built of it, else the first that is built of it, else null.
const Cluster* usual_cluster(const Clusters& clusters, std::string_view chip);

}  // namespace brightline::chip
