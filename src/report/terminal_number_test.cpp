#include "report/terminal_number.h"

#include <gtest/gtest.h>

#include <limits>

namespace brightline::report {
namespace {

using base::Exact;

Exact exact(std::string_view text) { return *Exact::parse(text); }

TEST(TerminalNumber, GroupsThousands) {
  EXPECT_EQ(grouped("0"), "0");
  EXPECT_EQ(grouped("999"), "999");
  EXPECT_EQ(grouped("1000"), "1,000");
  EXPECT_EQ(grouped("-26900000.5"), "-26,900,000.5");
  EXPECT_EQ(number_text(exact("15831.0")), "15,831");
  EXPECT_EQ(number_text(exact("5.92")), "5.92");
  EXPECT_EQ(number_text(*Exact::ratio(1, 3)), "0.333");
  EXPECT_EQ(number_text(*Exact::ratio(-1, 100'000)), "0");
  EXPECT_EQ(quantity_text(exact("3350"), "GB/s"), "3,350 GB/s");
  EXPECT_EQ(quantity_text(exact("25"), "%"), "25 %");
  EXPECT_EQ(quantity_text(exact("4800"), ""), "4,800");
}

TEST(TerminalNumber, RoundsWhatAModelComputed) {
  EXPECT_EQ(rounded_text(123'456.7), "123,000");
  EXPECT_EQ(rounded_text(12.345), "12.3");
  EXPECT_EQ(rounded_text(0.012345), "0.0123");
  EXPECT_EQ(rounded_text(999.9), "1,000");
  EXPECT_EQ(rounded_text(-5.0), "-5");
  EXPECT_EQ(rounded_text(0), "0");
  EXPECT_EQ(rounded_text(1.5e-12), "1.5e-12");
  EXPECT_EQ(rounded_text(2.5e30), "2.5e+30");
  EXPECT_EQ(rounded_text(std::numeric_limits<double>::infinity()), "∞");
  EXPECT_EQ(rounded_text(std::numeric_limits<double>::quiet_NaN()), "?");
}

TEST(TerminalNumber, AShareIsNeverRoundedOntoTheLine) {
  EXPECT_EQ(share_text(exact("4800"), exact("4800")), "100 %");
  EXPECT_EQ(share_text(exact("4799.999999"), exact("4800")), "99.9 %");
  EXPECT_EQ(share_text(exact("4800.000001"), exact("4800")), "100.1 %");
  EXPECT_EQ(share_text(exact("2368"), exact("2400")), "98.7 %");
  EXPECT_EQ(share_text(exact("0.123"), exact("1")), "12.3 %");
  EXPECT_EQ(share_text(exact("15831"), exact("1600")), "989.4 %");
  EXPECT_EQ(share_text(exact("36000"), exact("1600")), "22.5 x");
}

TEST(TerminalNumber, TheBarTouchesTheLineOnlyWhenTheValueDoes) {
  EXPECT_EQ(margin_bar(exact("2368"), exact("2400")), "████████░│      98.7 %");
  EXPECT_EQ(margin_bar(exact("2400"), exact("2400")), "█████████│       100 %");
  EXPECT_EQ(margin_bar(exact("0"), exact("2400")), "░░░░░░░░░│       0.0 %");
  EXPECT_EQ(margin_bar(exact("2401"), exact("2400")), "█████████│█    100.1 %");
  EXPECT_EQ(margin_bar(exact("3000"), exact("2400")), "█████████│███  125.0 %");
  EXPECT_EQ(margin_bar(exact("15831"), exact("2400")), "█████████│██▶  659.6 %");
  EXPECT_EQ(margin_bar(exact("1"), exact("0")), "");
}

}  // namespace
}  // namespace brightline::report
