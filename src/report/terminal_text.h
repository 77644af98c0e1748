// Text measured in the columns a terminal gives it: accents take none of their own, Chinese characters take two.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace brightline::report {

/// Columns `text` takes. Bytes that are no UTF-8 and control characters count as one: see printable().
int columns_of(std::string_view text);

/// `text` made safe to print on one line: tabs and line ends become blanks, other control characters and stray bytes '?'.
std::string printable(std::string_view text);

/// At most `width` columns of `text`; ends in an ellipsis where something was cut off.
std::string shortened(std::string_view text, int width);

/// `text` broken at blanks into lines of at most `width` columns; words that are longer are broken too. A line end in
/// the text begins a new line. Never empty.
std::vector<std::string> wrapped(std::string_view text, int width);

/// A paragraph: the first line after `first` (such as "  1. "), the others indented by as many blanks.
std::string paragraph(std::string_view text, int width, std::string_view first = "");

enum class Align { left, right };
/// `text` filled up with blanks to `width` columns.
std::string padded(std::string_view text, int width, Align align = Align::left);

}  // namespace brightline::report
