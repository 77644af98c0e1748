#include "crew/answers.h"

namespace brightline::crew {

void Answers::take(Finished one) {
  if (one.failure) {
    stopped_ = true;
    if (!failed_ || one.block < failed_block_) {
      failed_ = one.failure;
      failed_block_ = one.block;
    }
    return;
  }
  if (caller_failed_) return;
  try {
    stopped_ = done_(one.block, std::move(one.answer)) == Then::stop || stopped_;
    ++told_;
  } catch (...) {
    stopped_ = true;
    caller_failed_ = std::current_exception();
  }
}

std::size_t Answers::told() const {
  if (caller_failed_) std::rethrow_exception(caller_failed_);
  if (failed_) std::rethrow_exception(failed_);
  return told_;
}

}  // namespace brightline::crew
