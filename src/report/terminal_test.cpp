#include "report/terminal.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

namespace brightline::report {
namespace {

class TerminalTest : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"COLUMNS", "NO_COLOR", "TERM"}) unsetenv(name);
    file_ = open("/dev/null", O_WRONLY);
  }
  void TearDown() override { close(file_); }
  int file_ = -1;  // no terminal
};

TEST_F(TerminalTest, APipeIsHundredWideAndPlain) {
  const Terminal terminal = Terminal::of(file_);
  EXPECT_EQ(terminal.width, 100);
  EXPECT_FALSE(terminal.colour);
  EXPECT_EQ(terminal.paint(Style::bad, "no"), "no");
}

TEST_F(TerminalTest, TheUserMayStateWidthAndColour) {
  setenv("COLUMNS", "72", 1);
  EXPECT_EQ(Terminal::of(file_).width, 72);
  setenv("COLUMNS", "3", 1);
  EXPECT_EQ(Terminal::of(file_).width, 40);
  setenv("COLUMNS", "wide", 1);
  EXPECT_EQ(Terminal::of(file_).width, 100);
  setenv("NO_COLOR", "1", 1);
  EXPECT_TRUE(Terminal::of(file_, Colour::always).colour);
  EXPECT_FALSE(Terminal::of(file_, Colour::never).colour);
}

TEST_F(TerminalTest, APseudoTerminalShowsColourUnlessToldNotTo) {
  const int screen = posix_openpt(O_RDWR | O_NOCTTY);
  if (screen < 0 || isatty(screen) != 1) GTEST_SKIP() << "no pseudo-terminal here";
  EXPECT_TRUE(Terminal::of(screen).colour);
  setenv("NO_COLOR", "", 1);
  EXPECT_TRUE(Terminal::of(screen).colour);
  setenv("NO_COLOR", "1", 1);
  EXPECT_FALSE(Terminal::of(screen).colour);
  unsetenv("NO_COLOR");
  setenv("TERM", "dumb", 1);
  EXPECT_FALSE(Terminal::of(screen).colour);
  close(screen);
}

TEST_F(TerminalTest, PaintsByMeaning) {
  const Terminal terminal = Terminal::of(file_, Colour::always);
  EXPECT_EQ(terminal.paint(Style::good, "yes"), "\x1b[32myes\x1b[0m");
  EXPECT_EQ(terminal.paint(Style::plain, "yes"), "yes");
  EXPECT_EQ(terminal.paint(Style::bad, ""), "");
}

}  // namespace
}  // namespace brightline::report
