// What is refused before the TOML library sees it: nesting so deep that building or freeing its tree would exhaust the stack.
#pragma once
#include <optional>
#include <string_view>

namespace brightline::base {

inline constexpr int max_toml_brackets = 32;  ///< arrays in arrays, tables in tables
inline constexpr int max_toml_dots = 16;      ///< parts of one dotted key

/// The line on which `text` first nests deeper than that; empty when it never does. Brackets and dots in strings and
/// comments do not count.
std::optional<int> line_nested_too_deeply(std::string_view text);

}  // namespace brightline::base
