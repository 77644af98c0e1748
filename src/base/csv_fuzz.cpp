// Any bytes are some CSV; what was read, written again, must be read the same.
#include <cstdint>
#include <cstdlib>

#include "base/csv.h"

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(std::string_view text, bool& broken) {
  Rows rows;
  brightline::base::CsvReader reader(text);
  std::vector<std::string_view> cells;
  while (reader.next(cells)) rows.emplace_back(cells.begin(), cells.end());
  broken = reader.broken();
  return rows;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  bool broken = false;
  Rows rows = rows_of({reinterpret_cast<const char*>(data), size}, broken);
  std::string text;
  for (auto& row : rows) {
    if (row.size() == 1) row.emplace_back("x");  // a row of one empty cell would be a blank line
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) text += ',';
      brightline::base::append_csv_cell(text, row[i]);
    }
    text += '\n';
  }
  // A leading byte-order mark in the first cell would be taken for the file's own.
  if (!text.starts_with("\xEF\xBB\xBF") && rows_of(text, broken) != rows) std::abort();
  return 0;
}
