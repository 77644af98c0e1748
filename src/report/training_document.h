// Training on a cluster: step time, plan, memory, where the time goes, what the other plans cost.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "model/calibration.h"
#include "model/energy.h"
#include "model/train_search.h"
#include "report/cost_document.h"
#include "report/terminal.h"
#include "report/terminal_table.h"
#include "workload/workload_file.h"

namespace brightline::report {

struct TrainingEstimate {
  model::Processor processor;
  std::string cluster;  ///< its id; empty: none is known
  model::Network network;
  const workload::Model* model = nullptr;
  workload::TrainingTask task;
  double devices = 1;
  double memory = 0;  ///< bytes a device has
  double run_tokens = 0;  ///< of a whole training run; 0: not asked
  model::Stack software;
  model::PlanSearch search;
  double seconds_searched = 0;
  model::Spread spread;  ///< of the step time
  bool family_seen = false;
  bool measured = false;  ///< runs of this software on this family were fitted
  std::string why;        ///< not possible; empty: see search
  std::vector<std::string> assumed;
  Costing costing;
  model::EnergyUse energy;  ///< of one device and one step
  [[nodiscard]] bool feasible() const { return why.empty() && !search.best.empty(); }
};

/// Tokens a second over all devices: typical, and between the 10th and 90th percentile of the step time.
model::Span training_rate(const TrainingEstimate& estimate);
/// Operations of a step over what the devices could do at their peak for the format of the linear layers.
struct Utilisation {
  double model = 0;         ///< MFU: causal attention counted by half, nothing computed twice
  double whole_scores = 0;  ///< the same with whole score matrices, as Megatron-LM counts
  double hardware = 0;      ///< HFU: with what is computed again
};
Utilisation utilisation_of(const TrainingEstimate& estimate);

base::Json training_document(const TrainingEstimate& estimate);
base::Json trainings_document(const std::vector<TrainingEstimate>& estimates);
Table training_table(const std::vector<TrainingEstimate>& estimates);
std::string training_text(const TrainingEstimate& estimate, const Terminal& terminal);
std::string trainings_text(const std::vector<TrainingEstimate>& estimates, const Terminal& terminal);

/// The winner, the runners-up and why each lost; how many plans there were and what became of them.
base::Json plan_document(const TrainingEstimate& estimate);
Table plan_table(const TrainingEstimate& estimate);
std::string plan_text(const TrainingEstimate& estimate, const Terminal& terminal);

}  // namespace brightline::report
