// A name as it compares: case and separators do not count.
#pragma once
#include <string>
#include <string_view>

namespace brightline::base {

/// `text` in lower case, without the characters in `dropped`.
inline std::string folded(std::string_view text, std::string_view dropped = {}) {
  std::string out;
  for (const char c : text) {
    if (dropped.find(c) == std::string_view::npos) out += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return out;
}

}  // namespace brightline::base
