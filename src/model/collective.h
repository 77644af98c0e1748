// Time of collectives between the devices of one node or scale-up domain.
#pragma once
#include "model/processor.h"
#include "workload/operators.h"

namespace brightline::model {

/// Costs of the protocols a library chooses among; the quickest for a size is taken.
struct CollectiveConstants {
  double host;            ///< s: the least a call takes, when launched from the host each time
  double base;            ///< s
  double hop;             ///< s for each further device
  double direct;          ///< one-shot: share of the link when each device reads all others' data
  double flagged;         ///< small packets that carry their own flags: share of the link
  double packed;          ///< larger such packets: share of the link
  double packed_start;    ///< s more to start with them
  double bulk;            ///< plain copies with barriers: share of the link
  double bulk_start;
  double in_switch;       ///< reduced or multicast by the switch: share of the link
  double in_switch_start;
  double contention;      ///< exponent of devices / 2 by which a shared path slows
  double copy;            ///< times the vector is moved through memory besides
};

struct Link {
  double bandwidth;  ///< bytes/s, one direction, of one device
  double memory;     ///< bytes/s
  bool reduces;      ///< the switch can reduce
  bool shared = false;  ///< devices share the path (system bus)
};

/// Bytes each device sends, relative to `bytes`.
double wire_factor(workload::CollectiveKind kind, double devices);
Time collective_time(const workload::Collective& shape, const Link& link, const CollectiveConstants& constants);

}  // namespace brightline::model
