// Is a sample of a space one of all its values?
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "search/sweep.h"

namespace brightline::search {
namespace {

Space space_called(const std::string& name) {
  base::Problems problems;
  Space out = find_space(std::string(BRIGHTLINE_ROOT) + "/data", name, problems);
  base::stop_at(problems);
  return out;
}

// Of the values of each field, how often the rarest is met over how often the commonest is; the least of all fields.
double evenness(const Space& space, std::uint64_t stride) {
  std::array<std::vector<double>, design_dimensions> met;
  for (std::size_t i = 0; i < design_dimensions; ++i) met[i].resize(space.values[i].size());
  for (std::uint64_t index = 0; index < space.size(); index += stride) {
    const Levels levels = space.levels_of(index);
    for (std::size_t i = 0; i < design_dimensions; ++i) ++met[i][levels[i]];
  }
  double out = 1;
  for (const auto& one : met) out = std::min(out, *std::ranges::min_element(one) / *std::ranges::max_element(one));
  return out;
}

const std::string published = std::string(BRIGHTLINE_ROOT) + "/tests/published/ampere-7nm.toml";

TEST(Sampling, MeetsEveryValueOfEveryField) {
  for (const std::string& name : {std::string("hopper-n4"), std::string("ampere-n7"), published}) {
    const Space space = space_called(name);
    for (const std::uint64_t sample : {20'000U, 50'000U, 137'000U}) EXPECT_GT(evenness(space, sampling_stride(space, sample)), 0.5) << name << ' ' << sample;
  }
}

// A stride that counts the last field through would leave it where it is.
TEST(Sampling, AStrideThatAFieldDividesIsNotTaken) {
  const Space space = space_called(published);
  const std::size_t last = space.values.back().size();
  const std::size_t before = space.values[*model::design_field_named("scaleup")].size();
  ASSERT_EQ(last % 2, 1U);
  for (const std::uint64_t times : {9 * 23U, 3 * 7 * 9 * 23U}) {
    const std::uint64_t even = last * before * times;
    ASSERT_EQ(space.size() % even, 0U);
    EXPECT_EQ(evenness(space, even), 0);
    EXPECT_GT(evenness(space, sampling_stride(space, space.size() / even)), 0.7);
  }
}

// Where a stride is near eleven twentieths of a field's period, one of its 21 values is never met.
TEST(Sampling, OfEveryShippedSpaceMeetsEveryValue) {
  for (const std::string& name : space_ids(std::string(BRIGHTLINE_ROOT) + "/data")) {
    const Space space = space_called(name);
    for (const std::uint64_t sample : {10'000U, 20'000U, 33'333U, 400'000U}) EXPECT_GT(evenness(space, sampling_stride(space, sample)), 0.5) << name << ' ' << sample;
  }
}

TEST(Sampling, OfAFewDesignsIsFoundAtOnce) {
  const Space space = space_called("hopper-n4");
  for (const std::uint64_t sample : {1U, 2U, 7U, 100U}) {
    const std::uint64_t stride = sampling_stride(space, sample);
    EXPECT_GE(stride, space.size() / sample);
    EXPECT_LT(stride, 2 * (space.size() / sample));
  }
}

TEST(Sampling, ASmallSpaceIsLookedAtWhole) {
  Space space;
  for (auto& one : space.values) one = {1};
  EXPECT_EQ(sampling_stride(space, 100), 1U);
  space.values.back() = {1, 2, 3};
  EXPECT_EQ(sampling_stride(space, 100), 1U);
  EXPECT_EQ(sampling_stride(space, 0), 3U);
}

}  // namespace
}  // namespace brightline::search
