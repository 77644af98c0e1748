// Inference of a transformer: prefill, decode, a static batch, and serving requests that keep coming.
#pragma once
#include <expected>
#include <span>
#include <string>

#include "model/engine.h"

namespace brightline::model {

/// What an inference engine adds to the kernels; data/calibration, fitted on published end-to-end runs.
struct ServingConstants {
  double step_overhead = 0;     ///< s the host adds to each decode step
  double prefill_overhead = 0;  ///< s added to each prefill
  double prefill_work = 0;      ///< times the kernels' time of a prefill
  double decode_work = 0;       ///< times the kernels' time of a decode step
  double burst = 0;             ///< share of the concurrent requests that wait for each other's prefill
  double interference = 0;      ///< share of others' prefill that stops a request's decoding
  double sequence_overhead = 0; ///< s the host adds to a decode step for each sequence
};

ServingConstants serving_constants(std::span<const double> values);

struct Request {
  double input = 0, output = 0;
  double concurrency = 1;  ///< requests in flight over all devices
  bool together = false;   ///< a static batch: all start and end together
};

/// A "no": what doesn't fit, and by how much.
struct Infeasible {
  std::string what;
};

struct MemoryUse {
  Data weights, cache, reserve, total, capacity;  ///< of one device
};

struct Served {
  Time ttft, tpot;
  double tokens_per_second = 0;         ///< output tokens over all devices
  double total_tokens_per_second = 0;   ///< input and output
  double running = 0;                   ///< requests decoding at a time; less than the concurrency where the cache is full
  MemoryUse memory;
  StepTime prefill, decode;
  double prefill_sequences = 1, decode_sequences = 1;  ///< of a copy that such a step takes together
};

struct MemoryPolicy {
  double reserve = 0;  ///< share left to activations, buffers and the runtime
};

MemoryUse memory_use(const workload::Transformer& model, const workload::Parallelism& plan, const workload::Numbers& numbers, double sequences, double tokens, const Processor& chip, const MemoryPolicy& policy);
std::expected<Served, Infeasible> serve(const Engine& engine, const workload::Transformer& model, const workload::Parallelism& plan, const workload::Numbers& numbers,
                                        const Request& request, const ServingConstants& constants, const MemoryPolicy& policy, double expert_skew);

}  // namespace brightline::model
