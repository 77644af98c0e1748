// What one run of each operator does: operations, and bytes of operands and links, each moved once.
#include <algorithm>
#include <cmath>

#include "model/attention.h"
#include "model/collective.h"
#include "model/energy.h"
#include "model/expert_exchange.h"

namespace brightline::model {

namespace {

using chip::Precision;

void add_operations(Activity& out, Precision precision, double count) { out.operations[static_cast<std::size_t>(precision)] += count; }

constexpr double half_bytes = 2;  // activations and outputs between kernels are of 16 bits

Activity of(const workload::Gemm& g) {
  const auto& numbers = workload::info(g.scheme);
  Activity out;
  add_operations(out, numbers.multiplies, 2 * g.m * g.n * g.k * g.batch);
  out.memory_bytes = g.batch * (g.n * g.k * numbers.weight_bits / 8 + g.m * g.k * numbers.activation_bits / 8 + g.m * g.n * half_bytes);
  return out;
}

Precision product(bool narrow) { return narrow ? Precision::fp8 : Precision::bf16; }

Activity of(const workload::Attention& a) {
  const double keys = a.past + a.queries;
  const double scores = causal_scores(a.queries, a.past, a.window);
  const double seen = a.window > 0 ? std::min(keys, a.window + a.queries - 1) : keys;
  Activity out;
  add_operations(out, product(a.narrow_product), a.batch * a.heads * scores * 4 * a.head_dim);
  out.memory_bytes = a.batch * (a.kv_heads * seen * 2 * a.head_dim * a.kv_bytes + a.heads * a.queries * 2 * a.head_dim * half_bytes);
  return out;
}

Activity of(const workload::Experts& e) {
  const auto& numbers = workload::info(e.scheme);
  const double matrices = e.gated ? 3 : 2;
  const double inter = e.inter / e.tensor_parallel;
  const double local = e.experts / e.expert_parallel;
  const double routed = e.tokens * e.top_k / e.expert_parallel;
  // Experts that at least one token chose, were choices even.
  const double active = local * (1 - std::exp(-routed / local));
  Activity out;
  add_operations(out, numbers.multiplies, routed * 2 * matrices * e.hidden * inter);
  out.memory_bytes = active * matrices * e.hidden * inter * numbers.weight_bits / 8 +
                     routed * (e.hidden * (numbers.activation_bits / 8 + half_bytes) + inter * (matrices - 1) * half_bytes + inter * numbers.activation_bits / 8);
  return out;
}

Activity of(const workload::LatentAttention& a) {
  const auto& w = a.widths;
  const auto& numbers = workload::info(a.scheme);
  const double latent = w.kv_latent + w.rope;
  const double keys = a.past + a.queries;
  Activity out;
  if (a.decode) {
    add_operations(out, product(a.narrow_product), a.batch * a.heads * keys * 2 * (latent + w.kv_latent));
    out.memory_bytes = a.batch * (keys * latent * a.kv_bytes + a.heads * (latent + w.kv_latent) * half_bytes);
  } else {
    const double width = w.nope + w.rope + w.value;
    add_operations(out, product(a.narrow_product), a.batch * a.heads * causal_scores(a.queries, a.past, 0) * 2 * width);
    out.memory_bytes = a.batch * a.heads * (a.queries + keys) * width * half_bytes;
  }
  if (!a.module) return out;
  const double tokens = a.batch * a.queries;
  const double up_past = w.kv_latent * a.heads * (w.nope + w.value);
  const double weights = w.hidden * (w.query_latent + latent) + w.query_latent * a.heads * (w.nope + w.rope) + up_past + a.heads * w.value * w.hidden;
  add_operations(out, numbers.multiplies, 2 * (tokens * weights + (a.decode ? 0 : a.batch * a.past * up_past)));
  out.memory_bytes += weights * numbers.weight_bits / 8 + tokens * 2 * w.hidden * half_bytes;
  return out;
}

Activity of(const workload::Collective& c) {
  Activity out;
  if (c.devices <= 1) return out;
  out.scaleup_bytes = c.bytes * wire_factor(c.kind, c.devices);
  out.memory_bytes = 2 * c.bytes;
  return out;
}

Activity of(const workload::ExpertExchange& e) {
  const double nodes = std::max(1.0, e.devices / e.devices_per_node);
  const double bytes = e.tokens * e.hidden * (e.dispatch_bytes + e.combine_bytes);
  const bool forwarded = e.cores > 0;  // one copy to each device, and over the scale-up link what came from other nodes
  const double copies = forwarded ? devices_reached(e.top_k, e.devices) : e.top_k;
  Activity out;
  out.scaleup_bytes = bytes * copies / (forwarded ? 1 : nodes) * (e.devices_per_node - 1) / e.devices_per_node;
  out.scaleout_bytes = bytes * (forwarded ? devices_reached(e.top_k, nodes) : e.top_k) * (nodes - 1) / nodes;
  out.memory_bytes = bytes * (1 + copies);
  return out;
}

Activity of(const workload::Elementwise& e) {
  Activity out;
  add_operations(out, Precision::fp32, e.rows * e.columns);
  out.memory_bytes = 2 * e.rows * e.columns * e.bytes;
  return out;
}

bool is_cold(const workload::Operator& op) {
  return std::visit(
      [](const auto& one) {
        if constexpr (requires { one.cold; }) return one.cold;
        else return false;
      },
      op);
}

}  // namespace

Activity activity_of(const workload::Operator& op) {
  return std::visit([](const auto& one) { return of(one); }, op);
}

Activity activity_of(const workload::Operator& op, const Processor& chip) {
  Activity out = activity_of(op);
  if (is_cold(op) || chip.l2.base <= 0) return out;
  // Of x caches of operands the share x^4 / (1 + x^4) is read anew: docs/model/README.md.
  const double x = out.memory_bytes / chip.l2.base;
  const double missing = x > 1e3 ? 1 : std::pow(x, 4) / (1 + std::pow(x, 4));
  out.cache_bytes = out.memory_bytes * (1 - missing);
  out.memory_bytes *= missing;
  return out;
}

}  // namespace brightline::model
