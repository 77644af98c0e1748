// Reads data/workloads: one file per model, its shape and the phases people ask about.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/toml.h"
#include "workload/transformer.h"

namespace brightline::workload {

enum class Phase { prefill, decode, serve, train };
std::optional<Phase> phase_named(std::string_view name);
std::string_view phase_name(Phase phase);

/// What is asked of a model in a phase. 0: not set.
struct Load {
  double batch = 0;   ///< sequences together (decode, prefill) or global batch (train)
  double input = 0;   ///< tokens of a prompt
  double output = 0;  ///< tokens written to each
  double ttft_ms = 0, tpot_ms = 0;  ///< service goals
};

struct Model {
  Transformer shape;
  std::string precision;  ///< the number scheme the published weights come in
  std::string source, note;
  std::vector<std::string> called;
  std::map<Phase, Load> phases;
};

class Models {
 public:
  std::vector<Model> list;
  static Models load(const std::string& data_folder, base::Problems& problems);
  [[nodiscard]] const Model* find(std::string_view id) const;
  /// By id or as measurements write it; case, blanks and hyphens do not count.
  [[nodiscard]] const Model* called(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> ids() const;
};

/// "llama3-70b-decode": a model and a phase.
struct Workload {
  const Model* model = nullptr;
  Phase phase = Phase::decode;
};
std::optional<Workload> workload_called(const Models& models, std::string_view id);

}  // namespace brightline::workload
