// A question put to every design of a space: which law, which workloads, what counts. Constant once made; threads share it.
#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/design_processor.h"
#include "model/engine.h"
#include "search/legal_gate.h"
#include "search/physics.h"
#include "search/space.h"
#include "search/task.h"

namespace brightline::search {

/// What the best design has most of: speed over the reference, as it stands or for each unit of something.
enum class Objective { performance, per_usd, per_watt, per_mm2 };
std::optional<Objective> objective_named(std::string_view name);
std::string_view objective_name(Objective objective);

/// Why a design is not in question, in the order in which that is found out: cheapest first.
enum class Rejection { none, die, law, memory, formats, power, cost };
inline constexpr std::size_t rejections = 7;
std::string_view rejection_key(Rejection rejection);   ///< one word, for documents
std::string_view rejection_text(Rejection rejection);  ///< for people

/// The logarithm of the speed over the reference's in whole steps of the question's resolution: designs nearer to each other
/// than that are equals, and the one of the lower index stands for them.
using Score = std::int64_t;
inline constexpr Score no_score = std::numeric_limits<Score>::min();

struct DesignQuestion {
  Space space;
  std::optional<model::DesignBasis> basis;
  Physics physics;
  LegalGate gate;
  std::vector<Task> tasks;
  std::vector<double> weights;  ///< of the tasks, summing to 1
  Objective objective = Objective::performance;
  double resolution = 1e-4;
  double most_die = 0, most_power = 0, most_cost = 0;  ///< mm2, W, USD; cost 0: any
  double fp32_lanes = 0, fp64_lanes = 0;  ///< of a core, beside its tensor units: they too have a TPP
  double least_bytes = 0;       ///< of memory, of all tasks
  bool eight_bit = false, four_bit = false;
  const model::Engine* engine = nullptr;  ///< of the reference chip: lends the constants

  /// Takes limits and needs from space and tasks; weights are made to sum to 1.
  void settle();
  /// The words the law reads; `area` is the applicable die area in mm2, taken down to a hundredth: the
  /// smaller area is the stricter reading of a density.
  [[nodiscard]] WordValues words(const model::Design& design, double area) const;
};

/// One thread's scratch space. All its functions are pure.
class DesignEvaluator {
 public:
  explicit DesignEvaluator(const DesignQuestion& question) : question_(question), engine_(*question.engine), processor_(question.basis->blank()) {}

  /// Up to the law: what a sweep settles most designs by.
  [[nodiscard]] Rejection settle(const model::Design& design) const;
  /// The rest, for a design that settle() lets pass.
  [[nodiscard]] Rejection refuse(const model::Design& design) const;
  [[nodiscard]] Rejection check(const model::Design& design) const {
    const Rejection first = settle(design);
    return first != Rejection::none ? first : refuse(design);
  }
  /// Seconds of each task, into a vector of as many; infinite where the design lacks a format.
  void seconds(const model::Design& design, std::vector<double>& out);
  /// Room for seconds().
  [[nodiscard]] std::vector<double>& scratch() { return seconds_; }
  /// The score of a design whose seconds are known.
  [[nodiscard]] Score score_of(const model::Design& cheap, const std::vector<double>& seconds) const;
  /// The score whatever the limits say: `fast` gives the times, `cheap` what they are divided by. For one design both are it.
  Score score(const model::Design& fast, const model::Design& cheap) {
    seconds(fast, seconds_);
    return score_of(cheap, seconds_);
  }
  Score score(const model::Design& design) { return score(design, design); }
  /// As score(), before it is cut to whole steps.
  double value(const model::Design& fast, const model::Design& cheap) {
    seconds(fast, seconds_);
    return value_of(cheap, seconds_);
  }
  [[nodiscard]] double value_of(const model::Design& cheap, const std::vector<double>& seconds) const;

  [[nodiscard]] const DesignQuestion& question() const { return question_; }

 private:
  const DesignQuestion& question_;
  model::Engine engine_;
  model::Processor processor_;
  std::vector<double> seconds_;
};

}  // namespace brightline::search
