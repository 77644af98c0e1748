// The best training plan, searched exactly: every plan of a stated space is evaluated, or left out for a reason that holds for
// certain. Docs: docs/model/training.md.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/train.h"

namespace brightline::model {

/// What a search may vary. Fixed parts are above 0 in `fixed`.
struct TrainingSpace {
  double devices = 1;
  workload::TrainingPlan fixed{0, 0, 0, 0, 0, 0, 0};  ///< tp, pp, dp, ep, cp, micro_batch, chunks; 0: free
  std::vector<workload::Recompute> recompute;
  std::vector<int> zero;                    ///< of 0 to 3
  std::vector<bool> sequence_parallel;      ///< where tp > 1
  std::vector<bool> split_passing;
  std::vector<bool> regather;               ///< with sequence parallelism
  std::vector<bool> fused_activation;
  std::vector<bool> overlap_data;
  std::vector<workload::TensorOverlap> overlap_tensor;
  bool offload = false;                     ///< weights, activations and optimizer states may each go to the host
  bool uneven_stages = true;                ///< layers need not divide by stages
  bool scatter_once = false;                ///< of every plan
  bool whole_rounds = true;                 ///< chunks only where the micro-batches are a multiple of the stages, as Megatron-LM asks
  bool gather_in_pipeline = false;          ///< ZeRO-3 with more than one stage
  bool batch_down = false;                  ///< a global batch that copies do not divide is cut to a multiple of them
  double most_tensor = 0;                   ///< tensor parallelism reaches no further; 0: any number
  bool placements = false;                  ///< counts also the plans that put a group on slower links than it needs
  /// Every choice there is: the space that Calculon searches, counted as it counts (docs/plans.md).
  void widen();
};
/// What is worth trying, with everything else as the software does it.
TrainingSpace usual_space(double devices);

/// Why a plan of the space is not the best.
enum class LeftOut { memory, host_memory, slower_links, same, slower };
inline constexpr std::size_t reasons_left_out = 5;
std::string_view reason_text(LeftOut reason);
std::string_view reason_key(LeftOut reason);  ///< one word, for documents

struct RankedPlan {
  workload::TrainingPlan plan;
  TrainingStep step;
};

struct PlanSearch {
  std::vector<RankedPlan> best;  ///< the winner first; then the best plan of each other tp, pp, cp, ep and recomputation
  std::uint64_t space = 0;       ///< plans listed
  std::uint64_t evaluated = 0;
  std::array<std::uint64_t, reasons_left_out> left_out{};
  RankedPlan nearest;            ///< where nothing fits: the plan that misses memory least
  double least_memory = 0;       ///< bytes it wants
  std::string why;               ///< where there is no plan at all
};

struct SearchQuestion {
  const Engine* engine = nullptr;
  const workload::Transformer* model = nullptr;
  workload::TrainingTask task;
  TrainingSpace space;
  Network network;
  TrainingConstants constants;
  TrainingMemoryPolicy policy;
  double memory = 0;  ///< bytes of a device
  std::size_t keep = 10;
  unsigned threads = 1;
};

/// The same on any number of threads.
PlanSearch best_plans(const SearchQuestion& question);

}  // namespace brightline::model
