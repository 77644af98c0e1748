// The best design of a space, exactly: branch and bound over boxes of designs and pieces of the law. Docs: docs/model/search.md.
#pragma once
#include <atomic>
#include <functional>
#include <optional>

#include "search/proof.h"

namespace brightline::search {

struct BoundProgress {
  double seconds = 0;
  std::uint64_t boxes = 0;      ///< gone into
  std::uint64_t open = 0;       ///< still to go into
  Found best;
  Score bound = no_score;       ///< nothing left can score more
};

struct BoundLimits {
  unsigned threads = 1;
  double most_seconds = 0;             ///< 0: until it is done
  Score tolerance = 0;                 ///< stop when nothing is better than the best by more
  const std::atomic<bool>* stop = nullptr;  ///< set from elsewhere: give what there is
  std::function<void(const BoundProgress&)> progress;  ///< now and then, from one thread
  int climbs = 8;                      ///< starts of the search for a first good design
  std::optional<model::Design> start;  ///< a design to climb from besides; its values are those of the space
  std::uint64_t most_boxes = 0;        ///< 0: any number
  std::size_t most_open = 1'500'000;   ///< boxes kept, about 200 MB; beyond it a thread goes depth first
};

struct BoundResult {
  Found winner;                 ///< score no_score: no design of the space is in question
  Score bound = no_score;       ///< of the whole space; equal to the winner's when proven
  bool proven = false;
  Proof proof;
  std::uint64_t boxes = 0;
  std::uint64_t evaluated = 0;  ///< full evaluations, of designs and of corners
  double seconds = 0;
};

/// The winner is the same on any number of threads: the highest score, and of those the lowest index.
BoundResult best_design(const DesignQuestion& question, const BoundLimits& limits);

}  // namespace brightline::search
