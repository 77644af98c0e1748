// What one device does in a training step: operations, bytes of memory, bytes over links.
#pragma once
#include "model/energy.h"
#include "workload/training.h"

namespace brightline::model {

struct TrainedRun {
  const workload::Transformer* model = nullptr;
  workload::TrainingTask task;
  workload::TrainingPlan plan;
  double seconds = 0;  ///< of the step
  double domain = 8;   ///< devices that scale-up links join
};

/// On the average device.
Activity training_activity(const TrainedRun& run);

}  // namespace brightline::model
