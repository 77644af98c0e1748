#include "app/progress.h"

#include <unistd.h>

namespace brightline::app {

Progress::Progress(std::ostream& out) : out_(out), on_(isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (shown_) out_ << "\r\033[K" << std::flush;
}

void Progress::say(const std::string& line) {
  constexpr auto least = std::chrono::milliseconds(200);
  const auto now = std::chrono::steady_clock::now();
  if (!on_ || (shown_ && now - last_ < least)) return;
  last_ = now;
  shown_ = true;
  out_ << "\r\033[K" << line << std::flush;
}

}  // namespace brightline::app
