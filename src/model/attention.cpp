#include "model/attention.h"

#include <algorithm>
#include <cmath>

namespace brightline::model {

AttentionMachine attention_machine(const Processor& chip, bool narrow_product, double kv_bytes) {
  const chip::Precision multiplies = narrow_product ? chip::Precision::fp8 : chip::Precision::bf16;
  AttentionMachine out{};
  out.rate_per_core = chip.rate(multiplies).base / chip.cores;
  out.cores = chip.cores;
  out.bandwidth = chip.memory_bandwidth.base;
  out.l2 = chip.l2.base;
  out.clock = chip.clock.base;
  out.query_bytes = 2;
  out.kv_bytes = kv_bytes;
  return out;
}

double causal_scores(double queries, double past, double window) {
  const double last = past + queries;  // keys the last query could see
  const double all = queries * (past + last + 1) / 2;
  if (window <= 0 || last <= window) return all;
  const double full = std::min(queries, last - window);  // queries that see a whole window
  const double rest = queries - full;
  return full * window + rest * (2 * past + rest + 1) / 2;
}

namespace {

// A sequence is split into parts of at least so many tokens.
constexpr double least_part = 128;

struct TileWork {
  double tiles;
  double scores;  ///< computed, padding and the whole diagonal of a tile included
};

// Of `group` heads of one sequence worked on together.
TileWork tile_work(double queries, double group, double keys, double scores, double most_rows) {
  const double rows = queries * group;
  const double tile_rows = std::min(std::max(rows, 16.0), most_rows);
  const double tiles = std::ceil(rows / tile_rows);
  const double diagonal = group * queries * std::min(queries, tile_rows) / 2;
  return {tiles, group * scores + diagonal + (tiles * tile_rows - rows) * keys};
}

}  // namespace

KernelTime prefill_attention_time(const workload::Attention& shape, const AttentionMachine& machine, const PrefillConstants& constants) {
  const auto& s = shape;
  const auto& g = machine;
  const auto& c = constants;
  const double keys = s.past + s.queries;
  const double seen = s.window > 0 ? std::min(keys, s.window + s.queries) : keys;
  const double kv = s.batch * s.kv_heads * seen * 2 * s.head_dim * g.kv_bytes;
  const double io = s.batch * s.heads * s.queries * 2 * s.head_dim * g.query_bytes;
  const double inside = causal_scores(s.queries, s.past, s.window);
  const double all = s.window > 0 ? causal_scores(s.queries, s.past, 0) : inside;
  const double reached = inside + c.unskipped * (all - inside);
  const double per_score = 2 * 2 * s.head_dim / (g.rate_per_core * c.mma) + c.softmax / g.clock;
  // Where heads that share keys are worked on together, few queries still fill a tile; what is left over is padding.
  const double group = s.heads / s.kv_heads;
  const double share = s.queries > 1 ? c.packing : c.packing_single;
  const double padded_keys = s.window > 0 ? std::min(keys, s.window + c.tile_rows) : keys;
  const TileWork alone = tile_work(s.queries, 1, padded_keys, reached, c.tile_rows);
  const TileWork packed = group > 1 ? tile_work(s.queries, group, padded_keys, reached, c.tile_rows) : alone;
  const double tiles = s.batch * s.heads * (alone.tiles + share * (packed.tiles / group - alone.tiles));
  const double total = s.batch * s.heads * (alone.scores + share * (packed.scores / group - alone.scores)) * per_score;
  const double longest = std::min(c.tile_rows, std::max(16.0, s.queries)) * std::min(keys, s.window > 0 ? s.window + c.tile_rows : keys) * per_score;
  const double waves = std::max(1.0, tiles / g.cores);
  double compute = std::max(total / g.cores * (1 + c.imbalance / waves), longest) + waves * c.tile_start / g.clock;
  compute *= 1 + c.throttle * compute / (compute + c.throttle_time);
  const double memory = (kv + io + c.prepass * kv) / (g.bandwidth * c.dram);
  const double body = std::max(compute, memory) + c.overlap_loss * std::min(compute, memory);
  const double launch = c.launch / g.clock;
  return {Time{launch + body}, launch > body ? Bound::launch : compute > memory ? Bound::compute : Bound::memory};
}

KernelTime decode_attention_time(const workload::Attention& shape, const AttentionMachine& machine, const DecodeConstants& constants) {
  const auto& s = shape;
  const auto& g = machine;
  const auto& c = constants;
  const double keys = s.past + 1;
  const double seen = s.window > 0 ? std::min(keys, s.window) : keys;
  const double kv = s.batch * s.kv_heads * seen * 2 * s.head_dim * g.kv_bytes;
  const double io = s.batch * s.heads * 2 * s.head_dim * g.query_bytes;
  const double parts = s.batch * s.kv_heads;
  const double group = s.heads / s.kv_heads;
  const double per_token = std::max(2 * s.head_dim * g.kv_bytes / c.core_bytes, c.step + c.group_cost * group);  // cycles
  const auto cycles = [&](double split) { return std::max(1.0, parts * split / g.cores) * (c.tile_start + seen / split * per_token); };
  const double split = std::min({std::floor(g.cores / parts), seen / least_part, c.split_most});
  double core = cycles(1) / g.clock;
  if (split >= 2) core = std::min(core, (cycles(split) + c.reduction) / g.clock);
  const double ratio = kv / (g.l2 * c.l2_share);
  const double r4 = ratio * ratio * ratio * ratio;
  const double memory = (kv * (s.cold ? 1 : r4 / (1 + r4)) + io * (r4 / (1 + r4))) / (g.bandwidth * c.dram);
  const double body = std::max(core, memory) + c.overlap_loss * std::min(core, memory);
  const double launch = c.launch / g.clock;
  return {Time{launch + body}, launch > body ? Bound::launch : core > memory ? Bound::compute : Bound::memory};
}

}  // namespace brightline::model
