#include "crew/rank_crew.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <stdexcept>
#include <thread>

#include "base/problem.h"
#include "crew/answers.h"
#include "crew/failure.h"
#include "crew/worker_threads.h"

namespace brightline::crew {

namespace {

/// How long to listen to the threads before looking for messages again: longer and longer while nothing comes. A message
/// that waits a little holds up nobody, as each rank has a block ahead.
class Patience {
 public:
  std::chrono::microseconds next() {
    now_ = std::min(2 * now_, longest);
    return now_;
  }
  void reset() { now_ = shortest; }

 private:
  static constexpr std::chrono::microseconds shortest{20};
  static constexpr std::chrono::microseconds longest{2000};
  std::chrono::microseconds now_ = shortest;
};

/// A rank holds one block more than it has threads, so that none waits while the next is under way.
constexpr int ahead = 1;

}  // namespace

/// What ranks write to each other.
struct Letter {
  enum class Kind : char {
    here,    ///< to the coordinator: `number` threads
    begin,   ///< to the others: `number` workers in all
    block,   ///< to the others: do block `number`
    answer,  ///< to the coordinator: of block `number`, `text`
    failed,  ///< to the coordinator: block `number` threw `text`
    end,     ///< to the others: all blocks are done
    over,    ///< to the others: the coordinator goes
    bye      ///< to the coordinator: the last letter
  };
  Kind kind = Kind::bye;
  std::uint64_t number = 0;
  std::string text;
};

namespace {

std::string packed(const Letter& letter) {
  std::array<char, 1 + sizeof letter.number> head{static_cast<char>(letter.kind)};
  std::memcpy(&head[1], &letter.number, sizeof letter.number);
  std::string out;
  out.reserve(head.size() + letter.text.size());
  return out.append(head.data(), head.size()).append(letter.text);
}

Letter unpacked(std::string bytes) {
  Letter out;
  constexpr std::size_t head = 1 + sizeof out.number;
  base::check(bytes.size() >= head, "a letter has a head");
  out.kind = static_cast<Letter::Kind>(bytes[0]);
  std::memcpy(&out.number, &bytes[1], sizeof out.number);
  out.text = std::move(bytes.erase(0, head));
  return out;
}

/// As it goes over the wire, and as it was.
Letter letter_of(Finished one) {
  if (one.failure) return {Letter::Kind::failed, one.block, packed_failure(one.failure)};
  return {Letter::Kind::answer, one.block, std::move(one.answer)};
}

Finished finished_of(Letter letter, int from) {
  const auto block = static_cast<std::size_t>(letter.number);
  if (letter.kind == Letter::Kind::answer) return {block, std::move(letter.text), nullptr};
  base::check(letter.kind == Letter::Kind::failed, "only answers and failures come while blocks are done");
  return {block, {}, unpacked_failure(letter.text, from)};
}

/// Blocks in the order they are handed out.
class Handout {
 public:
  explicit Handout(std::span<const std::size_t> blocks) : blocks_(blocks) {}
  [[nodiscard]] bool empty() const { return next_ == blocks_.size(); }
  std::size_t take() { return blocks_[next_++]; }

