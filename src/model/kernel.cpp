#include "model/kernel.h"

#include <algorithm>
#include <bit>

#include "model/attention.h"
#include "model/elementwise.h"
#include "model/expert_exchange.h"
#include "model/mla.h"
#include "model/moe.h"

namespace brightline::model {

namespace {

template <class... Ts>
struct Visitor : Ts... {
  using Ts::operator()...;
};

// The first constants of the span, as the struct that names them.
template <class Constants>
Constants bound(std::span<const double> values) {
  std::array<double, sizeof(Constants) / sizeof(double)> own{};
  std::copy_n(values.begin(), own.size(), own.begin());
  return std::bit_cast<Constants>(own);
}

Kernel collective_kernel(const workload::Collective& op) {
  using workload::CollectiveKind;
  switch (op.kind) {
    case CollectiveKind::all_reduce: return op.custom ? Kernel::custom_all_reduce : Kernel::all_reduce;
    case CollectiveKind::all_gather: return Kernel::all_gather;
    case CollectiveKind::reduce_scatter: return Kernel::reduce_scatter;
    default: return Kernel::all_to_all;
  }
}

Kernel latent_kernel(const workload::LatentAttention& op) {
  if (op.decode) return op.module ? Kernel::latent_decode_module : Kernel::latent_decode;
  return op.module ? Kernel::latent_prefill_module : Kernel::latent_prefill;
}

const char* narrow(bool is) { return is ? "fp8" : "bf16"; }
const char* kv_name(double bytes) { return bytes < 2 ? "fp8" : "bf16"; }

// fp16 and bf16 run alike; a fit holds for both.
workload::NumberScheme fitted_as(workload::NumberScheme scheme) {
  return scheme == workload::NumberScheme::fp16 ? workload::NumberScheme::bf16 : scheme;
}

template <class Constants, std::size_t Names>
constexpr bool named(const std::array<const char*, Names>&) {
  return sizeof(Constants) == Names * sizeof(double);
}
static_assert(named<GemmConstants>(names::gemm) && named<PrefillConstants>(names::prefill) && named<DecodeConstants>(names::decode) && named<MoeConstants>(names::experts) &&
                  named<MlaConstants>(names::latent) && named<CollectiveConstants>(names::collective) && named<ExpertExchangeConstants>(names::exchange) &&
                  named<ElementwiseConstants>(names::elementwise),
              "each constant has its name, in its place");

// What power and clock let a chip hold of its peak multiplies what a kernel reaches of it.
template <class Constants>
Constants held(Constants c, const Processor& chip) {
  if (chip.held == 1) return c;
  c.mma = saturated(c.mma * chip.held, 1);
  if constexpr (requires { c.gemm_mma; }) c.gemm_mma = saturated(c.gemm_mma * chip.held, 1);
  return c;
}

}  // namespace

Kernel kernel_of(const workload::Operator& op) {
  return std::visit(Visitor{[](const workload::Gemm&) { return Kernel::gemm; },
                            [](const workload::Attention& a) { return a.decode ? Kernel::decode_attention : Kernel::prefill_attention; },
                            [](const workload::Experts&) { return Kernel::experts; }, [](const workload::LatentAttention& a) { return latent_kernel(a); },
                            [](const workload::Collective& c) { return collective_kernel(c); },
                            [](const workload::ExpertExchange& e) { return e.cores > 0 ? Kernel::exchange : Kernel::exchange_low_latency; },
                            [](const workload::Elementwise& e) {
                              return e.kind == workload::ElementwiseKind::fused       ? Kernel::fused_elementwise
                                     : e.kind == workload::ElementwiseKind::softmax   ? Kernel::softmax
                                     : e.kind == workload::ElementwiseKind::layernorm ? Kernel::layernorm
                                                                                      : Kernel::gelu;
                            }},
                    op);
}

std::string fit_key(const workload::Operator& op) {
  std::string key(info(kernel_of(op)).name);
  if (const auto* gemm = std::get_if<workload::Gemm>(&op)) key += "/" + std::string(workload::info(fitted_as(gemm->scheme)).name);
  if (const auto* experts = std::get_if<workload::Experts>(&op)) key += "/" + std::string(workload::info(fitted_as(experts->scheme)).name);
  return key;
}

std::string variant_of(const workload::Operator& op) {
  if (const auto* a = std::get_if<workload::Attention>(&op)) return std::string(":") + narrow(a->narrow_product) + ":" + kv_name(a->kv_bytes);
  if (const auto* a = std::get_if<workload::LatentAttention>(&op)) {
    std::string out = std::string(":") + narrow(a->narrow_product) + ":" + kv_name(a->kv_bytes);
    if (a->module) out += ":" + std::string(workload::info(fitted_as(a->scheme)).name);
    return out;
  }
  return {};
}

std::string lacks(const workload::Operator& op, const Processor& chip) {
  const auto rate = [&](chip::Precision precision) {
    if (chip.rate(precision).base > 0) return std::string();
    std::string name;
    for (const chip::PrecisionInfo& one : chip::precisions) {
      if (one.id == precision) name = one.name;
    }
    return "no " + name + " rate is known of " + chip.id;
  };
  return std::visit(Visitor{[&](const workload::Gemm& g) { return rate(workload::info(g.scheme).multiplies); },
                            [&](const workload::Experts& e) { return rate(workload::info(e.scheme).multiplies); },
                            [&](const workload::Attention& a) { return rate(a.narrow_product ? chip::Precision::fp8 : chip::Precision::bf16); },
                            [&](const workload::LatentAttention& a) {
                              std::string out = rate(a.narrow_product ? chip::Precision::fp8 : chip::Precision::bf16);
                              return out.empty() && a.module ? rate(workload::info(a.scheme).multiplies) : out;
                            },
                            [&](const auto&) { return std::string(); }},
                    op);
}

KernelTime kernel_time(const workload::Operator& op, const Processor& chip, const Link& link, std::span<const double> constants) {
  return std::visit(
      Visitor{[&](const workload::Gemm& g) { return gemm_time(g, gemm_machine(chip, g.scheme), held(bound<GemmConstants>(constants), chip)); },
              [&](const workload::Attention& a) {
                const AttentionMachine machine = attention_machine(chip, a.narrow_product, a.kv_bytes);
                return a.decode ? decode_attention_time(a, machine, bound<DecodeConstants>(constants))
                                : prefill_attention_time(a, machine, held(bound<PrefillConstants>(constants), chip));
              },
              [&](const workload::Experts& e) { return moe_time(e, gemm_machine(chip, e.scheme), held(bound<MoeConstants>(constants), chip)); },
              [&](const workload::LatentAttention& a) {
                return mla_time(a, attention_machine(chip, a.narrow_product, a.kv_bytes), gemm_machine(chip, a.scheme),
                                held(bound<MlaConstants>(constants), chip));
              },
              [&](const workload::Collective& c) {
                return KernelTime{collective_time(c, link, bound<CollectiveConstants>(constants)), Bound::network};
              },
              [&](const workload::ExpertExchange& e) {
                return KernelTime{expert_exchange_time(e, link, bound<ExpertExchangeConstants>(constants)), Bound::network};
              },
              [&](const workload::Elementwise& e) {
                return KernelTime{elementwise_time(e, chip, bound<ElementwiseConstants>(constants)), Bound::memory};
              }},
      op);
}

}  // namespace brightline::model
