#include "model/moe.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace brightline::model {

namespace {

constexpr int bins = 12;

struct Loads {
  std::array<double, bins> load{};  ///< routed tokens of an expert, relative to the mean
  double variation = 0;             ///< standard deviation over mean
};

// Quantiles of a power law between one token and most of them, as synthetic routers draw loads.
Loads loads_of(const workload::Experts& s) {
  Loads out;
  if (s.skew <= 0) {
    out.load.fill(1);
    return out;
  }
  const double most = std::max(1.5, 0.8 * s.tokens);
  const double e = 1 - s.skew;
  const bool reciprocal = std::abs(e) < 1e-6;  // an exponent of 1: loads are even in the logarithm
  const double top = reciprocal ? 1 : std::pow(most, e);
  double sum = 0;
  for (int i = 0; i < bins; ++i) {
    const double u = (i + 0.5) / bins;
    out.load[static_cast<std::size_t>(i)] = reciprocal ? std::pow(most, u) : std::pow(1 + (top - 1) * u, 1 / e);
    sum += out.load[static_cast<std::size_t>(i)];
  }
  double squares = 0;
  for (double& one : out.load) {
    one *= bins / sum;
    squares += (one - 1) * (one - 1);
  }
  out.variation = std::sqrt(squares / bins);
  return out;
}

// How many routed tokens the fullest device gets, over the mean: the expected maximum of sums of experts' loads.
double imbalance_of(const workload::Experts& s, double variation) {
  if (s.expert_parallel <= 1 || variation == 0) return 1;
  const double local = s.experts / s.expert_parallel;
  const double most = std::min(s.expert_parallel, s.expert_parallel * std::min(1.0, local / s.top_k));
  return std::min(most, 1 + variation / std::sqrt(local) * std::sqrt(2 * std::log(s.expert_parallel)));
}

}  // namespace

KernelTime moe_time(const workload::Experts& shape, const GemmMachine& machine, const MoeConstants& constants) {
  const auto& s = shape;
  const auto& g = machine;
  const auto& c = constants;
  const Loads loads = loads_of(s);
  const double local = s.experts / s.expert_parallel;
  const double inter = s.inter / s.tensor_parallel;
  const double hot = 1 + c.hot_rank * (imbalance_of(s, loads.variation) - 1);
  const double routed = std::max(1.0, s.tokens * s.top_k / s.expert_parallel * hot);  // the device timed has something to do
  const double matrices = s.gated ? 3 : 2;
  const double mean = routed / local;
  const double among = std::sqrt(1 - 1 / std::max(local, 1.0));  // one expert has no spread
  // No expert gets more tokens than there are; what a router would have sent it goes to the others.
  std::array<double, bins> tokens{};
  double scale = 1;
  for (int round = 0; round < 3; ++round) {
    double capped = 0;
    double free = 0;
    for (std::size_t i = 0; i < bins; ++i) {
      const double wanted = mean * (1 + (loads.load[i] - 1) * among) * scale;
      tokens[i] = std::min(wanted, s.tokens);
      (wanted > s.tokens ? capped : free) += tokens[i];
    }
    const double missing = bins * mean - capped - free;
    if (missing <= 1e-6 * mean || free <= 0) break;
    scale *= 1 + missing / free;
  }
  double active = 0;
  double row_tiles = 0;  // tiles of tokens over all local experts
  double rows = 0;       // of those tiles, computed
  for (const double one : tokens) {
    const double down = one < 1 ? one : std::ceil(one / c.tile_rows);
    active += std::min(1.0, one);
    row_tiles += down;
    rows += down * std::min(c.tile_rows, std::max(16.0, one));
  }
  active *= local / bins;
  row_tiles *= local / bins;
  rows *= local / bins;
  const double weights = active * matrices * s.hidden * inter * g.weight_bytes;
  const double moved = routed * (s.hidden * c.token_bytes + inter * (matrices - 1) * g.output_bytes);
  const double ratio = weights / (g.l2 * c.l2_share);
  const double r4 = ratio * ratio * ratio * ratio;
  const double memory = (weights * (s.cold ? 1 : r4 / (1 + r4)) + moved) / (g.bandwidth * c.dram);
  const double tile_columns = 128;
  const double tiles = row_tiles * (std::ceil((matrices - 1) * inter / tile_columns) + std::ceil(s.hidden / tile_columns));
  const double operations = rows * 2 * matrices * s.hidden * inter;
  const double waves = tiles / g.cores / 2;
  const double filled = waves <= 0.5 ? 0.5 / waves : 1 + c.quantisation * std::min(0.5, waves - 0.5) / waves;
  double compute = operations / (g.rate_per_core * g.cores * c.mma) * std::min(filled, 8.0) + 2 * std::max(waves, 1.0) * c.tile_start / g.clock;
  compute *= 1 + c.throttle * compute / (compute + c.throttle_time);
  const double body = std::max(compute, memory) + c.overlap_loss * std::min(compute, memory);
  const double fixed = (c.launch + c.expert_cost * local + c.row_cost * s.tokens * s.top_k / g.cores) / g.clock;
  return {Time{fixed + body}, fixed > body ? Bound::launch : compute > memory ? Bound::compute : Bound::memory};
}

}  // namespace brightline::model
