#include "base/hash.h"

#include <gtest/gtest.h>

namespace brightline::base {
namespace {

TEST(Hash, IsBlake2b) {
  // The published BLAKE2b-256 digests of the empty text and of "abc".
  EXPECT_EQ(hash_hex("", 64), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
  EXPECT_EQ(hash_hex("abc", 64), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST(Hash, ShortensAndTellsTextsApart) {
  EXPECT_EQ(hash_hex("abc"), "bddd813c6342");
  EXPECT_EQ(hash_hex("abc", 1000).size(), 64U);
  EXPECT_NE(hash_hex("tpp >= 4800"), hash_hex("tpp > 4800"));
}

}  // namespace
}  // namespace brightline::base
