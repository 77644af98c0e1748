// A training plan in words and as data.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "report/training_document.h"

namespace brightline::report {

std::string plan_words(const workload::TrainingPlan& plan);
base::Json plan_json(const workload::TrainingPlan& plan);
std::vector<std::pair<std::string, double>> memory_parts(const model::TrainingMemory& memory);
/// Why nothing fits, and by how much.
std::string infeasible_text(const TrainingEstimate& estimate);
std::string training_heading(const TrainingEstimate& estimate, const Terminal& terminal);

}  // namespace brightline::report
