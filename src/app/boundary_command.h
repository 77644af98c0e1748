// brightline boundary: the performance boundary list.
#pragma once
#include <string>
#include <vector>

#include "app/judge_command.h"

namespace brightline::app {

struct BoundaryOptions {
  Places places;
  TransactionOptions transaction;
  std::vector<std::string> workloads;  ///< kept in the document; performance per workload needs the model
  std::string svg;                     ///< file to draw the region into
  std::string page;                    ///< file for a self-contained HTML page
  bool json = false;
  std::string format = "table";
};

int run_boundary(const BoundaryOptions& options, Streams& streams);

}  // namespace brightline::app
