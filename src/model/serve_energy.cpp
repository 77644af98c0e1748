#include "model/serve_energy.h"

#include <algorithm>

namespace brightline::model {

namespace {

// Stages of a pipeline and copies share what a step does; devices of a tensor-parallel group each have their part already.
double shared_by(const workload::Parallelism& plan) { return plan.pp * plan.dp; }

Activity activity_of(const ServedRun& run, const workload::Step& step) {
  Activity out;
  for (const workload::Repeated& one : workload::step_operators(*run.model, step, run.plan, run.numbers, run.expert_skew)) out += model::activity_of(one.op) * one.times;
  return out;
}

}  // namespace

Activity prefill_activity(const ServedRun& run) {
  const double sequences = run.served->prefill_sequences;
  return activity_of(run, {sequences, run.request.input, 0, false}) * (1 / (sequences * shared_by(run.plan)));
}

Activity decode_activity(const ServedRun& run) {
  const double sequences = run.served->decode_sequences;
  return activity_of(run, {sequences, 1, run.request.input + run.request.output / 2, true}) * (1 / (sequences * shared_by(run.plan)));
}

Activity request_activity(const ServedRun& run, double requests_per_second) {
  Activity out = prefill_activity(run);
  const double decoded = std::max(0.0, run.request.output - 1);  // the first token falls out of the prefill
  if (decoded > 0) out += decode_activity(run) * decoded;
  out.seconds = 1 / requests_per_second;
  return out;
}

Activity token_activity(const ServedRun& run, workload::Phase phase) {
  const Served& s = *run.served;
  if (phase == workload::Phase::prefill) {
    Activity out = prefill_activity(run) * (1 / run.request.input);
    out.seconds = s.ttft.base / (run.request.concurrency * run.request.input);
    return out;
  }
  if (phase == workload::Phase::decode) {
    Activity out = decode_activity(run);
    out.seconds = s.tpot.base / s.running;
    return out;
  }
  return request_activity(run, s.tokens_per_second / run.request.output) * (1 / run.request.output);
}

TokenEnergy token_energy(const ServedRun& run, workload::Phase phase, const Processor& chip, const EnergyConstants& constants) {
  TokenEnergy out;
  out.device = energy_of(token_activity(run, phase), chip, constants);
  out.joules_per_token = out.device.total.base * run.plan.devices();
  return out;
}

}  // namespace brightline::model
