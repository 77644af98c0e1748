// A space of a few thousand designs around the reference, part of it in question whatever area, power and cost amount to.
#pragma once
#include <algorithm>
#include <memory>

#include "search/design_world_test.h"

namespace brightline::search {

inline Space small_space() {
  Space out = thinned(real_space("hopper-n4"), {{"eight_bit", {1}}, {"rows", {16, 32}}, {"columns", {16}}, {"cores", {24, 60, 100, 132}}, {"units", {2, 4}},
                                                {"clock", {1200, 1500, 1755}}, {"l2", {20, 50}}, {"stacks", {3, 5}}, {"scaleup", {200, 400, 900}}, {"spare", {0, 50, 150}}});
  out.id = "small";
  return out;
}

/// The limits on a die and on power let half of the space pass.
inline void set_middling_limits(DesignQuestion& question) {
  std::vector<double> dies;
  std::vector<double> powers;
  const std::uint64_t size = question.space.size();
  for (std::uint64_t index = 0; index < size; index += 1 + size / 500) {
    const model::Design design = question.space.at(question.space.levels_of(index));
    dies.push_back(question.physics.die(design));
    powers.push_back(question.physics.power(design));
  }
  std::ranges::sort(dies);
  std::ranges::sort(powers);
  question.most_die = dies[dies.size() * 7 / 10];
  question.most_power = powers[powers.size() * 7 / 10];
}

inline std::unique_ptr<DesignCase> small_case(CodeBook& codes, const char* date = "2026-11-23") {
  DesignAsk ask;
  ask.space = small_space();
  ask.workloads = {"llama3-70b-prefill", "llama3-70b-decode"};
  auto out = case_of(codes, ask, date);
  set_middling_limits(out->question);
  return out;
}

/// The best of all designs, one after the other.
inline Found best_one_by_one(const DesignQuestion& question) {
  DesignEvaluator evaluator(question);
  Found best;
  for (std::uint64_t index = 0; index < question.space.size(); ++index) {
    const Found found = assess(evaluator, question.space.levels_of(index));
    if (found.better_than(best)) best = found;
  }
  return best;
}

}  // namespace brightline::search
