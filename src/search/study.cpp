#include "search/study.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>
#include <atomic>
#include <chrono>

namespace brightline::search {

namespace {

struct Aim {
  std::string role;
  std::vector<double> weights;
};

// A workload by its phase, where that tells it from the others.
std::string short_name(const DesignQuestion& question, std::size_t task) {
  const auto phase = question.tasks[task].phase;
  const auto same = std::ranges::count_if(question.tasks, [phase](const Task& other) { return other.phase == phase; });
  return same == 1 ? std::string(workload::phase_name(phase)) : question.tasks[task].id;
}

// Each workload alone, and between them: of two in quarters, of more all alike.
std::vector<Aim> aims_of(const DesignQuestion& question) {
  std::vector<Aim> out;
  const std::size_t count = question.tasks.size();
  for (std::size_t i = 0; i < count; ++i) {
    Aim aim{short_name(question, i), std::vector<double>(count, 0)};
    aim.weights[i] = 1;
    out.push_back(std::move(aim));
  }
  if (count == 1) return out;
  out.push_back({"balance", question.weights});
  if (count == 2) {
    const std::string first = short_name(question, 0);
    const std::string second = short_name(question, 1);
    out.push_back({first + " 3 : 1 " + second, {0.75, 0.25}});
    out.push_back({first + " 1 : 3 " + second, {0.25, 0.75}});
  }
  return out;
}

constexpr double no_bound = std::numeric_limits<double>::infinity();

// By which share something might be better than the winner.
double gap_of(const BoundResult& found, double resolution) {
  if (found.proven) return 0;
  if (found.winner.score == no_score || found.bound == std::numeric_limits<Score>::max()) return no_bound;  // stopped before all was bounded
  return std::expm1((static_cast<double>(found.bound) - static_cast<double>(found.winner.score)) * resolution);
}

double log_ratio(double a, double b) { return a > 0 && b > 0 ? std::log(a / b) : 1; }

double middle(const chip::Interval& value) {
  if (value.stated) return value.stated->to_double();
  return value.low && value.high ? (value.low->to_double() + value.high->to_double()) / 2 : 0;
}

// Products are compared by what the law and a buyer look at first.
void find_nearest(const std::vector<Product>& products, Finalist& out) {
  using chip::MeasureId;
  constexpr auto millionths = static_cast<double>(law::millionths);
  const auto word = [&](LegalWord id) { return static_cast<double>(at(out.words, id)) / millionths; };
  for (const Product& product : products) {
    const auto measure = [&](MeasureId id) { return middle(product.described.measures[id].value); };
    const double tpp = log_ratio(measure(MeasureId::tpp), word(LegalWord::tpp));
    const double memory = log_ratio(measure(MeasureId::dram_bandwidth), word(LegalWord::dram_bandwidth));
    const double links = log_ratio(measure(MeasureId::interconnect_bandwidth), word(LegalWord::interconnect_bandwidth));
    const double distance = std::sqrt(tpp * tpp + memory * memory + links * links);
    if (out.nearest != nullptr && distance >= out.distance) continue;
    out.nearest = &product;
    out.distance = distance;
  }
}

void describe(const DesignQuestion& question, Finalist& out) {
  DesignEvaluator evaluator(question);
  evaluator.seconds(out.design, out.seconds);
  out.die = question.physics.die(out.design);
  out.area = question.physics.applicable(out.design);
  out.power = question.physics.power(out.design);
  out.cost = question.physics.cost(out.design);
  out.words = question.words(out.design, out.area);
}

// All of it for one point, on one thread: several points run side by side.
struct Answered {
  Finalist finalist;
  std::uint64_t boxes = 0, evaluated = 0, leaves = 0;
};
Answered answer(const DesignCase& asked, const Aim& aim, const StudyLimits& limits, const BoundLimits& bound) {
  DesignQuestion question = asked.question;
  question.weights = aim.weights;
  Answered whole;
  Finalist& out = whole.finalist;
  out.role = aim.role;
  out.weights = aim.weights;
  const BoundResult found = best_design(question, bound);
  whole.boxes = found.boxes;
  whole.evaluated = found.evaluated;
  out.winner = found.winner;
  out.bound = found.bound;
  out.proven = found.proven;
  const ProofCheck checked = replay(question, found.proof);
  base::check(checked.holds, "a proof is gone through anew and holds: " + checked.why);
  whole.leaves = checked.leaves;
  out.gap = gap_of(found, question.resolution);
  if (found.winner.score == no_score) return whole;
  out.in_space = question.space.at(question.space.levels_of(found.winner.index));
  const Polished polished = polish(question, out.in_space);
  out.design = polished.found ? polished.design : out.in_space;
  describe(question, out);
  out.prices = shadow_prices(question, out.design);
  out.flips = flip_rate(question, out.in_space, limits.draws);
  return whole;
}

}  // namespace

namespace {

std::vector<Figure> usual_figures(const DesignQuestion& question) {
  std::vector<Figure> out;
  const auto add = [&](workload::Phase phase, Figure figure) {
    if (std::ranges::any_of(question.tasks, [phase](const Task& task) { return task.phase == phase; })) out.push_back(figure);
  };
  add(workload::Phase::prefill, Figure::prefill);
  add(workload::Phase::decode, Figure::decode);
  add(workload::Phase::train, Figure::training);
  out.push_back(Figure::cost);
  return out;
}

// The frontier that a sweep found, as it lies in the space.
void keep_frontier(const DesignCase& asked, const StudyLimits& limits, Study& study) {
  const std::vector<Archived> all = study.sample.frontier.sorted();
  const std::size_t count = std::min(limits.most_kept, all.size());
  for (std::size_t i = 0; i < count; ++i) {
    const Archived& kept = all[count > 1 ? i * (all.size() - 1) / (count - 1) : 0];
    Finalist one;
    one.role = "frontier";
    one.weights = asked.question.weights;
    one.in_space = one.design = asked.question.space.at(asked.question.space.levels_of(kept.index));
    describe(asked.question, one);
    DesignEvaluator evaluator(asked.question);
    one.winner = {evaluator.score_of(one.design, one.seconds), kept.index};
    one.bound = no_score;
    one.gap = no_bound;
    study.finalists.push_back(std::move(one));
  }
  study.stopped = study.sample_stride > 1 || study.sample.designs < asked.question.space.size();
  study.gap = study.stopped ? no_bound : 0;
}

// Points of the frontier side by side, each on one thread, where there are enough of them.
void prove(const DesignCase& asked, const StudyLimits& limits, Study& study) {
  const std::vector<Aim> aims = aims_of(asked.question);
  std::vector<Answered> answers(aims.size());
  const auto threads = static_cast<unsigned>(std::min<std::size_t>(limits.bound.threads, aims.size()));
  BoundLimits bound = limits.bound;
  bound.threads = std::max(1U, limits.bound.threads / std::max(1U, threads));
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex lock;
  const auto work = [&](bool tells) {
    BoundLimits own = bound;
    if (!tells) own.progress = nullptr;
    for (std::size_t i = next++; i < aims.size(); i = next++) {
      try {
        answers[i] = answer(asked, aims[i], limits, own);
      } catch (...) {
        const std::scoped_lock hold(lock);
        failure = std::current_exception();
      }
    }
  };
  {
    std::vector<std::jthread> crew;
    for (unsigned i = 1; i < threads; ++i) crew.emplace_back(work, false);
    work(true);
  }
  if (failure) std::rethrow_exception(failure);
  for (Answered& one : answers) {
    study.boxes += one.boxes;
    study.evaluated += one.evaluated;
    study.leaves += one.leaves;
    study.stopped |= !one.finalist.proven;
    study.gap = std::max(study.gap, one.finalist.gap);
    if (one.finalist.winner.score != no_score) study.finalists.push_back(std::move(one.finalist));
  }
  study.checked = true;
}

}  // namespace

Study run_study(const DesignCase& asked, const catalogue::Catalogue& catalogue, std::vector<Product> products, const StudyLimits& limits, base::Problems& problems) {
  const auto begin = std::chrono::steady_clock::now();
  Study out;
  out.asked = &asked;
  out.threads = limits.bound.threads;
  out.products = std::move(products);
  if (!limits.sweep) prove(asked, limits, out);
  if (limits.sample > 0 || limits.sweep) {
    const std::uint64_t size = asked.question.space.size();
    if (limits.sample > 0) out.sample_stride = sampling_stride(asked.question.space, limits.sample);
    const std::vector<Figure> over = limits.over.empty() ? usual_figures(asked.question) : limits.over;
    out.sample = sweep_all(asked.question, {0, size, out.sample_stride}, over, limits.bound.threads, limits.bound.stop, limits.swept);
  }
  if (limits.sweep) keep_frontier(asked, limits, out);
  for (Finalist& one : out.finalists) {
    find_nearest(out.products, one);
    one.judgement = judge_design(asked, catalogue, one.design, problems);
  }
  std::ranges::stable_sort(out.finalists, [](const Finalist& a, const Finalist& b) { return a.seconds.front() < b.seconds.front(); });
  out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return out;
}

}  // namespace brightline::search
