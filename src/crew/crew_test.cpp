// What is asked of every crew, of threads alone and of ranks.
#include "crew/crew.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <map>
#include <numeric>
#include <set>

#include "base/problem.h"
#include "crew/mailboxes_test.h"
#include "crew/thread_crew.h"

namespace brightline::crew {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t many = 100'000;  ///< blocks of a millisecond: nobody does half of them by mistake

struct Hands {
  int ranks;  ///< 0: threads alone
  int threads;
};

std::string answer(std::size_t block) { return fmt::format("answer {}", block * block); }

/// What the coordinator got.
struct Got {
  std::map<std::size_t, std::string> answers;
  std::vector<std::size_t> order;
  std::size_t told = 0;
  std::string thrown;
  bool all_letters_read = true;
};

class EveryCrew : public testing::TestWithParam<Hands> {
 protected:
  /// As each rank, one life after the other's beginning.
  static bool live_with(const std::function<void(Crew&)>& life) {
    const Hands hands = GetParam();
    if (hands.ranks > 0) return live(hands.ranks, hands.threads, life);
    ThreadCrew crew(hands.threads);
    life(crew);
    return true;
  }

  static Got got(const std::vector<std::size_t>& blocks, const Work& work, const std::function<Then(Got&)>& then) {
    Got out;
    out.all_letters_read = live_with([&](Crew& crew) {
      const auto here = std::this_thread::get_id();
      const Done done = [&](std::size_t block, std::string text) {
        EXPECT_EQ(std::this_thread::get_id(), here);
        EXPECT_TRUE(crew.coordinates());
        EXPECT_TRUE(out.answers.emplace(block, std::move(text)).second) << "told twice: " << block;
        out.order.push_back(block);
        return then(out);
      };
      try {
        const std::size_t told = crew.each(blocks, work, done);
        if (told > 0) out.told = told;  // the others return 0
      } catch (const std::exception& failed) {
        EXPECT_TRUE(crew.coordinates());
        out.thrown = failed.what();
      }
    });
    EXPECT_TRUE(out.all_letters_read);
    return out;
  }

