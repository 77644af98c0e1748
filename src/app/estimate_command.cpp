#include "app/estimate_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/estimate_question.h"
#include "app/find_chip.h"
#include "app/model_world.h"
#include "app/train_command.h"
#include "report/estimate_document.h"

namespace brightline::app {

namespace {

using workload::NumberScheme;
using workload::Phase;

// Weights as they are published, unless asked otherwise; a chip that can't multiply them runs them in bf16.
workload::Numbers numbers_for(const EstimateOptions& options, const workload::Model& model, const model::Processor& chip, std::vector<std::string>& assumed) {
  workload::Numbers out;
  const std::string name = options.precision.empty() ? model.precision : options.precision;
  const auto scheme = workload::number_scheme(name);
  if (!scheme) {
    std::vector<std::string> names;
    std::string list;
    for (const workload::NumberSchemeInfo& one : workload::number_schemes) {
      names.emplace_back(one.name);
      list += (list.empty() ? "" : ", ") + names.back();
    }
    const std::string near = base::did_you_mean(name, names);
    base::refuse("--precision", "there is no number format '" + name + "'", near.empty() ? list : near);
  }
  const bool only_experts = *scheme == NumberScheme::mxfp4_weight_only || *scheme == NumberScheme::mxfp4_fp8;
  if (only_experts && !model.shape.has_experts()) base::refuse("--precision", "'" + name + "' is a format of experts, and " + model.shape.name + " has none");
  out.experts = *scheme;
  if (!only_experts) out.linear = *scheme;
  if (*scheme == NumberScheme::fp8 && model.precision == "fp8_block") out.linear = out.experts = NumberScheme::fp8_block;
  if (options.precision.empty() && chip.rate(workload::info(out.experts).multiplies).base <= 0) {
    out.linear = out.experts = NumberScheme::bf16;
    assumed.push_back(fmt::format("bf16 weights: the published ones are {}, and no such rate is known of {}", name, chip.id));
  }
  if (!options.kv.empty() && options.kv != "bf16" && options.kv != "fp16" && options.kv != "fp8") base::refuse("--kv", "'" + options.kv + "' is no format of the KV cache", "bf16 or fp8");
  out.kv_bytes = options.kv == "fp8" ? 1 : 2;
  if (options.kv.empty()) assumed.emplace_back("a KV cache in 16 bits (--kv fp8 halves it)");
  return out;
}

model::Question question_of(const EstimateOptions& options, const workload::Workload& asked) {
  model::Question q;
  q.phase = asked.phase;
  const auto defaults = asked.model->phases.find(asked.phase);
  const workload::Load load = defaults != asked.model->phases.end() ? defaults->second : workload::Load{};
  const auto chosen = [](double given, double otherwise) { return given > 0 ? given : otherwise; };
  q.devices = whole(options.count, "--count", 1);
  q.batch = options.batch > 0 ? whole(options.batch, "--batch", 1) : load.batch;
  q.input = whole(chosen(options.input, chosen(load.input, 1024)), "--input", 1);
  q.output = whole(chosen(options.output, chosen(load.output, 1)), "--output", 1);
  if (asked.phase == Phase::serve) {
    q.ttft_ms = options.ttft_ms > 0 ? options.ttft_ms : options.batch > 0 ? 0 : load.ttft_ms;
    q.tpot_ms = options.tpot_ms > 0 ? options.tpot_ms : options.batch > 0 ? 0 : load.tpot_ms;
  }
  q.fixed = {options.tp, options.pp, options.dp, options.ep, options.cp};
  return q;
}

void check_numbers(const EstimateOptions& o) {
  const std::array<std::pair<double, const char*>, 8> counts{{{o.tp, "--tp"}, {o.pp, "--pp"}, {o.dp, "--dp"}, {o.ep, "--ep"}, {o.cp, "--cp"}, {o.batch, "--batch"}, {o.input, "--input"}, {o.output, "--output"}}};
  for (const auto& [value, option] : counts) {
    if (value != 0) whole(value, option, 1);
  }
  whole(o.count, "--count", 1);
  for (const auto& [value, option] : {std::pair{o.ttft_ms, "--ttft-ms"}, {o.tpot_ms, "--tpot-ms"}}) {
    if (!(value >= 0) || value > 1e9) base::refuse(option, "must be a time in milliseconds above 0");
  }
  const double product = std::max(o.tp, 1.0) * std::max(o.pp, 1.0) * std::max(o.dp, 1.0);
  if (std::fmod(o.count, product) != 0 || (o.tp > 0 && o.pp > 0 && o.dp > 0 && product != o.count))
    base::refuse("--count", fmt::format("{} devices do not divide by tensor {:g} x pipeline {:g} x data {:g}", o.count, std::max(o.tp, 1.0), std::max(o.pp, 1.0), std::max(o.dp, 1.0)));
  if (o.ep > o.count) base::refuse("--ep", fmt::format("{:g} is more than the {:g} devices", o.ep, o.count));
  if (o.cp > 1) base::refuse("--cp", "context parallelism is not modelled for inference", "leave it out");
}

// What only training reads must not be passed over in silence.
void refuse_training_options(const TrainingOptions& t) {
  const std::array<std::pair<bool, const char*>, 8> given{{{t.micro_batch != 0, "--micro-batch"}, {t.chunks != 0, "--chunks"}, {t.zero.has_value(), "--zero"}, {!t.recompute.empty(), "--recompute"}, {t.offload, "--offload"}, {!t.cluster.empty(), "--cluster"}, {t.tokens.has_value(), "--tokens"}, {t.threads != 0, "--threads"}}};
  for (const auto& [is, option] : given) {
    if (is) base::refuse(option, "is of training", "leave it out, or ask with --phase train");
  }
}

// Overheads are fitted for the engines that published runs name.
void check_software(const std::string& name, const model::Calibration& calibration) {
  if (name.empty()) return;
  const std::vector<std::string> known = model::software_measured(calibration);
  if (std::ranges::find(known, name) != known.end()) return;
  std::string list;
  for (const std::string& one : known) list += (list.empty() ? "" : ", ") + one;
  const std::string near = base::did_you_mean(name, known);
  base::refuse("--software", "no runs of '" + name + "' were published", near.empty() ? list : near);
}

void add_energy(report::Estimate& estimate, const ModelWorld& world) {
  if (!estimate.answer) return;
  const model::Answer& answer = *estimate.answer;
  const model::Question& q = estimate.question;
  const model::ServedRun run{&estimate.model->shape, answer.plan, q.numbers, {q.input, q.output, answer.batch, q.phase != Phase::serve}, &answer.served, world.calibration.expert_skew};
  const model::EnergyConstants constants = model::energy_constants(estimate.processor, world.catalogue.references.technology, world.calibration, model::serving_stack(answer.software));
  const model::TokenEnergy energy = model::token_energy(run, q.phase, estimate.processor, constants);
  if (energy.device.known) estimate.energy = energy;
  estimate.assumed.insert(estimate.assumed.end(), constants.assumed.begin(), constants.assumed.end());
}

report::Estimate estimate_of(const std::string& name, const EstimateOptions& options, const workload::Workload& asked, const ModelWorld& world) {
  const std::string called = world.families.chip_called(name);  // as measurements write it
  const chip::Accelerator chip = find_chip(called.empty() ? name : called, world.catalogue, world.data_directory);
  const model::ProcessorReading reading = model::processor_of(chip, world.families);
  report::Estimate out;
  out.processor = reading.processor;
  out.assumed = reading.processor.assumed;
  out.model = asked.model;
  out.question = question_of(options, asked);
  out.question.domain = world.families.domain_of(chip.id);
  if (!reading.missing.empty()) {
    std::string list;
    for (const std::string& one : reading.missing) list += (list.empty() ? "" : ", ") + one;
    if (options.chips.size() == 1) base::refuse(chip.id, "can't be estimated without " + list, "state it in a chip file of your own and give that to --chip");
    out.why = "not known: " + list;
    out.assumed.clear();
    return out;
  }
  out.question.numbers = numbers_for(options, *asked.model, reading.processor, out.assumed);
  const model::Engine engine(reading.processor, world.calibration);
  out.family_seen = engine.family_seen();
  out.software_asked = !options.software.empty();
  if (options.ep > 1 && !asked.model->shape.has_experts()) base::refuse("--ep", asked.model->shape.name + " has no experts", "leave it out");
  if (world.families.domains.find(chip.id) == world.families.domains.end() && options.count > out.question.domain)
    out.assumed.push_back(fmt::format("scale-up links that join {:g} devices, its file does not say", out.question.domain));
  if (options.tp > out.question.domain) {
    out.why = fmt::format("tensor parallelism over {:g} devices: the scale-up links of {} join {:g}, and slower ones between are not modelled", options.tp, chip.id, out.question.domain);
    return out;
  }
  if (reading.processor.scaleup.base <= 0 && reading.processor.pcie.base <= 0 && options.count > 1) {
    if (options.tp > 1 || options.pp > 1 || options.ep > 1) {
      out.why = "no link between devices of " + chip.id + " is known";
      return out;
    }
    out.question.domain = 1;
    out.question.fixed.pp = 1;
    out.assumed.emplace_back("each device alone: no link between them is known");
  }
  const std::string lacking = model::lacks(workload::Gemm{1, 1, 1, out.question.numbers.experts, 1}, reading.processor);
  if (!lacking.empty()) {
    out.why = lacking + ": it can't multiply " + std::string(workload::info(out.question.numbers.experts).name);
    return out;
  }
  auto answer = model::best_answer(engine, world.calibration, asked.model->shape, out.question, options.software);
  if (answer) out.answer = std::move(*answer);
  else out.why = answer.error().what;
  add_energy(out, world);
  return out;
}

}  // namespace

int run_estimate(const EstimateOptions& options, Streams& streams) {
  if (options.chips.empty()) base::refuse("estimate", "name a --chip", "brightline estimate --chip h20-96 --count 8 --workload llama3-70b-decode");
  const ModelWorld world = load_model_world(options.places);
  const workload::Workload asked = asked_for(options, world.models);
  if (asked.phase == Phase::train) return run_training(options, asked, world, streams);
  refuse_training_options(options.training);
  check_numbers(options);
  check_software(options.software, world.calibration);
  const model::Terms terms = terms_of(options.cost, world.prices, world.catalogue.references.places);
  std::vector<report::Estimate> estimates;
  for (const std::string& name : options.chips) estimates.push_back(estimate_of(name, options, asked, world));
  for (report::Estimate& one : estimates) {
    if (one.answer) one.costing = costing_of(one.processor.id, one.question.devices, report::delivered(one).power, terms, world);
  }
  const auto format = options.json ? report::Format::json : report::parse_format(options.format).value_or(report::Format::table);
  if (format == report::Format::json) streams.out << (estimates.size() == 1 ? report::estimate_document(estimates.front()) : report::estimates_document(estimates)).dump() << "\n";
  else if (format == report::Format::table) streams.out << (estimates.size() == 1 ? report::estimate_text(estimates.front(), streams.terminal) : report::estimates_text(estimates, streams.terminal));
  else streams.out << report::rendered(report::estimate_table(estimates), format, streams.terminal);
  return std::ranges::any_of(estimates, [](const report::Estimate& one) { return one.answer.has_value(); }) ? done : answered_no;
}

}  // namespace brightline::app
