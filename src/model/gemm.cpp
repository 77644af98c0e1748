#include "model/gemm.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace brightline::model {

namespace {

struct Tile {
  double rows, columns;
};
// The output tiles kernels are built for; a kernel library picks the best, and so do we.
constexpr std::array tiles{Tile{16, 64}, Tile{64, 64}, Tile{64, 128}, Tile{64, 256}, Tile{128, 64}, Tile{128, 128}, Tile{128, 256}, Tile{256, 128}};

struct Work {
  double compute;  // s
  double traffic;  // s, through the L2
};

}  // namespace

GemmMachine gemm_machine(const Processor& chip, workload::NumberScheme scheme) {
  const auto& kind = workload::info(scheme);
  GemmMachine out{};
  out.rate_per_core = chip.rate(kind.multiplies).base / chip.cores;
  out.cores = chip.cores;
  out.bandwidth = chip.memory_bandwidth.base;
  out.l2 = chip.l2.base;
  out.clock = chip.clock.base;
  out.weight_bytes = kind.weight_bits / 8;
  out.activation_bytes = kind.activation_bits / 8;
  out.output_bytes = 2;
  return out;
}

KernelTime gemm_time(const workload::Gemm& s, const GemmMachine& g, const GemmConstants& c) {
  const double weights = s.batch * s.n * s.k * g.weight_bytes;
  const double activations = s.batch * s.m * s.k * g.activation_bytes;
  const double outputs = s.batch * s.m * s.n * g.output_bytes;
  const double footprint = weights + activations + outputs;
  // What stays in the L2 from one run to the next is not read again.
  const double ratio = footprint / (g.l2 * c.l2_share);
  const double r2 = ratio * ratio;
  const double r8 = r2 * r2 * r2 * r2;
  const double missing = r8 / (1 + r8);
  const double dram = footprint * missing / (g.bandwidth * c.dram);

  const double tile_start = c.tile_start / g.clock;
  double best = 1e300;
  double best_compute = 0;
  for (const Tile& tile : tiles) {
    const double across = std::ceil(s.n / tile.columns);
    const double down = std::ceil(s.m / tile.rows);
    const double whole = s.batch * across * down;
    const double area = tile.rows * tile.columns;
    const double efficiency = c.mma * area / (area + c.small_tile);
    const double step = 2 * area / (g.rate_per_core * efficiency);
    const double feed = (tile.rows * g.activation_bytes + tile.columns * g.weight_bytes) / (g.clock * c.core_bytes);
    const double per_k = std::max(step, feed);
    const double split = std::min({std::floor(g.cores / whole), s.k / 256, c.split_most});
    for (int i = 0; i < 2; ++i) {
      if (i == 1) {
        if (split < 2) break;
      }
      const double parts = i == 0 ? 1 : split;
      const double all = whole * parts / g.cores;
      const double waves = all <= 1 ? 1 : all + c.quantisation * (std::ceil(all) - all);
      const double time = waves * (per_k * s.k / parts + tile_start) + (i == 0 ? 0 : c.reduction / g.clock);
      if (time < best) {
        best = time;
        best_compute = time;
      }
    }
  }
  const double prepass = c.prepass * s.batch * s.m * s.k / (g.bandwidth * c.dram);
  const double slow = c.throttle * best_compute / (best_compute + c.throttle_time);
  best *= 1 + slow;
  const double longer = std::max(best, dram);
  const double shorter = std::min(best, dram);
  const double body = longer + c.overlap_loss * shorter;
  KernelTime out;
  out.time = Time{c.launch / g.clock + prepass + body};
  out.bound = c.launch / g.clock > body ? Bound::launch : (best > dram ? Bound::compute : Bound::memory);
  return out;
}

}  // namespace brightline::model
