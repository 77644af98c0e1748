// One table, four forms: for a screen of any width, as JSON, as CSV and as Markdown.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/exact.h"
#include "base/json.h"
#include "report/terminal.h"
#include "report/terminal_text.h"

namespace brightline::report {

struct Column {
  std::string key;    ///< for machines, with its unit: "memory_bandwidth_gb_per_s"
  std::string title;  ///< for people
  Align align = Align::left;
  bool wrap = false;  ///< its text may be broken into lines when the screen is narrow
  int min_width = 8;  ///< no narrower than this when it is
  int priority = 0;   ///< on a narrow screen the column with the highest goes first; 0 never goes
};

/// What stands in one place: words for people and, where they differ, data for machines.
struct Cell {
  std::string text;
  Style style = Style::plain;
  base::Json data;  ///< null means: the text

  Cell() = default;
  Cell(std::string words, Style meaning = Style::plain) : text(std::move(words)), style(meaning) {}  // NOLINT(google-explicit-constructor)
  Cell(const char* words) : text(words) {}                                                          // NOLINT(google-explicit-constructor)
  Cell(std::string words, Style meaning, base::Json value) : text(std::move(words)), style(meaning), data(std::move(value)) {}
  /// A number: grouped for people, bare for machines.
  static Cell number(const base::Exact& value, int places = 3, Style meaning = Style::plain);
  static Cell number(double value, int digits = 3, Style meaning = Style::plain);
};

struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;  ///< a row may be short: the rest is empty

  void add(std::vector<Cell> row) { rows.push_back(std::move(row)); }
};

enum class Format { table, json, csv, md };
std::optional<Format> parse_format(std::string_view name);

std::string to_screen(const Table& table, const Terminal& terminal);
base::Json to_json(const Table& table);  ///< a list of objects, keyed by the columns
std::string to_csv(const Table& table);
std::string to_markdown(const Table& table);
std::string rendered(const Table& table, Format format, const Terminal& terminal);

}  // namespace brightline::report
