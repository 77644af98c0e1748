// Free text cut into runs of letters and runs of digits, so that "RTX4090D", "RTX 4090 D" and "rtx-4090d" read alike.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace brightline::catalogue {

/// A run of letters or of digits, in lower case. `glued`: nothing stood between it and the one before.
struct Atom {
  std::string text;
  bool glued = false;
};

std::string lower_case(std::string_view text);
std::vector<Atom> atoms_of(std::string_view text);

/// Where `pattern` stands in `text` as whole words: the index of its first atom, or -1. A word may not go on behind it:
/// "MI250" does not stand in "MI250X".
int find_words(const std::vector<Atom>& text, const std::vector<Atom>& pattern);

}  // namespace brightline::catalogue
