// The links of a cluster as the model computes with them.
#pragma once
#include "chip/cluster.h"

namespace brightline::model {

/// What joins the devices of a cluster beyond one device's own links.
struct Network {
  double domain = 8;         ///< devices joined by scale-up links
  double scaleout = 0;       ///< bytes/s, one direction, of one device; 0: none
  double leaf = 0;           ///< devices below which nothing is oversubscribed; 0: any number
  double oversubscription = 1;
  double host = 0;           ///< bytes/s between a device and its host's memory, one direction; 0: none
  double host_memory = 0;    ///< bytes of host memory for each device
};

/// In base units; what a cluster does not state is 0: there is none to count on.
Network network_of(const chip::Cluster& cluster);

}  // namespace brightline::model
