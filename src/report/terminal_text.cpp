#include "report/terminal_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace brightline::report {

namespace {

struct Glyph {
  char32_t code;
  std::size_t bytes;
  bool valid;
};

bool continues(std::string_view text, std::size_t at) { return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U; }

/// The character at `at`; a byte that begins no UTF-8 sequence is one invalid glyph of its own.
Glyph glyph_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80U) return {lead, 1, true};
  const std::size_t length = lead >= 0xF0U && lead < 0xF5U ? 4 : lead >= 0xE0U && lead < 0xF0U ? 3 : lead >= 0xC2U && lead < 0xE0U ? 2 : 0;
  if (length == 0) return {lead, 1, false};
  char32_t code = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (!continues(text, at + i)) return {lead, 1, false};
    code = (code << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  }
  const bool overlong = (length == 3 && code < 0x800) || (length == 4 && (code < 0x10000 || code > 0x10FFFF));
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  return {code, length, !overlong && !surrogate};
}

struct Range {
  char32_t first;
  char32_t last;
};

// The blocks that matter, after Unicode's EastAsianWidth.txt and the general category Mn.
constexpr std::array no_column{Range{0x0300, 0x036F}, Range{0x200B, 0x200F}, Range{0x202A, 0x202E}, Range{0x2060, 0x2064},
                               Range{0x20D0, 0x20FF}, Range{0xFE00, 0xFE0F}, Range{0xFEFF, 0xFEFF}};
constexpr std::array two_columns{Range{0x1100, 0x115F}, Range{0x2E80, 0x303E}, Range{0x3041, 0xA4CF},   Range{0xAC00, 0xD7A3},
                                 Range{0xF900, 0xFAFF}, Range{0xFE30, 0xFE6F}, Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},
                                 Range{0x1F300, 0x1F64F}, Range{0x1F900, 0x1F9FF}, Range{0x20000, 0x3FFFD}};

int width_of(const Glyph& glyph) {
  const auto holds = [&glyph](const Range& range) { return glyph.code >= range.first && glyph.code <= range.last; };
  if (!glyph.valid || glyph.code < 0x300) return 1;
  if (std::ranges::any_of(no_column, holds)) return 0;
  return std::ranges::any_of(two_columns, holds) ? 2 : 1;
}

/// How many bytes of `text` fit in `width` columns.
std::size_t bytes_within(std::string_view text, int width) {
  std::size_t at = 0;
  for (int used = 0; at < text.size();) {
    const Glyph glyph = glyph_at(text, at);
    used += width_of(glyph);
    if (used > width) break;
    at += glyph.bytes;
  }
  return at;
}

void wrap_line(std::vector<std::string>& lines, std::string_view text, int width) {
  std::string line;
  int used = 0;
  const auto break_line = [&] {
    lines.push_back(std::move(line));
    line.clear();
    used = 0;
  };
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    int needed = columns_of(word);
    if (used > 0 && used + 1 + needed > width) break_line();
    while (needed > width) {
      const std::size_t some = std::max(bytes_within(word, width), glyph_at(word, 0).bytes);
      line = word.substr(0, some);
      word.remove_prefix(some);
      needed = columns_of(word);
      if (!word.empty()) break_line();
      if (word.empty()) break;
    }
    if (word.empty()) {
      used = width;
      continue;
    }
    if (used > 0) line += ' ';
    line += word;
    used = columns_of(line);
  }
  lines.push_back(std::move(line));
}

}  // namespace

int columns_of(std::string_view text) {
  int columns = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Glyph glyph = glyph_at(text, at);
    columns += width_of(glyph);
    at += glyph.bytes;
  }
  return columns;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Glyph glyph = glyph_at(text, at);
    if (glyph.code == '\t' || glyph.code == '\n' || glyph.code == '\r') {
      out += ' ';
    } else if (!glyph.valid || glyph.code < ' ' || (glyph.code >= 0x7F && glyph.code < 0xA0)) {
      out += '?';
    } else {
      out += text.substr(at, glyph.bytes);
    }
    at += glyph.bytes;
  }
  return out;
}

std::string shortened(std::string_view text, int width) {
  if (columns_of(text) <= width) return std::string(text);
  if (width < 1) return {};
  return std::string(text.substr(0, bytes_within(text, width - 1))) + "…";
}

std::vector<std::string> wrapped(std::string_view text, int width) {
  std::vector<std::string> lines;
  const int room = std::max(width, 1);
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    wrap_line(lines, printable(text.substr(begin, end - begin)), room);
    begin = end + 1;
  }
  return lines;
}

std::string paragraph(std::string_view text, int width, std::string_view first) {
  const int indent = columns_of(first);
  std::string out;
  for (const std::string& line : wrapped(text, width - indent)) {
    if (out.empty()) {
      out += first;
    } else if (!line.empty()) {
      out.append(static_cast<std::size_t>(indent), ' ');
    }
    out += line + "\n";
  }
  return out;
}

std::string padded(std::string_view text, int width, Align align) {
  const std::string blanks(static_cast<std::size_t>(std::max(0, width - columns_of(text))), ' ');
  return align == Align::left ? std::string(text) + blanks : blanks + std::string(text);
}

}  // namespace brightline::report
