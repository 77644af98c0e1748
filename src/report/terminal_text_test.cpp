#include "report/terminal_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace brightline::report {
namespace {

using Lines = std::vector<std::string>;

TEST(TerminalText, CountsColumns) {
  EXPECT_EQ(columns_of(""), 0);
  EXPECT_EQ(columns_of("TPP ≥ 4800"), 10);
  EXPECT_EQ(columns_of("e\xCC\x81"), 1);   // e and a combining acute
  EXPECT_EQ(columns_of("昇腾 910C"), 9);
  EXPECT_EQ(columns_of("█░│"), 3);
  EXPECT_EQ(columns_of("\xff\xc3"), 2);     // stray bytes
  EXPECT_EQ(columns_of("\xed\xa0\x80"), 1);  // half a surrogate pair
}

TEST(TerminalText, NeverPrintsWhatATerminalWouldObey) {
  EXPECT_EQ(printable("a\tb\nc"), "a b c");
  EXPECT_EQ(printable("\x1b[2Jgone"), "?[2Jgone");
  EXPECT_EQ(printable("x\xff" "é\xC2\x9B"), "x?é?");  // C2 9B is a one-character escape
}

TEST(TerminalText, ShortensWithAnEllipsis) {
  EXPECT_EQ(shortened("accelerator", 20), "accelerator");
  EXPECT_EQ(shortened("accelerator", 6), "accel…");
  EXPECT_EQ(shortened("昇腾昇腾", 4), "昇…");
  EXPECT_EQ(shortened("abc", 0), "");
}

TEST(TerminalText, Wraps) {
  EXPECT_EQ(wrapped("the law on a date is the fold of the instruments", 20), (Lines{"the law on a date is", "the fold of the", "instruments"}));
  EXPECT_EQ(wrapped("", 10), Lines{""});
  EXPECT_EQ(wrapped("one\ntwo", 10), (Lines{"one", "two"}));
  EXPECT_EQ(wrapped("supercalifragilistic word", 8), (Lines{"supercal", "ifragili", "stic", "word"}));
  EXPECT_EQ(wrapped("a supercalifragilistic", 8), (Lines{"a", "supercal", "ifragili", "stic"}));
  EXPECT_EQ(wrapped("昇腾", 1), (Lines{"昇", "腾"}));  // what cannot fit still comes out
  EXPECT_EQ(wrapped("12345678 x", 8), (Lines{"12345678", "x"}));
  EXPECT_EQ(wrapped("1234567812345678", 8), (Lines{"12345678", "12345678"}));
}

TEST(TerminalText, ParagraphsHang) {
  EXPECT_EQ(paragraph("licence required for export to China", 21, "  1. "), "  1. licence required\n     for export to\n     China\n");
  EXPECT_EQ(paragraph("short", 20), "short\n");
}

RC_GTEST_PROP(TerminalTextProperty, WrappingLosesNothingAndKeepsToItsWidth, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab  cde fgh")));
  const int width = *rc::gen::inRange(1, 30);
  std::string kept;
  for (const std::string& line : wrapped(text, width)) {
    RC_ASSERT(columns_of(line) <= width);
    kept += line;
  }
  std::string before = text;
  std::erase(before, ' ');
  std::erase(kept, ' ');
  RC_ASSERT(kept == before);
}

RC_GTEST_PROP(TerminalTextProperty, AnyBytesAreSafe, (const std::string& text)) {
  const std::string safe = printable(text);
  for (const char c : safe) RC_ASSERT(static_cast<unsigned char>(c) >= ' ');
  RC_ASSERT(columns_of(shortened(safe, 7)) <= 7);
}

}  // namespace
}  // namespace brightline::report
