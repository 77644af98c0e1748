// The threads of one process: blocks go in, answers come out in any order.
#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "crew/crew.h"

namespace brightline::crew {

/// A block that was worked on: its answer, or what it threw.
struct Finished {
  std::size_t block = 0;
  std::string answer;
  std::exception_ptr failure;
};

/// Used from one thread. Going, it lets the blocks that are begun come to their end.
class WorkerThreads {
 public:
  WorkerThreads(int threads, const Work& work);
  ~WorkerThreads();
  WorkerThreads(const WorkerThreads&) = delete;
  WorkerThreads& operator=(const WorkerThreads&) = delete;
  WorkerThreads(WorkerThreads&&) = delete;
  WorkerThreads& operator=(WorkerThreads&&) = delete;

  void give(std::size_t block);                                ///< blocks are begun in the order they are given in
  void forget_waiting();                                       ///< what is not begun yet is not done
  [[nodiscard]] bool busy() const { return given_ > taken_; }  ///< answers are still to come
  Finished take();                                             ///< waits for the next answer; only while busy
  std::optional<Finished> take_within(std::chrono::microseconds patience);

 private:
  void labour(const std::stop_token& stop);

  const Work& work_;
  std::size_t given_ = 0;
  std::size_t taken_ = 0;
  std::mutex door_;  ///< of the two queues
  std::condition_variable_any given_more_;
  std::condition_variable finished_more_;
  std::deque<std::size_t> waiting_;
  std::deque<Finished> finished_;
  std::vector<std::jthread> threads_;  ///< last: they end before what they use
};

}  // namespace brightline::crew
