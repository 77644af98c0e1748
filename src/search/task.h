// One workload as a search asks it of every design: how it is spread, what it needs, how long it takes. Docs: docs/model/design.md.
#pragma once
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "chip/cluster.h"
#include "model/plan.h"
#include "model/train.h"
#include "model/training_software.h"
#include "workload/workload_file.h"

namespace brightline::search {

/// What a task is made with.
struct TaskWorld {
  const model::Calibration* calibration = nullptr;
  const model::TrainingSoftwares* softwares = nullptr;
  const chip::Clusters* clusters = nullptr;
  const workload::Models* models = nullptr;
};

/// What a person may fix; 0: as the workload's file says, or as is best on the reference chip.
struct TaskWishes {
  double devices = 0;
  double batch = 0, input = 0, output = 0;
  double tp = 0;
  std::string precision;
};

struct TrainingTaskParts {
  workload::TrainingTask task;
  workload::TrainingPlan plan;
  model::Network network;
  model::TrainingConstants constants;
};

/// The plan is found once, on the reference chip, and held for every design.
struct Task {
  std::string id;  ///< "llama3-70b-decode"
  const workload::Model* model = nullptr;
  workload::Phase phase = workload::Phase::decode;
  double devices = 1;
  double batch = 1, input = 0, output = 0;
  workload::Parallelism plan;
  workload::Numbers numbers;
  std::string software;
  std::vector<workload::Repeated> step;  ///< of a prefill or a decode step
  double work = 1, fixed = 0;            ///< seconds of the task = work * those of the step + fixed
  std::optional<TrainingTaskParts> training;
  double bytes = 0;          ///< of memory that one device must have
  bool eight_bit = false, four_bit = false;  ///< formats it multiplies in
  double reference_seconds = 0;  ///< on the reference chip; 0: it can't run it
  double tokens = 0;             ///< made or read in that time, over all devices
  model::Spread spread;          ///< measured over predicted, 10th and 90th percentile

  /// Seconds of the step, prefill or training step that the workload is about, on the engine's chip. No allocation in inference.
  [[nodiscard]] double seconds(const model::Engine& engine) const;
};

/// `asked`: a workload, and behind an @ the devices it is spread over ("llama3-70b-train@1024"), which go before those wished
/// for in general. The reason when a search can't ask it.
std::expected<Task, std::string> task_of(const TaskWorld& world, const model::Engine& reference, std::string_view asked, const TaskWishes& wishes);

}  // namespace brightline::search
