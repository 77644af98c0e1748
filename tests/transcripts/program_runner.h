// Runs the program inside a test, as a person would: words in, text and exit code out. Shared by the suites documents,
// bad_input and transcripts.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace brightline::tests {

struct Outcome {
  int code = 0;
  std::string out;
  std::string err;
};

/// Runs `brightline arguments...` on a terminal of 100 columns without colour.
Outcome run_program(const std::vector<std::string>& arguments, const std::string& input = {});

/// Splits a command line at blanks; '...' and "..." keep them.
std::vector<std::string> words_of(std::string_view command);

std::string read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, std::string_view text);
std::vector<std::string> lines_of(std::string_view text);

/// Line by line; a line "..." of `expected` stands for any number of lines.
bool fits(const std::vector<std::string>& expected, const std::vector<std::string>& found);

/// True when BRIGHTLINE_UPDATE_TRANSCRIPTS is set: write down what the program prints instead of comparing with it.
bool updating();

/// The working folder is another one as long as this lives.
class InFolder {
 public:
  explicit InFolder(const std::filesystem::path& folder) : before_(std::filesystem::current_path()) {
    std::filesystem::current_path(folder);
  }
  ~InFolder() { std::filesystem::current_path(before_); }
  InFolder(const InFolder&) = delete;
  InFolder& operator=(const InFolder&) = delete;

 private:
  std::filesystem::path before_;
};

/// An empty folder that goes when this does.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

}  // namespace brightline::tests
