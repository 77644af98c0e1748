// Ranks that are threads of one test, with letter boxes between them: the crew of several processes without MPI.
#pragma once
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "crew/rank_crew.h"

namespace brightline::crew {

struct Mailboxes {
  explicit Mailboxes(int ranks) : boxes(static_cast<std::size_t>(ranks)) {}
  std::mutex door;
  std::vector<std::deque<Message>> boxes;
};

class BoxMessages : public Messages {
 public:
  BoxMessages(Mailboxes& boxes, int rank) : boxes_(boxes), rank_(rank) {}
  [[nodiscard]] int rank() const override { return rank_; }
  [[nodiscard]] int ranks() const override { return static_cast<int>(boxes_.boxes.size()); }
  [[nodiscard]] bool sending() const override { return false; }

  void send(int to, std::string bytes) override {
    const std::scoped_lock lock(boxes_.door);
    boxes_.boxes[static_cast<std::size_t>(to)].push_back({rank_, std::move(bytes)});
  }

  std::optional<Message> receive() override {
    const std::scoped_lock lock(boxes_.door);
    auto& mine = boxes_.boxes[static_cast<std::size_t>(rank_)];
    if (mine.empty()) return std::nullopt;
    Message out = std::move(mine.front());
    mine.pop_front();
    return out;
  }

 private:
  Mailboxes& boxes_;
  int rank_;
};

/// Runs `life` once as each rank, with a crew of so many threads, and waits for all. Every letter must have been read.
inline bool live(int ranks, int threads, const std::function<void(Crew&)>& life) {
  Mailboxes boxes(ranks);
  {
    std::vector<std::jthread> processes;
    for (int rank = 0; rank < ranks; ++rank) {
      processes.emplace_back([&, rank] {
        RankCrew crew(std::make_unique<BoxMessages>(boxes, rank), threads);
        life(crew);
      });
    }
  }
  for (const auto& box : boxes.boxes) {
    if (!box.empty()) return false;
  }
  return true;
}

}  // namespace brightline::crew
