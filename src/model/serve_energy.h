// Energy of served tokens: what a device does for each, on average over the devices, and what that draws.
#pragma once
#include "model/energy.h"
#include "model/serve.h"
#include "workload/workload_file.h"

namespace brightline::model {

/// What was asked and what came out of it.
struct ServedRun {
  const workload::Transformer* model = nullptr;
  workload::Parallelism plan;
  workload::Numbers numbers;
  Request request;
  const Served* served = nullptr;
  double expert_skew = 0;
};

/// Of one request: its prefill, on the average device; `seconds` is left at 0.
Activity prefill_activity(const ServedRun& run);
/// Of one output token: its part of a decode step, on the average device; `seconds` is left at 0.
Activity decode_activity(const ServedRun& run);
/// Of one token on the average device, with the time that passes for it: an input token in prefill; an output token in
/// decode, and in serving with its part of the prefill.
Activity token_activity(const ServedRun& run, workload::Phase phase);
/// Of one request served, prefill and decode, where all devices finish `requests_per_second`.
Activity request_activity(const ServedRun& run, double requests_per_second);

/// The stack under which powers of whole engines are fitted.
inline Stack serving_stack(const std::string& engine) { return {engine, "serving", ""}; }

/// J a token of all devices, and the power of one of them.
struct TokenEnergy {
  EnergyUse device;
  double joules_per_token = 0;  ///< not a number where the rated power is not known
};
TokenEnergy token_energy(const ServedRun& run, workload::Phase phase, const Processor& chip, const EnergyConstants& constants);

}  // namespace brightline::model
