// Time of collectives between the devices of one node or scale-up domain.
#pragma once
#include "model/processor.h"
#include "workload/operators.h"

namespace brightline::model {

/// Costs of the protocols a library chooses among; the quickest for a size is taken.
struct CollectiveConstants {
  double host = 0;            ///< s: the least a call takes, when launched from the host each time
  double base = 0;            ///< s
  double hop = 0;             ///< s for each further device
  double direct = 0;          ///< one-shot: share of the link when each device reads all others' data
  double flagged = 0;         ///< small packets that carry their own flags: share of the link
  double packed = 0;          ///< larger such packets: share of the link
  double packed_start = 0;    ///< s more to start with them
  double bulk = 0;            ///< plain copies with barriers: share of the link
  double bulk_start = 0;
  double in_switch = 0;       ///< reduced or multicast by the switch: share of the link
  double in_switch_start = 0;
  double contention = 0;      ///< exponent of devices / 2 by which a shared path slows
  double copy = 0;            ///< times the vector is moved through memory besides
};

struct Link {
  double bandwidth = 0;  ///< bytes/s, one direction, of one device
  double memory = 0;     ///< bytes/s
  bool reduces = false;      ///< the switch can reduce
  bool shared = false;  ///< devices share the path (system bus)
  double joined = 1e9;  ///< devices that the links join; larger groups take the bus
  double bus = 0;       ///< bytes/s of the system bus, one direction
};

/// Bytes each device sends, relative to `bytes`.
double wire_factor(workload::CollectiveKind kind, double devices);
Time collective_time(const workload::Collective& shape, const Link& link, const CollectiveConstants& constants);

}  // namespace brightline::model
