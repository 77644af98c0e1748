// A cluster's file in base units: what is not stated is not counted on.
#include "model/network.h"

#include <gtest/gtest.h>

namespace brightline::model {
namespace {

chip::Sourced exactly(std::int64_t value) {
  chip::Sourced out;
  out.range = chip::Interval::exactly(base::Exact(value));
  return out;
}

chip::Cluster cluster() {
  chip::Cluster c;
  c.id = "x";
  c.scaleup_devices = 72;
  c.node_devices = 4;
  c.scaleout_bandwidth = exactly(50);
  c.leaf_devices = 256;
  c.oversubscription = 2;
  c.host_memory = exactly(2000);
  c.host_bandwidth = exactly(64);
  return c;
}

TEST(Network, IsTheClusterInBytesAndSeconds) {
  const Network n = network_of(cluster());
  EXPECT_DOUBLE_EQ(n.domain, 72);
  EXPECT_DOUBLE_EQ(n.scaleout, 50e9);
  EXPECT_DOUBLE_EQ(n.leaf, 256);
  EXPECT_DOUBLE_EQ(n.oversubscription, 2);
  EXPECT_DOUBLE_EQ(n.host, 64e9);
  EXPECT_DOUBLE_EQ(n.host_memory, 500e9);  // of a node of four, not of the scale-up domain
}

TEST(Network, WhatIsNotStatedIsNotThere) {
  chip::Cluster c = cluster();
  c.host_memory.reset();
  c.host_bandwidth.reset();
  c.scaleout_bandwidth = {};
  const Network n = network_of(c);
  EXPECT_EQ(n.host, 0);
  EXPECT_EQ(n.host_memory, 0);
  EXPECT_EQ(n.scaleout, 0);
  c = cluster();
  c.node_devices = 0;
  EXPECT_EQ(network_of(c).host_memory, 0);
}

}  // namespace
}  // namespace brightline::model
