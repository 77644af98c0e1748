#include "search/sweep.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <mutex>
#include <numeric>
#include <thread>

namespace brightline::search {

namespace {

using Clock = std::chrono::steady_clock;

// Counts an index on by a stride without dividing: each field with its own carry.
class Odometer {
 public:
  Odometer(const Space& space, std::uint64_t from, std::uint64_t stride) : space_(space), levels_(space.levels_of(from)), step_(space.levels_of(stride % space.size())) {
    for (std::size_t i = 0; i < design_dimensions; ++i) set(i);
  }
  void next() {
    unsigned carry = 0;
    for (std::size_t i = design_dimensions; i-- > 0;) {
      if (step_[i] == 0 && carry == 0) continue;
      const auto count = static_cast<unsigned>(space_.values[i].size());
      unsigned level = levels_[i] + step_[i] + carry;
      carry = level >= count ? 1 : 0;
      if (carry != 0) level -= count;
      levels_[i] = static_cast<std::uint16_t>(level);
      set(i);
    }
  }
  [[nodiscard]] const model::Design& design() const { return design_; }

 private:
  void set(std::size_t i) { design_.*model::design_fields[i].member = space_.values[i][levels_[i]]; }
  const Space& space_;
  Levels levels_, step_;
  model::Design design_;
};

double per_task(const DesignQuestion& q, const std::vector<double>& seconds, workload::Phase phase) {
  double log = 0;
  double weight = 0;
  for (std::size_t i = 0; i < q.tasks.size(); ++i) {
    if (q.tasks[i].phase != phase) continue;
    log += q.weights[i] * std::log(seconds[i]);
    weight += q.weights[i];
  }
  return weight > 0 ? std::exp(log / weight) : 0;
}

constexpr std::uint64_t block_designs = 1 << 18;

// Does a walk by `stride` meet every value of every field, and each about as often? The index counts fields as digits: a field
// stands where the index does in its period. A stride near p / q of the period comes back after q steps: unless the little it
// is off adds up to several rounds of these places, values between them are missed or met half as often.
bool meets_all(const Space& space, std::uint64_t stride, std::uint64_t size) {
  constexpr double rounds = 4;
  if (std::gcd(stride, size) != 1) return false;
  const double steps = static_cast<double>(size) / static_cast<double>(stride);
  std::uint64_t period = 1;
  for (std::size_t i = design_dimensions; i-- > 0;) {
    const std::uint64_t count = space.values[i].size();
    period *= count;
    const double ahead = static_cast<double>(stride % period) / static_cast<double>(period);
    if (count == 1 || (period > stride && ahead * rounds * static_cast<double>(count) < 1)) continue;  // it goes through every value in turn
    for (std::uint64_t q = 1; q < 2 * count; ++q) {
      if (q == count) continue;  // as many places as values
      const double turned = ahead * static_cast<double>(q);
      if (steps * std::abs(turned - std::round(turned)) < rounds) return false;
    }
  }
  return true;
}

}  // namespace

std::uint64_t sampling_stride(const Space& space, std::uint64_t sample) {
  constexpr std::uint64_t most_tries = 50'000;  // a small sample meets all of no large field: then any will do
  const std::uint64_t size = space.size();
  const std::uint64_t wanted = std::max<std::uint64_t>(1, size / std::max<std::uint64_t>(1, sample));
  const std::uint64_t end = wanted + std::min(wanted, most_tries);
  std::uint64_t stride = wanted;
  while (stride > 1 && stride < end && !meets_all(space, stride, size)) ++stride;
  return stride < end ? stride : wanted;
}

void SweepResult::merge(const SweepResult& other) {
  frontier.merge(other.frontier);
  if (other.best.better_than(best)) best = other.best;
  designs += other.designs;
  evaluated += other.evaluated;
  judging += other.judging;
  evaluating += other.evaluating;
  for (std::size_t i = 0; i < rejections; ++i) rejected[i] += other.rejected[i];
}

FigureValues figures_of(DesignEvaluator& evaluator, const model::Design& design) {
  const DesignQuestion& q = evaluator.question();
  std::vector<double>& seconds = evaluator.scratch();
  evaluator.seconds(design, seconds);
  FigureValues out{};
  const auto set = [&](Figure figure, double value) { out[static_cast<std::size_t>(figure)] = value; };
  set(Figure::prefill, per_task(q, seconds, workload::Phase::prefill));
  set(Figure::decode, per_task(q, seconds, workload::Phase::decode));
  set(Figure::training, per_task(q, seconds, workload::Phase::train));
  const double area = q.physics.applicable(design);
  set(Figure::cost, q.physics.cost(design));
  set(Figure::area, area);
  double log = 0;
  for (std::size_t i = 0; i < q.tasks.size(); ++i) log += q.weights[i] * std::log(seconds[i] / q.tasks[i].reference_seconds);
  set(Figure::energy, q.physics.power(design) * std::exp(log));
  set(Figure::margin, -q.gate.margin(q.words(design, area)));
  return out;
}

SweepResult sweep(DesignEvaluator& evaluator, const SweepBlock& block, const std::vector<Figure>& over) {
  const DesignQuestion& q = evaluator.question();
  SweepResult out(over);
  if (block.from >= block.to) return out;
  const auto begin = Clock::now();
  std::vector<std::uint64_t> legal;
  Odometer at(q.space, block.from, block.stride);
  for (std::uint64_t index = block.from; index < block.to; index += block.stride, at.next()) {
    ++out.designs;
    const Rejection why = evaluator.settle(at.design());
    if (why == Rejection::none) legal.push_back(index);
    else ++out.rejected[static_cast<std::size_t>(why)];
  }
  const auto judged = Clock::now();
  for (const std::uint64_t index : legal) {
    const model::Design design = q.space.at(q.space.levels_of(index));
    const Rejection why = evaluator.refuse(design);
    ++out.rejected[static_cast<std::size_t>(why)];
    if (why != Rejection::none) continue;
    ++out.evaluated;
    const FigureValues values = figures_of(evaluator, design);
    const Score score = evaluator.score_of(design, evaluator.scratch());
    if (score == no_score) continue;
    const Found found{score, index};
    if (found.better_than(out.best)) out.best = found;
    out.frontier.offer({index, values});
  }
  out.judging = std::chrono::duration<double>(judged - begin).count();
  out.evaluating = std::chrono::duration<double>(Clock::now() - judged).count();
  return out;
}

SweepResult sweep_all(const DesignQuestion& question, const SweepBlock& block, const std::vector<Figure>& over, unsigned threads, const std::atomic<bool>* stop,
                      const std::function<void(double share, const SweepResult&)>& progress) {
  SweepResult out(over);
  std::mutex lock;
  // Of a wide stride one block may be all there is: what goes beyond 64 bits is cut to it.
  const std::uint64_t most = std::max<std::uint64_t>(1, block.to - std::min(block.from, block.to));
  const std::uint64_t span = block.stride >= most / block_designs + 1 ? most : block_designs * block.stride;
  const std::uint64_t blocks = block.to > block.from ? (block.to - block.from + span - 1) / span : 0;
  std::atomic<std::uint64_t> next{0};
  std::uint64_t done = 0;
  const auto work = [&] {
    DesignEvaluator evaluator(question);
    for (std::uint64_t i = next++; i < blocks && (stop == nullptr || !stop->load()); i = next++) {
      const std::uint64_t from = block.from + i * span;
      const SweepResult part = sweep(evaluator, {from, std::min(block.to, from + span), block.stride}, over);
      const std::scoped_lock hold(lock);
      out.merge(part);
      ++done;
      if (progress) progress(static_cast<double>(done) / static_cast<double>(blocks), out);
    }
  };
  {
    std::vector<std::jthread> crew;
    for (unsigned i = 1; i < threads; ++i) crew.emplace_back(work);
    work();
  }
  return out;
}

}  // namespace brightline::search
