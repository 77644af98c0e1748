// A page of the manual: its ```console blocks hold commands and what they print.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace brightline::tests {

/// "$ brightline judge ..." and the lines up to the next command or the end of the block.
struct Command {
  std::string text;  ///< without "$ "; lines ending in a backslash are joined
  std::size_t line = 0;
  std::vector<std::string> expected{};
  int code = 0;           ///< "[exit 2]" as the last line says another
  std::size_t first = 0;  ///< the lines [first, last) of the page hold `expected` and the exit code
  std::size_t last = 0;
};

std::vector<Command> commands_of(const std::vector<std::string>& lines);

/// What the page should say where the command printed `found`: the old lines where "..." makes them fit, else the new ones
/// with the same stretches left out.
std::vector<std::string> updated(const Command& command, const std::vector<std::string>& found, int code);

}  // namespace brightline::tests
