#include "transcripts/page.h"

#include "transcripts/program_runner.h"

namespace brightline::tests {

namespace {

constexpr std::string_view exit_mark = "[exit ";

void read_output(const std::vector<std::string>& lines, std::size_t& at, Command& out) {
  out.first = at;
  for (; at < lines.size() && lines[at] != "```" && !lines[at].starts_with("$ "); ++at) {
    const std::string& line = lines[at];
    if (line.starts_with(exit_mark) && line.ends_with("]")) {
      out.code = std::stoi(line.substr(exit_mark.size()));
    } else {
      out.expected.push_back(line);
    }
  }
  out.last = at;
}

}  // namespace

std::vector<Command> commands_of(const std::vector<std::string>& lines) {
  std::vector<Command> out;
  bool in_block = false;
  for (std::size_t at = 0; at < lines.size();) {
    if (lines[at] == "```console") in_block = true;
    if (lines[at] == "```") in_block = false;
    if (!in_block || !lines[at].starts_with("$ ")) {
      ++at;
      continue;
    }
    Command command{.text = lines[at].substr(2), .line = at + 1};
    for (++at; command.text.ends_with("\\") && at < lines.size(); ++at) {
      command.text.pop_back();
      command.text += lines[at];
    }
    read_output(lines, at, command);
    out.push_back(std::move(command));
  }
  return out;
}

std::vector<std::string> updated(const Command& command, const std::vector<std::string>& found, int code) {
  std::vector<std::string> out = fits(command.expected, found) ? command.expected : found;
  if (code != 0) out.push_back(std::string(exit_mark) + std::to_string(code) + "]");
  return out;
}

}  // namespace brightline::tests
