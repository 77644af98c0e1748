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
constexpr std::array tiles{Tile{16, 128}, Tile{32, 128}, Tile{64, 64}, Tile{64, 128}, Tile{64, 256}, Tile{128, 128}, Tile{128, 256}, Tile{256, 128}};

constexpr double largest_tile = 128 * 256;

// A product is split along k into parts of at least so much.
constexpr double least_part = 256;

// The next whole number; quicker than std::ceil where the compiler may not use the instruction for it.
double up(double value) {
  const auto whole = static_cast<double>(static_cast<long long>(value));
  return whole < value ? whole + 1 : whole;
}

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
  out.core = chip.core;
  return out;
}

KernelTime gemm_time(const workload::Gemm& shape, const GemmMachine& machine, const GemmConstants& constants) {
  const auto& s = shape;
  const auto& g = machine;
  const auto& c = constants;
  const double weights = s.batch * s.n * s.k * g.weight_bytes;
  const double activations = s.batch * s.m * s.k * g.activation_bytes;
  const double outputs = s.batch * s.m * s.n * g.output_bytes;
  const double footprint = weights + activations + outputs;
  // What stays in the L2 from one run to the next is not read again.
  const double ratio = footprint / (g.l2 * c.l2_share);
  const double r2 = ratio * ratio;
  const double r8 = r2 * r2 * r2 * r2;
  const double missing = r8 / (1 + r8);
  const double dram = (weights * (s.cold ? 1 : missing) + (activations + outputs) * missing) / (g.bandwidth * c.dram);

  const double tile_start = c.tile_start / g.clock;
  const double reduction = c.reduction / g.clock;
  const double per_element = 2 / (g.rate_per_core * c.mma);  // s of a core for an element of a large tile and one k
  const double per_byte = 1 / (g.clock * c.core_bytes);
  const double per_core = 1 / g.cores;
  const double most_parts = std::min(s.k / least_part, c.split_most);
  double compute = 1e300;
  const double small_tile = c.small_tile * g.core.half_rate;
  for (const Tile& tile : tiles) {
    // The smallest tile runs on any core: a product is cut further where less is held.
    const double area = tile.rows * tile.columns;
    const bool held = area <= g.core.accumulators && tile.rows + tile.columns <= g.core.operand_lines;
    if (!held && &tile != tiles.data()) continue;
    const double whole = s.batch * up(s.n / tile.columns) * up(s.m / tile.rows);
    const double padded = std::max(tile.rows, g.core.tile_rows) * std::max(tile.columns, g.core.tile_columns);
    const double step = per_element * (padded + small_tile);
    const double feed = per_byte * (std::min(tile.rows, s.m) * g.activation_bytes + tile.columns * g.weight_bytes);
    const double each = std::max(step, feed) * s.k;
    const double all = whole * per_core;
    const double waves = all <= 1 ? 1 : all + c.quantisation * (up(all) - all);
    // Small tiles share a core, so that one starts while others compute.
    const double starts = 1 + (waves - 1) * area * (1 / largest_tile);
    compute = std::min(compute, waves * each + starts * tile_start);
    const double parts = std::min(std::floor(g.cores / whole), most_parts);
    if (all <= 0.5 && parts >= 2) compute = std::min(compute, each / parts + tile_start + reduction);
  }
  const double prepass = c.prepass * s.batch * s.m * s.k / (g.bandwidth * c.dram);
  compute *= 1 + c.throttle * compute / (compute + c.throttle_time);
  const double body = prepass + std::max(compute, dram) + c.overlap_loss * std::min(compute, dram);
  const double launch = c.launch / g.clock;
  return {Time{launch + body}, launch > body ? Bound::launch : compute > dram ? Bound::compute : Bound::memory};
}

}  // namespace brightline::model
