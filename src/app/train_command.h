// brightline estimate --phase train, and brightline plan.
#pragma once
#include "app/estimate_command.h"
#include "app/model_world.h"

namespace brightline::app {

/// The best plan, or the one given, on each chip.
int run_training(const EstimateOptions& options, const workload::Workload& asked, const ModelWorld& world, Streams& streams);
/// The same for one chip, with the space searched and the runners-up.
int run_plan(const EstimateOptions& options, Streams& streams);

}  // namespace brightline::app
