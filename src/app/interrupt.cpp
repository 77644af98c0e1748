#include "app/interrupt.h"

#include <csignal>

namespace brightline::app {

namespace {

std::atomic<bool> wished{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may set it");

void wish(int /*signal*/) {
  wished = true;
  std::signal(SIGINT, SIG_DFL);
}

}  // namespace

Interrupt::Interrupt() {
  wished = false;
  std::signal(SIGINT, wish);
}
Interrupt::~Interrupt() { std::signal(SIGINT, SIG_DFL); }
const std::atomic<bool>& Interrupt::flag() const { return wished; }

}  // namespace brightline::app
