// Three kinds of trouble, three means: bad input is a Problem with a position and a hint (exit 2),
// an answer "no" is a value (exit 1), a mistake of ours is check() (exit 3).
#pragma once
#include <exception>
#include <source_location>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace brightline::base {

/// A place in an input. line and column count from 1; 0 means "not known".
struct Where {
  std::string file;
  int line = 0;
  int column = 0;
  std::string text;  ///< the line as written, for the caret; may be empty
};

/// Something wrong in what the user gave us: what it is, where, and what to do about it.
struct Problem {
  Where where;
  std::string message;
  std::string hint;
};

/// A loader collects every problem it meets instead of stopping at the first.
class Problems {
 public:
  void add(Problem problem) { list_.push_back(std::move(problem)); }
  void add(Where where, std::string message, std::string hint = {});
  void append(const Problems& other);
  [[nodiscard]] bool empty() const { return list_.empty(); }
  [[nodiscard]] std::size_t size() const { return list_.size(); }
  [[nodiscard]] const std::vector<Problem>& all() const { return list_; }

 private:
  std::vector<Problem> list_;
};

/// "file:line:column: message", the line with a caret under the column, then the hint.
std::string render(const Problem& problem);
std::string render(const Problems& problems);

/// Bad input on its way to the edge of the program, where it becomes exit code 2.
class BadInput : public std::exception {
 public:
  explicit BadInput(Problems problems);
  explicit BadInput(Problem problem);
  [[nodiscard]] const Problems& problems() const { return problems_; }
  [[nodiscard]] const char* what() const noexcept override { return text_.c_str(); }

 private:
  Problems problems_;
  std::string text_;
};

/// Throws BadInput with one problem; `where` is a file or an option.
[[noreturn]] void refuse(std::string where, std::string message, std::string hint = {});

/// Throws BadInput when there is anything in `problems`.
void stop_at(const Problems& problems);

/// "did you mean 'h20-96'?" for the nearest candidate, or an empty string when none is near.
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

/// A mistake of ours, never of the user's; on in release builds too.
class OurFault : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};
void check(bool condition, std::string_view why, std::source_location where = std::source_location::current());

}  // namespace brightline::base