  static Got got(std::size_t count, const Work& work) {
    std::vector<std::size_t> blocks(count);
    std::iota(blocks.begin(), blocks.end(), std::size_t{0});
    return got(blocks, work, [](Got&) { return Then::go_on; });
  }
};

TEST_P(EveryCrew, DoesEachBlockOnce) {
  std::vector<std::atomic<int>> times(500);
  const Got out = got(times.size(), [&](std::size_t block) {
    ++times[block];
    return answer(block);
  });
  for (std::size_t block = 0; block < times.size(); ++block) {
    EXPECT_EQ(times[block], 1);
    EXPECT_EQ(out.answers.at(block), answer(block));
  }
  EXPECT_EQ(out.told, times.size());
}

TEST_P(EveryCrew, DoesTheBlocksItIsGiven) {
  const Got out = got({3, 17, 4}, answer, [](Got&) { return Then::go_on; });
  EXPECT_EQ(out.answers, (std::map<std::size_t, std::string>{{3, answer(3)}, {4, answer(4)}, {17, answer(17)}}));
}

TEST_P(EveryCrew, NoBlocksAreDoneAtOnce) {
  const Got out = got(0, [](std::size_t) -> std::string { throw std::logic_error("asked"); });
  EXPECT_EQ(out.told, 0U);
  EXPECT_EQ(out.thrown, "");
}

TEST_P(EveryCrew, FewerBlocksThanHands) { EXPECT_EQ(got(1, answer).answers.size(), 1U); }

TEST_P(EveryCrew, LongAndEmptyAnswers) {
  const Got out = got(12, [](std::size_t block) { return block % 2 == 0 ? std::string() : std::string(block << 18U, 'a'); });
  for (const auto& [block, text] : out.answers) EXPECT_EQ(text.size(), block % 2 == 0 ? 0 : block << 18U);
}

TEST_P(EveryCrew, AnswersComeWhenTheyAreReady) {
  const Hands hands = GetParam();
  const bool alone = hands.threads == 1 && hands.ranks == 0;
  std::atomic<bool> another_told = alone;  // without other hands block 0 would wait for ever
  const Work work = [&](std::size_t block) {
    while (block == 0 && !another_told) std::this_thread::sleep_for(1ms);
    return answer(block);
  };
  const Got out = got({0, 1, 2, 3, 4, 5, 6, 7}, work, [&](Got&) {
    another_told = true;
    return Then::go_on;
  });
  ASSERT_EQ(out.order.size(), 8U);
  EXPECT_EQ(out.order.front() == 0, alone);
}

// Of many blocks that throw, the one with the lowest number is the one that is heard of, whoever met it first.
TEST_P(EveryCrew, AThrowingBlockIsThrownHere) {
  for (int round = 0; round < 20; ++round) {
    const Got out = got(60, [&](std::size_t block) {
      if (block == 20) std::this_thread::sleep_for(2ms);
      if (block >= 20) base::refuse("questions.csv", fmt::format("block {} makes no sense", block), "ask another");
      return answer(block);
    });
    EXPECT_EQ(out.thrown, "questions.csv: block 20 makes no sense\n  hint: ask another\n");
    for (std::size_t block = 0; block < 20; ++block) EXPECT_TRUE(out.answers.contains(block));
  }
}

TEST_P(EveryCrew, AfterAFailureNoMoreAreBegun) {
  std::atomic<std::size_t> begun = 0;
  const Got out = got(many, [&](std::size_t block) {
    ++begun;
    if (block == 0) throw std::runtime_error("no");
    std::this_thread::sleep_for(1ms);
    return answer(block);
  });
  EXPECT_NE(out.thrown, "");
  EXPECT_LT(begun, many / 2);
}

TEST_P(EveryCrew, TheCallerMayStop) {
  std::vector<std::size_t> blocks(many);
  std::iota(blocks.begin(), blocks.end(), std::size_t{0});
  std::atomic<std::size_t> begun = 0;
  const Got out = got(
      blocks,
      [&](std::size_t block) {
        ++begun;
        std::this_thread::sleep_for(1ms);
        return answer(block);
      },
      [](Got& so_far) { return so_far.answers.size() >= 10 ? Then::stop : Then::go_on; });
  EXPECT_GE(out.told, 10U);
  EXPECT_LT(out.told, many / 2);
  EXPECT_EQ(out.told, begun);  // what was begun is told
  EXPECT_EQ(out.told, out.answers.size());
}

TEST_P(EveryCrew, WhatTheCallerThrowsComesOut) {
  std::vector<std::size_t> blocks(100);
  std::iota(blocks.begin(), blocks.end(), std::size_t{0});
  const Got out = got(blocks, answer, [](Got&) -> Then { throw std::runtime_error("the disk is full"); });
  EXPECT_EQ(out.thrown, "the disk is full");
  EXPECT_EQ(out.answers.size(), 1U);
}

TEST_P(EveryCrew, WorksAgainAndAgain) {
  std::size_t told = 0;
  EXPECT_TRUE(live_with([&](Crew& crew) {
    for (int round = 0; round < 5; ++round) {
      const Done done = [&](std::size_t block, const std::string& text) {
        EXPECT_EQ(text, fmt::format("{} {}", round, block));
        ++told;
        return Then::go_on;
      };
      each_of(
          crew, 20, [&](std::size_t block) { return fmt::format("{} {}", round, block); }, done);
      if (round == 2) {
        const Work fails = [](std::size_t) -> std::string { throw std::runtime_error("once"); };
        bool thrown = false;
        try {
          each_of(crew, 3, fails, done);
        } catch (const std::runtime_error&) {
          thrown = true;
        }
        EXPECT_EQ(thrown, crew.coordinates());
      }
    }
  }));
  EXPECT_EQ(told, 100U);
}

INSTANTIATE_TEST_SUITE_P(Hands, EveryCrew,
                         testing::Values(Hands{0, 1}, Hands{0, 4}, Hands{0, 16}, Hands{1, 2}, Hands{2, 1}, Hands{3, 2}, Hands{5, 1}),
                         [](const auto& each) { return fmt::format("{}ranks{}threads", each.param.ranks, each.param.threads); });

TEST(RankCrew, CountsTheHandsOfAll) {
  EXPECT_TRUE(live(3, 4, [](Crew& crew) {
    EXPECT_EQ(crew.workers(), 12);
    EXPECT_EQ(crew.ranks(), 3);
  }));
}

TEST(RankCrew, EveryRankTakesPart) {
  std::mutex door;
  std::set<std::thread::id> hands;
  EXPECT_TRUE(live(4, 2, [&](Crew& crew) {
    const Work work = [&](std::size_t block) {
      {
        const std::scoped_lock lock(door);
        hands.insert(std::this_thread::get_id());
      }
      std::this_thread::sleep_for(20ms);
      return answer(block);
    };
    each_of(crew, 8, work, [](std::size_t, const std::string&) { return Then::go_on; });
  }));
  EXPECT_GE(hands.size(), 4U);  // of each rank one at least
}

TEST(RankCrew, SaysWhichRankFailed) {
  std::string said;
  EXPECT_TRUE(live(2, 1, [&](Crew& crew) {
    const bool here = crew.coordinates();
    const Work work = [&](std::size_t) -> std::string {
      if (here) std::this_thread::sleep_for(50ms);
      if (!here) base::check(false, "a mistake");
      return {};
    };
    try {
      each_of(crew, 2, work, [](std::size_t, const std::string&) { return Then::go_on; });
    } catch (const base::OurFault& ours) {
      said = ours.what();
    }
  }));
  EXPECT_TRUE(said.starts_with("rank 1: ")) << said;
  EXPECT_TRUE(said.ends_with("a mistake")) << said;
}

// The coordinator meets trouble before the work: the others must not wait for it for ever.
TEST(RankCrew, TheCoordinatorMayGoFirst) {
  int lives = 0;
  std::mutex door;
  EXPECT_TRUE(live(3, 2, [&](Crew& crew) {
    const auto nothing = [](std::size_t, const std::string&) { return Then::go_on; };
    if (!crew.coordinates()) {
      for (int i = 0; i < 2; ++i) EXPECT_EQ(each_of(crew, 5, answer, nothing), 0U);
    }
    const std::scoped_lock lock(door);
    ++lives;
  }));
  EXPECT_EQ(lives, 3);
}

TEST(RankCrew, ARankThatGoesFailsTheWork) {
  std::string thrown;
  EXPECT_TRUE(live(3, 2, [&](Crew& crew) {
    if (!crew.coordinates()) return;
    try {
      each_of(crew, 50, answer, [](std::size_t, const std::string&) { return Then::go_on; });
    } catch (const std::exception& failed) {
      thrown = failed.what();
    }
  }));
  EXPECT_TRUE(thrown.ends_with("has left before the work was done")) << thrown;
}

TEST(MakeCrew, TakesThreadsWhereNobodyElseWasStarted) {
  for (const char* name : {"OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK", "PMI_SIZE", "PMI_RANK", "PMIX_RANK"}) unsetenv(name);
  EXPECT_EQ(make(3)->workers(), 3);
  EXPECT_GE(make(0)->workers(), 1);
  EXPECT_TRUE(make(1)->coordinates());
  setenv("OMPI_COMM_WORLD_SIZE", "1", 1);
  EXPECT_EQ(make(2)->ranks(), 1);
  unsetenv("OMPI_COMM_WORLD_SIZE");
}

// No plug-in lies beside this test.
TEST(MakeCrew, SeveralProcessesWithoutThePlugInAreRefused) {
  for (const auto& [name, value] : {std::pair{"OMPI_COMM_WORLD_SIZE", "2"}, {"PMI_SIZE", "4"}, {"PMIX_RANK", "0"}}) {
    setenv(name, value, 1);
    try {
      make(1);
      ADD_FAILURE() << "made";
    } catch (const base::BadInput& bad) {
      const base::Problem& problem = bad.problems().all().front();
      EXPECT_TRUE(problem.message.starts_with("the MPI plug-in can't be loaded: ")) << problem.message;
      EXPECT_NE(problem.hint.find("tools/setup"), std::string::npos);
    }
    unsetenv(name);
  }
}

}  // namespace
}  // namespace brightline::crew
