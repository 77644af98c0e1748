#include "model/collective.h"

#include <algorithm>
#include <cmath>

namespace brightline::model {

using workload::CollectiveKind;

double wire_factor(CollectiveKind kind, double devices) {
  const double p = devices;
  switch (kind) {
    case CollectiveKind::all_reduce: return 2 * (p - 1) / p;
    case CollectiveKind::point_to_point: return 1;
    default: return (p - 1) / p;
  }
}

Time collective_time(const workload::Collective& shape, const Link& link, const CollectiveConstants& constants) {
  const auto& s = shape;
  const auto& c = constants;
  if (s.devices <= 1) return Time{0};
  const double p = s.devices;
  const bool over_bus = p > link.joined;
  const double bandwidth = (over_bus ? link.bus : link.bandwidth) / (link.shared || over_bus ? std::pow(p / 2, c.contention) : 1.0);
  const double wire = s.bytes * wire_factor(s.kind, p) / bandwidth;
  const double start = c.base + c.hop * (p - 1);
  double best = start + wire / c.flagged;
  if (s.kind == CollectiveKind::all_reduce) best = std::min(best, c.base + s.bytes * (p - 1) / (bandwidth * c.direct));
  best = std::min(best, start + c.packed_start + wire / c.packed);
  best = std::min(best, start + c.bulk_start + wire / c.bulk);
  if (link.reduces && !over_bus && s.kind != CollectiveKind::all_to_all && p > 2) {
    const double through = s.kind == CollectiveKind::all_reduce ? (p + 1) / p : 1;
    best = std::min(best, start + c.in_switch_start + s.bytes * through / (bandwidth * c.in_switch));
  }
  return Time{std::max(best, c.host) + c.copy * s.bytes / link.memory};
}

}  // namespace brightline::model
