#include "search/bound.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cmath>
#include <mutex>
#include <optional>
#include <queue>
#include <thread>

namespace brightline::search {

namespace {

using Clock = std::chrono::steady_clock;

// A box to go into, and the node of the proof that speaks of it.
struct Open {
  Box box;
  Score bound = no_score;
  std::uint32_t node = 0;
  std::uint32_t piece = 0;
};
struct LowerBound {
  bool operator()(const Open& a, const Open& b) const { return a.bound < b.bound; }
};

constexpr double told_every = 0.25;  // s

// What the threads share.
class Board {
 public:
  Board(const DesignQuestion& question, const BoundLimits& limits) : question_(question), limits_(limits), begin_(Clock::now()) {}

  Proof proof;
  std::atomic<Score> best_score{no_score};
  std::atomic<std::uint64_t> boxes{0};
  std::atomic<std::uint64_t> evaluated{0};

  [[nodiscard]] Found best() const {
    const std::scoped_lock hold(lock_);
    return best_;
  }
  void offer(const Found& found) {
    if (found.score < best_score.load(std::memory_order_relaxed)) return;
    const std::scoped_lock hold(lock_);
    if (!found.better_than(best_)) return;
    best_ = found;
    best_score = found.score;
  }
  /// Could a box with this bound, and this first design, hold a better one?
  [[nodiscard]] bool may_hold_better(Score bound, std::uint64_t first) const {
    const Score now = best_score.load(std::memory_order_relaxed);
    if (bound == no_score || bound < now) return false;
    if (bound > now) return true;
    const std::scoped_lock hold(lock_);
    return bound > best_.score || (bound == best_.score && first < best_.index);
  }
  /// Two new nodes; the lower's number.
  std::uint32_t split(std::uint32_t node, std::size_t field, std::uint16_t at) {
    const std::scoped_lock hold(proof_lock_);
    const auto child = static_cast<std::uint32_t>(proof.nodes.size());
    proof.nodes.resize(proof.nodes.size() + 2);
    proof.nodes[node] = {child, at, static_cast<std::uint8_t>(field), ProofKind::split, Rejection::none};
    return child;
  }
  void close(std::uint32_t node, ProofKind kind, Rejection why = Rejection::none) {
    const std::scoped_lock hold(proof_lock_);
    proof.nodes[node] = {0, 0, 0, kind, why};
  }

  void push(const Open& open) {
    const std::scoped_lock hold(lock_);
    queue_.push(open);
    wake_.notify_one();
  }
  /// The most promising box; nothing when all is done or the search ends.
  std::optional<Open> pop() {
    std::unique_lock hold(lock_);
    --busy_;
    while (true) {
      // While another thread is at work, it may hand on something better than all that is queued.
      const bool waiting = queue_.empty() || tolerated(queue_.top().bound);
      if ((waiting && busy_ == 0) || out_of_time()) ended_ = true;
      if (ended_) {
        wake_.notify_all();
        return std::nullopt;
      }
      if (!waiting) break;
      wake_.wait_for(hold, std::chrono::milliseconds(50));
    }
    const Open out = queue_.top();
    queue_.pop();
    ++busy_;
    tell(out.bound);
    return out;
  }
  void enter() {
    const std::scoped_lock hold(lock_);
    ++busy_;
  }
  [[nodiscard]] bool full() const {
    const std::scoped_lock hold(lock_);
    return queue_.size() >= limits_.most_open;
  }
  /// For a thread that goes depth first and asks for no box: is it to give up what it has?
  bool ends_at(Score bound) {
    const std::scoped_lock hold(lock_);
    if (out_of_time()) ended_ = true;
    if (!ended_) tell(queue_.empty() ? bound : std::max(bound, queue_.top().bound));
    return ended_;
  }
  [[nodiscard]] double seconds() const { return std::chrono::duration<double>(Clock::now() - begin_).count(); }
  /// The bound of what is left open.
  [[nodiscard]] Score left_open() const {
    const std::scoped_lock hold(lock_);
    return std::max(queue_.empty() ? no_score : queue_.top().bound, dropped_);
  }
  /// A box that was given up when the search ended.
  void drop(Score bound) {
    const std::scoped_lock hold(lock_);
    dropped_ = std::max(dropped_, bound);
  }

