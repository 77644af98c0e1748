// Ctrl-C as a wish to end with what there is.
#pragma once
#include <atomic>

namespace brightline::app {

/// While it lives the first Ctrl-C sets the flag; the second ends the program as usual.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  Interrupt(Interrupt&&) = delete;
  Interrupt& operator=(Interrupt&&) = delete;
  [[nodiscard]] const std::atomic<bool>& flag() const;
};

}  // namespace brightline::app
