#include "search/shadow.h"

#include <algorithm>
#include <cmath>

namespace brightline::search {

namespace {

constexpr double fine_resolution = 1e-6;  // of the objective, where neighbours are told apart
constexpr double moved_share = 0.01;
constexpr std::uint64_t most_neighbours = 40'000;

DesignQuestion near(const DesignQuestion& question, const model::Design& around) {
  DesignQuestion out = question;
  out.space = refined(question.space, around);
  out.resolution = fine_resolution;
  return out;
}

double value_at(const DesignQuestion& question, const model::Design& design) {
  DesignEvaluator evaluator(question);
  return evaluator.value(design, design);
}

Polished best_near(const DesignQuestion& question, const model::Design& around) {
  const DesignQuestion local = near(question, around);
  BoundLimits limits;
  limits.climbs = 1;
  limits.most_boxes = most_neighbours;
  limits.start = around;
  const BoundResult found = best_design(local, limits);
  Polished out;
  if (found.winner.score == no_score) return out;
  out.design = local.space.at(local.space.levels_of(found.winner.index));
  out.value = value_at(question, out.design);
  out.found = true;
  return out;
}

// Lines of the law around the design: of each measure the next above, and the next below.
struct Line {
  std::size_t axis = 0, cut = 0;
  bool below = true;  ///< the design lies below it
};
std::vector<Line> lines_near(const LegalGate& gate, const WordValues& words) {
  std::vector<Line> out;
  for (std::size_t i = 0; i < gate.axes().size(); ++i) {
    const GateAxis& axis = gate.axes()[i];
    const int cell = axis.cell(words[axis.first], words[axis.second]);
    if (static_cast<std::size_t>(cell) < axis.cuts.size()) out.push_back({i, static_cast<std::size_t>(cell), true});
    if (cell > 0 && static_cast<std::size_t>(cell) <= axis.cuts.size()) out.push_back({i, static_cast<std::size_t>(cell) - 1, false});
  }
  return out;
}

void add_legal(const DesignQuestion& question, const model::Design& design, double before, std::vector<ShadowPrice>& out) {
  const WordValues words = question.words(design, question.physics.applicable(design));
  for (const Line& line : lines_near(question.gate, words)) {
    DesignQuestion moved = question;
    const GateAxis& axis = question.gate.axes()[line.axis];
    const double limit = static_cast<double>(axis.cuts[line.cut].value) / static_cast<double>(law::millionths);
    const double by = limit * moved_share;
    moved.gate.move_cut(line.axis, line.cut, static_cast<std::int64_t>((line.below ? by : -by) * static_cast<double>(law::millionths)));
    const Polished then = best_near(moved, design);
    if (!then.found || then.value <= before + fine_resolution) continue;
    ShadowPrice one;
    one.limit = axis.name;
    one.unit = axis.unit;
    one.at = limit;
    one.value = axis.value(words);
    one.below = line.below;
    one.legal = true;
    one.gain = std::expm1(then.value - before);
    one.moved = by;
    out.push_back(one);
  }
}

void add_limits(const DesignQuestion& question, const model::Design& design, double before, std::vector<ShadowPrice>& out) {
  const auto attempt = [&](const char* name, const char* unit, double DesignQuestion::* limit, double value) {
    if (!(question.*limit > 0)) return;
    DesignQuestion moved = question;
    const double by = question.*limit * moved_share;
    moved.*limit += by;
    const Polished then = best_near(moved, design);
    if (then.found && then.value > before + fine_resolution) out.push_back({name, unit, question.*limit, value, true, false, std::expm1(then.value - before), by});
  };
  attempt("die", "mm2", &DesignQuestion::most_die, question.physics.die(design));
  attempt("power", "W", &DesignQuestion::most_power, question.physics.power(design));
  attempt("cost", "USD", &DesignQuestion::most_cost, question.physics.cost(design));
}

// A field at the end of what the space allows.
void add_ends(const DesignQuestion& question, const model::Design& design, double before, std::vector<ShadowPrice>& out) {
  for (std::size_t i = 0; i < design_dimensions; ++i) {
    const model::DesignField& field = model::design_fields[i];
    const std::vector<double>& values = question.space.values[i];
    if (!field.more_is_quicker || design.*field.member < values.back()) continue;
    if (field.member == &model::Design::scaleup && values.back() == 0) continue;  // without links the system bus takes their place: one of them is no more of the same
    const bool rate = field.member == &model::Design::memory_rate;
    const double step = field.fine ? std::max(1.0, std::floor(values.back() * moved_share)) : values.size() > 1 ? values.back() - values[values.size() - 2] : std::max(1.0, values.back());
    if ((rate && values.back() + step > 100) || field.member == &model::Design::bus_generation) continue;
    DesignQuestion moved = question;
    moved.space.values[i].push_back(values.back() + step);
    model::Design to = design;
    to.*field.member += step;
    const Polished then = best_near(moved, to);
    if (then.found && then.value > before + fine_resolution) out.push_back({std::string(field.name), std::string(field.unit), values.back(), design.*field.member, true, false, std::expm1(then.value - before), step});
  }
}

}  // namespace

Space refined(const Space& space, const model::Design& around) {
  Space out = space;
  for (std::size_t i = 0; i < design_dimensions; ++i) {
    const model::DesignField& field = model::design_fields[i];
    const double here = around.*field.member;
    const std::vector<double>& values = space.values[i];
    if (!field.fine || values.size() < 2) {
      // What is not fine keeps its values, but one step up and down.
      const auto at = std::ranges::lower_bound(values, here);
      const auto from = at == values.begin() ? at : at - 1;
      const auto to = at == values.end() ? at : std::min(values.end(), at + 2);
      out.values[i] = field.more_is_quicker ? std::vector<double>(from, to) : std::vector<double>{here};
      continue;
    }
    const auto above = std::ranges::upper_bound(values, here);
    const auto below = std::ranges::lower_bound(values, here);
    const double low = below == values.begin() ? values.front() : *(below - 1);
    const double high = above == values.end() ? values.back() : *above;
    out.values[i].clear();
    for (double value = low; value <= high; ++value) out.values[i].push_back(value);
  }
  return out;
}

Polished polish(const DesignQuestion& question, const model::Design& from) {
  constexpr int most_rounds = 8;
  Polished best = best_near(question, from);
  for (int round = 1; best.found && round < most_rounds; ++round) {
    const Polished next = best_near(question, best.design);
    if (!next.found || next.value <= best.value + fine_resolution) break;
    best = next;
  }
  return best;
}

std::vector<ShadowPrice> shadow_prices(const DesignQuestion& question, const model::Design& polished) {
  const Polished unmoved = best_near(question, polished);
  const double before = std::max(value_at(question, polished), unmoved.found ? unmoved.value : -1e300);
  std::vector<ShadowPrice> out;
  add_legal(question, polished, before, out);
  add_limits(question, polished, before, out);
  add_ends(question, polished, before, out);
  std::ranges::stable_sort(out, [](const ShadowPrice& a, const ShadowPrice& b) { return a.gain > b.gain; });
  return out;
}

}  // namespace brightline::search
