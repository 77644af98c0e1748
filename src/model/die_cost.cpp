#include "model/die_cost.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace brightline::model {

namespace {

// Gaps at the rim of a round wafer cut into squares: de Vries' coefficient, of pi times diameter over a die's edge.
constexpr double rim = 0.58;

double power(double base, int exponent) {
  double out = 1;
  for (int i = 0; i < exponent; ++i) out *= base;
  return out;
}

// Probability that a die has so few defects that each falls on a core of its own and no more than may be defective.
double salvaged(double mean, double core_share, const CostRates& rates, double none) {
  double exactly = none;
  double out = none;
  for (int defects = 0; defects < rates.defective_cores; ++defects) {
    const double next = defects + 1;
    const double more = rates.clustering > 0 ? (rates.clustering + defects) / next * mean / (rates.clustering + mean) : mean / next;
    exactly *= more * core_share;
    out += exactly;
  }
  return out;
}

struct MadeDie {
  double price = 0, yield = 1, per_wafer = 0;
};

MadeDie made(double area, double killable, double core_share, const WaferRates& wafer, const CostRates& rates) {
  MadeDie out;
  out.per_wafer = dies_per_wafer(area, rates);
  out.yield = yield_of(killable, core_share, wafer, rates);
  const double sorted = wafer.price / out.per_wafer + rates.sort * area;
  out.price = out.per_wafer >= 1 ? sorted / out.yield : std::numeric_limits<double>::infinity();
  return out;
}

}  // namespace

double dies_per_wafer(double area, const CostRates& rates) {
  const double edge = std::sqrt(area) + rates.scribe;
  const double across = rates.diameter / edge;
  return std::numbers::pi * across * (across / 4 - rim);
}

double yield_of(double area, double core_share, const WaferRates& wafer, const CostRates& rates) {
  const double mean = area * wafer.defects;
  const double none = rates.clustering > 0 ? 1 / power(1 + mean / rates.clustering, rates.clustering) : std::exp(-mean);
  return rates.defective_cores > 0 ? salvaged(mean, core_share, rates, none) : none;
}

DesignCost cost_of(const Design& d, const Floorplan& plan, const CostRates& r) {
  DesignCost out;
  const auto type = static_cast<std::size_t>(d.memory_type);
  const CarrierRates& carrier = r.carriers[r.carrier[type]];
  // Nothing can break where nothing works: a defect in spare area kills no die.
  const double killable = plan.die - d.spare;
  const double cores = (plan.cores + plan.tensor + plan.core_memory) / d.dies;
  const MadeDie compute = made(plan.die, killable, cores / killable, r.compute, r);
  out.yield = compute.yield;
  out.per_wafer = compute.per_wafer;
  out.compute_dies = d.dies * compute.price;
  if (plan.io_die > 0) out.io_die = made(plan.io_die, plan.io_die, 0, r.io, r).price;
  out.memory = d.stacks * d.stack_gb * r.usd_per_gb[type];
  out.carrier = carrier.times * (plan.logic + carrier.stacked * plan.memory_package);
  const double attachments = d.dies + (plan.io_die > 0 ? 1 : 0) + carrier.stacked * d.stacks;
  const double sets = carrier.parts_for_one[std::min(static_cast<std::size_t>(attachments), carrier.parts_for_one.size() - 1)];
  const double on_carrier = out.compute_dies + out.io_die + carrier.stacked * out.memory;
  const double bare = out.carrier * carrier.price + carrier.fixed;
  const double loss = sets > 1 ? (on_carrier + bare) * (sets - 1) : 0;
  out.package = bare + loss + r.device_test;
  out.total = out.compute_dies + out.io_die + out.memory + out.package;
  return out;
}

}  // namespace brightline::model
