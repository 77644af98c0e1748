// One line on a terminal that says how long work goes; nothing where nobody looks.
#pragma once
#include <chrono>
#include <ostream>
#include <string>

namespace brightline::app {

class Progress {
 public:
  /// Shows itself only where standard error is a terminal.
  explicit Progress(std::ostream& out);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  Progress(Progress&&) = delete;
  Progress& operator=(Progress&&) = delete;
  /// Not more often than a few times a second.
  void say(const std::string& line);

 private:
  std::ostream& out_;
  bool shown_ = false;
  bool on_;
  std::chrono::steady_clock::time_point last_;
};

}  // namespace brightline::app
