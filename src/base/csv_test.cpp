#include "base/csv.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace brightline::base {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(std::string_view text, bool* broken = nullptr) {
  Rows rows;
  CsvReader reader(text);
  std::vector<std::string_view> cells;
  while (reader.next(cells)) rows.emplace_back(cells.begin(), cells.end());
  if (broken != nullptr) *broken = reader.broken();
  return rows;
}

TEST(Csv, ReadsPlainRows) {
  EXPECT_EQ(rows_of("a,b,c\n1,2,3\n"), (Rows{{"a", "b", "c"}, {"1", "2", "3"}}));
  EXPECT_EQ(rows_of("a,b"), (Rows{{"a", "b"}}));
  EXPECT_EQ(rows_of("a,"), (Rows{{"a", ""}}));
  EXPECT_EQ(rows_of(",\n"), (Rows{{"", ""}}));
  EXPECT_EQ(rows_of(""), Rows{});
}

TEST(Csv, ReadsQuotedCells) {
  EXPECT_EQ(rows_of("\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",\"\"\n"), (Rows{{"a,b", "say \"no\"", "two\nlines", ""}}));
  EXPECT_EQ(rows_of("\"\"\"\"\n"), (Rows{{"\""}}));
  EXPECT_EQ(rows_of("a\"b,c\n"), (Rows{{"a\"b", "c"}}));
}

TEST(Csv, AcceptsAByteOrderMarkAndCarriageReturns) {
  EXPECT_EQ(rows_of("\xEF\xBB\xBFid,chip\r\n1,\"h20\"\r\n2,x\r"), (Rows{{"id", "chip"}, {"1", "h20"}, {"2", "x"}}));
}

TEST(Csv, PassesOverBlankLinesAndCountsThem) {
  CsvReader reader("\na,b\n\r\n\"c\nd\",e\n\n\nf\n");
  std::vector<std::string_view> cells;
  ASSERT_TRUE(reader.next(cells));
  EXPECT_EQ(reader.line(), 2);
  ASSERT_TRUE(reader.next(cells));
  EXPECT_EQ(reader.line(), 4);
  ASSERT_TRUE(reader.next(cells));
  EXPECT_EQ(reader.line(), 8);
  EXPECT_FALSE(reader.next(cells));
  EXPECT_FALSE(reader.broken());
}

TEST(Csv, NoticesBrokenQuotes) {
  for (const char* text : {"a,\"open", "\"open\nmore,\"\"still", "\"closed\"junk,b\n", "\""}) {
    bool broken = false;
    rows_of(text, &broken);
    EXPECT_TRUE(broken) << text;
  }
  bool broken = false;
  EXPECT_EQ(rows_of("\"a\" ,b\n", &broken), (Rows{{"a", "b"}}));
  EXPECT_FALSE(broken);
}

TEST(Csv, WritesQuotesOnlyWhereNeeded) {
  std::string out;
  append_csv_cell(out, "plain text");
  out += ',';
  append_csv_cell(out, "a,b \"c\"\r\n");
  EXPECT_EQ(out, "plain text,\"a,b \"\"c\"\"\r\n\"");
}

RC_GTEST_PROP(CsvProperty, WhatIsWrittenIsReadBack, ()) {
  const auto cell = rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab,\"\n\r \t;0")));
  const auto rows = *rc::gen::container<Rows>(rc::gen::suchThat(rc::gen::container<std::vector<std::string>>(cell), [](const auto& row) {
    return row.size() > 1;  // a row of one empty cell is a blank line
  }));
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) text += ',';
      append_csv_cell(text, row[i]);
    }
    text += '\n';
  }
  bool broken = false;
  RC_ASSERT(rows_of(text, &broken) == rows);
  RC_ASSERT(!broken);
}

}  // namespace
}  // namespace brightline::base
