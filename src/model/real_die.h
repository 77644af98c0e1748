// A real die (data/technology/dies.toml) as a design, to hold the area model against what was measured.
#pragma once
#include <string_view>

#include "model/floorplan.h"

namespace brightline::model {

struct RealDie {
  const chip::DieFacts* facts = nullptr;
  Design design;
  CoreKind kind;
};
RealDie real_die(const chip::DieFacts& facts);

Floorplan floorplan_of(const RealDie& die, const chip::Technology& technology, const AreaConstants& constants, base::Problems& problems);

/// What a photograph calls by that name (chip::die_blocks). Cores hold their tensor units and memories; other holds the bus.
double block_area(const Floorplan& plan, std::string_view block);

}  // namespace brightline::model
