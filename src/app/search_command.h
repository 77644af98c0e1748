// brightline search: the best designs of spaces under laws, for workloads, with proofs.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/judge_command.h"
#include "app/model_world.h"
#include "search/study.h"

namespace brightline::app {

struct SearchOptions {
  Places places;
  TransactionOptions transaction;
  std::vector<std::string> spaces;
  std::vector<std::string> workloads;
  std::vector<std::string> days;       ///< each a study of its own, besides --on
  std::vector<std::string> standings;
  bool each = false;                   ///< each workload a study of its own
  std::string assume = "strict";
  std::string objective = "performance";
  double budget = 0;                   ///< USD to make one device
  double power = 0;                    ///< W
  search::TaskWishes wishes;
  double resolution = 1e-4;
  unsigned threads = 0;                ///< 0: all cores
  double seconds = 0;                  ///< for each design looked for; 0: until it is proven
  bool sweep = false;
  double sample = 0;                   ///< designs of a sweep; 0: all of them
  std::vector<std::string> over;
  std::string resume;                  ///< file of finished studies
  bool json = false;
  std::string format = "table";
};

int run_search(const SearchOptions& options, Streams& streams);

/// A study with what it points into.
struct OwnedStudy {
  std::unique_ptr<search::CodeBook> codes;
  std::unique_ptr<search::DesignCase> asked;
  search::Study study;
};

/// What studies are made with; constant and shared by threads.
struct StudyWorld {
  const World* world = nullptr;
  const ModelWorld* model = nullptr;
};

/// One study; BadInput where the question has mistakes.
OwnedStudy answer_study(const StudyWorld& world, const search::DesignAsk& ask, const search::StudyLimits& limits);

inline constexpr unsigned most_threads = 1024;
unsigned threads_of(unsigned wished);
/// How a search goes, in one line.
std::string bound_line(const search::BoundProgress& progress, double resolution);
std::vector<std::string> workloads_of(const search::Study& study);

}  // namespace brightline::app
