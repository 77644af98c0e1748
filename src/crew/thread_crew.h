// The crew of one process.
#pragma once
#include "crew/crew.h"

namespace brightline::crew {

class ThreadCrew : public Crew {
 public:
  explicit ThreadCrew(int threads) : threads_(threads) {}
  std::size_t each(std::span<const std::size_t> blocks, const Work& work, const Done& done) override;
  [[nodiscard]] int workers() const override { return threads_; }
  [[nodiscard]] int ranks() const override { return 1; }
  [[nodiscard]] bool coordinates() const override { return true; }

 private:
  int threads_;
};

}  // namespace brightline::crew
