// CSV as in RFC 4180: quoted cells may hold commas, quotes and line ends; a byte-order mark and CRLF are accepted.
#pragma once
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace brightline::base {

/// Walks the rows of a CSV text without copying what needs no unquoting. The text must outlive the reader.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text);
  /// Reads the next row into `cells` (views into the text or into this reader, good until the next call). False at the end.
  /// Blank lines are passed over. A quote left open, or text after a closing quote, is a mistake: see broken().
  bool next(std::vector<std::string_view>& cells);
  [[nodiscard]] int line() const { return row_line_; }  ///< line on which the row read last begins
  [[nodiscard]] bool broken() const { return broken_; }  ///< a row read so far breaks the rules of quoting

 private:
  std::string_view cell(bool& row_ends);
  std::string_view quoted(bool& row_ends);
  void end_of_cell(bool& row_ends);

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  int row_line_ = 1;
  bool broken_ = false;
  std::deque<std::string> keep_;  // cells of the current row that had doubled quotes; a deque never moves them
};

/// `cell` as it must be written: quoted when it holds a comma, a quote or a line end. (A row of one empty cell would be a
/// blank line, which readers pass over.)
void append_csv_cell(std::string& out, std::string_view cell);

}  // namespace brightline::base
