#include "crew/worker_threads.h"

#include "base/problem.h"

namespace brightline::crew {

namespace {

Finished finish(const Work& work, std::size_t block) {
  try {
    return {block, work(block), nullptr};
  } catch (...) {
    return {block, {}, std::current_exception()};
  }
}

}  // namespace

WorkerThreads::WorkerThreads(int threads, const Work& work) : work_(work) {
  base::check(threads > 0, "work needs a thread");
  threads_.reserve(static_cast<std::size_t>(threads));
  for (int i = 0; i < threads; ++i) {
    threads_.emplace_back([this](const std::stop_token& stop) { labour(stop); });
  }
}

WorkerThreads::~WorkerThreads() {
  forget_waiting();
  for (std::jthread& thread : threads_) thread.request_stop();  // all before the first is waited for
}

void WorkerThreads::labour(const std::stop_token& stop) {
  for (;;) {
    std::unique_lock lock(door_);
    if (!given_more_.wait(lock, stop, [this] { return !waiting_.empty(); })) return;
    const std::size_t block = waiting_.front();
    waiting_.pop_front();
    lock.unlock();
    Finished one = finish(work_, block);
    lock.lock();
    finished_.push_back(std::move(one));
    finished_more_.notify_one();
  }
}

void WorkerThreads::give(std::size_t block) {
  const std::scoped_lock lock(door_);
  waiting_.push_back(block);
  ++given_;
  given_more_.notify_one();
}

void WorkerThreads::forget_waiting() {
  const std::scoped_lock lock(door_);
  given_ -= waiting_.size();
  waiting_.clear();
}

Finished WorkerThreads::take() {
  base::check(busy(), "an answer is to come");
  for (;;) {
    if (auto one = take_within(std::chrono::seconds(1))) return std::move(*one);
  }
}

std::optional<Finished> WorkerThreads::take_within(std::chrono::microseconds patience) {
  std::unique_lock lock(door_);
  if (!finished_more_.wait_for(lock, patience, [this] { return !finished_.empty(); })) return std::nullopt;
  Finished one = std::move(finished_.front());
  finished_.pop_front();
  ++taken_;
  return one;
}

}  // namespace brightline::crew
