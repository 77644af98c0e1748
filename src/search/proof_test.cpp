#include "search/proof.h"

#include <gtest/gtest.h>

#include "search/bound.h"
#include "search/small_designs_test.h"

namespace brightline::search {
namespace {

class ProofTest : public testing::Test {
 protected:
  std::string why(const Proof& proof) const {
    const ProofCheck check = replay(case_->question, proof);
    EXPECT_EQ(check.holds, check.why.empty());
    return check.why;
  }
  std::size_t pieces() const { return case_->question.gate.pieces().size(); }
  // One leaf for each legal piece.
  Proof bare(ProofKind kind) const {
    Proof out;
    out.pieces = pieces();
    out.nodes.resize(out.pieces);
    for (ProofNode& node : out.nodes) node.kind = kind;
    return out;
  }
  std::size_t first_leaf(const Proof& proof, ProofKind kind) const {
    for (std::size_t i = 0; i < proof.nodes.size(); ++i) {
      if (proof.nodes[i].kind == kind) return i;
    }
    ADD_FAILURE() << "no such node";
    return 0;
  }
  CodeBook codes_{real_law()};
  std::unique_ptr<DesignCase> case_ = small_case(codes_);
  Proof good_ = best_design(case_->question, {}).proof;
};

TEST_F(ProofTest, CoversEveryDesignOfEveryPiece) {
  const ProofCheck check = replay(case_->question, good_);
  EXPECT_TRUE(check.holds) << check.why;
  EXPECT_EQ(check.designs, static_cast<double>(case_->question.space.size() * pieces()));
  EXPECT_GT(check.leaves, pieces());
  EXPECT_EQ(check.bound, good_.winner.score);
}

TEST_F(ProofTest, AWholeSpaceLeftOpenPromisesItsBoundOnly) {
  const ProofCheck check = replay(case_->question, bare(ProofKind::open));
  EXPECT_TRUE(check.holds) << check.why;
  EXPECT_EQ(check.open_designs, check.designs);
  EXPECT_GE(check.bound, good_.winner.score);
}

TEST_F(ProofTest, AWholeSpaceIsNotBoundedByNothing) {
  case_->question.space.values[*model::design_field_named("rows")] = {16};
  EXPECT_NE(why(bare(ProofKind::refused)).find("refuses designs that may be in question"), std::string::npos);
  EXPECT_NE(why(bare(ProofKind::bounded)).find("may hold a better design"), std::string::npos);
  EXPECT_NE(why(bare(ProofKind::least)).find("its first design is not as good"), std::string::npos);
}

TEST_F(ProofTest, ALeafOfNoKnownKindIsRefused) {
  for (int kind = static_cast<int>(ProofKind::least) + 1; kind < 256; kind += 50) {
    Proof proof = good_;
    proof.nodes[first_leaf(proof, ProofKind::refused)].kind = static_cast<ProofKind>(kind);
    EXPECT_NE(why(proof).find("is of no known kind"), std::string::npos) << kind;
  }
}

TEST_F(ProofTest, ATreeThatIsNoTreeIsRefused) {
  const std::size_t split = first_leaf(good_, ProofKind::split);
  Proof circle = good_;
  circle.nodes[split].child = static_cast<std::uint32_t>(split);
  EXPECT_FALSE(why(circle).empty());
  circle.nodes[split].child = good_.nodes[good_.nodes[split].child].child;  // a grandchild in the place of a child
  EXPECT_FALSE(why(circle).empty());
  Proof beyond = good_;
  beyond.nodes[split].child = static_cast<std::uint32_t>(beyond.nodes.size());
  EXPECT_NE(why(beyond).find("is missing or stands in two places"), std::string::npos);
  Proof cut = good_;
  cut.nodes.pop_back();
  EXPECT_NE(why(cut).find("is missing"), std::string::npos);
  Proof nothing = good_;
  nothing.nodes.clear();
  EXPECT_NE(why(nothing).find("is missing"), std::string::npos);
}

TEST_F(ProofTest, ASplitMustLeaveSomethingOnBothSides) {
  const std::size_t split = first_leaf(good_, ProofKind::split);
  const ProofNode whole = good_.nodes[split];
  for (const std::uint16_t at : {case_->question.space.last()[whole.field], std::uint16_t{4095}}) {
    Proof proof = good_;
    proof.nodes[split].at = at;
    EXPECT_NE(why(proof).find("splits where there is nothing to split"), std::string::npos);
  }
  Proof proof = good_;
  proof.nodes[split].field = design_dimensions;
  EXPECT_NE(why(proof).find("splits where there is nothing to split"), std::string::npos);
}

TEST_F(ProofTest, AnotherNumberOfPiecesIsRefused) {
  for (const std::size_t other : {pieces() - 1, pieces() + 1}) {
    Proof proof = good_;
    proof.pieces = other;
    EXPECT_EQ(why(proof), "it has another number of legal pieces than the law");
  }
}

TEST_F(ProofTest, AWinnerThatIsNoneIsRefused) {
  Proof proof = good_;
  proof.winner.index = case_->question.space.size();
  EXPECT_EQ(why(proof), "its winner is no design of the space");
  proof = good_;
  ++proof.winner.score;
  EXPECT_EQ(why(proof), "its winner is not in question, or scores otherwise");
  proof = good_;
  proof.winner = {};
  EXPECT_FALSE(why(proof).empty()) << "something is in question";
  // any other design in question, with its own score
  DesignEvaluator evaluator(case_->question);
  for (std::uint64_t index = 0; index < case_->question.space.size(); index += 17) {
    const Found other = assess(evaluator, case_->question.space.levels_of(index));
    if (other.score == no_score || other == good_.winner) continue;
    proof.winner = other;
    EXPECT_FALSE(why(proof).empty()) << index;
  }
}

TEST_F(ProofTest, DesignsOfSeveralKindsAreNotBoundedByTheirCorners) {
  ASSERT_GT(case_->question.space.values[*model::design_field_named("rows")].size(), 1U);
  case_->question.most_die = 1e-9;  // so that every corner is refused
  EXPECT_NE(why(bare(ProofKind::refused)).find("speaks of designs that its corners do not bound"), std::string::npos);
}

}  // namespace
}  // namespace brightline::search
