#include "model/engine.h"

#include <algorithm>
#include <cmath>

namespace brightline::model {

namespace {

using workload::NumberScheme;

constexpr std::size_t variants = 16;
constexpr std::size_t other_stacks = 3;  // beside the first, that experts may run on

std::size_t attention_variant(bool narrow, double kv_bytes) { return (narrow ? 2U : 0U) + (kv_bytes < 2 ? 1U : 0U); }

// A few shapes of the operator's kind, small to large: a stack is judged by them.
std::vector<workload::Operator> probes(const workload::Operator& op) {
  std::vector<workload::Operator> out;
  if (const auto* g = std::get_if<workload::Gemm>(&op)) {
    for (const double m : {8.0, 256.0, 8192.0}) out.emplace_back(workload::Gemm{m, 8192, 8192, g->scheme, 1});
  } else if (const auto* e = std::get_if<workload::Experts>(&op)) {
    for (const double tokens : {8.0, 256.0, 8192.0}) {
      workload::Experts one = *e;
      one.tokens = tokens;
      one.hidden = 7168;
      one.inter = 2048;
      one.experts = 256;
      one.top_k = 8;
      one.tensor_parallel = 8;
      out.emplace_back(one);
    }
  } else if (const auto* a = std::get_if<workload::Attention>(&op)) {
    for (const double length : {512.0, 4096.0}) {
      workload::Attention one = *a;
      one.batch = a->decode ? 32 : 1;
      one.queries = a->decode ? 1 : length;
      one.past = a->decode ? length : 0;
      one.heads = 32;
      one.kv_heads = 8;
      out.emplace_back(one);
    }
  } else if (const auto* l = std::get_if<workload::LatentAttention>(&op)) {
    for (const double length : {512.0, 4096.0}) {
      workload::LatentAttention one = *l;
      one.batch = l->decode ? 32 : 1;
      one.queries = l->decode ? 1 : length;
      one.past = l->decode ? length : 0;
      one.heads = 16;
      one.widths = {7168, 1536, 512, 64, 128, 128};
      out.emplace_back(one);
    }
  } else if (const auto* c = std::get_if<workload::Collective>(&op)) {
    for (const double bytes : {65536.0, 8e6}) out.emplace_back(workload::Collective{c->kind, bytes, 8, c->custom});
  } else {
    out.push_back(op);
  }
  return out;
}

// Every kind of operator once, with each number format a fit distinguishes.
std::vector<workload::Operator> all_kinds() {
  std::vector<workload::Operator> out;
  for (const workload::NumberSchemeInfo& scheme : workload::number_schemes) {
    out.emplace_back(workload::Gemm{1, 1, 1, scheme.id, 1});
    workload::Experts experts;
    experts.scheme = scheme.id;
    out.emplace_back(experts);
  }
  for (const bool decode : {false, true}) {
    for (const bool narrow : {false, true}) {
      for (const double kv : {1.0, 2.0}) {
        workload::Attention a;
        a.decode = decode;
        a.narrow_product = narrow;
        a.kv_bytes = kv;
        out.emplace_back(a);
        workload::LatentAttention l;
        l.decode = decode;
        l.narrow_product = narrow;
        l.kv_bytes = kv;
        out.emplace_back(l);
        l.module = true;
        for (const NumberScheme scheme : {NumberScheme::bf16, NumberScheme::fp8_block, NumberScheme::nvfp4}) {
          l.scheme = scheme;
          out.emplace_back(l);
        }
      }
    }
  }
  for (const auto kind : {workload::CollectiveKind::all_reduce, workload::CollectiveKind::all_gather, workload::CollectiveKind::reduce_scatter,
                          workload::CollectiveKind::all_to_all, workload::CollectiveKind::point_to_point}) {
    out.emplace_back(workload::Collective{kind, 1, 2, false});
  }
  out.emplace_back(workload::Collective{workload::CollectiveKind::all_reduce, 1, 2, true});
  for (const double cores : {0.0, 20.0}) {
    workload::ExpertExchange x;
    x.cores = cores;
    out.emplace_back(x);
  }
  for (const auto kind : {workload::ElementwiseKind::softmax, workload::ElementwiseKind::layernorm, workload::ElementwiseKind::gelu, workload::ElementwiseKind::fused})
    out.emplace_back(workload::Elementwise{kind, 1, 1, 2});
  return out;
}

// A factor of the time; `spread` holds the 10th and 90th percentile of measured over predicted times.
double off_by(const Spread& spread, double deviations) {
  constexpr double tenth = 1.2816;  // standard deviations of a normal distribution beyond which a tenth lies
  const double edge = deviations < 0 ? spread.low : spread.high;
  return edge > 0 ? std::pow(edge, std::abs(deviations) / tenth) : 1;
}

}  // namespace

std::size_t Engine::slot(const workload::Operator& op) {
  const std::size_t base = static_cast<std::size_t>(kernel_of(op)) * variants;
  if (const auto* g = std::get_if<workload::Gemm>(&op)) return base + static_cast<std::size_t>(g->scheme);
  if (const auto* e = std::get_if<workload::Experts>(&op)) return base + static_cast<std::size_t>(e->scheme);
  if (const auto* a = std::get_if<workload::Attention>(&op)) return base + attention_variant(a->narrow_product, a->kv_bytes);
  if (const auto* a = std::get_if<workload::LatentAttention>(&op)) {
    const std::size_t scheme = a->scheme == NumberScheme::nvfp4 ? 8 : workload::info(a->scheme).weight_bits < 16 ? 4 : 0;
    return base + attention_variant(a->narrow_product, a->kv_bytes) + (a->module ? scheme : 0);
  }
  return base;
}

Engine::Engine(const Processor& chip, const Calibration& calibration, const std::string& framework) : chip_(chip), link_(link_of(chip)) {
  slots_.resize(kernels.size() * variants);
  for (const workload::Operator& kind : all_kinds()) {
    std::vector<Resolved> stacks = ranked(kind, calibration, framework);
    slots_[slot(kind)] = stacks.front();
    stacks.erase(stacks.begin());
    if (stacks.size() > other_stacks) stacks.resize(other_stacks);
    if (std::holds_alternative<workload::Experts>(kind) && !stacks.empty()) others_[slot(kind)] = std::move(stacks);
  }
  family_seen_ = slots_[slot(workload::Gemm{1, 1, 1, NumberScheme::bf16, 1})].family_seen;
}

std::vector<Resolved> Engine::ranked(const workload::Operator& kind, const Calibration& calibration, const std::string& framework) const {
  const std::string key = fit_key(kind);
  std::vector<std::string> stacks = calibration.stacks_on(key, chip_.family, variant_of(kind) + "@");
  // Eager launches are for the tables timed that way, not for an engine.
  std::erase_if(stacks, [](const std::string& name) { return name.starts_with("pytorch:") || name.find("_eager") != std::string::npos; });
  std::vector<std::string> own;
  std::ranges::copy_if(stacks, std::back_inserter(own), [&](const std::string& name) { return !framework.empty() && name.starts_with(framework + ":"); });
  if (!own.empty()) stacks = own;
  if (stacks.empty() || !lacks(kind, chip_).empty()) return {calibration.resolve(key, chip_, {})};
  std::vector<std::pair<double, Resolved>> timed;
  for (const std::string& name : stacks) {
    const std::size_t colon = name.find(':');
    const std::size_t at = name.rfind('@');
    Resolved one = calibration.resolve(key, chip_, {name.substr(0, colon), name.substr(colon + 1, at - colon - 1), name.substr(at + 1)});
    double log = 0;
    for (const workload::Operator& probe : probes(kind)) log += std::log(kernel_time(probe, chip_, link_, one.constants).time.base);
    timed.emplace_back(log, std::move(one));
  }
  std::ranges::stable_sort(timed, {}, &std::pair<double, Resolved>::first);
  std::vector<Resolved> out;
  for (auto& [log, one] : timed) out.push_back(std::move(one));
  return out;
}

OperatorTime Engine::time(const workload::Operator& op) const {
  const std::size_t at = slot(op);
  const Resolved* resolved = &slots_[at];
  KernelTime kernel = kernel_time(op, chip_, link_, resolved->constants);
  if (const auto others = others_.find(at); others != others_.end()) {
    for (const Resolved& other : others->second) {
      const KernelTime time = kernel_time(op, chip_, link_, other.constants);
      if (time.time >= kernel.time) continue;
      kernel = time;
      resolved = &other;
    }
  }
  const Spread& spread = resolved->spread[static_cast<std::size_t>(kernel.bound)];
  if (leaning_) kernel.time = kernel.time * off_by(spread, deviations_[static_cast<std::size_t>(kernel_of(op))]);
  return {kernel, spread};
}

void Engine::lean(Kernel kernel, double deviations) {
  deviations_[static_cast<std::size_t>(kernel)] = deviations;
  leaning_ = std::ranges::any_of(deviations_, [](double one) { return one != 0; });
}

StepTime Engine::time(const std::vector<workload::Repeated>& step) const {
  StepTime out;
  double spread = 0;
  for (const workload::Repeated& one : step) {
    const OperatorTime each = time(one.op);
    const Time time = each.kernel.time * one.times;
    out.time = out.time + time;
    out.by_class[static_cast<std::size_t>(one.kind)] = out.by_class[static_cast<std::size_t>(one.kind)] + time;
    out.by_bound[static_cast<std::size_t>(each.kernel.bound)] = out.by_bound[static_cast<std::size_t>(each.kernel.bound)] + time;
    if (each.spread.low > 0) spread += time.base * 0.5 * std::log(each.spread.high / each.spread.low);
  }
  // Errors of one kernel are alike in every layer, so operators' spreads add up rather than cancel.
  out.log_spread = out.time.base > 0 ? spread / out.time.base : 0;
  return out;
}

}  // namespace brightline::model
