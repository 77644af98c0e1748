// Random questions about random small spaces of designs, some of whose designs are in question whatever area, power and cost
// are reckoned to be.
#pragma once
#include <cstdint>
#include <memory>
#include <random>

#include "search/box.h"
#include "search/design_world_test.h"

namespace brightline::tests {

/// Days of different law: each stands for a version.
inline constexpr std::array law_days{"2022-10-07", "2023-01-17", "2023-11-17", "2024-12-31", "2025-05-13", "2026-01-15", "2026-11-23"};

/// The same for the same text, on every machine.
std::uint64_t seed_of(std::string_view text);
/// A test may be called so.
std::string test_name(std::string text);
/// Does the law put the design into this piece?
bool lies_in(const search::DesignQuestion& question, const search::LegalPiece& piece, const model::Design& design);

class RandomAsks {
 public:
  explicit RandomAsks(std::uint64_t seed) : random_(seed) {}
  std::uint64_t below(std::uint64_t count) { return random_() % count; }
  bool one_in(std::uint64_t count) { return below(count) == 0; }
  template <class Range>
  auto of(const Range& from) { return from[below(std::size(from))]; }

  /// At most so many designs, around those of the catalogue.
  search::Space space(std::uint64_t most_designs);
  /// The space, the workloads, the standing, who makes it and where it goes to.
  search::DesignAsk ask(std::uint64_t most_designs);
  /// Limits that some of the space's designs keep and others do not.
  void set_limits(search::DesignQuestion& question);
  /// Of one kind each, wide or narrow.
  search::Box comparable_box(const search::Space& space);
  /// Any in the box; every fourth at a corner.
  search::Levels inside(const search::Box& box);
  std::mt19937_64& engine() { return random_; }

 private:
  std::mt19937_64 random_;
};

}  // namespace brightline::tests
