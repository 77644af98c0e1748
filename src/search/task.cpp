#include "search/task.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "model/train_search.h"

namespace brightline::search {

namespace {

using workload::NumberScheme;
using workload::Phase;

constexpr double usual_server = 8;  // devices, where the reference is in no cluster

// Published weights' format where the reference multiplies in it, else 16 bits.
std::expected<NumberScheme, std::string> scheme_of(const workload::Model& model, const model::Processor& reference, const std::string& wished) {
  const auto named = workload::number_scheme(wished.empty() ? model.precision : wished);
  if (!named) return wished.empty() ? std::expected<NumberScheme, std::string>(NumberScheme::bf16) : std::unexpected("'" + wished + "' is no number format");
  if (wished.empty() && !model::lacks(workload::Gemm{1, 1, 1, *named, 1}, reference).empty()) return NumberScheme::bf16;
  return *named;
}

void note_formats(Task& task) {
  const auto note = [&](NumberScheme scheme) {
    const chip::Precision precision = workload::info(scheme).multiplies;
    task.eight_bit |= precision == chip::Precision::fp8 || precision == chip::Precision::int8;
    task.four_bit |= precision == chip::Precision::fp4;
  };
  note(task.numbers.linear);
  if (task.model->shape.has_experts()) note(task.numbers.experts);
}

std::string plan_inference(const TaskWorld& world, const model::Engine& reference, const TaskWishes& wishes, Task& out) {
  model::Question question;
  question.phase = out.phase;
  question.devices = out.devices;
  question.batch = out.batch;
  question.input = out.input;
  question.output = out.output;
  question.numbers = out.numbers;
  question.fixed.tp = wishes.tp;
  if (wishes.tp > 0) question.fixed.pp = 1;
  question.domain = out.devices;
  const auto answer = model::best_answer(reference, *world.calibration, out.model->shape, question, "");
  if (!answer) return answer.error().what;
  out.plan = answer->plan;
  out.software = answer->software;
  out.spread = answer->spread;
  return {};
}

// As serve() puts a batch together that starts and ends as one.
void lay_out(const TaskWorld& world, const model::Engine& reference, Task& out) {
  const model::Resolved resolved = world.calibration->resolve("serving", reference.chip(), {out.software, "", ""});
  const model::ServingConstants c = model::serving_constants(resolved.constants);
  const workload::Transformer& shape = out.model->shape;
  const double copies = std::min(out.plan.dp, std::max(1.0, out.batch));
  const double running = std::max(1.0, std::ceil(out.batch / copies));
  const double skew = world.calibration->expert_skew;
  const model::MemoryUse use = model::memory_use(shape, out.plan, out.numbers, running, out.input + out.output, reference.chip(), {world.calibration->memory_reserve});
  out.bytes = (use.weights + use.cache).base / (1 - world.calibration->memory_reserve);
  if (out.phase == Phase::prefill) {
    out.step = workload::step_operators(shape, {running, out.input, 0, false}, out.plan, out.numbers, skew);
    out.work = c.prefill_work;
    out.fixed = c.prefill_overhead;
    out.tokens = out.batch * out.input;
  } else {
    out.step = workload::step_operators(shape, {std::max(1.0, running / out.plan.pp), 1, out.input + out.output / 2, true}, out.plan, out.numbers, skew);
    out.work = c.decode_work;
    out.fixed = c.step_overhead + c.sequence_overhead * running;
    out.tokens = out.batch;
  }
}

std::string plan_training(const TaskWorld& world, const model::Engine& reference, const TaskWishes& wishes, Task& out) {
  const model::Processor& chip = reference.chip();
  TrainingTaskParts parts;
  parts.task.global_batch = out.batch;
  parts.task.sequence = out.input;
  parts.task.numbers = out.numbers;
  const chip::Cluster* cluster = chip::usual_cluster(*world.clusters, chip.id);
  if (cluster == nullptr) return fmt::format("no cluster of {} is known to train on", chip.id);
  parts.network = model::network_of(*cluster);
  const model::TrainingSoftware* software = world.softwares->find(world.softwares->usual.front());
  for (const std::string& id : world.softwares->usual) {
    if (!world.calibration->resolve("training", chip, {id, "", ""}).stack_seen) continue;
    software = world.softwares->find(id);
    break;
  }
  software->apply(parts.task);
  out.software = software->id;
  const model::Resolved resolved = world.calibration->resolve("training", chip, {software->id, "", ""});
  parts.constants = model::training_constants(resolved.constants);
  out.spread = resolved.spread[0];
  model::SearchQuestion question;
  question.engine = &reference;
  question.model = &out.model->shape;
  question.task = parts.task;
  question.space = model::usual_space(out.devices);
  question.space.fixed.cp = 1;
  question.space.fixed.tp = wishes.tp;
  question.space.sequence_parallel = {true};
  question.space.most_tensor = wishes.tp > 0 ? wishes.tp : parts.network.domain;
  question.network = parts.network;
  question.constants = parts.constants;
  question.policy = world.calibration->training_memory;
  question.memory = chip.memory.base * question.policy.capacity;
  question.keep = 1;
  const model::PlanSearch found = model::best_plans(question);
  if (found.best.empty()) return found.why.empty() ? fmt::format("no plan fits {:g} of {}", out.devices, chip.id) : found.why;
  parts.plan = found.best.front().plan;
  out.bytes = found.best.front().step.memory.total() / question.policy.capacity;
  out.tokens = out.batch * out.input;
  out.training = parts;
  return {};
}

}  // namespace

double Task::seconds(const model::Engine& engine) const {
  if (!training) return engine.time(step).time.base * work + fixed;
  model::Network network = training->network;
  // What leaves the server passes the system bus.
  if (network.scaleout > 0 && engine.chip().pcie.base > 0) network.scaleout = std::min(network.scaleout, engine.chip().pcie.base);
  const model::Block block = model::block_of(engine, model->shape, training->task, training->plan, network);
  return model::step_of(block, training->task, training->plan, network, training->constants, {}).seconds;
}

std::expected<Task, std::string> task_of(const TaskWorld& world, const model::Engine& reference, std::string_view asked, const TaskWishes& wishes) {
  TaskWishes own = wishes;
  const std::size_t at_sign = asked.find('@');
  const std::string_view workload = asked.substr(0, at_sign);
  if (at_sign != std::string_view::npos) {
    const std::string_view number = asked.substr(at_sign + 1);
    unsigned devices = 0;
    const auto [end, error] = std::from_chars(number.begin(), number.end(), devices);
    if (error != std::errc() || end != number.end() || devices < 1 || devices > 1'000'000) return std::unexpected(fmt::format("'{}': behind @ stands a number of devices from 1 to 1,000,000", asked));
    own.devices = devices;
  }
  const auto named = workload::workload_called(*world.models, workload);
  if (!named) return std::unexpected(fmt::format("there is no workload '{}'", workload));
  if (named->phase == Phase::serve) return std::unexpected("a search asks for prefill, decode or train: what serving earns is not bounded for sets of designs");
  Task out;
  out.id = asked;
  out.model = named->model;
  out.phase = named->phase;
  const auto at = named->model->phases.find(named->phase);
  const workload::Load load = at != named->model->phases.end() ? at->second : workload::Load{};
  const auto pick = [](double wished, double stated) { return wished > 0 ? wished : stated; };
  out.devices = pick(own.devices, usual_server);
  out.batch = pick(own.batch, load.batch);
  out.input = pick(own.input, load.input);
  out.output = out.phase == Phase::decode ? pick(own.output, load.output) : 0;
  if (!(out.batch > 0) || !(out.input > 0)) return std::unexpected(fmt::format("{} states no batch and lengths: give --batch and --input", workload));
  if (out.input + out.output > out.model->shape.max_context) return std::unexpected(fmt::format("{:g} tokens are more than {} takes ({:g})", out.input + out.output, out.model->shape.name, out.model->shape.max_context));
  auto scheme = scheme_of(*out.model, reference.chip(), own.precision);
  if (!scheme) return std::unexpected(scheme.error());
  if (out.phase == Phase::train && own.precision.empty()) scheme = NumberScheme::bf16;
  out.numbers.linear = out.numbers.experts = *scheme;
  note_formats(out);
  const std::string why = out.phase == Phase::train ? plan_training(world, reference, own, out) : plan_inference(world, reference, own, out);
  if (!why.empty()) return std::unexpected(fmt::format("{} on {:g} of {}: {}", workload, out.devices, reference.chip().id, why));
  if (out.phase != Phase::train) lay_out(world, reference, out);
  out.reference_seconds = out.seconds(reference);
  return out;
}

}  // namespace brightline::search
