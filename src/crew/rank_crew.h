// The crew of several processes. Rank 0 hands out blocks one by one as answers come, to itself too; each rank has threads.
#pragma once
#include <memory>
#include <vector>

#include "crew/crew.h"
#include "crew/messages.h"

namespace brightline::crew {

struct Letter;
class Answers;

class RankCrew : public Crew {
 public:
  /// Waits until all ranks have come this far.
  RankCrew(std::unique_ptr<Messages> messages, int threads);
  /// Waits until all ranks go. Before that, where the coordinator goes the others' work is over, and where another goes the
  /// coordinator's work fails.
  ~RankCrew() override;
  RankCrew(const RankCrew&) = delete;
  RankCrew& operator=(const RankCrew&) = delete;
  RankCrew(RankCrew&&) = delete;
  RankCrew& operator=(RankCrew&&) = delete;

  std::size_t each(std::span<const std::size_t> blocks, const Work& work, const Done& done) override;
  [[nodiscard]] int workers() const override { return workers_; }
  [[nodiscard]] int ranks() const override { return messages_->ranks(); }
  [[nodiscard]] bool coordinates() const override { return messages_->rank() == 0; }

 private:
  std::size_t coordinate(std::span<const std::size_t> blocks, const Work& work, const Done& done);
  void serve(const Work& work);
  void send(int to, const Letter& letter);
  void send_all(const Letter& letter);
  Letter wait_for_letter(int& from);
  void leave_as_coordinator();
  void leave();

  std::unique_ptr<Messages> messages_;
  std::vector<int> threads_;  ///< of each rank; elsewhere than on the coordinator its own alone
  int workers_ = 0;
  bool over_ = false;  ///< the coordinator has gone
};

}  // namespace brightline::crew
