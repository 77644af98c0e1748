// brightline validate: predictions beside measurements.
#pragma once
#include <string>
#include <vector>

#include "app/streams.h"
#include "app/world.h"

namespace brightline::app {

struct ValidateOptions {
  Places places;
  std::vector<std::string> files;  ///< CSV files or folders of them; "-" is standard input
  bool json = false, csv = false, rows = false;
  std::string format = "table";
  std::string report;  ///< folder to write the accuracy page and its plots into
};

int run_validate(const ValidateOptions& options, Streams& streams);

}  // namespace brightline::app
