#include "model/network.h"

namespace brightline::model {

namespace {

constexpr double giga = 1e9;

double stated(const chip::Sourced& value) { return value.range.stated ? value.range.stated->to_double() : 0; }
double stated(const std::optional<chip::Sourced>& value) { return value ? stated(*value) : 0; }

}  // namespace

Network network_of(const chip::Cluster& c) {
  Network out;
  out.domain = c.scaleup_devices;
  out.scaleout = stated(c.scaleout_bandwidth) * giga;
  out.leaf = c.leaf_devices;
  out.oversubscription = c.oversubscription;
  out.host = stated(c.host_bandwidth) * giga;
  out.host_memory = c.node_devices > 0 ? stated(c.host_memory) * giga / c.node_devices : 0;
  return out;
}

}  // namespace brightline::model
