// Is the best design that the search proves the best of all designs, looked at one after the other? And does a proof that was
// tampered with ever pass?
#include <gtest/gtest.h>

#include <cstdio>

#include "agreement/random_asks.h"
#include "search/bound.h"
#include "search/sweep.h"

namespace brightline::tests {
namespace {

using search::BoundLimits;
using search::BoundResult;
using search::Box;
using search::DesignEvaluator;
using search::DesignQuestion;
using search::Found;
using search::no_score;
using search::Proof;
using search::ProofCheck;
using search::ProofKind;
using search::ProofNode;
using search::Rejection;

constexpr int spaces_of_a_day = 24;
const std::vector<search::Figure> over{search::Figure::prefill, search::Figure::decode};

class BestDesignOn : public testing::TestWithParam<const char*> {};

TEST_P(BestDesignOn, IsTheBestOfASweepOverEveryDesign) {
  RandomAsks random(seed_of(GetParam()));
  search::CodeBook codes(search::real_law());
  std::uint64_t designs = 0;
  std::uint64_t evaluated = 0;
  int with_winner = 0;
  for (int round = 0; round < spaces_of_a_day; ++round) {
    const auto asked = search::case_of(codes, random.ask(3'000 + random.below(47'000)), GetParam());
    random.set_limits(asked->question);
    const DesignQuestion& question = asked->question;
    SCOPED_TRACE(std::string(GetParam()) + " round " + std::to_string(round) + ", " + std::to_string(question.space.size()) + " designs");
    const search::SweepResult swept = search::sweep_all(question, {0, question.space.size(), 1}, over, 1, nullptr, {});
    ASSERT_EQ(swept.designs, question.space.size());
    designs += swept.designs;
    with_winner += swept.best.score != no_score ? 1 : 0;
    for (const unsigned threads : {1U, 2U, 3U}) {
      BoundLimits limits;
      limits.threads = threads;
      limits.climbs = static_cast<int>(random.below(4));
      const BoundResult found = search::best_design(question, limits);
      ASSERT_EQ(found.winner.score, swept.best.score) << threads << " threads";
      ASSERT_EQ(found.winner.index, swept.best.index) << threads << " threads";
      ASSERT_TRUE(found.proven);
      ASSERT_EQ(found.bound, swept.best.score);
      evaluated += found.evaluated;
      const ProofCheck check = search::replay(question, found.proof);
      ASSERT_TRUE(check.holds) << check.why;
      ASSERT_EQ(check.open_designs, 0);
      ASSERT_EQ(check.bound, swept.best.score);
    }
  }
  std::printf("%llu designs, of %d spaces %d with some in question, %.4f times as many evaluations by the search\n", static_cast<unsigned long long>(designs), spaces_of_a_day,
              with_winner, static_cast<double>(evaluated) / 3 / static_cast<double>(designs));
  EXPECT_GE(with_winner, spaces_of_a_day * 2 / 3);
}

INSTANTIATE_TEST_SUITE_P(All, BestDesignOn, testing::ValuesIn(law_days), [](const auto& day) { return test_name(day.param); });

struct Leaf {
  std::size_t node = 0;
  std::size_t piece = 0;
  Box box;
};

std::vector<Leaf> leaves_of(const DesignQuestion& question, const Proof& proof) {
  std::vector<Leaf> out;
  std::vector<Leaf> open;
  for (std::size_t piece = 0; piece < proof.pieces; ++piece) open.push_back({piece, piece, {{}, question.space.last()}});
  while (!open.empty()) {
    const Leaf at = open.back();
    open.pop_back();
    const ProofNode& node = proof.nodes[at.node];
    if (node.kind != ProofKind::split) {
      out.push_back(at);
      continue;
    }
    Leaf lower{node.child, at.piece, at.box};
    Leaf upper{node.child + std::size_t{1}, at.piece, at.box};
    lower.box.high[node.field] = node.at;
    upper.box.low[node.field] = static_cast<std::uint16_t>(node.at + 1);
    open.push_back(lower);
    open.push_back(upper);
  }
  return out;
}

// The best design of a box and a piece, one after the other.
Found best_in(DesignEvaluator& evaluator, const Leaf& leaf) {
  const DesignQuestion& question = evaluator.question();
  Found best;
  search::Levels levels = leaf.box.low;
  while (true) {
    if (lies_in(question, question.gate.pieces()[leaf.piece], question.space.at(levels))) {
      const Found found = search::assess(evaluator, levels);
      if (found.better_than(best)) best = found;
    }
    std::size_t i = search::design_dimensions;
    while (i-- > 0 && levels[i]++ == leaf.box.high[i]) levels[i] = leaf.box.low[i];
    if (i > search::design_dimensions) return best;
  }
}

class ProofsOn : public testing::TestWithParam<const char*> {};

// What each leaf claims is true of each of its designs, and a leaf that claims more than is true is found out.
TEST_P(ProofsOn, ClaimOfEveryLeafIsTrueAndAFalseOneIsRefused) {
  RandomAsks random(seed_of(GetParam()) + 1);
  search::CodeBook codes(search::real_law());
  std::size_t flipped = 0;
  for (int round = 0; round < 6; ++round) {
    const auto asked = search::case_of(codes, random.ask(6'000), GetParam());
    random.set_limits(asked->question);
    DesignEvaluator evaluator(asked->question);
    const Proof proof = search::best_design(asked->question, {}).proof;
    for (const Leaf& leaf : leaves_of(asked->question, proof)) {
      const Found best = best_in(evaluator, leaf);
      const ProofKind kind = proof.nodes[leaf.node].kind;
      ASSERT_FALSE(kind == ProofKind::refused && best.score != no_score);
      ASSERT_FALSE(best.better_than(proof.winner));
      if (best.score == no_score || !random.one_in(1 + flipped / 20)) continue;  // each replay takes a while
      Proof other = proof;
      other.nodes[leaf.node].kind = ProofKind::refused;
      ++flipped;
      EXPECT_FALSE(search::replay(asked->question, other).holds) << "node " << leaf.node << " is said to be empty, but it holds " << best.index;
    }
  }
  EXPECT_GT(flipped, 5U);
}

// Somebody wants another design to be the best, and writes what he likes.
TEST_P(ProofsOn, ForAnotherWinnerNoTreePasses) {
  RandomAsks random(seed_of(GetParam()) + 2);
  search::CodeBook codes(search::real_law());
  std::array<std::size_t, 5> kinds{};
  std::size_t refused = 0;
  for (int round = 0; round < 12; ++round) {
    const auto asked = search::case_of(codes, random.ask(6'000), GetParam());
    random.set_limits(asked->question);
    DesignEvaluator evaluator(asked->question);
    const Proof proof = search::best_design(asked->question, {}).proof;
    if (proof.winner.score == no_score) continue;
    for (int attempt = 0; attempt < 60; ++attempt) {
      Proof other = proof;
      if (random.one_in(3)) {  // a design in question that is not the best
        other.winner = search::assess(evaluator, asked->question.space.levels_of(random.below(asked->question.space.size())));
        if (other.winner == proof.winner) continue;
      } else if (random.one_in(2)) {
        ++other.winner.score;
      } else {
        other.winner.index = random.below(asked->question.space.size());
        if (other.winner.index == proof.winner.index) continue;
      }
      const std::size_t changes = random.below(6);
      for (std::size_t i = 0; i < changes; ++i) {
        ProofNode& node = other.nodes[random.below(other.nodes.size())];
        switch (random.below(5)) {
          case 0: node.kind = static_cast<ProofKind>(1 + random.below(5)); break;
          case 1: node.at = static_cast<std::uint16_t>(node.at + random.below(3) - 1); break;
          case 2: node.field = static_cast<std::uint8_t>(random.below(search::design_dimensions + 1)); break;
          case 3: node.child = static_cast<std::uint32_t>(random.below(other.nodes.size() + 2)); break;
          default: other.nodes.resize(other.nodes.size() - random.below(2)); break;
        }
      }
      const ProofCheck check = search::replay(asked->question, other);
      ASSERT_FALSE(check.holds) << "design " << other.winner.index << " passes as the best instead of " << proof.winner.index;
      ASSERT_FALSE(check.why.empty());
      ++refused;
    }
    // and of the true winner every tree that passes tells the truth
    for (int attempt = 0; attempt < 60; ++attempt) {
      Proof other = proof;
      const std::size_t at = random.below(other.nodes.size());
      if (random.one_in(2)) other.nodes[at].kind = static_cast<ProofKind>(random.below(6));
      else other.nodes[at].at = static_cast<std::uint16_t>(other.nodes[at].at + 1);
      const ProofCheck check = search::replay(asked->question, other);
      if (!check.holds) {
        ++refused;
        continue;
      }
      ASSERT_GE(check.bound, proof.winner.score);
      ASSERT_TRUE(check.open_designs > 0 || check.designs == static_cast<double>(asked->question.space.size() * other.pieces));
      for (const Leaf& leaf : leaves_of(asked->question, other)) {
        ++kinds.at(static_cast<std::size_t>(other.nodes[leaf.node].kind));
        if (leaf.node != at || other.nodes[at].kind != ProofKind::refused) continue;
        ASSERT_EQ(best_in(evaluator, leaf).score, no_score);
      }
    }
  }
  EXPECT_GT(refused, 300U);
}

INSTANTIATE_TEST_SUITE_P(All, ProofsOn, testing::ValuesIn(law_days), [](const auto& day) { return test_name(day.param); });

// A proof is one for its day: replayed under another law it passes only where its winner is the best there too.
TEST(Proofs, UnderAnotherLawPassOnlyForWhatIsTrueThere) {
  RandomAsks random(4);
  search::CodeBook codes(search::real_law());
  std::size_t refused = 0;
  std::size_t passed = 0;
  for (int round = 0; round < 12; ++round) {
    search::DesignAsk ask = random.ask(6'000);
    ask.transaction.destination = "CN";
    std::vector<std::unique_ptr<search::DesignCase>> days;
    for (const char* date : law_days) days.push_back(search::case_of(codes, ask, date));
    DesignQuestion limits = days[0]->question;
    random.set_limits(limits);
    for (const auto& one : days) {
      one->question.most_die = limits.most_die;
      one->question.most_power = limits.most_power;
      one->question.most_cost = limits.most_cost;
      one->question.least_bytes = limits.least_bytes;
    }
    std::vector<BoundResult> found;
    for (const auto& one : days) found.push_back(search::best_design(one->question, {}));
    for (std::size_t of = 0; of < days.size(); ++of) {
      for (std::size_t under = 0; under < days.size(); ++under) {
        const ProofCheck check = search::replay(days[under]->question, found[of].proof);
        if (found[of].winner != found[under].winner) {
          EXPECT_FALSE(check.holds) << "the best of " << law_days[of] << " is not that of " << law_days[under];
          ++refused;
        }
        passed += check.holds ? 1 : 0;
        EXPECT_TRUE(of != under || check.holds) << check.why;
      }
    }
  }
  EXPECT_GT(refused, 50U) << "the days differ";
  EXPECT_GE(passed, 12 * law_days.size());
}

}  // namespace
}  // namespace brightline::tests
