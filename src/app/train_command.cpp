#include "app/train_command.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <thread>

#include "app/estimate_question.h"
#include "app/find_chip.h"
#include "model/train_energy.h"
#include "report/against_document.h"
#include "report/training_document.h"

namespace brightline::app {

namespace {

using workload::NumberScheme;

constexpr double most_devices = 1e6;

bool within(double value, double least, double most) { return value >= least && value <= most; }  // no number is not
bool whole_within(double value, double least, double most) { return within(value, least, most) && value == std::floor(value); }

void check(const EstimateOptions& o) {
  const std::array<std::pair<double, const char*>, 9> counts{{{o.tp, "--tp"}, {o.pp, "--pp"}, {o.dp, "--dp"}, {o.ep, "--ep"}, {o.cp, "--cp"}, {o.batch, "--batch"}, {o.input, "--input"}, {o.training.micro_batch, "--micro-batch"}, {o.training.chunks, "--chunks"}}};
  for (const auto& [value, option] : counts) {
    if (value != 0) whole(value, option, 1);
  }
  if (whole(o.count, "--count", 1) > most_devices) base::refuse("--count", "must be at most 1,000,000 devices");
  if (o.ttft_ms != 0 || o.tpot_ms != 0) base::refuse(o.ttft_ms != 0 ? "--ttft-ms" : "--tpot-ms", "is a goal of serving", "leave it out");
  if (o.output != 0) base::refuse("--output", "training writes no tokens", "leave it out");
  if (!o.kv.empty()) base::refuse("--kv", "training keeps no KV cache", "leave it out");
  if (!whole_within(o.training.zero.value_or(0), 0, 3)) base::refuse("--zero", "must be 0, 1, 2 or 3");
  if (!within(o.training.tokens.value_or(1), 1, 1e18)) base::refuse("--tokens", "must be a number of tokens above 0, such as 15e12");
  if (!whole_within(o.training.top, 1, 1000)) base::refuse("--top", "must be a whole number from 1 to 1000");
  if (o.training.threads > 1024) base::refuse("--threads", "must be at most 1024");
}

// Formats that training multiplies in; a chip without them is refused elsewhere.
NumberScheme scheme_for(const EstimateOptions& o, const workload::Model& model, const model::Processor& chip, std::vector<std::string>& assumed) {
  constexpr std::array trained{NumberScheme::bf16, NumberScheme::fp16, NumberScheme::fp8, NumberScheme::fp8_block, NumberScheme::nvfp4};
  if (o.precision.empty()) {
    if (model.precision == "fp8_block" && chip.rate(chip::Precision::fp8).base > 0) {
      assumed.emplace_back("products in fp8 with block scales, as the weights were published (--precision bf16 otherwise)");
      return NumberScheme::fp8_block;
    }
    return NumberScheme::bf16;
  }
  const auto named = workload::number_scheme(o.precision);
  if (!named || std::ranges::find(trained, *named) == trained.end()) base::refuse("--precision", "'" + o.precision + "' is no format to train in", "bf16, fp8, fp8_block or nvfp4");
  return *named;
}

// The cluster named, or the one the chip is usually deployed in; of a chip in none, its own links and nothing beyond them.
void join(const EstimateOptions& o, const ModelWorld& world, report::TrainingEstimate& out) {
  const chip::Cluster* cluster = nullptr;
  if (!o.training.cluster.empty()) {
    cluster = chip::find_cluster(world.clusters, o.training.cluster);
    if (cluster == nullptr) {
      std::vector<std::string> ids;
      std::string list;
      for (const chip::Cluster& one : world.clusters) {
        ids.push_back(one.id);
        list += (list.empty() ? "" : ", ") + one.id;
      }
      const std::string near = base::did_you_mean(o.training.cluster, ids);
      base::refuse("--cluster", "there is no cluster '" + o.training.cluster + "'", near.empty() ? list : near);
    }
    if (!cluster->built_of(out.processor.id)) out.assumed.push_back(fmt::format("the network of {}, which is not built of {}", cluster->id, out.processor.id));
  } else {
    cluster = chip::usual_cluster(world.clusters, out.processor.id);
  }
  if (cluster == nullptr) {
    out.network.domain = world.families.domain_of(out.processor.id);
    if (out.devices > out.network.domain) out.why = fmt::format("no cluster of {} is known, so nothing is known of the network beyond {:g} devices (--cluster ID takes another's)", out.processor.id, out.network.domain);
    return;
  }
  out.cluster = cluster->id;
  out.network = model::network_of(*cluster);
  if (cluster->most_devices && out.devices > *cluster->most_devices) out.assumed.push_back(fmt::format("{:g} devices: {} never joined more than {:g}", out.devices, cluster->id, *cluster->most_devices));
  if (out.network.scaleout <= 0 && out.devices > out.network.domain) out.why = fmt::format("the network of {} beyond {:g} devices is not known", cluster->id, out.network.domain);
}

// The stack under which runs of a software in a format were fitted.
model::Stack stack_of(const model::TrainingSoftware& software, NumberScheme scheme) {
  const bool wide = scheme == NumberScheme::bf16 || scheme == NumberScheme::fp16;
  return {software.id, wide ? "" : scheme == NumberScheme::nvfp4 ? "nvfp4" : "fp8", ""};
}

const model::TrainingSoftware& software_named(const std::string& name, const model::TrainingSoftwares& softwares) {
  if (const model::TrainingSoftware* known = softwares.find(name)) return *known;
  std::vector<std::string> ids;
  std::string list;
  for (const model::TrainingSoftware& one : softwares.list) {
    ids.push_back(one.id);
    list += (list.empty() ? "" : ", ") + one.id;
  }
  const std::string near = base::did_you_mean(name, ids);
  base::refuse("--software", "there is no training software '" + name + "'", near.empty() ? list : near);
}

// As asked; else the first of the usual ones that was measured on the chip's family.
const model::TrainingSoftware& software_for(const EstimateOptions& o, const ModelWorld& world, const model::Processor& chip, NumberScheme scheme) {
  if (!o.software.empty()) return software_named(o.software, world.softwares);
  for (const std::string& id : world.softwares.usual) {
    const model::TrainingSoftware& one = *world.softwares.find(id);
    if (world.calibration.resolve("training", chip, stack_of(one, scheme)).stack_seen) return one;
  }
  return *world.softwares.find(world.softwares.usual.front());
}

model::TrainingSpace space_for(const EstimateOptions& o, const model::TrainingSoftware& software, const report::TrainingEstimate& e) {
  model::TrainingSpace out = model::usual_space(e.devices);
  workload::TrainingPlan& f = out.fixed;
  f.tp = o.tp;
  f.pp = o.pp;
  f.dp = o.dp;
  f.ep = o.ep;
  f.cp = std::max(1.0, o.cp);
  f.micro_batch = o.training.micro_batch;
  f.chunks = o.training.chunks;
  out.sequence_parallel = {software.sequence_parallel == model::Stated::always};
  if (software.sequence_parallel == model::Stated::stated) out.sequence_parallel = {true, false};
  out.split_passing = {!software.passes_whole};
  out.most_tensor = o.tp > 0 ? o.tp : e.network.domain;
  if (o.training.every_choice) out.widen();
  if (!o.training.stages.empty()) {
    if (o.training.stages != "even" && o.training.stages != "uneven") base::refuse("--stages", "'" + o.training.stages + "' is neither", "even or uneven");
    out.uneven_stages = o.training.stages == "uneven";
  }
  if (o.training.zero) {
    out.zero = {static_cast<int>(*o.training.zero)};
    out.gather_in_pipeline = true;
  }
  out.offload = o.training.offload;
  if (!o.training.recompute.empty()) {
    const auto named = workload::recompute_named(o.training.recompute);
    if (!named) base::refuse("--recompute", "'" + o.training.recompute + "' is none", "none, selective or full");
    out.recompute = {*named};
  }
  return out;
}

void check_plan(const EstimateOptions& o, const workload::Transformer& model) {
  const double product = std::max(o.tp, 1.0) * std::max(o.pp, 1.0) * std::max(o.dp, 1.0) * std::max(o.cp, 1.0);
  const bool whole_plan = o.tp > 0 && o.pp > 0 && o.dp > 0;
  if (std::fmod(o.count, product) != 0 || (whole_plan && product != o.count))
    base::refuse("--count", fmt::format("{:g} devices do not divide by tensor {:g} x pipeline {:g} x data {:g} x context {:g}", o.count, std::max(o.tp, 1.0), std::max(o.pp, 1.0), std::max(o.dp, 1.0), std::max(o.cp, 1.0)));
  if (o.pp > model.layers) base::refuse("--pp", fmt::format("{:g} stages are more than the {:g} layers of {}", o.pp, model.layers, model.name));
  if (o.tp > 0 && std::fmod(model.heads, o.tp) != 0) base::refuse("--tp", fmt::format("{:g} does not divide the {:g} heads of {}", o.tp, model.heads, model.name));
  if (o.ep > o.count) base::refuse("--ep", fmt::format("{:g} is more than the {:g} devices", o.ep, o.count));
  if (o.ep > 1 && !model.has_experts()) base::refuse("--ep", model.name + " has no experts", "leave it out");
  if (o.ep > 1 && std::fmod(model.experts, o.ep) != 0) base::refuse("--ep", fmt::format("{:g} does not divide the {:g} experts of {}", o.ep, model.experts, model.name));
}

model::EnergyUse energy_of_best(const report::TrainingEstimate& e, const ModelWorld& world) {
  const model::RankedPlan& best = e.search.best.front();
  const model::Activity activity = model::training_activity({&e.model->shape, e.task, best.plan, best.step.seconds, e.network.domain});
  return model::energy_of(activity, e.processor, model::energy_constants(e.processor, world.catalogue.references.technology, world.calibration));
}

report::TrainingEstimate training_of(const std::string& name, const EstimateOptions& o, const workload::Workload& asked, const ModelWorld& world) {
  const std::string called = world.families.chip_called(name);
  const chip::Accelerator chip = find_chip(called.empty() ? name : called, world.catalogue, world.data_directory);
  const model::ProcessorReading reading = model::processor_of(chip, world.families);
  report::TrainingEstimate out;
  out.processor = reading.processor;
  out.assumed = reading.processor.assumed;
  out.model = asked.model;
  out.devices = o.count;
  out.run_tokens = o.training.tokens.value_or(0);
  const auto load = asked.model->phases.find(workload::Phase::train);
  const bool known = load != asked.model->phases.end();
  out.task.global_batch = o.batch > 0 ? o.batch : known ? load->second.batch : 1024;
  out.task.sequence = o.input > 0 ? o.input : known ? load->second.input : 4096;
  if (!reading.missing.empty()) {
    const std::string list = fmt::format("{}", fmt::join(reading.missing, ", "));
    if (o.chips.size() == 1) base::refuse(chip.id, "can't be estimated without " + list, "state it in a chip file of your own and give that to --chip");
    out.why = "not known: " + list;
    out.assumed.clear();
    return out;
  }
  const NumberScheme scheme = scheme_for(o, *asked.model, out.processor, out.assumed);
  out.task.numbers.linear = out.task.numbers.experts = scheme;
  if (const std::string lacking = model::lacks(workload::Gemm{1, 1, 1, scheme, 1}, out.processor); !lacking.empty()) {
    out.why = lacking;
    return out;
  }
  join(o, world, out);
  if (out.devices > 1 && out.processor.scaleup.base <= 0 && out.processor.pcie.base <= 0) out.why = "no link between devices of " + out.processor.id + " is known";
  const model::TrainingSoftware& software = software_for(o, world, out.processor, scheme);
  software.apply(out.task);
  out.software = stack_of(software, scheme);
  const model::Resolved constants = world.calibration.resolve("training", out.processor, out.software);
  out.spread = constants.spread[0];
  out.measured = constants.stack_seen;
  const model::Engine engine(out.processor, world.calibration);
  out.family_seen = engine.family_seen();
  if (!out.why.empty()) return out;
  out.memory = out.processor.memory.base * world.calibration.training_memory.capacity;
  model::SearchQuestion q{&engine, &asked.model->shape, out.task, space_for(o, software, out), out.network, model::training_constants(constants.constants), world.calibration.training_memory, out.memory};
  q.keep = static_cast<std::size_t>(o.training.top);
  q.threads = o.training.threads > 0 ? o.training.threads : std::max(1U, std::thread::hardware_concurrency());
  const auto start = std::chrono::steady_clock::now();
  out.search = model::best_plans(q);
  if (out.feasible()) out.energy = energy_of_best(out, world);
  out.seconds_searched = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return out;
}

std::vector<report::TrainingEstimate> trainings(const EstimateOptions& o, const workload::Workload& asked, const ModelWorld& world) {
  check(o);
  check_plan(o, asked.model->shape);
  const model::Terms terms = terms_of(o.cost, world.prices, world.catalogue.references.places);
  std::vector<report::TrainingEstimate> out;
  for (const std::string& name : o.chips) {
    out.push_back(training_of(name, o, asked, world));
    report::TrainingEstimate& one = out.back();
    if (one.feasible()) one.costing = costing_of(one.processor.id, one.devices, one.energy.known ? one.energy.mean : base::Power{}, terms, world);
  }
  return out;
}

// The plan of an estimate, as if it had been asked for.
EstimateOptions with_plan(EstimateOptions o, const workload::TrainingPlan& p) {
  o.tp = p.tp;
  o.pp = p.pp;
  o.dp = p.dp;
  o.ep = p.ep;
  o.cp = p.cp;
  o.training.micro_batch = p.micro_batch;
  o.training.chunks = p.chunks;
  o.training.zero = p.zero;
  o.training.recompute = workload::recompute_name(p.recompute);
  return o;
}

std::vector<report::AgainstRow> against(const EstimateOptions& asked_options, const workload::Workload& asked, const ModelWorld& world) {
  std::vector<report::AgainstRow> out;
  for (const model::TrainingSoftware& software : world.softwares.list) {
    const bool chosen = asked_options.software.empty() ? software.compared : software.id == asked_options.software;
    if (!chosen) continue;
    EstimateOptions o = asked_options;
    o.software = software.id;
    report::AgainstRow row;
    row.full = training_of(o.training.against, o, asked, world);
    row.own_plan = training_of(o.chips.front(), o, asked, world);
    row.same_plan = row.full.feasible() ? training_of(o.chips.front(), with_plan(o, row.full.search.best.front().plan), asked, world) : row.own_plan;
    out.push_back(std::move(row));
  }
  if (out.empty()) software_named(asked_options.software, world.softwares);  // refuses the name
  return out;
}

}  // namespace

int run_training(const EstimateOptions& o, const workload::Workload& asked, const ModelWorld& world, Streams& streams) {
  const std::vector<report::TrainingEstimate> all = trainings(o, asked, world);
  const auto format = o.json ? report::Format::json : report::parse_format(o.format).value_or(report::Format::table);
  if (format == report::Format::json) streams.out << (all.size() == 1 ? report::training_document(all.front()) : report::trainings_document(all)).dump() << "\n";
  else if (format == report::Format::table) streams.out << (all.size() == 1 ? report::training_text(all.front(), streams.terminal) : report::trainings_text(all, streams.terminal));
  else streams.out << report::rendered(report::training_table(all), format, streams.terminal);
  return std::ranges::any_of(all, &report::TrainingEstimate::feasible) ? done : answered_no;
}

int run_plan(const EstimateOptions& o, Streams& streams) {
  if (o.chips.size() != 1) base::refuse("plan", "name one --chip", "brightline plan --chip h100-sxm --count 1024 --model llama3-405b");
  if (o.model.empty() && o.workload.empty()) base::refuse("plan", "name a --model", "brightline plan --chip h100-sxm --count 1024 --model llama3-405b");
  const ModelWorld world = load_model_world(o.places);
  EstimateOptions train = o;
  if (train.workload.empty()) train.phase = "train";
  const workload::Workload asked = asked_for(train, world.models);
  if (asked.phase != workload::Phase::train) base::refuse("--workload", "a plan is of training", asked.model->shape.id + "-train");
  const auto format = o.json ? report::Format::json : report::parse_format(o.format).value_or(report::Format::table);
  if (!o.training.against.empty()) {
    check(train);
    check_plan(train, asked.model->shape);
    const std::vector<report::AgainstRow> rows = against(train, asked, world);
    if (format == report::Format::json) streams.out << report::against_document(rows).dump() << "\n";
    else if (format == report::Format::table) streams.out << report::against_text(rows, streams.terminal);
    else streams.out << report::rendered(report::against_table(rows), format, streams.terminal);
    return std::ranges::any_of(rows, [](const report::AgainstRow& row) { return row.full.feasible() && row.own_plan.feasible(); }) ? done : answered_no;
  }
  const report::TrainingEstimate one = trainings(train, asked, world).front();
  if (format == report::Format::json) streams.out << report::plan_document(one).dump() << "\n";
  else if (format == report::Format::table) streams.out << report::plan_text(one, streams.terminal);
  else streams.out << report::rendered(report::plan_table(one), format, streams.terminal);
  return one.feasible() ? done : answered_no;
}

}  // namespace brightline::app
