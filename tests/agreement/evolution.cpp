#include "agreement/evolution.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <pagmo/algorithm.hpp>
#include <pagmo/algorithms/nsga2.hpp>
#include <pagmo/population.hpp>
#include <pagmo/problem.hpp>
#include <pagmo/types.hpp>

namespace brightline::tests {

namespace {

using search::design_dimensions;
using search::DesignQuestion;
using search::GateAxis;
using search::Levels;
using search::Rejection;

// How far a value lies outside of a piece's cells, as a share of the line that it should not have passed.
double beyond(const GateAxis& axis, const std::pair<int, int>& cells, const search::WordValues& words) {
  const std::int64_t first = words[axis.first];
  const std::int64_t second = words[axis.second];
  const int cell = axis.cell(first, second);
  if (cell >= cells.first && cell <= cells.second) return 0;
  const auto line = static_cast<double>(axis.cuts[static_cast<std::size_t>(cell > cells.second ? cells.second : cells.first - 1)].value);
  const auto a = static_cast<double>(first);
  const auto b = static_cast<double>(second);
  const double value = axis.form == GateAxis::Form::ratio ? (b > 0 ? a / b * 1e6 : 0) : axis.form == GateAxis::Form::sum ? a + b : a;
  return 0.001 + std::abs(value - line) / std::max(1.0, line);
}

double lawless(const DesignQuestion& question, const search::WordValues& words) {
  double least = 10;
  for (const search::LegalPiece& piece : question.gate.pieces()) {
    double sum = 0;
    for (std::size_t i = 0; i < piece.cells.size(); ++i) sum += beyond(question.gate.axes()[i], piece.cells[i], words);
    least = std::min(least, sum);
  }
  return least;
}

double penalty(const DesignQuestion& q, const model::Design& design) {
  const auto over = [](double value, double most) { return std::max(0.0, value / most - 1); };
  double out = over(q.physics.die(design), q.most_die) + over(q.physics.power(design), q.most_power) + over(q.least_bytes, design.stacks * design.stack_gb * 1e9);
  if (q.most_cost > 0) out += over(q.physics.cost(design), q.most_cost);
  if ((q.eight_bit && design.eight_bit == 0) || (q.four_bit && design.four_bit == 0)) out += 1;
  const search::WordValues words = q.words(design, q.physics.applicable(design));
  return q.gate.allows(words) ? out : out + lawless(q, words);
}

// What all copies of the problem write into: pagmo copies freely.
struct Seen {
  explicit Seen(const DesignQuestion& question) : evaluator(question), archive({search::Figure::prefill, search::Figure::decode}) {}
  search::DesignEvaluator evaluator;
  search::Archive archive;
  Evolution evolution;
};

class Problem {
 public:
  Problem() = default;
  explicit Problem(std::shared_ptr<Seen> seen) : seen_(std::move(seen)) {
    const Levels last = seen_->evaluator.question().space.last();
    for (std::size_t i = 0; i < design_dimensions; ++i) {
      if (last[i] > 0) fields_.push_back(i);
    }
  }
  [[nodiscard]] pagmo::vector_double fitness(const pagmo::vector_double& levels) const {
    search::DesignEvaluator& evaluator = seen_->evaluator;
    const search::Space& space = evaluator.question().space;
    Levels at{};
    for (std::size_t i = 0; i < fields_.size(); ++i) at[fields_[i]] = static_cast<std::uint16_t>(std::lround(levels[i]));
    const model::Design design = space.at(at);
    Evolution& out = seen_->evolution;
    ++out.evaluations;
    if (evaluator.check(design) != Rejection::none) {
      const double worse = 1e6 * (1 + penalty(evaluator.question(), design));
      return {worse, worse};
    }
    ++out.in_question;
    const std::uint64_t index = space.index_of(at);
    const search::FigureValues figures = search::figures_of(evaluator, design);
    const search::Found found{evaluator.score_of(design, evaluator.scratch()), index};
    if (found.better_than(out.best)) out.best = found;
    seen_->archive.offer({index, figures});
    return {figures[static_cast<std::size_t>(search::Figure::prefill)], figures[static_cast<std::size_t>(search::Figure::decode)]};
  }
  [[nodiscard]] pagmo::vector_double::size_type get_nobj() const { return 2; }
  [[nodiscard]] pagmo::vector_double::size_type get_nix() const { return fields_.size(); }
  [[nodiscard]] std::pair<pagmo::vector_double, pagmo::vector_double> get_bounds() const {
    const Levels last = seen_->evaluator.question().space.last();
    pagmo::vector_double high;
    for (const std::size_t field : fields_) high.push_back(last[field]);
    return {pagmo::vector_double(fields_.size(), 0), high};
  }

 private:
  std::shared_ptr<Seen> seen_;
  std::vector<std::size_t> fields_;
};

}  // namespace

Evolution evolve(const DesignQuestion& question, unsigned population, std::uint64_t evaluations, unsigned seed) {
  auto seen = std::make_shared<Seen>(question);
  const pagmo::problem problem{Problem(seen)};
  pagmo::population people(problem, population, seed);
  const auto generations = static_cast<unsigned>(evaluations / population);
  pagmo::algorithm algorithm{pagmo::nsga2(generations, 0.95, 10, 1.0 / static_cast<double>(problem.get_nx()), 20, seed)};
  people = algorithm.evolve(people);
  Evolution out = seen->evolution;
  for (const search::Archived& one : seen->archive.sorted()) out.front[one.index] = one.values;
  return out;
}

}  // namespace brightline::tests
