// Designs of a space one after the other: all of them, or every so-manieth. Each is settled by the cheapest test that can,
// what passes is evaluated and kept where nothing beats it. Docs: docs/model/search.md.
#pragma once
#include <array>
#include <atomic>
#include <functional>

#include "search/archive.h"
#include "search/climb.h"

namespace brightline::search {

/// A part of the space: indices from, from + stride, ... below `to`.
struct SweepBlock {
  std::uint64_t from = 0, to = 0, stride = 1;
};

/// A stride by which some `sample` designs of a space are looked at: it meets every value of every field about as often.
std::uint64_t sampling_stride(const Space& space, std::uint64_t sample);

struct SweepResult {
  explicit SweepResult(std::vector<Figure> over) : frontier(std::move(over)) {}
  Archive frontier;
  Found best;                       ///< by the question's objective
  std::uint64_t designs = 0;        ///< settled
  std::uint64_t evaluated = 0;
  double judging = 0, evaluating = 0;  ///< thread-seconds of either
  std::array<std::uint64_t, rejections> rejected{};  ///< by Rejection; the first counts those in question
  void merge(const SweepResult& other);
};

/// The figures of a design in question; those that no task gives are 0.
FigureValues figures_of(DesignEvaluator& evaluator, const model::Design& design);

SweepResult sweep(DesignEvaluator& evaluator, const SweepBlock& block, const std::vector<Figure>& over);

/// The same over threads, in blocks; the answer does not depend on how many. `stop` ends it early.
SweepResult sweep_all(const DesignQuestion& question, const SweepBlock& block, const std::vector<Figure>& over, unsigned threads, const std::atomic<bool>* stop,
                      const std::function<void(double share, const SweepResult&)>& progress);

}  // namespace brightline::search
