// brightline prices: what is known of prices, of all or of one item.
#pragma once
#include <string>

#include "app/streams.h"
#include "app/world.h"

namespace brightline::app {

struct PricesOptions {
  Places places;
  std::string item;  ///< a chip, "electricity", "pue" or "server"; empty: all
  std::string kind, region;
  bool json = false;
  std::string format = "table";
};

int run_prices(const PricesOptions& options, Streams& streams);

}  // namespace brightline::app
