#include "base/csv.h"

namespace brightline::base {

CsvReader::CsvReader(std::string_view text) : text_(text) {
  if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
}

bool CsvReader::next(std::vector<std::string_view>& cells) {
  cells.clear();
  keep_.clear();
  while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) {
    if (text_[at_] == '\n') ++line_;
    ++at_;
  }
  if (at_ >= text_.size()) return false;
  row_line_ = line_;
  bool row_ends = false;
  while (!row_ends) cells.push_back(cell(row_ends));
  return true;
}

std::string_view CsvReader::cell(bool& row_ends) {
  if (at_ < text_.size() && text_[at_] == '"') return quoted(row_ends);
  const std::size_t begin = at_;
  while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n') ++at_;
  std::size_t end = at_;
  if (end > begin && text_[end - 1] == '\r' && (at_ >= text_.size() || text_[at_] == '\n')) --end;
  end_of_cell(row_ends);
  return text_.substr(begin, end - begin);
}

std::string_view CsvReader::quoted(bool& row_ends) {
  const std::size_t begin = ++at_;
  std::string plain;
  bool doubled = false;
  std::size_t run = begin;
  while (true) {
    if (at_ >= text_.size()) {
      broken_ = true;
      row_ends = true;
      return text_.substr(begin);
    }
    if (text_[at_] == '\n') ++line_;
    if (text_[at_] == '"') {
      if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        plain.append(text_.substr(run, at_ + 1 - run));
        doubled = true;
        at_ += 2;
        run = at_;
        continue;
      }
      break;
    }
    ++at_;
  }
  const std::size_t end = at_++;
  for (; at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n'; ++at_) {
    if (text_[at_] != '\r' && text_[at_] != ' ') broken_ = true;
  }
  end_of_cell(row_ends);
  if (!doubled) return text_.substr(begin, end - begin);
  plain.append(text_.substr(run, end - run));
  keep_.push_back(std::move(plain));
  return keep_.back();
}

void CsvReader::end_of_cell(bool& row_ends) {
  row_ends = at_ >= text_.size() || text_[at_] == '\n';
  if (at_ < text_.size() && text_[at_] == '\n') ++line_;
  if (at_ < text_.size()) ++at_;
}

void append_csv_cell(std::string& out, std::string_view cell) {
  if (cell.find_first_of(",\"\n\r") == std::string_view::npos) {
    out += cell;
    return;
  }
  out += '"';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace brightline::base
