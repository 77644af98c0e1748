#include "search/box.h"

namespace brightline::search {

double Box::designs() const {
  double out = 1;
  for (std::size_t i = 0; i < design_dimensions; ++i) out *= high[i] - low[i] + 1;
  return out;
}

bool comparable(const Box& box) {
  for (std::size_t i = 0; i < design_dimensions; ++i) {
    if (!model::design_fields[i].more_is_quicker && box.low[i] != box.high[i]) return false;
  }
  return true;
}

Rejection refuse_all(const DesignQuestion& q, const LegalPiece& piece, const Box& box) {
  constexpr double giga = 1e9;
  const model::Design least = q.space.at(box.low);
  const model::Design most = q.space.at(box.high);
  if (q.physics.die(least) > q.most_die) return Rejection::die;
  if (most.stacks * most.stack_gb * giga < q.least_bytes) return Rejection::memory;
  if ((q.eight_bit && most.eight_bit == 0) || (q.four_bit && most.four_bit == 0)) return Rejection::formats;
  const WordRange range{q.words(least, q.physics.applicable(least)), q.words(most, q.physics.applicable(most))};
  if (q.gate.fits(range, piece) == Fit::outside) return Rejection::law;
  if (!q.physics.fits_carrier(least)) return Rejection::die;
  if (q.physics.power(least) > q.most_power) return Rejection::power;
  if (q.most_cost > 0 && q.physics.cost(least) > q.most_cost) return Rejection::cost;
  return Rejection::none;
}

}  // namespace brightline::search
