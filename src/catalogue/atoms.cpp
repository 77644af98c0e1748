#include "catalogue/atoms.h"

namespace brightline::catalogue {

namespace {

enum class Class { letter, digit, other };

Class class_of(char c) {
  if (c >= '0' && c <= '9') return Class::digit;
  if ((c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80) return Class::letter;
  return Class::other;
}

}  // namespace

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::vector<Atom> atoms_of(std::string_view text) {
  std::vector<Atom> atoms;
  Class last = Class::other;
  for (const char c : lower_case(text)) {
    const Class now = class_of(c);
    if (now != Class::other) {
      if (now != last) atoms.push_back({{}, last != Class::other});
      atoms.back().text += c;
    }
    last = now;
  }
  return atoms;
}

int find_words(const std::vector<Atom>& text, const std::vector<Atom>& pattern) {
  if (pattern.empty() || pattern.size() > text.size()) return -1;
  for (std::size_t at = 0; at + pattern.size() <= text.size(); ++at) {
    if (text[at].glued) continue;
    std::size_t same = 0;
    while (same < pattern.size() && text[at + same].text == pattern[same].text) ++same;
    if (same < pattern.size()) continue;
    const std::size_t behind = at + pattern.size();
    if (behind < text.size() && text[behind].glued) continue;
    return static_cast<int>(at);
  }
  return -1;
}

}  // namespace brightline::catalogue
