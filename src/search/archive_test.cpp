#include "search/archive.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace brightline::search {
namespace {

double value(const Archived& one, Figure figure) { return one.values[static_cast<std::size_t>(figure)]; }

// As the archive's description says, and nothing cleverer: of each pair.
bool beaten(const Archived& a, const Archived& by, const std::vector<Figure>& over) {
  const bool no_worse = std::ranges::all_of(over, [&](Figure f) { return value(by, f) <= value(a, f); });
  const bool equal = std::ranges::all_of(over, [&](Figure f) { return value(by, f) == value(a, f); });
  return no_worse && (!equal || by.index < a.index);
}

std::vector<std::uint64_t> front(const std::vector<Archived>& all, const std::vector<Figure>& over) {
  std::vector<std::uint64_t> out;
  for (const Archived& one : all) {
    if (std::ranges::none_of(all, [&](const Archived& other) { return beaten(one, other, over); })) out.push_back(one.index);
  }
  std::ranges::sort(out);
  return out;
}

std::vector<std::uint64_t> indices(const Archive& archive) {
  std::vector<std::uint64_t> out;
  for (const Archived& one : archive.sorted()) out.push_back(one.index);
  std::ranges::sort(out);
  return out;
}

// Few different values, so that many designs are equal in some figures or in all.
std::vector<Archived> drawn(std::mt19937_64& random, std::size_t count, int values) {
  std::vector<Archived> out(count);
  for (std::size_t i = 0; i < count; ++i) {
    out[i].index = i;
    for (double& one : out[i].values) one = static_cast<double>(random() % static_cast<unsigned>(values)) - 2;
  }
  return out;
}

const std::vector<std::vector<Figure>> choices{{Figure::cost},
                                               {Figure::prefill, Figure::decode},
                                               {Figure::margin, Figure::energy, Figure::training},
                                               {Figure::prefill, Figure::decode, Figure::training, Figure::cost, Figure::energy, Figure::area, Figure::margin}};

TEST(Archive, KeepsTheParetoFrontInWhateverOrderTheDesignsCome) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 300; ++round) {
    std::vector<Archived> all = drawn(random, 1 + random() % 120, round % 3 == 0 ? 1000 : 4);
    const std::vector<Figure>& over = choices[static_cast<std::size_t>(round) % choices.size()];
    const std::vector<std::uint64_t> expected = front(all, over);
    for (int order = 0; order < 3; ++order) {
      std::ranges::shuffle(all, random);
      Archive archive(over);
      for (const Archived& one : all) archive.offer(one);
      ASSERT_EQ(indices(archive), expected) << "round " << round;
      ASSERT_EQ(archive.size(), expected.size());
    }
  }
}

TEST(Archive, MergedPartsAreTheWhole) {
  std::mt19937_64 random(2);
  for (int round = 0; round < 200; ++round) {
    const std::vector<Archived> all = drawn(random, 100, 5);
    const std::vector<Figure>& over = choices[static_cast<std::size_t>(round) % choices.size()];
    std::vector<Archive> parts(4, Archive(over));
    for (const Archived& one : all) parts[random() % parts.size()].offer(one);
    Archive whole(over);
    for (const Archive& part : parts) whole.merge(part);
    whole.merge(parts[0]);  // what is there already changes nothing
    ASSERT_EQ(indices(whole), front(all, over));
  }
}

TEST(Archive, SaysWhetherADesignWasKept) {
  Archive archive({Figure::prefill, Figure::decode});
  EXPECT_TRUE(archive.offer({5, {1, 2}}));
  EXPECT_FALSE(archive.offer({6, {1, 2}})) << "an equal of a higher index";
  EXPECT_FALSE(archive.offer({5, {1, 2}})) << "itself";
  EXPECT_TRUE(archive.offer({4, {1, 2, -9}})) << "an equal of a lower index; other figures do not count";
  EXPECT_TRUE(archive.offer({7, {2, 1}}));
  EXPECT_FALSE(archive.offer({1, {2, 2}}));
  EXPECT_EQ(indices(archive), (std::vector<std::uint64_t>{4, 7}));
}

TEST(Archive, IsSortedByItsFiguresAsTheyWereChosen) {
  std::mt19937_64 random(3);
  Archive archive({Figure::decode, Figure::cost, Figure::prefill});
  for (const Archived& one : drawn(random, 2000, 50)) archive.offer(one);
  const std::vector<Archived> sorted = archive.sorted();
  ASSERT_GT(sorted.size(), 10U);
  const auto key = [](const Archived& one) { return std::tuple(value(one, Figure::decode), value(one, Figure::cost), value(one, Figure::prefill), one.index); };
  EXPECT_TRUE(std::ranges::is_sorted(sorted, {}, key));
}

TEST(Archive, FiguresAreNamed) {
  for (std::size_t i = 0; i < figures; ++i) EXPECT_EQ(figure_named(figure_name(static_cast<Figure>(i))), static_cast<Figure>(i));
  EXPECT_FALSE(figure_named("speed"));
  EXPECT_FALSE(figure_named(""));
}

}  // namespace
}  // namespace brightline::search
