// Holds predicted training steps, and what they take of a device's memory, against published runs.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "measured/compare.h"
#include "measured/known_chips.h"

namespace brightline::measured {

/// Adds the row's step time; what is refused has no step.
model::TrainingStep add_trained(const TrainedCase& one, KnownChips& chips, std::vector<Compared>& all);
/// The memory a row states, beside that of the step which `row` predicts. A count of bytes: it has no interval. "Fitted" where the
/// software's `allocated` was set by rows that state a memory.
Compared compare_memory(const TrainedCase& one, const Compared& row, const model::TrainingStep& step);

/// Spearman's rank correlation of predicted with measured, ties at their mean rank; of rows that are not refused. None below two
/// rows, or where all are equal.
std::optional<double> rank_correlation(const std::vector<const Compared*>& rows);

/// How well the model orders the runs of one software.
struct Ordered {
  std::string stack;
  std::size_t rows = 0, held_out = 0;
  double spearman = 0;
  std::optional<double> spearman_held_out;
};
/// Of every software with at least this many predicted rows.
std::vector<Ordered> ordered_by_stack(const std::vector<Compared>& rows, std::size_t at_least);

}  // namespace brightline::measured