 private:
  [[nodiscard]] bool tolerated(Score bound) const { return limits_.tolerance > 0 && best_.score != no_score && bound <= best_.score + limits_.tolerance; }
  [[nodiscard]] bool out_of_time() const {
    return (limits_.stop != nullptr && limits_.stop->load()) || (limits_.most_seconds > 0 && seconds() > limits_.most_seconds) || (limits_.most_boxes > 0 && boxes > limits_.most_boxes);
  }
  void tell(Score bound) {
    const double now = seconds();
    if (!limits_.progress || now < told_ + told_every) return;
    told_ = now;
    limits_.progress({now, boxes.load(), queue_.size(), best_, bound});
  }

  const DesignQuestion& question_;
  const BoundLimits& limits_;
  Clock::time_point begin_;
  mutable std::mutex lock_;
  std::mutex proof_lock_;
  std::condition_variable wake_;
  std::priority_queue<Open, std::vector<Open>, LowerBound> queue_;
  Found best_;
  int busy_ = 0;
  bool ended_ = false;
  Score dropped_ = no_score;
  double told_ = 0;
};

// One thread's way through boxes.
class Brancher {
 public:
  Brancher(const DesignQuestion& question, Board& board) : question_(question), board_(board), evaluator_(question) {}

  void run() {
    while (auto open = board_.pop()) {
      if (!board_.full()) {
        divide(*open);
        continue;
      }
      stack_.push_back(*open);
      deep_ = true;
      while (!stack_.empty()) {
        const Open next = stack_.back();
        stack_.pop_back();
        if (board_.ends_at(next.bound)) board_.drop(next.bound);
        else divide(next);
      }
      deep_ = false;
    }
  }

  /// Settles a box, or leaves it open for later.
  void enter(Open open) {
    ++board_.boxes;
    if (!comparable(open.box)) {
      open.bound = std::numeric_limits<Score>::max();
      hand_on(open);
      return;
    }
    const LegalPiece& piece = question_.gate.pieces()[open.piece];
    if (const Rejection why = refuse_all(question_, piece, open.box); why != Rejection::none) {
      board_.close(open.node, ProofKind::refused, why);
      return;
    }
    tighten(piece, open);
    if (const Rejection why = refuse_all(question_, piece, open.box); why != Rejection::none) {
      board_.close(open.node, ProofKind::refused, why);
      return;
    }
    open.bound = bound_of(evaluator_, open.box);
    ++board_.evaluated;
    const std::uint64_t first = question_.space.index_of(open.box.low);
    if (!board_.may_hold_better(open.bound, first)) {
      board_.close(open.node, ProofKind::bounded);
      return;
    }
    const Found least = assess(evaluator_, open.box.low);
    ++board_.evaluated;
    board_.offer(least);
    if (least.score == open.bound) {
      board_.close(open.node, ProofKind::least);
      return;
    }
    base::check(!open.box.single(), "a single design that no limit refuses is assessed");
    hand_on(open);
  }

 private:
  void hand_on(const Open& open) {
    if (deep_) stack_.push_back(open);
    else board_.push(open);
  }

  // Cuts off what no design in question can have, from both ends of each field.
  void tighten(const LegalPiece& piece, Open& open) {
    for (int round = 0; round < 2; ++round) {
      bool cut = false;
      for (std::size_t field = 0; field < design_dimensions; ++field) {
        if (open.box.low[field] == open.box.high[field]) continue;
        cut |= cut_off(piece, open, field, true);
        cut |= cut_off(piece, open, field, false);
      }
      if (!cut) return;
    }
  }
  bool cut_off(const LegalPiece& piece, Open& open, std::size_t field, bool top) {
    bool any = false;
    int width = (open.box.high[field] - open.box.low[field] + 1) / 2;
    while (width >= 1 && open.box.low[field] < open.box.high[field]) {
      width = std::min(width, open.box.high[field] - open.box.low[field]);
      Box slab = open.box;
      if (top) slab.low[field] = static_cast<std::uint16_t>(open.box.high[field] - width + 1);
      else slab.high[field] = static_cast<std::uint16_t>(open.box.low[field] + width - 1);
      const Rejection why = refuse_all(question_, piece, slab);
      if (why == Rejection::none) {
        width /= 2;
        continue;
      }
      any = true;
      const std::uint32_t child = board_.split(open.node, field, top ? static_cast<std::uint16_t>(slab.low[field] - 1) : slab.high[field]);
      board_.close(top ? child + 1 : child, ProofKind::refused, why);
      open.node = top ? child : child + 1;
      if (top) open.box.high[field] = static_cast<std::uint16_t>(slab.low[field] - 1);
      else open.box.low[field] = static_cast<std::uint16_t>(slab.high[field] + 1);
    }
    return any;
  }

