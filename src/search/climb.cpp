#include "search/climb.h"

#include <algorithm>
#include <array>
#include <random>
#include <span>

namespace brightline::search {

namespace {

constexpr std::array all_strides{1, 2, 4, 8, 16, 32};
constexpr std::array few_strides{1, 8};

bool move(Levels& levels, const Levels& last, std::size_t field, int by) {
  const int to = static_cast<int>(levels[field]) + by;
  if (to < 0 || to > static_cast<int>(last[field])) return false;
  levels[field] = static_cast<std::uint16_t>(to);
  return true;
}

class Climber {
 public:
  Climber(DesignEvaluator& evaluator, std::uint64_t& evaluated, Strides strides)
      : evaluator_(evaluator), space_(evaluator.question().space), last_(space_.last()), evaluated_(evaluated),
        strides_(strides == Strides::all ? std::span<const int>(all_strides) : std::span<const int>(few_strides)) {}

  Found run(const Levels& start) {
    at_ = start;
    best_ = assess(evaluator_, start);
    ++evaluated_;
    while (single_step() || double_step()) {
    }
    return best_;
  }

 private:
  bool attempt(const Levels& levels) {
    const Found found = assess(evaluator_, levels);
    ++evaluated_;
    if (!found.better_than(best_)) return false;
    best_ = found;
    at_ = levels;
    return true;
  }
  bool single_step() {
    bool moved = false;
    for (std::size_t field = 0; field < design_dimensions; ++field) {
      for (const int stride : strides_) {
        for (const int by : {stride, -stride}) {
          Levels to = at_;
          if (move(to, last_, field, by)) moved |= attempt(to);
        }
      }
    }
    return moved;
  }
  // Along a limit one field must give way for another.
  bool double_step() {
    for (std::size_t up = 0; up < design_dimensions; ++up) {
      for (std::size_t down = 0; down < design_dimensions; ++down) {
        if (up == down) continue;
        for (const int plus : strides_) {
          for (const int minus : strides_) {
            Levels to = at_;
            if (move(to, last_, up, plus) && move(to, last_, down, -minus) && attempt(to)) return true;
          }
        }
      }
    }
    return false;
  }

  DesignEvaluator& evaluator_;
  const Space& space_;
  Levels last_;
  std::uint64_t& evaluated_;
  std::span<const int> strides_;
  Levels at_{};
  Found best_;
};

}  // namespace

Found assess(DesignEvaluator& evaluator, const Levels& levels) {
  const Space& space = evaluator.question().space;
  const model::Design design = space.at(levels);
  if (evaluator.check(design) != Rejection::none) return {};
  const Score score = evaluator.score(design);
  return score == no_score ? Found{} : Found{score, space.index_of(levels)};
}

Found climb(DesignEvaluator& evaluator, const Levels& start, std::uint64_t& evaluated, Strides strides) { return Climber(evaluator, evaluated, strides).run(start); }

Levels levels_near(const Space& space, const model::Design& design) {
  Levels out{};
  for (std::size_t i = 0; i < design_dimensions; ++i) {
    const auto at = std::ranges::lower_bound(space.values[i], design.*model::design_fields[i].member);
    out[i] = static_cast<std::uint16_t>(std::min<std::ptrdiff_t>(at - space.values[i].begin(), static_cast<std::ptrdiff_t>(space.values[i].size()) - 1));
  }
  return out;
}

Found climb_from_random(DesignEvaluator& evaluator, int starts, std::uint64_t seed, std::uint64_t& evaluated) {
  const Space& space = evaluator.question().space;
  std::mt19937_64 draw(seed);
  const std::uint64_t size = space.size();
  constexpr int most_draws = 20'000;
  Found best;
  for (int start = 0; start < starts; ++start) {
    Levels levels{};
    for (int i = 0; i < most_draws; ++i) {
      levels = space.levels_of(draw() % size);
      if (evaluator.check(space.at(levels)) == Rejection::none) break;
    }
    const Found found = climb(evaluator, levels, evaluated, Strides::few);
    if (found.better_than(best)) best = found;
  }
  return best.score == no_score ? best : climb(evaluator, space.levels_of(best.index), evaluated);
}

}  // namespace brightline::search
