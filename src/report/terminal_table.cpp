#include "report/terminal_table.h"

#include <algorithm>
#include <utility>

#include "base/csv.h"
#include "report/terminal_number.h"

namespace brightline::report {

using base::Json;

namespace {

constexpr int gap = 2;

const Cell& cell_of(const std::vector<Cell>& row, std::size_t column) {
  static const Cell empty;
  return column < row.size() ? row[column] : empty;
}

/// Which columns are shown, and how wide.
struct Layout {
  std::vector<std::size_t> shown;
  std::vector<int> width;

  [[nodiscard]] int total() const {
    int sum = -gap;
    for (const int one : width) sum += one + gap;
    return sum;
  }
};

int natural_width(const Table& table, std::size_t column) {
  int width = columns_of(printable(table.columns[column].title));
  for (const auto& row : table.rows) width = std::max(width, columns_of(printable(cell_of(row, column).text)));
  return width;
}

/// Takes columns' width, one at a time, from the widest that may still give.
void shrink(Layout& layout, const Table& table, int width) {
  while (layout.total() > width) {
    int* widest = nullptr;
    for (std::size_t i = 0; i < layout.shown.size(); ++i) {
      const Column& column = table.columns[layout.shown[i]];
      const bool gives = column.wrap && layout.width[i] > column.min_width;
      if (gives && (widest == nullptr || layout.width[i] > *widest)) widest = &layout.width[i];
    }
    if (widest == nullptr) return;
    --*widest;
  }
}

Layout laid_out(const Table& table, int width) {
  std::vector<int> natural;
  for (std::size_t i = 0; i < table.columns.size(); ++i) natural.push_back(natural_width(table, i));
  std::vector<std::size_t> shown(table.columns.size());
  for (std::size_t i = 0; i < shown.size(); ++i) shown[i] = i;
  while (true) {
    Layout layout{shown, {}};
    for (const std::size_t column : shown) layout.width.push_back(natural[column]);
    shrink(layout, table, width);
    const auto last = std::ranges::max_element(shown, {}, [&table](std::size_t column) { return table.columns[column].priority; });
    const bool may_drop = last != shown.end() && table.columns[*last].priority > 0;
    if (layout.total() <= width || !may_drop) return layout;
    shown.erase(last);
  }
}

/// One row of the screen table, over as many lines as its tallest cell needs.
std::string screen_row(const std::vector<Cell>& row, const Table& table, const Layout& layout, const Terminal& terminal) {
  std::vector<std::vector<std::string>> lines;
  std::size_t height = 1;
  for (std::size_t i = 0; i < layout.shown.size(); ++i) {
    const std::string text = printable(cell_of(row, layout.shown[i]).text);
    lines.push_back(wrapped(text, layout.width[i]));
    height = std::max(height, lines.back().size());
  }
  std::string out;
  for (std::size_t line = 0; line < height; ++line) {
    std::string written;
    for (std::size_t i = 0; i < layout.shown.size(); ++i) {
      const std::string text = line < lines[i].size() ? lines[i][line] : "";
      const std::string full = padded(text, layout.width[i], table.columns[layout.shown[i]].align);
      const std::size_t begin = full.find_first_not_of(' ');
      if (i > 0) written.append(gap, ' ');
      if (begin == std::string::npos) {
        written += full;
        continue;
      }
      const std::size_t end = full.find_last_not_of(' ') + 1;
      written += full.substr(0, begin) + terminal.paint(cell_of(row, layout.shown[i]).style, full.substr(begin, end - begin)) + full.substr(end);
    }
    written.erase(written.find_last_not_of(' ') + 1);
    out += written + "\n";
  }
  return out;
}

std::string left_out(const Table& table, const Layout& layout, const Terminal& terminal) {
  std::string names;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (std::ranges::find(layout.shown, i) == layout.shown.end()) names += (names.empty() ? "" : ", ") + table.columns[i].title;
  }
  return names.empty() ? "" : terminal.paint(Style::quiet, "not shown at this width: " + names) + "\n";
}

/// A cell for machines.
Json data_of(const Cell& cell) {
  if (!std::holds_alternative<std::monostate>(cell.data.value())) return cell.data;
  return cell.text.empty() ? Json() : Json(cell.text);
}

std::string plain(const Json& value) {
  if (const auto* text = std::get_if<std::string>(&value.value())) return *text;
  return std::holds_alternative<std::monostate>(value.value()) ? "" : value.dump(-1);
}

std::string markdown_cell(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    if (c == '|' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

Cell Cell::number(const base::Exact& value, int places, Style meaning) { return {number_text(value, places), meaning, Json(value)}; }
Cell Cell::number(double value, int digits, Style meaning) { return {rounded_text(value, digits), meaning, Json(value)}; }

std::optional<Format> parse_format(std::string_view name) {
  if (name == "table") return Format::table;
  if (name == "json") return Format::json;
  if (name == "csv") return Format::csv;
  if (name == "md") return Format::md;
  return std::nullopt;
}

std::string to_screen(const Table& table, const Terminal& terminal) {
  const Layout layout = laid_out(table, terminal.width);
  std::vector<Cell> titles;
  for (const Column& column : table.columns) titles.emplace_back(column.title, Style::strong);
  std::string out = screen_row(titles, table, layout, terminal);
  std::string rule;
  for (std::size_t i = 0; i < layout.width.size(); ++i) {
    if (i > 0) rule.append(gap, ' ');
    for (int k = 0; k < layout.width[i]; ++k) rule += "─";
  }
  out += terminal.paint(Style::quiet, rule) + "\n";
  for (const auto& row : table.rows) out += screen_row(row, table, layout, terminal);
  return out + left_out(table, layout, terminal);
}

Json to_json(const Table& table) {
  Json list = Json::list();
  for (const auto& row : table.rows) {
    Json object = Json::object();
    for (std::size_t i = 0; i < table.columns.size(); ++i) object.set(table.columns[i].key, data_of(cell_of(row, i)));
    list.push(std::move(object));
  }
  return list;
}

std::string to_csv(const Table& table) {
  std::string out;
  const auto end_cell = [&](std::size_t i) { out += i + 1 < table.columns.size() ? ',' : '\n'; };
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    base::append_csv_cell(out, table.columns[i].key);
    end_cell(i);
  }
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      base::append_csv_cell(out, plain(data_of(cell_of(row, i))));
      end_cell(i);
    }
  }
  return out;
}

std::string to_markdown(const Table& table) {
  std::string out = "|";
  for (const Column& column : table.columns) out += " " + markdown_cell(column.title) + " |";
  out += "\n|";
  for (const Column& column : table.columns) out += column.align == Align::right ? "---:|" : "---|";
  out += "\n";
  for (const auto& row : table.rows) {
    out += "|";
    for (std::size_t i = 0; i < table.columns.size(); ++i) out += " " + markdown_cell(cell_of(row, i).text) + " |";
    out += "\n";
  }
  return out;
}

std::string rendered(const Table& table, Format format, const Terminal& terminal) {
  switch (format) {
    case Format::table: return to_screen(table, terminal);
    case Format::json: return to_json(table).dump() + "\n";
    case Format::csv: return to_csv(table);
    case Format::md: return to_markdown(table);
  }
  std::unreachable();
}

}  // namespace brightline::report
