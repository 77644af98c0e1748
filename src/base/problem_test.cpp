#include "base/problem.h"

#include <gtest/gtest.h>

namespace brightline::base {
namespace {

TEST(Problem, ShowsPlaceLineCaretAndHint) {
  const Problem problem{{"law/us/x.toml", 12, 9, "  when = \"tpp >= 48oo\""}, "'48oo' is not a number", "write 4800"};
  EXPECT_EQ(render(problem),
            "law/us/x.toml:12:9: '48oo' is not a number\n"
            "  |   when = \"tpp >= 48oo\"\n"
            "  |         ^\n"
            "  hint: write 4800\n");
}

TEST(Problem, LeavesOutWhatIsNotKnown) {
  EXPECT_EQ(render(Problem{{}, "no such chip", ""}), "no such chip\n");
  EXPECT_EQ(render(Problem{{"a.csv", 0, 7, {}}, "can't be read", ""}), "a.csv: can't be read\n");
  EXPECT_EQ(render(Problem{{"a.csv", 3, 0, "x,y"}, "too few cells", ""}), "a.csv:3: too few cells\n  | x,y\n");
}

TEST(Problem, KeepsTheCaretInPlaceAfterTabsAndAccents) {
  EXPECT_EQ(render(Problem{{"a", 1, 4, "\té x"}, "m", ""}), "a:1:4: m\n  |  é x\n  |    ^\n");
}

TEST(Problem, NeverPrintsControlCharactersOrEndlessLines) {
  EXPECT_EQ(render(Problem{{"a", 1, 1, "\x1b[31mred"}, "m", ""}), "a:1:1: m\n  | ?[31mred\n  | ^\n");
  const std::string text = render(Problem{{"a", 1, 5000, std::string(9000, 'x')}, "m", ""});
  EXPECT_EQ(text, "a:1:5000: m\n  | " + std::string(160, 'x') + "...\n");
}

TEST(Problem, ALoaderReportsAllItFound) {
  Problems first;
  first.add({"a", 1, 0, {}}, "one");
  Problems second;
  second.add({"b", 2, 0, {}}, "two", "try three");
  first.append(second);
  EXPECT_EQ(first.size(), 2U);
  EXPECT_EQ(render(first), "a:1: one\nb:2: two\n  hint: try three\n");
  EXPECT_NO_THROW(stop_at(Problems{}));
  try {
    stop_at(first);
    FAIL() << "should have stopped";
  } catch (const BadInput& bad) {
    EXPECT_EQ(bad.problems().size(), 2U);
    EXPECT_STREQ(bad.what(), render(first).c_str());
  }
}

TEST(Problem, GuessesTheWordThatWasMeant) {
  const std::vector<std::string> chips{"h20-96", "h100-sxm", "mi300x", "ascend910c", "l2"};
  EXPECT_EQ(did_you_mean("h20-69", chips), "did you mean 'h20-96'?");
  EXPECT_EQ(did_you_mean("ascend", chips), "did you mean 'ascend910c'?");
  EXPECT_EQ(did_you_mean("mi300", chips), "did you mean 'mi300x'?");
  EXPECT_EQ(did_you_mean("gaudi3", chips), "");
  EXPECT_EQ(did_you_mean("x", chips), "");
  EXPECT_EQ(did_you_mean("", chips), "");
  EXPECT_EQ(did_you_mean("h20-96", {}), "");
}

TEST(Problem, OurOwnMistakesSayWhere) {
  EXPECT_NO_THROW(check(true, "fine"));
  try {
    check(false, "the map and the judge differ");
    FAIL() << "should have thrown";
  } catch (const OurFault& fault) {
    EXPECT_NE(std::string(fault.what()).find("problem_test.cpp:"), std::string::npos);
    EXPECT_TRUE(std::string(fault.what()).ends_with(": the map and the judge differ"));
  }
}

}  // namespace
}  // namespace brightline::base
