// Do the commands of the README and the manual print what these say?
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <regex>

#include "transcripts/page.h"
#include "transcripts/program_runner.h"

namespace brightline::tests {

namespace {

namespace fs = std::filesystem;
const fs::path root = BRIGHTLINE_ROOT;

std::vector<fs::path> pages() {
  std::vector<fs::path> out{root / "README.md"};
  for (const auto& entry : fs::directory_iterator(root / "docs/manual")) {
    if (entry.path().extension() == ".md") out.push_back(entry.path());
  }
  std::ranges::sort(out);
  return out;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

/// A file the command would write (--svg, --page) is written aside, and must be what the repository holds.
struct Written {
  std::string path;
  std::string aside;
};

std::vector<Written> set_aside(std::vector<std::string>& words, const Scratch& scratch) {
  std::vector<Written> out;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (words[i] != "--svg" && words[i] != "--page") continue;
    out.push_back({words[i + 1], (scratch.folder() / fs::path(words[i + 1]).filename()).string()});
    words[i + 1] = out.back().aside;
  }
  return out;
}

/// A picture names the version of the law it was drawn from, which any edit of a law file changes.
std::string without_version(const std::string& text) { return std::regex_replace(text, std::regex("Law [0-9a-f]{12}"), "Law"); }

Outcome run(const Command& command, const fs::path& page) {
  std::vector<std::string> words = words_of(command.text);
  if (words.size() == 2 && words[0] == "cat") return {0, read_file(words[1]), {}};
  if (words.empty() || words[0] != "brightline")
    throw std::runtime_error(page.string() + ": only brightline and cat FILE are run: " + command.text);
  words.erase(words.begin());
  const Scratch scratch;
  const std::vector<Written> written = set_aside(words, scratch);
  Outcome outcome = run_program(words);
  for (const Written& one : written) {
    const std::string now = read_file(one.aside);
    if (updating()) write_file(one.path, now);
    EXPECT_TRUE(fs::exists(one.path) && without_version(now) == without_version(read_file(one.path)))
        << page << ":" << command.line << ": " << one.path << " is not what the command writes";
  }
  return outcome;
}

class Transcripts : public testing::TestWithParam<fs::path> {};

TEST_P(Transcripts, PrintWhatThePageSays) {
  const InFolder here(root);
  std::vector<std::string> lines = lines_of(read_file(GetParam()));
  std::vector<Command> commands = commands_of(lines);
  EXPECT_FALSE(commands.empty()) << GetParam() << " shows no command";
  std::ranges::reverse(commands);  // from the end: an update moves only lines already done
  for (const Command& command : commands) {
    const Outcome outcome = run(command, GetParam());
    const std::vector<std::string> found = lines_of(outcome.out + outcome.err);
    if (updating()) {
      const auto now = updated(command, found, outcome.code);
      const auto at = lines.erase(lines.begin() + command.first, lines.begin() + command.last);
      lines.insert(at, now.begin(), now.end());
      continue;
    }
    EXPECT_EQ(outcome.code, command.code) << GetParam() << ":" << command.line << ": " << command.text;
    if (fits(command.expected, found)) continue;
    ADD_FAILURE() << GetParam().string() << ":" << command.line << ": $ " << command.text << "\n--- the page says\n"
                  << joined(command.expected) << "--- the program prints\n"
                  << joined(found);
  }
  if (updating()) write_file(GetParam(), joined(lines));
}

INSTANTIATE_TEST_SUITE_P(Pages, Transcripts, testing::ValuesIn(pages()), [](const auto& one) {
  std::string name = one.param.stem().string();
  std::ranges::replace_if(
      name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
});

TEST(Page, ItsCommandsAreFound) {
  const auto commands =
      commands_of(lines_of("text\n```console\n$ brightline a \\\n  b\none\n...\n$ brightline c\ntwo\n[exit 2]\n```\n```toml\n$ no\n```\n"));
  ASSERT_EQ(commands.size(), 2U);
  EXPECT_EQ(words_of(commands[0].text), (std::vector<std::string>{"brightline", "a", "b"}));
  EXPECT_EQ(commands[0].expected, (std::vector<std::string>{"one", "..."}));
  EXPECT_EQ(commands[1].code, 2);
  EXPECT_EQ(commands[1].expected, std::vector<std::string>{"two"});
}

TEST(Page, AnUpdateLeavesOutWhatWasLeftOut) {
  const std::vector<std::string> found{"new title", "b", "c", "x", "y", "z"};
  const auto update = [&](std::vector<std::string> expected) {
    return updated(Command{.text = "", .expected = std::move(expected)}, found, 0);
  };
  EXPECT_EQ(update({"old title", "b", "..."}), (std::vector<std::string>{"new title", "b", "..."}));
  EXPECT_EQ(update({"title", "..."}), (std::vector<std::string>{"new title", "..."}));
  EXPECT_EQ(update({"title", "...", "x", "old", "z"}), (std::vector<std::string>{"new title", "...", "x", "y", "z"}));
  EXPECT_EQ(update({"title", "...", "b", "...", "gone"}).back(), "z");
  EXPECT_EQ(update({"title", "b"}), found);
  EXPECT_EQ(update({}), found);
  EXPECT_EQ(update({"new title", "...", "z"}), (std::vector<std::string>{"new title", "...", "z"}));
}

TEST(Page, ThreeDotsStandForAnyLines) {
  const std::vector<std::string> found{"a", "b", "c", "b", "d"};
  EXPECT_TRUE(fits(found, found));
  EXPECT_TRUE(fits({"a", "...", "d"}, found));
  EXPECT_TRUE(fits({"...", "b", "d"}, found));
  EXPECT_TRUE(fits({"a", "...", "..."}, found));
  EXPECT_FALSE(fits({"a", "...", "c"}, found));
  EXPECT_FALSE(fits({"a", "b"}, found));
  EXPECT_FALSE(fits({}, found));
}

}  // namespace

}  // namespace brightline::tests
