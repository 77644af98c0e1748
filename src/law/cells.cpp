#include "law/cells.h"

#include <array>
#include <cmath>

namespace brightline::law {

namespace {

using base::Exact;
using Step = NumberStep::Op;

// Beyond exact arithmetic an end is widened by a hair, so that the interval still holds the true value.
End widened(double value, bool up) {
  constexpr double hair = 1e-9;
  const auto nearest = Exact::nearest(value * (up ? 1 + hair : 1 - hair));
  // the nearest has six places: one step outward makes good what rounding to them may have taken
  const auto exact = nearest ? plus(*nearest, *Exact::ratio(up ? 1 : -1, 1'000'000)) : std::nullopt;
  if (exact) return {*exact, false, true};
  return {Exact(), up, true};
}

End sum(const End& a, const End& b, bool up) {
  if (a.infinite || b.infinite) return {Exact(), true, true};
  const auto exact = plus(a.value, b.value);
  if (!exact) return widened(a.value.to_double() + b.value.to_double(), up);
  return {*exact, false, a.open || b.open};
}

End negated(const End& a) {
  if (a.infinite) return a;
  return {*minus(Exact(), a.value), false, a.open};
}

Interval difference(const Interval& a, const Interval& b) {
  return {sum(a.low, negated(b.high), false), sum(a.high, negated(b.low), true), false, false};
}

// products and quotients are of quantities that are never negative
End product(const End& a, const End& b, bool up) {
  const bool zero = (!a.infinite && a.value.is_zero() && !a.open) || (!b.infinite && b.value.is_zero() && !b.open);
  if (zero) return {Exact(), false, false};
  if (a.infinite || b.infinite) return {Exact(), true, true};
  const auto exact = times(a.value, b.value);
  if (!exact) return widened(a.value.to_double() * b.value.to_double(), up);
  return {*exact, false, a.open || b.open};
}

End quotient(const End& a, const End& b, bool up) {
  const bool nothing = a.value.is_zero() && !a.infinite && !a.open;
  if (b.infinite) return {Exact(), false, !nothing};
  if (a.infinite || b.value.is_zero()) return nothing ? End{Exact(), false, false} : End{Exact(), true, true};
  const auto exact = over(a.value, b.value);
  if (!exact) return widened(a.value.to_double() / b.value.to_double(), up);
  return {*exact, false, a.open || b.open};
}

Interval ratio(const Interval& a, const Interval& b) {
  Interval out{quotient(a.low, b.high, false), quotient(a.high, b.low, true), false, false};
  const bool zero_inside = !b.low.infinite && b.low.value <= Exact() && !(b.low.value.is_zero() && b.low.open);
  out.maybe_none = zero_inside;
  out.surely_none = zero_inside && !b.high.infinite && b.high.value.is_zero();
  return out;
}

bool end_less(const End& a, const End& b) { return b.infinite ? !a.infinite : !a.infinite && a.value < b.value; }

// The end that admits the lower (or not the lower) values; of two at one value, the one that is `open` or is not.
End lesser(const End& a, const End& b, bool open) {
  if (end_less(a, b)) return a;
  if (end_less(b, a)) return b;
  return a.open == open ? a : b;
}

End greater(const End& a, const End& b, bool open) {
  if (end_less(a, b)) return b;
  if (end_less(b, a)) return a;
  return a.open == open ? a : b;
}

Interval combine(Step op, const Interval& a, const Interval& b) {
  Interval out;
  switch (op) {
    case Step::plus: out = {sum(a.low, b.low, false), sum(a.high, b.high, true), false, false}; break;
    case Step::minus: out = difference(a, b); break;
    case Step::times: out = {product(a.low, b.low, false), product(a.high, b.high, true), false, false}; break;
    case Step::over: out = ratio(a, b); break;
    case Step::least: out = {lesser(a.low, b.low, false), lesser(a.high, b.high, true), false, false}; break;
    default: out = {greater(a.low, b.low, true), greater(a.high, b.high, false), false, false}; break;
  }
  out.maybe_none = out.maybe_none || a.maybe_none || b.maybe_none;
  out.surely_none = out.surely_none || a.surely_none || b.surely_none;
  return out;
}

// the cell in which values just above (or at) a low end, or just below (or at) a high end, lie
int cell_of_low(const Measure& measure, const End& end) {
  if (end.infinite) return 0;
  int cell = 0;
  for (const Boundary& boundary : measure.boundaries) {
    const auto order = end.value <=> boundary.value;
    if (order > 0 || (order == 0 && (!boundary.above || end.open))) ++cell;
  }
  return cell;
}

int cell_of_high(const Measure& measure, const End& end) {
  if (end.infinite) return static_cast<int>(measure.boundaries.size());
  int cell = 0;
  for (const Boundary& boundary : measure.boundaries) {
    const auto order = end.value <=> boundary.value;
    if (order > 0 || (order == 0 && !boundary.above && !end.open)) ++cell;
  }
  return cell;
}

Interval computed(const std::vector<NumberStep>& steps, const std::vector<Interval>& words) {
  const bool of_two_words = steps.size() == 3 && steps[0].op == Step::word && steps[1].op == Step::word;
  if (of_two_words) return combine(steps[2].op, words[steps[0].word], words[steps[1].word]);
  std::array<Interval, 16> stack;
  std::size_t top = 0;
  for (const NumberStep& step : steps) {
    base::check(top < stack.size(), "a numeric definition is deeper than the evaluator admits");
    if (step.op == Step::constant) {
      stack[top++] = Interval::point(step.constant);
    } else if (step.op == Step::word) {
      stack[top++] = words[step.word];
    } else {
      --top;
      stack[top - 1] = combine(step.op, stack[top - 1], stack[top]);
    }
  }
  return stack[0];
}

}  // namespace

Interval interval_of(const Fact& fact) {
  if (!fact.known) return Interval::all();
  return {{fact.low, false, false}, {fact.high, fact.unbounded, fact.unbounded}, false, false};
}

Interval interval_of(const Measure& measure, const std::vector<Interval>& words) {
  if (measure.steps.size() == 1) return words[measure.steps[0].word];
  Interval out = computed(measure.steps, words);
  if (measure.stated && !out.is_point() && !out.surely_none) {
    const Interval& stated = words[*measure.stated];
    const bool known = !stated.high.infinite || stated.is_point();
    if (known) out = stated;
  }
  return out;
}

CellRange cells_of(const Measure& measure, const Interval& interval) {
  if (interval.surely_none) return {-1, -1, true, true};
  if (interval.is_point()) {
    const int cell = cell_of_low(measure, interval.low);
    return {cell, cell, false, false};
  }
  return {cell_of_low(measure, interval.low), cell_of_high(measure, interval.high), interval.maybe_none, false};
}

Interval cell_of(const Measure& measure, int cell, const Interval& interval) {
  Interval out = interval;
  out.maybe_none = false;
  if (cell > 0) {
    const Boundary& below = measure.boundaries[static_cast<std::size_t>(cell - 1)];
    const bool tighter = out.low.infinite || out.low.value < below.value || (out.low.value == below.value && !out.low.open && below.above);
    if (tighter) out.low = {below.value, false, below.above};
  }
  if (cell < static_cast<int>(measure.boundaries.size())) {
    const Boundary& above = measure.boundaries[static_cast<std::size_t>(cell)];
    const bool tighter = out.high.infinite || above.value < out.high.value || (out.high.value == above.value && !out.high.open && !above.above);
    if (tighter) out.high = {above.value, false, !above.above};
  }
  return out;
}

}  // namespace brightline::law
