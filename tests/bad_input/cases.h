// The cases of this suite: one planted mistake, the command that meets it, and every line it must print.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace brightline::tests {

/// What is done to a copy of our files, or to an empty folder, before the command runs.
struct Edit {
  enum class Kind { change, append, write, remove } kind = Kind::write;
  std::string path;
  std::string before;  ///< change: the text replaced, where it stands first
  std::string after;
};

struct Case {
  std::string title;
  std::vector<Edit> edits{};
  std::string command{};  ///< without "brightline"
  std::string input{};    ///< standard input
  std::vector<std::string> expected{};
  int code = 2;
  std::filesystem::path file{};
  std::size_t first = 0;  ///< the lines [first, last) of the file hold `expected` and the exit code
  std::size_t last = 0;
};

/// Reads a file of cases; README.md of this folder tells how they are written.
std::vector<Case> read_cases(const std::filesystem::path& file);
/// Every *.cases file of a folder.
std::vector<Case> all_cases(const std::filesystem::path& folder);

/// Puts the mistake in place under the working folder: law/ and data/ are copied from `root` when an edit names them.
void plant(const Case& one, const std::filesystem::path& root);

/// Writes what was found in the place of what was expected, unless "..." makes that fit.
void record(const Case& one, const std::vector<std::string>& found, int code);

}  // namespace brightline::tests
