#include "base/date.h"

#include <gtest/gtest.h>

namespace brightline::base {
namespace {

constexpr bool leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

TEST(Date, EveryDayFrom1970To2100SurvivesWritingAndReading) {
  std::int32_t count = 0;
  for (int year = 1970; year <= 2100; ++year) {
    for (unsigned month = 1; month <= 12; ++month) {
      const unsigned length = month == 2 ? (leap(year) ? 29U : 28U) : (month == 4 || month == 6 || month == 9 || month == 11) ? 30U : 31U;
      for (unsigned day = 1; day <= length; ++day) {
        const auto date = Date::of(year, month, day);
        ASSERT_TRUE(date);
        ASSERT_EQ(date->days(), count++);
        ASSERT_EQ(date->year(), year);
        ASSERT_EQ(Date::parse(date->to_text()), date) << date->to_text();
        ASSERT_EQ(date->next().previous(), *date);
      }
      ASSERT_FALSE(Date::of(year, month, length + 1));
    }
  }
}

TEST(Date, RefusesWhatIsNoDay) {
  for (const char* text : {"", "2024", "2024-1-15", "2024-02-30", "2023-02-29", "2024-13-01", "2024-00-10", "2024-01-00", "2024-01-32",
                           "2024/01/15", "15-01-2024", "2024-01-15 ", " 2024-01-15", "2024-01-15T00:00", "20240115", "2O24-01-15", "-024-01-15",
                           "2024--1-15", "2024-01-1x"}) {
    EXPECT_FALSE(Date::parse(text)) << text;
  }
}

TEST(Date, RefusesNumbersThatWouldWrapRound) {
  EXPECT_FALSE(Date::of(2024, 257, 1));
  EXPECT_FALSE(Date::of(2024, 1, 257));
  EXPECT_FALSE(Date::of(65536 + 2024, 1, 1));
}

TEST(Date, WritesIsoAndComparesByTime) {
  EXPECT_EQ(Date::of(2023, 10, 7)->to_text(), "2023-10-07");
  EXPECT_EQ(Date(0).to_text(), "1970-01-01");
  EXPECT_EQ(Date(-1).to_text(), "1969-12-31");
  EXPECT_LT(*Date::parse("2023-11-16"), *Date::parse("2023-11-17"));
  EXPECT_LT(Date::min(), *Date::parse("0001-01-01"));
  EXPECT_GT(Date::max(), *Date::parse("2100-12-31"));
  EXPECT_GT(Date::today(), *Date::parse("2024-01-01"));
}

}  // namespace
}  // namespace brightline::base
