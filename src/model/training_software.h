// What training software does where nobody says: attention fused or not, what is split, what is summed.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "workload/training.h"

namespace brightline::model {

enum class Stated { never, always, stated };

struct TrainingSoftware {
  std::string id;
  std::vector<std::string> sources;  ///< one of these stands in a run's source; none: fits any
  std::string precision;             ///< stands in a run's number format; empty: fits any
  std::string version;               ///< the words behind the version in a source
  bool fused_attention = true;
  bool dropout = false;
  bool passes_whole = false;  ///< between pipeline stages
  Stated sequence_parallel = Stated::always;
  int zero = 1;
  double gradient_bytes = 4;
  double allocated = 1;  ///< memory taken over memory needed
  bool compared = false;  ///< shown where software is set side by side
  void apply(workload::TrainingTask& task) const;
};

/// data/training_software.toml.
struct TrainingSoftwares {
  std::vector<TrainingSoftware> list;
  std::vector<std::string> usual;  ///< ids of what is taken where nobody says, the first that was measured
  static TrainingSoftwares load(const std::string& data_folder, base::Problems& problems);
  [[nodiscard]] const TrainingSoftware* find(std::string_view id) const;
  /// The first that a run's source and number format fit; the last entry fits all.
  [[nodiscard]] const TrainingSoftware& of_run(std::string_view source, std::string_view precision) const;
};

}  // namespace brightline::model
