#include "transcripts/program_runner.h"

#include <stdlib.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include "app/command_line.h"

namespace brightline::tests {

namespace fs = std::filesystem;

Outcome run_program(const std::vector<std::string>& arguments, const std::string& input) {
  setenv("BRIGHTLINE_STORE", "none", 0);  // every answer is computed; a test of the store names a file
  std::vector<const char*> argv{"brightline"};
  for (const std::string& one : arguments) argv.push_back(one.c_str());
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  app::Streams streams{in, out, err, report::Terminal{}};
  const int code = app::run(static_cast<int>(argv.size()), argv.data(), streams);
  return {code, out.str(), err.str()};
}

std::vector<std::string> words_of(std::string_view command) {
  std::vector<std::string> out;
  std::string word;
  bool open = false;  // a word has begun, which may be an empty one in quotes
  char quote = 0;
  for (const char c : command) {
    if (quote != 0) {
      if (c == quote) {
        quote = 0;
      } else {
        word += c;
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
      open = true;
    } else if (c == ' ') {
      if (open) out.push_back(word);
      word.clear();
      open = false;
    } else {
      word += c;
      open = true;
    }
  }
  if (open) out.push_back(word);
  return out;
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error(path.string() + " can't be read");
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const fs::path& path, std::string_view text) {
  if (path.has_parent_path()) fs::create_directories(path.parent_path());
  std::ofstream out(path, std::ios::binary);
  out << text;
  if (!out) throw std::runtime_error(path.string() + " can't be written");
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return out;
}

bool fits(const std::vector<std::string>& expected, const std::vector<std::string>& found) {
  // the usual walk for one wildcard: on a mismatch the last "..." takes one line more
  std::size_t e = 0;
  std::size_t f = 0;
  std::size_t gap = expected.size();
  std::size_t taken = 0;
  while (f < found.size()) {
    if (e < expected.size() && expected[e] == "...") {
      gap = e++;
      taken = f;
    } else if (e < expected.size() && expected[e] == found[f]) {
      ++e;
      ++f;
    } else if (gap < expected.size()) {
      e = gap + 1;
      f = ++taken;
    } else {
      return false;
    }
  }
  while (e < expected.size() && expected[e] == "...") ++e;
  return e == expected.size();
}

bool updating() { return std::getenv("BRIGHTLINE_UPDATE_TRANSCRIPTS") != nullptr; }

Scratch::Scratch() {
  std::string pattern = (fs::temp_directory_path() / "brightline-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder can be made");
  folder_ = pattern;
}

Scratch::~Scratch() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

}  // namespace brightline::tests
