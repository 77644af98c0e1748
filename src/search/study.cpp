#include "search/study.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <chrono>

namespace brightline::search {

namespace {

struct Aim {
  std::string role;
  std::vector<double> weights;
};

// Each workload alone, and between them: of two in quarters, of more all alike.
std::vector<Aim> aims_of(const DesignQuestion& question) {
  std::vector<Aim> out;
  const std::size_t count = question.tasks.size();
  for (std::size_t i = 0; i < count; ++i) {
    Aim aim{"best at " + question.tasks[i].id, std::vector<double>(count, 0)};
    aim.weights[i] = 1;
    out.push_back(std::move(aim));
  }
  if (count == 1) return out;
  out.push_back({"best balance", question.weights});
  if (count == 2) {
    out.push_back({"three parts to one", {0.75, 0.25}});
    out.push_back({"one part to three", {0.25, 0.75}});
  }
  return out;
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

void describe(const DesignCase& asked, const DesignQuestion& question, Finalist& out) {
  DesignEvaluator evaluator(question);
  evaluator.seconds(out.design, out.seconds);
  out.die = question.physics.die(out.design);
  out.area = question.physics.applicable(out.design);
  out.power = question.physics.power(out.design);
  out.cost = question.physics.cost(out.design);
  out.words = question.words(out.design, out.area);
  (void)asked;
}

// All of it for one point, on one thread: several points run side by side.
Finalist answer(const DesignCase& asked, const Aim& aim, const StudyLimits& limits, Study& study) {
  DesignQuestion question = asked.question;
  question.weights = aim.weights;
  Finalist out;
  out.role = aim.role;
  out.weights = aim.weights;
  const BoundResult found = best_design(question, limits.bound);
  study.boxes += found.boxes;
  study.evaluated += found.evaluated;
  study.leaves += found.proof.nodes.size();
  study.stopped |= !found.proven;
  out.winner = found.winner;
  out.bound = found.bound;
  out.proven = found.proven;
  if (found.winner.score == no_score) return out;
  out.gap = std::expm1(static_cast<double>(found.bound - found.winner.score) * question.resolution);
  const ProofCheck checked = replay(question, found.proof);
  base::check(checked.holds, "a proof is gone through anew and holds: " + checked.why);
  out.in_space = question.space.at(question.space.levels_of(found.winner.index));
  const Polished polished = polish(question, out.in_space);
  out.design = polished.found ? polished.design : out.in_space;
  describe(asked, question, out);
  out.prices = shadow_prices(question, out.design);
  out.flips = flip_rate(question, out.in_space, limits.draws);
  return out;
}

}  // namespace

Study run_study(const DesignCase& asked, const catalogue::Catalogue& catalogue, std::vector<Product> products, const StudyLimits& limits, base::Problems& problems) {
  const auto begin = std::chrono::steady_clock::now();
  Study out;
  out.asked = &asked;
  out.threads = limits.bound.threads;
  out.products = std::move(products);
  for (const Aim& aim : aims_of(asked.question)) {
    Finalist one = answer(asked, aim, limits, out);
    if (one.winner.score == no_score) continue;
    find_nearest(out.products, one);
    one.judgement = judge_design(asked, catalogue, one.design, problems);
    out.finalists.push_back(std::move(one));
  }
  out.checked = true;
  std::ranges::stable_sort(out.finalists, [](const Finalist& a, const Finalist& b) { return a.seconds.front() < b.seconds.front(); });
  if (limits.sample > 0) {
    const std::uint64_t size = asked.question.space.size();
    out.sample_stride = sampling_stride(asked.question.space, limits.sample);
    out.sample = sweep_all(asked.question, {0, size, out.sample_stride}, {Figure::prefill, Figure::decode, Figure::training}, limits.bound.threads, limits.bound.stop, {});
  }
  out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return out;
}

}  // namespace brightline::search
