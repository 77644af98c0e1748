// A good design quickly: from random legal designs uphill. What it finds is a start for the search that proves.
#pragma once
#include <cstdint>

#include "search/design_question.h"

namespace brightline::search {

struct Found {
  Score score = no_score;
  std::uint64_t index = 0;
  /// More, or as much at a lower index: of equals the one that varies least from the first design of the space.
  [[nodiscard]] bool better_than(const Found& other) const { return score != other.score ? score > other.score : score != no_score && index < other.index; }
  friend bool operator==(const Found&, const Found&) = default;
};

/// The design itself if it is in question.
Found assess(DesignEvaluator& evaluator, const Levels& levels);
/// How far a climb looks around: with few strides it is ten times as quick.
enum class Strides { few, all };
/// Uphill from `start`, one or two fields at a time, until nothing near is better.
Found climb(DesignEvaluator& evaluator, const Levels& start, std::uint64_t& evaluated, Strides strides = Strides::all);
/// The design of the space nearest to one of other values, each field no lower where the space reaches so far.
Levels levels_near(const Space& space, const model::Design& design);
/// The best of `starts` climbs from designs drawn with `seed`; the same for the same seed.
Found climb_from_random(DesignEvaluator& evaluator, int starts, std::uint64_t seed, std::uint64_t& evaluated);

}  // namespace brightline::search
