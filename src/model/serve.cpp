#include "model/serve.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

namespace brightline::model {

using workload::Step;

ServingConstants serving_constants(std::span<const double> values) {
  std::array<double, sizeof(ServingConstants) / sizeof(double)> own{};
  std::copy_n(values.begin(), own.size(), own.begin());
  return std::bit_cast<ServingConstants>(own);
}

MemoryUse memory_use(const workload::Transformer& model, const workload::Parallelism& plan, const workload::Numbers& numbers, double sequences, double tokens, const Processor& chip, const MemoryPolicy& policy) {
  MemoryUse out;
  out.weights = {workload::weight_bytes(model, plan, numbers)};
  out.cache = {sequences * workload::cache_bytes(model, plan, numbers, tokens)};
  out.reserve = chip.memory * policy.reserve;
  out.total = out.weights + out.cache + out.reserve;
  out.capacity = chip.memory;
  return out;
}

std::expected<Served, Infeasible> serve(const Engine& engine, const workload::Transformer& model, const workload::Parallelism& plan, const workload::Numbers& numbers,
                                        const Request& request, const ServingConstants& c, const MemoryPolicy& policy, double skew) {
  const double last = request.input + request.output;
  if (last > model.max_context) return std::unexpected(Infeasible{fmt::format("{:g} tokens are {:g} more than {} takes ({:g})", last, last - model.max_context, model.name, model.max_context)});
  const double copies = std::min(plan.dp, std::max(1.0, request.concurrency));  // others have nothing to do
  const double wanted = std::max(1.0, std::ceil(request.concurrency / copies));
  const MemoryUse one = memory_use(model, plan, numbers, 1, last, engine.chip(), policy);
  if (one.total.base > one.capacity.base) {
    return std::unexpected(Infeasible{fmt::format("{:.1f} GB a device for weights, one request's cache and buffers: {:.1f} GB more than the {:.1f} GB of {}", one.total.base / 1e9,
                                                  (one.total - one.capacity).base / 1e9, one.capacity.base / 1e9, engine.chip().id)});
  }
  // What the cache holds at once, requests being half written on average; the rest waits.
  const double held = request.together ? last : request.input + request.output / 2;
  const double room = (one.capacity - one.weights - one.reserve).base / std::max(1.0, workload::cache_bytes(model, plan, numbers, held));
  const double running = std::min(wanted, std::floor(room));

  Served out;
  out.running = std::min(running * copies, request.concurrency);  // a copy may have one request less than another
  out.memory = memory_use(model, plan, numbers, running, held, engine.chip(), policy);
  // Engines fill a prefill up to a token budget of a few thousand.
  const double together = request.together ? running : std::clamp(std::floor(8192 / request.input), 1.0, running);
  out.prefill_sequences = together;
  out.decode_sequences = std::max(1.0, running / plan.pp);
  out.prefill = engine.time(workload::step_operators(model, Step{together, request.input, 0, false}, plan, numbers, skew));
  const StepTime single = together > 1 ? engine.time(workload::step_operators(model, Step{1, request.input, 0, false}, plan, numbers, skew)) : out.prefill;
  // A pipeline decodes as many parts of the batch at a time as it has stages.
  out.decode = engine.time(workload::step_operators(model, Step{out.decode_sequences, 1, request.input + request.output / 2, true}, plan, numbers, skew));
  const double batch_prefill = (out.prefill.time.base * c.prefill_work + c.prefill_overhead) / together;  // a request
  const double own_prefill = single.time.base * c.prefill_work + c.prefill_overhead;
  const double step = out.decode.time.base * c.decode_work + c.step_overhead + c.sequence_overhead * running;
  double ttft = 0;
  double tpot = 0;
  if (request.together) {
    ttft = batch_prefill * running;
    tpot = step;
  } else {
    tpot = request.output > 1 ? step + c.interference * (running - 1) * batch_prefill / request.output : step;
    const double cycle = own_prefill + request.output * tpot;
    ttft = own_prefill + step / 2 + c.burst * (running - 1) / 2 * batch_prefill + cycle * (wanted - running) / std::max(1.0, running);
  }
  const double each = ttft + std::max(0.0, request.output - 1) * tpot;
  out.ttft = {ttft};
  out.tpot = {tpot};
  const double waves = request.together ? std::ceil(wanted / running) : 1;
  const double flow = request.together ? request.concurrency / (each * waves) : request.concurrency / (each + tpot);
  out.tokens_per_second = flow * request.output;
  out.total_tokens_per_second = flow * last;
  return out;
}

}  // namespace brightline::model
