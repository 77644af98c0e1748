// Sets of designs between two corners: what holds for all of them, from what holds at the corners. Docs: docs/model/design.md.
#pragma once
#include "search/design_question.h"

namespace brightline::search {

/// All designs between `low` and `high`, both included.
struct Box {
  Levels low{}, high{};
  [[nodiscard]] bool single() const { return low == high; }
  /// Designs in it; a double, for a space may hold 10^18.
  [[nodiscard]] double designs() const;
  friend bool operator==(const Box&, const Box&) = default;
};

/// Are the fields of which more is not simply quicker down to one value each? Only then do corners tell anything.
bool comparable(const Box& box);

/// Why no design of the box can be in question and in the legal piece, or none where some may. The box must be comparable.
Rejection refuse_all(const DesignQuestion& question, const LegalPiece& piece, const Box& box);

/// No design of the box scores more; `no_score` where none can run the workloads. The box must be comparable.
inline Score bound_of(DesignEvaluator& evaluator, const Box& box) {
  const Space& space = evaluator.question().space;
  return evaluator.score(space.at(box.high), space.at(box.low));
}

}  // namespace brightline::search
