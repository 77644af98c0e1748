// Is the document the same however many processes and threads worked on it, and does a killed one go on? Under real MPI.
#include "ranks/ranks.h"

namespace brightline::tests {
namespace {

TEST_F(Ranks, TheDocumentDoesNotDependOnThem) {
  const Ran alone = run(0, "threads 1");
  EXPECT_EQ(alone.code, 0) << alone.err;
  EXPECT_TRUE(alone.out.starts_with("40 blocks, ")) << alone.out;
  for (const int ranks : {0, 1, 2, 3}) {
    for (const int threads : {1, 3}) {
      const Ran ran = run(ranks, fmt::format("threads {}", threads));
      EXPECT_EQ(ran.code, 0) << ran.err;
      EXPECT_EQ(ran.out, alone.out) << ranks << " ranks of " << threads;
    }
  }
}

TEST_F(Ranks, EachDoesItsPart) {
  const Ran ran = run(3, "blocks 60 threads 2");
  for (int rank = 0; rank < 3; ++rank) {
    const auto at = ran.err.find(fmt::format("rank {} of 3 did ", rank));
    ASSERT_NE(at, std::string::npos) << ran.err;
    EXPECT_GE(std::stoi(ran.err.substr(at + 16)), 3) << ran.err;  // what each is handed at the beginning
  }
}

TEST_F(Ranks, LongAnswersArrive) {
  const std::string question = "blocks 6 bytes 30000001";
  const Ran ran = run(3, question);
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.out, run(0, question).out);
}

TEST_F(Ranks, NoBlocksEndAtOnce) { EXPECT_EQ(run(3, "blocks 0").out, run(0, "blocks 0").out); }

TEST_F(Ranks, AFailureIsToldOnceAndAllEnd) {
  for (const int ranks : {0, 2, 3}) {
    const Ran ran = run(ranks, "fails 7");
    EXPECT_EQ(ran.code, 2);
    const std::string problem = "study: block 7 makes no sense\n  hint: ask another\n";
    const auto at = ran.err.find(problem);
    ASSERT_NE(at, std::string::npos) << ran.err;
    EXPECT_EQ(ran.err.find("makes no sense", at + problem.size()), std::string::npos) << ran.err;
    for (int rank = 1; rank < ranks; ++rank) EXPECT_NE(ran.err.find(fmt::format("rank {} of", rank)), std::string::npos) << ran.err;
  }
}

TEST_F(Ranks, ACheckpointOfAnotherQuestionEndsAll) {
  EXPECT_EQ(run(0, "blocks 5 " + checkpoint("c")).code, 0);
  const Ran ran = run(3, "blocks 6 " + checkpoint("c"));
  EXPECT_EQ(ran.code, 2);
  EXPECT_NE(ran.err.find("the checkpoint is of another question"), std::string::npos) << ran.err;
}

TEST_F(Ranks, KilledInTheMiddleItGoesOn) {
  const std::string question = "blocks 60 threads 2 ";
  const std::string whole = run(0, question).out;
  for (const char* death : {"rank-dies 1 ", "rank-dies 0 ", "coordinator-dies 20 "}) {
    const std::string file = checkpoint(death[0] == 'c' ? "c" : death + 10);
    EXPECT_NE(run(3, question + death + file).code, 0);
    EXPECT_NE(run(2, question + "coordinator-dies 1 " + file).code, 0);  // and once more
    const Ran last = run(3, question + file);
    EXPECT_EQ(last.code, 0) << last.err;
    EXPECT_EQ(last.out, whole) << death;
    EXPECT_GE(resumed(last), death[0] == 'c' ? 21 : 1) << last.err;
    EXPECT_LT(resumed(last), 60) << last.err;
    EXPECT_EQ(resumed(run(0, question + file)), 60);
  }
}

TEST_F(Ranks, WithoutThePlugInItIsSaid) {
  const fs::path lonely = scratch_ / "study";
  fs::copy_file(BRIGHTLINE_STUDY_PROGRAM, lonely);
  const Ran ran = run(2, "", lonely.string());
  EXPECT_EQ(ran.code, 2);
  EXPECT_NE(ran.err.find("mpirun: the MPI plug-in can't be loaded: "), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("hint: the plug-in is built where MPI is found"), std::string::npos) << ran.err;
  EXPECT_EQ(run(0, "", lonely.string()).code, 0);
}

}  // namespace
}  // namespace brightline::tests
