#include "model/expert_exchange.h"

#include <algorithm>
#include <cmath>

namespace brightline::model {

double devices_reached(double top_k, double devices) { return devices * (1 - std::pow(1 - 1 / devices, top_k)); }

Time expert_exchange_time(const workload::ExpertExchange& shape, const Link& link, const ExpertExchangeConstants& constants) {
  const auto& s = shape;
  const auto& c = constants;
  const double nodes = std::max(1.0, s.devices / s.devices_per_node);
  const double bytes = s.tokens * s.hidden * (s.dispatch_bytes + s.combine_bytes);
  // The low-latency kernel sends a copy to each chosen expert, the other one copy to each device.
  const double copies = s.cores > 0 ? devices_reached(s.top_k, s.devices) : s.top_k;
  // That one forwards what arrives from other nodes over the scale-up link too.
  const double within = bytes * copies / (s.cores > 0 ? 1 : nodes) * (s.devices_per_node - 1) / s.devices_per_node;
  const bool over_bus = std::min(s.devices, s.devices_per_node) > link.joined;
  const double bandwidth = over_bus ? link.bus : link.bandwidth;
  const double rate = s.cores > 0 ? 1 / (1 / (bandwidth * c.link) + 1 / (s.cores * c.core_rate)) : bandwidth * c.link;
  const double inside = within / rate;
  double across = 0;
  if (nodes > 1) across = bytes * (s.cores > 0 ? devices_reached(s.top_k, nodes) * (nodes - 1) / nodes : s.top_k * (nodes - 1) / nodes) / c.scale_out;
  const double start = c.base + (nodes > 1 ? c.node_hop * std::log2(nodes) : 0);
  return Time{start + s.tokens * s.top_k * c.token_cost + std::max(inside, across) + c.overlap_loss * std::min(inside, across)};
}

}  // namespace brightline::model
