// What an estimate is asked of: a model and a phase, and numbers that count.
#pragma once
#include "app/estimate_command.h"
#include "workload/workload_file.h"

namespace brightline::app {

/// A whole number from `least` to 10 million; else BadInput of `option`.
double whole(double value, const char* option, double least);
/// --workload ID, or --model with --phase.
workload::Workload asked_for(const EstimateOptions& options, const workload::Models& models);

}  // namespace brightline::app
