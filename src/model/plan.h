// Which way of spreading a model over devices answers a question best.
#pragma once
#include <expected>
#include <string>
#include <vector>

#include "model/serve.h"
#include "workload/workload_file.h"

namespace brightline::model {

struct Question {
  workload::Phase phase = workload::Phase::decode;
  double devices = 1;
  double batch = 1;  ///< sequences together over all devices; 0 in serve: as many as serve best
  double input = 0, output = 0;
  double ttft_ms = 0, tpot_ms = 0;  ///< service goals; 0: none
  workload::Numbers numbers;
  workload::Parallelism fixed{0, 0, 0, 0, 0};  ///< 0: free
  double domain = 8;  ///< devices joined by the scale-up links
};

struct Answer {
  workload::Parallelism plan;
  double batch = 1;
  Served served;
  std::string software;  ///< whose overheads were taken
  Spread spread;         ///< of the headline figure
  std::size_t plans_tried = 0;
};

/// The plans that fit the question's fixed parts, the model's heads and the domain.
std::vector<workload::Parallelism> plans_for(const Question& question, const workload::Transformer& model);

/// Quickest first token (prefill), most tokens (decode), or most tokens under the goals (serve).
/// `software`: an engine's name in the calibration, or empty for the best of those measured.
std::expected<Answer, Infeasible> best_answer(const Engine& engine, const Calibration& calibration, const workload::Transformer& model, const Question& question,
                                              const std::string& software);

/// Engines whose overheads were fitted.
std::vector<std::string> software_measured(const Calibration& calibration);

/// The headline figure of a phase: TTFT in ms, TPOT in ms, or tokens a second.
double headline(const Served& served, workload::Phase phase);

}  // namespace brightline::model
