#include "transcripts/page.h"

#include <algorithm>

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

namespace {

using Lines = std::vector<std::string>;

/// Where the line stands at or after `from`, of several places the one nearest to `near`; `near` where it stands nowhere.
std::size_t place_of(const std::string& line, const Lines& lines, std::size_t from, std::size_t near) {
  const auto distance = [near](std::size_t i) { return i < near ? near - i : i - near; };
  std::size_t best = lines.size();
  for (std::size_t i = from; i < lines.size(); ++i) {
    if (lines[i] == line && (best == lines.size() || distance(i) < distance(best))) best = i;
  }
  return best == lines.size() ? near : best;
}

/// The stretch of `found` that takes the place of an old one: from its first line to its last, else as many lines.
void append_stretch(Lines& out, const Lines& old, const Lines& found, std::size_t& at, bool to_the_end) {
  if (old.empty()) return;
  const std::size_t begin = at == 0 ? 0 : place_of(old.front(), found, at, at);
  std::size_t end = std::min(found.size(), place_of(old.back(), found, begin, begin + old.size() - 1) + 1);
  if (to_the_end) end = found.size();
  for (std::size_t i = begin; i < end; ++i) out.push_back(found[i]);
  at = end;
}

}  // namespace

Lines updated(const Command& command, const Lines& found, int code) {
  Lines out = command.expected;
  if (!fits(command.expected, found)) {
    out.clear();
    Lines stretch;
    std::size_t at = 0;
    for (const std::string& line : command.expected) {
      if (line != "...") {
        stretch.push_back(line);
        continue;
      }
      append_stretch(out, stretch, found, at, false);
      out.push_back(line);
      stretch.clear();
    }
    append_stretch(out, stretch, found, at, true);
    if (!fits(out, found)) out = found;
  }
  if (code != 0) out.push_back(std::string(exit_mark) + std::to_string(code) + "]");
  return out;
}

}  // namespace brightline::tests
