// brightline chips: list, filter, show one with its sources, check consistency.
#pragma once
#include <string>

#include "app/streams.h"
#include "app/world.h"

namespace brightline::app {

struct ChipsOptions {
  Places places;
  std::string id;  ///< show this one
  std::string maker;
  std::string segment;
  std::string country;
  std::string line;
  bool check = false;
  bool json = false;
  std::string format = "table";
};

int run_chips(const ChipsOptions& options, Streams& streams);

}  // namespace brightline::app
