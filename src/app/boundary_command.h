// brightline boundary: the performance boundary list.
#pragma once
#include <string>
#include <vector>

#include "app/search_command.h"

namespace brightline::app {

struct BoundaryOptions {
  Places places;
  TransactionOptions transaction;
  std::vector<std::string> workloads;  ///< of the designs; empty: those of the space
  std::string space = "hopper-n4";     ///< of the designs
  bool no_designs = false;             ///< only the region and the products
  bool fresh = false;                  ///< answer anew, whatever is stored
  unsigned threads = 0;
  std::string svg;                     ///< file to draw the region into
  std::string page;                    ///< file for a self-contained HTML page
  bool json = false;
  std::string format = "table";
};

int run_boundary(const BoundaryOptions& options, Streams& streams);

}  // namespace brightline::app
