// What comes of the answers: the caller is told each, and what went wrong is kept until all is still.
#pragma once
#include <exception>

#include "crew/worker_threads.h"

namespace brightline::crew {

class Answers {
 public:
  explicit Answers(const Done& done) : done_(done) {}
  void take(Finished one);
  [[nodiscard]] bool stopped() const { return stopped_; }  ///< nothing more is to be begun

  /// How many answers the caller was told. Throws what the caller threw, else what the block with the lowest number threw:
  /// as blocks are begun in rising order, that one does not depend on the hands.
  [[nodiscard]] std::size_t told() const;

 private:
  const Done& done_;
  std::size_t told_ = 0;
  bool stopped_ = false;
  std::size_t failed_block_ = 0;
  std::exception_ptr failed_;         ///< a block
  std::exception_ptr caller_failed_;  ///< and is told nothing more
};

}  // namespace brightline::crew
