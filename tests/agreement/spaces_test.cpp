// Does every field that a shipped space varies matter to what its designs are worth? One that nothing hangs on is a mistake
// of the space or of the model.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

#include "agreement/random_asks.h"
#include "search/climb.h"

namespace brightline::tests {
namespace {

constexpr std::uint64_t pairs = 2'000;

// All that a design may be chosen by.
std::vector<double> objectives(search::DesignEvaluator& evaluator, const model::Design& design) {
  const search::Physics& physics = evaluator.question().physics;
  std::vector<double> out;
  evaluator.seconds(design, out);
  out.insert(out.end(), {physics.applicable(design), physics.power(design), physics.cost(design)});
  return out;
}

TEST(Spaces, EveryFieldThatVariesMatters) {
  search::CodeBook codes(search::real_law());
  RandomAsks random(3);
  for (const std::string& id : search::space_ids(BRIGHTLINE_ROOT "/data")) {
    search::DesignAsk ask;
    ask.space = search::real_space(id.c_str());
    const auto asked = search::case_of(codes, ask, "2026-11-23");
    const search::Space& space = asked->question.space;
    search::DesignEvaluator evaluator(asked->question);
    std::printf("%s:", id.c_str());
    for (std::size_t field = 0; field < search::design_dimensions; ++field) {
      const std::size_t count = space.values[field].size();
      if (count == 1) continue;
      std::uint64_t changed = 0;
      std::uint64_t timed = 0;  // told, not held: unused area changes no time
      for (std::uint64_t i = 0; i < pairs; ++i) {
        search::Levels levels = space.levels_of(random.below(space.size()));
        const std::vector<double> one = objectives(evaluator, space.at(levels));
        levels[field] = static_cast<std::uint16_t>((levels[field] + 1 + random.below(count - 1)) % count);
        const std::vector<double> other = objectives(evaluator, space.at(levels));
        changed += other != one ? 1 : 0;
        timed += !std::equal(one.begin(), one.begin() + static_cast<std::ptrdiff_t>(asked->question.tasks.size()), other.begin()) ? 1 : 0;
      }
      const std::string name(model::design_fields[field].name);
      std::printf(" %s %.1f %% (times %.1f %%)", name.c_str(), 100.0 * static_cast<double>(changed) / pairs, 100.0 * static_cast<double>(timed) / pairs);
      EXPECT_GE(changed, pairs / 100) << "in " << id << " nothing hangs on " << name;
    }
    std::printf("\n");
  }
}

TEST(Spaces, HoldDesignsInQuestion) {
  search::CodeBook codes(search::real_law());
  for (const std::string& id : search::space_ids(BRIGHTLINE_ROOT "/data")) {
    search::DesignAsk ask;
    ask.space = search::real_space(id.c_str());
    const auto asked = search::case_of(codes, ask, "2026-11-23");
    search::DesignEvaluator evaluator(asked->question);
    std::uint64_t evaluated = 0;
    EXPECT_NE(search::climb_from_random(evaluator, 1, 1, evaluated).score, search::no_score) << "no design of " << id << " was found in question";
  }
}

}  // namespace
}  // namespace brightline::tests
