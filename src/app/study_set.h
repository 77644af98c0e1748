// Many questions at once: spaces x days x standings x workloads, handed to whoever works, kept as they are finished.
#pragma once
#include <string>
#include <vector>

#include "app/search_command.h"
#include "base/json.h"

namespace brightline::app {

/// Every combination asked for, in a fixed order.
std::vector<search::DesignAsk> asks_of(const SearchOptions& options, const World& world, const std::string& data_directory);

/// One study as what is kept of it: its document, and its rows for a table.
std::string kept_text(const search::Study& study);

struct StudySetAnswer {
  std::vector<base::Json> kept;  ///< by the order of the asks; null where the set was ended before
  int ranks = 1;
  bool coordinates = true;       ///< only this process has the answers
};

/// Runs the set over threads or, under mpirun, over ranks. With a file to resume, what it holds is not done again.
StudySetAnswer run_set(const SearchOptions& options, const StudyWorld& world, const std::vector<search::DesignAsk>& asks, const search::StudyLimits& limits, Streams& streams);

}  // namespace brightline::app
