#include "bad_input/cases.h"

#include <algorithm>
#include <stdexcept>

#include "transcripts/program_runner.h"

namespace brightline::tests {

namespace fs = std::filesystem;

namespace {

class CaseReader {
 public:
  explicit CaseReader(const fs::path& file) : file_(file), lines_(lines_of(read_file(file))) {}

  std::vector<Case> read() {
    std::vector<Case> out;
    while (at_ < lines_.size()) {
      const std::string& line = lines_[at_];
      if (line.starts_with("## ")) {
        out.push_back({.title = line.substr(3), .file = file_});
        ++at_;
      } else if (line.empty() || line.starts_with("#")) {
        ++at_;
      } else {
        if (out.empty()) fail("a case begins with '## title'");
        step(out.back());
      }
    }
    return out;
  }

 private:
  [[noreturn]] void fail(const std::string& why) const {
    throw std::runtime_error(file_.string() + ":" + std::to_string(at_ + 1) + ": " + why);
  }

  // The lines that begin with `mark`, without it, joined.
  std::string block(const std::string& mark) {
    std::string out;
    for (; at_ < lines_.size() && lines_[at_].starts_with(mark); ++at_) {
      const std::string& line = lines_[at_];
      out += line.substr(std::min(line.size(), mark.size() + 1)) + "\n";
    }
    return out;
  }

  void step(Case& one) {
    const std::string line = lines_[at_++];
    const std::size_t space = line.find(' ');
    const std::string verb = line.substr(0, space);
    const std::string rest = space == std::string::npos ? "" : line.substr(space + 1);
    if (verb == "$") {
      if (!rest.starts_with("brightline")) fail("a command begins with 'brightline'");
      one.command = rest.substr(std::string("brightline").size());
      read_expected(one);
    } else if (verb == "change") {
      Edit edit{Edit::Kind::change, rest, block("<"), {}};
      edit.after = block(">");
      // a change within a line: the line ends stay as they are
      edit.before.pop_back();
      if (!edit.after.empty()) edit.after.pop_back();
      one.edits.push_back(std::move(edit));
    } else if (verb == "append") {
      one.edits.push_back({Edit::Kind::append, rest, {}, block(">")});
    } else if (verb == "write") {
      one.edits.push_back({Edit::Kind::write, rest, {}, block(">")});
    } else if (verb == "remove") {
      one.edits.push_back({Edit::Kind::remove, rest, {}, {}});
    } else if (verb == "input") {
      one.input = block(">");
    } else {
      --at_;
      fail("unknown step '" + verb + "'");
    }
  }

  void read_expected(Case& one) {
    one.first = at_;
    while (at_ < lines_.size() && !lines_[at_].starts_with("exit ") && !lines_[at_].starts_with("## "))
      one.expected.push_back(lines_[at_++]);
    if (at_ < lines_.size() && lines_[at_].starts_with("exit ")) {
      one.code = std::stoi(lines_[at_++].substr(5));
    }
    one.last = at_;
  }

  fs::path file_;
  std::vector<std::string> lines_;
  std::size_t at_ = 0;
};

void apply(const Edit& edit) {
  const fs::path path = edit.path;
  switch (edit.kind) {
    case Edit::Kind::write:
      write_file(path, edit.after);
      return;
    case Edit::Kind::append:
      write_file(path, read_file(path) + edit.after);
      return;
    case Edit::Kind::remove:
      if (fs::remove_all(path) == 0) throw std::runtime_error("there is no " + edit.path + " to remove");
      return;
    case Edit::Kind::change: {
      std::string text = read_file(path);
      const std::size_t at = text.find(edit.before);
      if (at == std::string::npos) throw std::runtime_error(edit.path + " does not hold: " + edit.before);
      write_file(path, text.replace(at, edit.before.size(), edit.after));
      return;
    }
  }
}

}  // namespace

std::vector<Case> read_cases(const fs::path& file) { return CaseReader(file).read(); }

std::vector<Case> all_cases(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".cases") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  std::vector<Case> out;
  for (const fs::path& file : files) std::ranges::move(read_cases(file), std::back_inserter(out));
  return out;
}

void plant(const Case& one, const fs::path& root) {
  for (const char* ours : {"law", "data"}) {
    const auto in_it = [&](const Edit& edit) { return edit.path.starts_with(std::string(ours) + "/"); };
    if (std::ranges::any_of(one.edits, in_it)) fs::copy(root / ours, ours, fs::copy_options::recursive);
  }
  for (const Edit& edit : one.edits) apply(edit);
}

void record(const Case& one, const std::vector<std::string>& found, int code) {
  std::vector<std::string> lines = lines_of(read_file(one.file));
  std::string out;
  for (std::size_t i = 0; i < one.first; ++i) out += lines[i] + "\n";
  for (const std::string& line : fits(one.expected, found) ? one.expected : found) out += line + "\n";
  out += "exit " + std::to_string(code) + "\n";
  // without an exit line yet, the blank line before the next title was taken for expected text
  const bool ended = one.last > one.first && lines[one.last - 1].starts_with("exit ");
  if (!ended) out += "\n";
  for (std::size_t i = one.last; i < lines.size(); ++i) out += lines[i] + "\n";
  write_file(one.file, out);
}

}  // namespace brightline::tests
