// The tree of a search that went to its end: every design of the space lies in a leaf, and every leaf says why nothing in it
// beats the winner. Small enough to keep, and read by a checker that knows nothing of how it was found.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "search/box.h"
#include "search/climb.h"

namespace brightline::search {

enum class ProofKind : std::uint8_t {
  open,     ///< not gone into: the search was stopped
  split,    ///< designs up to a value of a field, and those above it
  refused,  ///< no design of it is in question, see Rejection
  bounded,  ///< at its quickest it is no better than the winner
  least,    ///< its first design is in question, as good as any of it, and no better than the winner
};

struct ProofNode {
  std::uint32_t child = 0;  ///< of a split: the lower one; the upper one follows it
  std::uint16_t at = 0;     ///< of a split: the last level of the lower one
  std::uint8_t field = 0;
  ProofKind kind = ProofKind::open;
  Rejection why = Rejection::none;
};

/// One tree over the whole space for each legal piece.
struct Proof {
  std::vector<ProofNode> nodes;  ///< the first as many as there are pieces are the roots
  std::size_t pieces = 0;
  Found winner;
};

struct ProofCheck {
  bool holds = false;
  std::string why;            ///< the first thing wrong
  std::uint64_t leaves = 0;
  double designs = 0;         ///< covered, summed over the pieces
  double open_designs = 0;    ///< in leaves that were not gone into
  Score bound = no_score;     ///< nothing in the space scores more
};

/// Goes through every leaf anew, with nothing but the question: what the search remembered or skipped plays no part. A proof
/// with open leaves holds for what its bound says.
ProofCheck replay(const DesignQuestion& question, const Proof& proof);

}  // namespace brightline::search