  void divide(const Open& open) {
    const std::uint64_t first = question_.space.index_of(open.box.low);
    if (comparable(open.box) && !board_.may_hold_better(open.bound, first)) {
      board_.close(open.node, ProofKind::bounded);
      return;
    }
    const std::size_t field = field_to_split(open.box);
    const auto at = static_cast<std::uint16_t>((open.box.low[field] + open.box.high[field]) / 2);
    const std::uint32_t child = board_.split(open.node, field, at);
    Open upper = open;
    upper.node = child + 1;
    upper.box.low[field] = static_cast<std::uint16_t>(at + 1);
    Open lower = open;
    lower.node = child;
    lower.box.high[field] = at;
    enter(lower);
    enter(upper);
  }

  // What tells designs apart most: a kind of design first, then the field whose lower half loses most.
  std::size_t field_to_split(const Box& box) {
    for (std::size_t i = 0; i < design_dimensions; ++i) {
      if (!model::design_fields[i].more_is_quicker && box.low[i] != box.high[i]) return i;
    }
    const Space& space = question_.space;
    const model::Design most = space.at(box.high);
    const model::Design least = space.at(box.low);
    std::size_t best = 0;
    double worth = -1;
    const double whole = evaluator_.value(most, least);
    for (std::size_t i = 0; i < design_dimensions; ++i) {
      if (box.low[i] == box.high[i]) continue;
      Levels half = box.high;
      half[i] = static_cast<std::uint16_t>((box.low[i] + box.high[i]) / 2);
      const double loss = whole - evaluator_.value(space.at(half), least);
      ++board_.evaluated;
      const double gain = std::isfinite(loss) ? loss : 1e9;
      if (gain > worth) {
        worth = gain;
        best = i;
      }
    }
    return best;
  }

  const DesignQuestion& question_;
  Board& board_;
  DesignEvaluator evaluator_;
  std::vector<Open> stack_;
  bool deep_ = false;
};

void start(const DesignQuestion& question, Board& board) {
  board.proof.pieces = question.gate.pieces().size();
  board.proof.nodes.resize(board.proof.pieces);
  Brancher brancher(question, board);
  for (std::size_t piece = 0; piece < board.proof.pieces; ++piece) {
    Open root;
    root.box.high = question.space.last();
    root.node = static_cast<std::uint32_t>(piece);
    root.piece = static_cast<std::uint32_t>(piece);
    brancher.enter(root);
  }
}

}  // namespace

BoundResult best_design(const DesignQuestion& question, const BoundLimits& limits) {
  Board board(question, limits);
  std::uint64_t climbed = 0;
  {
    DesignEvaluator evaluator(question);
    if (limits.start) board.offer(climb(evaluator, levels_near(question.space, *limits.start), climbed));
    board.offer(climb_from_random(evaluator, limits.climbs, 1, climbed));
  }
  start(question, board);
  const unsigned threads = std::max(1U, limits.threads);
  for (unsigned i = 0; i < threads; ++i) board.enter();
  {
    std::vector<std::jthread> crew;
    for (unsigned i = 1; i < threads; ++i) crew.emplace_back([&] { Brancher(question, board).run(); });
    Brancher(question, board).run();
  }
  BoundResult out;
  out.winner = board.best();
  const Score open = board.left_open();
  out.proven = open == no_score;
  out.bound = std::max(out.winner.score, open);
  out.boxes = board.boxes;
  out.evaluated = board.evaluated + climbed;
  out.seconds = board.seconds();
  out.proof = std::move(board.proof);
  out.proof.winner = out.winner;
  return out;
}

}  // namespace brightline::search
