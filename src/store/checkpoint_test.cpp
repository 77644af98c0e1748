#include "store/checkpoint.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>

#include "store/scratch_folder_test.h"

namespace brightline::store {
namespace {

std::string refused(const std::function<void()>& attempt) {
  try {
    attempt();
  } catch (const base::BadInput& bad) {
    return bad.problems().all().front().message;
  }
  return "not refused";
}

std::string answer(std::size_t block) { return fmt::format("answer {} {}", block, std::string(1 + block * 1000, 'a')); }

TEST(Checkpoint, KeepsWhatIsFinished) {
  const ScratchFolder scratch;
  {
    Checkpoint checkpoint = Checkpoint::open(scratch / "c", "h1", "which chip?", 4);
    EXPECT_TRUE(checkpoint.finished().empty());
    checkpoint.record(2, answer(2));
    checkpoint.record(0, "");
    checkpoint.record(2, answer(2));
  }
  Checkpoint checkpoint = Checkpoint::open(scratch / "c", "h1", "which chip?", 4);
  EXPECT_EQ(checkpoint.finished(), (std::map<std::size_t, std::string>{{0, ""}, {2, answer(2)}}));
}

TEST(Checkpoint, AnotherAnswerToABlockIsOurMistake) {
  const ScratchFolder scratch;
  Checkpoint checkpoint = Checkpoint::open(scratch / "c", "h1", "which chip?", 4);
  checkpoint.record(1, "one");
  EXPECT_THROW(checkpoint.record(1, "two"), base::OurFault);
  EXPECT_THROW(checkpoint.record(4, "four"), base::OurFault);
}

TEST(Checkpoint, RefusesAnotherQuestionAndTellsBoth) {
  const ScratchFolder scratch;
  Checkpoint::open(scratch / "c", "h1", "which chip?", 4);
  EXPECT_EQ(refused([&] { Checkpoint::open(scratch / "c", "h2", "which plan?", 4); }),
            "the checkpoint is of another question\n  it holds: which chip? [h1]\n  asked is: which plan? [h2]");
  EXPECT_EQ(refused([&] { Checkpoint::open(scratch / "c", "h1", "which chip?", 5); }),
            "the checkpoint cuts this question into 4 blocks, and 5 are asked for");
}

TEST(Checkpoint, ShowsLongQuestionsWhereTheyDiffer) {
  const ScratchFolder scratch;
  const std::string same(1000, '-');
  Checkpoint::open(scratch / "c", "h1", same + "left" + same, 4);
  const std::string said = refused([&] { Checkpoint::open(scratch / "c", "h2", same + "right", 4); });
  EXPECT_NE(said.find("...----------------------------------------left-"), std::string::npos) << said;
  EXPECT_NE(said.find("...----------------------------------------right [h2]"), std::string::npos) << said;
  EXPECT_LT(said.size(), 500U);
}

TEST(Checkpoint, RefusesWhatIsNoCheckpoint) {
  const ScratchFolder scratch;
  write_bytes(scratch / "c", "id,chip\n");
  EXPECT_EQ(refused([&] { Checkpoint::open(scratch / "c", "h", "q", 1); }), "this is no checkpoint");
  EXPECT_EQ(bytes_of(scratch / "c"), "id,chip\n");
  EXPECT_EQ(refused([&] { Checkpoint::open(scratch / "nowhere/c", "h", "q", 1); }),
            "the checkpoint can't be used: unable to open database file (No such file or directory)");
}

TEST(Checkpoint, RefusesADamagedAnswer) {
  const ScratchFolder scratch;
  Checkpoint::open(scratch / "c", "h", "q", 9).record(7, "the seventh answer");
  std::string bytes = bytes_of(scratch / "c");
  bytes[bytes.find("seventh")] = 'S';
  write_bytes(scratch / "c", bytes);
  Checkpoint damaged = Checkpoint::open(scratch / "c", "h", "q", 9);
  EXPECT_EQ(refused([&] { (void)damaged.finished(); }), "the checkpoint is damaged: the answer of block 7 has changed");
}

TEST(Checkpoint, OneRunAtATime) {
  const ScratchFolder scratch;
  const Checkpoint mine = Checkpoint::open(scratch / "c", "h", "q", 1);
  const pid_t other = fork();
  if (other == 0) {
    _exit(refused([&] { Checkpoint::open(scratch / "c", "h", "q", 1); }) == "the checkpoint is in use by another process" ? 0 : 1);
  }
  int status = 0;
  waitpid(other, &status, 0);
  EXPECT_EQ(status, 0);
}

/// Records what is missing, and says each block on the pipe once it is recorded.
[[noreturn]] void record_all(const std::filesystem::path& file, std::size_t blocks, int pipe_end) {
  Checkpoint checkpoint = Checkpoint::open(file, "h", "q", blocks);
  const auto finished = checkpoint.finished();
  for (std::size_t block = 0; block < blocks; ++block) {
    if (finished.contains(block)) continue;
    checkpoint.record(block, answer(block));
    const auto said = static_cast<unsigned char>(block);
    if (write(pipe_end, &said, 1) != 1) _exit(1);
  }
  _exit(0);  // without closing the file: as if killed after the last
}

// A child is killed after some blocks, in the middle of the next. Whatever it said is there, and the next child goes on.
TEST(Checkpoint, SurvivesBeingKilledAtAnyTime) {
  const ScratchFolder scratch;
  constexpr std::size_t blocks = 60;
  std::size_t before = 0;
  int killed = 0;
  for (int round = 0; round < 200 && before < blocks; ++round) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t worker = fork();
    if (worker == 0) record_all(scratch / "c", blocks, ends[1]);
    close(ends[1]);
    std::string said;
    char one = 0;
    while (said.size() < static_cast<std::size_t>(round % 5) && read(ends[0], &one, 1) == 1) said += one;
    usleep(static_cast<useconds_t>(round % 17 * 100));
    kill(worker, SIGKILL);
    int status = 0;
    waitpid(worker, &status, 0);
    killed += WIFSIGNALED(status) ? 1 : 0;
    while (read(ends[0], &one, 1) == 1) said += one;
    close(ends[0]);
    const auto finished = Checkpoint::open(scratch / "c", "h", "q", blocks).finished();
    for (const char block : said) EXPECT_TRUE(finished.contains(static_cast<std::size_t>(block)));
    for (const auto& [block, text] : finished) ASSERT_EQ(text, answer(block));
    EXPECT_GE(finished.size(), before);
    before = finished.size();
  }
  EXPECT_EQ(before, blocks);
  EXPECT_GT(killed, 1);
}

}  // namespace
}  // namespace brightline::store
