#include "base/toml_guard.h"

#include <algorithm>

namespace brightline::base {

namespace {

/// The index after the string that opens at `at`. A one-line string ends at the line's end if nothing closes it: that is
/// a syntax error, at which the library stops; up to there it and we agree what is a string.
std::size_t after_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const bool escapes = quote == '"';
  const std::string_view triple = escapes ? "\"\"\"" : "'''";
  const bool many_lines = text.substr(at, 3) == triple;
  at += many_lines ? 3 : 1;
  for (; at < text.size(); ++at) {
    if (escapes && text[at] == '\\') {
      ++at;
    } else if (!many_lines && (text[at] == quote || text[at] == '\n')) {
      return text[at] == quote ? at + 1 : at;
    } else if (many_lines && text.substr(at, 3) == triple) {
      at += 3;
      for (int more = 0; more < 2 && at < text.size() && text[at] == quote; ++more) ++at;  // the text may end in quotes
      return at;
    }
  }
  return text.size();
}

}  // namespace

std::optional<int> line_nested_too_deeply(std::string_view text) {
  int brackets = 0;
  int dots = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      at = after_string(text, at);
      continue;
    }
    if (c == '#') {
      at = std::min(text.find('\n', at), text.size());
      continue;
    }
    if (c == '[' || c == '{') ++brackets;
    if (c == ']' || c == '}') brackets = std::max(0, brackets - 1);
    if (c == '.') ++dots;
    if (c == '=' || c == ',' || c == '\n') dots = 0;
    if (brackets > max_toml_brackets || dots >= max_toml_dots) {
      return 1 + static_cast<int>(std::ranges::count(text.substr(0, at), '\n'));
    }
    ++at;
  }
  return std::nullopt;
}

}  // namespace brightline::base
