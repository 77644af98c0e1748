#include "chip/cluster.h"

#include <gtest/gtest.h>

namespace brightline::chip {
namespace {

Cluster named(std::string id, std::vector<std::string> chips, bool usual) {
  Cluster out;
  out.id = std::move(id);
  out.chips = std::move(chips);
  out.usual = usual;
  return out;
}

TEST(Cluster, the_usual_one_is_taken_before_others_built_of_the_same_chip) {
  const Clusters all{named("a", {"x", "y"}, false), named("b", {"y", "x"}, true)};
  EXPECT_EQ(usual_cluster(all, "x")->id, "b");
  EXPECT_EQ(usual_cluster(all, "z"), nullptr);
  EXPECT_EQ(usual_cluster({all.front()}, "y")->id, "a");
  EXPECT_EQ(find_cluster(all, "b"), &all.back());
  EXPECT_EQ(find_cluster(all, "c"), nullptr);
}

TEST(Cluster, above_the_leaf_devices_share) {
  Cluster one = named("a", {"x"}, true);
  one.scaleout_bandwidth.range = Interval::exactly(base::Exact(50));
  one.leaf_devices = 256;
  one.oversubscription = 4;
  EXPECT_DOUBLE_EQ(one.bandwidth_among(256), 50);
  EXPECT_DOUBLE_EQ(one.bandwidth_among(257), 12.5);
}

}  // namespace
}  // namespace brightline::chip
