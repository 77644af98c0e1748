// brightline estimate: time, memory and error bar of a model on chips.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/cost_options.h"
#include "app/streams.h"
#include "app/world.h"

namespace brightline::app {

/// Of training only.
struct TrainingOptions {
  double micro_batch = 0, chunks = 0;  ///< 0: the best
  std::optional<double> zero;          ///< none: the best
  std::string against;                 ///< another chip
  std::string recompute, cluster, stages;  ///< empty: the best; the usual; uneven unless every choice is asked for
  bool offload = false, every_choice = false;
  std::optional<double> tokens;        ///< of a whole run
  double top = 8;                      ///< plans told
  unsigned threads = 0;                ///< 0: as many as the machine has
};

struct EstimateOptions {
  Places places;
  std::vector<std::string> chips;  ///< catalogue ids, names or chip files; several are set side by side
  double count = 1;
  std::string workload, model, phase;
  double batch = 0, input = 0, output = 0;
  std::string precision, kv, software;
  double tp = 0, pp = 0, dp = 0, ep = 0, cp = 0;
  double ttft_ms = 0, tpot_ms = 0;
  CostOptions cost;
  TrainingOptions training;
  bool json = false;
  std::string format = "table";
};

int run_estimate(const EstimateOptions& options, Streams& streams);

}  // namespace brightline::app
