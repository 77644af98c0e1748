#include "model/mla.h"

#include <algorithm>
#include <cmath>

namespace brightline::model {

namespace {

struct Parts {
  double compute = 0, memory = 0;  // s
};

Parts decode_parts(const workload::LatentAttention& s, const AttentionMachine& g, const MlaConstants& c) {
  const double latent = s.widths.kv_latent + s.widths.rope;
  const double keys = s.past + 1;
  const double blocks = s.batch * std::max(1.0, s.heads / c.tile_rows);
  const double split = std::clamp(std::min(std::floor(g.cores / blocks), keys / 64), 1.0, c.split_most);
  const double waves = std::max(1.0, blocks * split / g.cores);
  const double per_token = c.tile_rows * (2 * (latent + s.widths.kv_latent) / (g.rate_per_core * c.mma) + c.softmax / g.clock);
  const double feed = latent * g.kv_bytes / (c.core_bytes * g.clock);
  Parts out;
  out.compute = waves * (keys / split * std::max(per_token, feed) + c.tile_start / g.clock);
  out.memory = s.batch * keys * latent * g.kv_bytes / (g.bandwidth * c.dram);
  return out;
}

Parts prefill_parts(const workload::LatentAttention& s, const AttentionMachine& g, const MlaConstants& c) {
  const double width = s.widths.nope + s.widths.rope + s.widths.value;
  const double keys = s.past + s.queries;
  const double tile_rows = std::min(std::max(s.queries, 16.0), c.tile_rows);
  const double across = std::ceil(s.queries / tile_rows);
  const double scores = causal_scores(s.queries, s.past, 0) + s.queries * std::min(s.queries, tile_rows) / 2 + (across * tile_rows - s.queries) * keys;
  const double per_score = 2 * width / (g.rate_per_core * c.mma) + c.softmax / g.clock;
  const double tiles = s.batch * s.heads * across;
  const double waves = std::max(1.0, tiles / g.cores);
  const double total = s.batch * s.heads * scores * per_score;
  Parts out;
  out.compute = std::max(total / g.cores * (1 + c.imbalance / waves), std::min(total, tile_rows * keys * per_score)) + waves * c.tile_start / g.clock;
  out.memory = s.batch * s.heads * (s.queries * width * g.query_bytes + (keys + c.prepass * s.past) * width * 2) / (g.bandwidth * c.dram);
  return out;
}

// The projections: weights read once, every token through them.
Parts projections(const workload::LatentAttention& s, const GemmMachine& m, const MlaConstants& c) {
  const workload::LatentWidths& w = s.widths;
  const double tokens = s.batch * s.queries;
  const double down = w.hidden * (w.query_latent + w.kv_latent + w.rope);
  const double up = w.query_latent * s.heads * (w.nope + w.rope) + w.kv_latent * s.heads * (w.nope + w.value);
  const double out = s.heads * w.value * w.hidden;
  const double weights = down + up + out;
  const double past_up = s.decode ? 0 : s.batch * s.past * w.kv_latent * s.heads * (w.nope + w.value);  // the past is projected again
  Parts parts;
  parts.compute = 2 * (tokens * weights + past_up) / (m.rate_per_core * m.cores * c.gemm_mma);
  const double moved = tokens * (2 * w.hidden + 2 * w.query_latent + s.heads * (w.nope + w.rope + w.nope + 2 * w.value)) * c.token_bytes;
  parts.memory = (weights * m.weight_bytes + moved) / (m.bandwidth * c.gemm_dram);
  return parts;
}

}  // namespace

KernelTime mla_time(const workload::LatentAttention& shape, const AttentionMachine& attention, const GemmMachine& gemm, const MlaConstants& constants) {
  const auto& s = shape;
  const auto& g = attention;
  const auto& m = gemm;
  const auto& c = constants;
  const auto joined = [&](const Parts& p) { return std::max(p.compute, p.memory) + c.overlap_loss * std::min(p.compute, p.memory); };
  Parts parts = s.decode ? decode_parts(s, g, c) : prefill_parts(s, g, c);
  parts.compute *= 1 + c.throttle * parts.compute / (parts.compute + c.throttle_time);
  double body = joined(parts);
  if (s.module) {
    const Parts linear = projections(s, m, c);
    body += joined(linear);
    parts.compute += linear.compute;
    parts.memory += linear.memory;
  }
  const double launch = c.launch / g.clock;
  return {Time{launch + body}, launch > body ? Bound::launch : parts.compute > parts.memory ? Bound::compute : Bound::memory};
}

}  // namespace brightline::model
