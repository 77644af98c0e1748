// Published training runs: rows as a question to the training model, with the step time measured.
#pragma once
#include <string>
#include <vector>

#include "measured/table.h"
#include "model/train.h"
#include "model/training_software.h"
#include "workload/workload_file.h"

namespace brightline::measured {

struct TrainedCase {
  int line = 0;
  std::string hardware;  ///< as written
  std::string chip;      ///< catalogue id; empty: not known
  model::Stack stack;    ///< the software; its version where the source tells
  workload::Transformer shape;
  workload::TrainingTask task;
  workload::TrainingPlan plan;
  model::Network network;
  double seconds = 0;       ///< of a step
  double memory_bytes = 0;  ///< stated of a device; 0: not
  std::string group;        ///< what a held-out split keeps together
  bool full = false;        ///< a full plan, as the contract defines it
  std::string refused;
};

/// What rows are read with.
struct TrainedWorld {
  const workload::Models* models = nullptr;
  const model::Families* families = nullptr;
  const model::TrainingSoftwares* softwares = nullptr;
  const chip::Clusters* clusters = nullptr;
};

/// Rows in the order of the table. `models` give what a row's columns can't say (latent attention, experts).
/// Where a row does not say what joins its nodes, the cluster its chip is usually deployed in stands in.
std::vector<TrainedCase> trained_cases(const Table& table, const TrainedWorld& world);
bool held_out(const TrainedCase& one);
/// The scale-out rate that a text such as "8x400Gb/s IB" or "1600Gb/s RoCE per node" states, bytes/s of one device; 0: none.
double scaleout_of(std::string_view text, double node_devices);

/// What of a row's step does not depend on training constants.
model::Block prepare(const TrainedCase& one, const model::Engine& engine);

}  // namespace brightline::measured
