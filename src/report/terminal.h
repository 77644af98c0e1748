// The screen the program talks to: how wide it is, whether it shows colour, and colours by what they mean.
#pragma once
#include <string>
#include <string_view>

namespace brightline::report {

/// What a piece of text means; never how it looks. The words must say it too: colour is lost in pipes and to some eyes.
enum class Style { plain, good, warning, bad, quiet, strong };

/// What the user wished for with --color.
enum class Colour { automatic, always, never };

struct Terminal {
  int width = 100;
  bool colour = false;

  /// Describes the screen behind a file descriptor. Width: $COLUMNS, else what the terminal says, else 100. Colour, unless
  /// asked for or forbidden: only on a terminal that is not "dumb", and only without $NO_COLOR.
  static Terminal of(int file_descriptor, Colour wish = Colour::automatic);

  [[nodiscard]] std::string paint(Style style, std::string_view text) const;
};

}  // namespace brightline::report