 private:
  std::span<const std::size_t> blocks_;
  std::size_t next_ = 0;
};

}  // namespace

RankCrew::RankCrew(std::unique_ptr<Messages> messages, int threads) : messages_(std::move(messages)), threads_{threads} {
  int from = 0;
  if (coordinates()) {
    threads_.resize(static_cast<std::size_t>(ranks()));
    for (int i = 1; i < ranks(); ++i) {
      const Letter letter = wait_for_letter(from);
      threads_[static_cast<std::size_t>(from)] = static_cast<int>(letter.number);
    }
    workers_ = std::accumulate(threads_.begin(), threads_.end(), 0);
    send_all({Letter::Kind::begin, static_cast<std::uint64_t>(workers_), {}});
  } else {
    send(0, {Letter::Kind::here, static_cast<std::uint64_t>(threads), {}});
    const Letter letter = wait_for_letter(from);
    over_ = letter.kind == Letter::Kind::over;
    workers_ = over_ ? threads : static_cast<int>(letter.number);
  }
}

RankCrew::~RankCrew() { coordinates() ? leave_as_coordinator() : leave(); }

// Every letter is read before the last one goes: MPI ends well only when nothing is under way.
void RankCrew::leave_as_coordinator() {
  send_all({Letter::Kind::over, 0, {}});
  int from = 0;
  for (int gone = 1; gone < ranks();) gone += wait_for_letter(from).kind == Letter::Kind::bye ? 1 : 0;
}

void RankCrew::leave() {
  int from = 0;
  while (!over_) {
    const Letter letter = wait_for_letter(from);
    if (letter.kind == Letter::Kind::block) {
      const auto why = std::make_exception_ptr(std::runtime_error("has left before the work was done"));
      send(0, {Letter::Kind::failed, letter.number, packed_failure(why)});
    }
    over_ = letter.kind == Letter::Kind::over;
  }
  send(0, {Letter::Kind::bye, 0, {}});
}

std::size_t RankCrew::each(std::span<const std::size_t> blocks, const Work& work, const Done& done) {
  if (coordinates()) return coordinate(blocks, work, done);
  serve(work);
  return 0;
}

std::size_t RankCrew::coordinate(std::span<const std::size_t> blocks, const Work& work, const Done& done) {
  Answers answers(done);
  WorkerThreads own(threads_[0], work);
  Handout handout(blocks);
  std::size_t elsewhere = 0;  // blocks that other ranks have
  const auto hand_to = [&](int rank) {
    if (answers.stopped() || handout.empty()) return;
    const std::size_t block = handout.take();
    if (rank == 0) {
      own.give(block);
    } else {
      ++elsewhere;
      send(rank, {Letter::Kind::block, block, {}});
    }
  };
  // In rounds, so that a few blocks are spread over all.
  const int rounds = *std::ranges::max_element(threads_) + ahead;
  for (int round = 0; round < rounds; ++round) {
    for (int rank = 0; rank < ranks(); ++rank) {
      if (round < threads_[static_cast<std::size_t>(rank)] + ahead) hand_to(rank);
    }
  }
  Patience patience;
  // What was handed out is waited for, also after a failure: a block with a lower number may be among it.
  while (own.busy() || elsewhere > 0) {
    if (auto message = messages_->receive()) {
      patience.reset();
      --elsewhere;
      answers.take(finished_of(unpacked(std::move(message->bytes)), message->from));
      hand_to(message->from);
    } else if (auto one = own.take_within(messages_->sending() ? std::chrono::microseconds(0) : patience.next())) {
      patience.reset();
      answers.take(std::move(*one));
      hand_to(0);
    }
  }
  send_all({Letter::Kind::end, 0, {}});
  return answers.told();
}

void RankCrew::serve(const Work& work) {
  WorkerThreads own(threads_[0], work);
  Patience patience;
  for (bool more = !over_; more;) {
    if (auto message = messages_->receive()) {
      patience.reset();
      const Letter letter = unpacked(std::move(message->bytes));
      if (letter.kind == Letter::Kind::block) own.give(static_cast<std::size_t>(letter.number));
      over_ = letter.kind == Letter::Kind::over;
      more = letter.kind == Letter::Kind::block;
    } else if (auto one = own.take_within(messages_->sending() ? std::chrono::microseconds(0) : patience.next())) {
      patience.reset();
      send(0, letter_of(std::move(*one)));
    }
  }
}

void RankCrew::send(int to, const Letter& letter) { messages_->send(to, packed(letter)); }

void RankCrew::send_all(const Letter& letter) {
  for (int rank = 1; rank < ranks(); ++rank) send(rank, letter);
}

Letter RankCrew::wait_for_letter(int& from) {
  Patience patience;
  for (;;) {
    if (auto message = messages_->receive()) {
      from = message->from;
      return unpacked(std::move(message->bytes));
    }
    if (!messages_->sending()) std::this_thread::sleep_for(patience.next());
  }
}

}  // namespace brightline::crew
