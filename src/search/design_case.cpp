#include "search/design_case.h"

#include <fmt/format.h>

#include <cmath>

namespace brightline::search {

namespace {

void open_gate(CodeBook& codes, DesignCase& out, base::Problems& problems) {
  const law::Law& law = codes.law();
  const DesignAsk& ask = out.ask;
  out.code = &codes.at(ask.transaction.reading());
  out.fixed.set_name(law.vocabulary.at("item_kind"), "ic");
  out.fixed.set_truth(law.vocabulary.at("datacenter"), ask.space.datacenter);
  if (!ask.maker.empty()) out.fixed.set_name(law.vocabulary.at("maker"), ask.maker);
  apply(ask.transaction, out.fixed, problems);
  if (!problems.empty()) return;
  out.map = std::make_unique<law::LegalMap>(law::LegalMap::build(*out.code, out.fixed, problems));
  if (problems.empty()) out.question.gate = LegalGate::build(*out.map, ask.wanted, ask.assume, problems);
}

std::vector<const chip::MemoryType*> memories_of(const Space& space, const chip::Technology& technology, base::Problems& problems) {
  std::vector<const chip::MemoryType*> out;
  std::vector<std::string> ids;
  for (const chip::MemoryType& one : technology.memories) ids.push_back(one.id);
  for (const std::string& id : space.memory_types) {
    const chip::MemoryType* type = technology.memory(id);
    if (type == nullptr) problems.add({space.file, 0, 0, {}}, "there is no memory type '" + id + "'", base::did_you_mean(id, ids));
    else if (!type->bandwidth) problems.add({space.file, 0, 0, {}}, "nobody states the bandwidth of '" + id + "'", "another memory type, or state it in data/technology/memory.toml");
    else out.push_back(type);
  }
  return out;
}

constexpr const char* other_reference = "another reference, such as h100-sxm";

void check_nodes(const Space& space, const chip::Technology& technology, base::Problems& problems) {
  std::vector<std::string> ids;
  for (const chip::Node& one : technology.nodes) ids.push_back(one.id);
  std::vector<std::string> used{space.node};
  if (space.io_node != space.node) used.push_back(space.io_node);
  for (const std::string& id : used) {
    if (technology.node(id) == nullptr) problems.add({space.file, 0, 0, {}}, "there is no node '" + id + "'", base::did_you_mean(id, ids));
  }
}

// The reference as a design: only what its rating is made of.
model::Design as_design(const model::Processor& chip, const chip::Accelerator& stated, const model::DesignBasis& basis) {
  model::Design out;
  out.cores = chip.cores;
  out.clock = chip.clock.base / 1e6;
  out.units = chip.rate(chip::Precision::bf16).base / (2 * chip.cores * chip.clock.base);
  out.rows = out.columns = 1;
  out.eight_bit = chip.rate(chip::Precision::fp8).base > 0 || chip.rate(chip::Precision::int8).base > 0 ? 1 : 0;
  out.four_bit = chip.rate(chip::Precision::fp4).base > 0 ? 1 : 0;
  out.memory_rate = 100;
  out.stacks = chip.memory_bandwidth.base / 1e9 / basis.memory_gb_per_s({.stacks = 1});
  out.scaleup = chip.scaleup.base * 2 / 1e9;
  out.bus_generation = stated.number(chip::Field::pcie_generation).stated.value_or(base::Exact(4)).to_double();
  out.bus_lanes = stated.number(chip::Field::pcie_lanes).stated.value_or(base::Exact(16)).to_double();
  return out;
}

void add_physics(const DesignWorld& world, const chip::Accelerator& stated, DesignCase& out, base::Problems& problems) {
  DesignQuestion& q = out.question;
  const Space& space = q.space;
  const chip::Technology& technology = world.catalogue->references.technology;
  const model::Processor& chip = q.basis->reference();
  q.physics.area = model::area_rates(technology, space.node, space.io_node, space.memory_types, problems);
  if (!problems.empty()) return;  // what stands in the way of all that follows is told once
  const model::CoreKind kind = model::usual_core(technology.area);
  q.fp32_lanes = kind.fp32_lanes;
  q.fp64_lanes = kind.fp64_lanes;
  const auto money = [&](model::CostLevel level) { return model::cost_rates(technology, space.node, space.io_node, space.memory_types, level, problems); };
  q.physics.money = money(model::CostLevel::typical);
  if (!problems.empty()) return;
  q.physics.money_low = money(model::CostLevel::low);
  q.physics.money_high = money(model::CostLevel::high);
  q.physics.rates = model::power_rates(technology, *world.tasks.calibration, chip.family, chip.kind, space.node, chip.link, space.memory_types, problems);
  if (!problems.empty()) return;
  const model::PowerRates own = model::power_rates(technology, *world.tasks.calibration, chip.family, chip.kind, chip.node, chip.link, space.memory_types, problems);
  if (!problems.empty()) return;
  if (chip.rated.base > 0) q.physics.rating = chip.rated.base / model::power_of(as_design(chip, stated, *q.basis), own).total;
  const double fastest = space.values[*model::design_field_named("clock")].back();
  if (fastest > q.physics.rates.most_clock)
    problems.add({space.file, 0, 0, {}}, fmt::format("a clock of {:g} MHz is beyond what the power formula was made for", fastest), fmt::format("at most {:g} MHz on this node", q.physics.rates.most_clock));
}

// What may be meant, or where more is told.
std::string task_hint(const TaskWorld& world, const std::string& name, const TaskWishes& wishes) {
  if (!workload::workload_called(*world.models, name)) {
    std::vector<std::string> known;
    for (const std::string& model : world.models->ids()) {
      for (const char* phase : {"-prefill", "-decode", "-train"}) known.push_back(model + phase);
    }
    const std::string near = base::did_you_mean(name, known);
    return near.empty() ? "a model and a phase, such as llama3-70b-decode" : near;
  }
  if (name.ends_with("-serve")) return "ask for its -prefill and its -decode";
  if (!wishes.precision.empty() && !workload::number_scheme(wishes.precision)) return "a format of --precision, such as bf16 or fp8";
  return "other --devices, --tp, --batch or lengths, or another workload";
}

void add_tasks(const DesignWorld& world, DesignCase& out, base::Problems& problems) {
  const DesignAsk& ask = out.ask;
  const std::vector<std::string>& names = ask.workloads.empty() ? ask.space.workloads : ask.workloads;
  if (names.empty()) problems.add({"--workload", 0, 0, {}}, "the space names no workload", "give at least one, such as llama3-70b-decode");
  for (const std::string& name : names) {
    auto task = task_of(world.tasks, *out.engine, name, ask.wishes);
    if (task) out.question.tasks.push_back(std::move(*task));
    else problems.add({"--workload", 0, 0, {}}, task.error(), task_hint(world.tasks, name, ask.wishes));
  }
  out.question.weights = ask.weights;
  if (out.question.weights.empty()) out.question.weights.assign(names.size(), 1);
  if (out.question.weights.size() != names.size()) problems.add({"--weight", 0, 0, {}}, fmt::format("{} weights are given for {} workloads", out.question.weights.size(), names.size()));
  double sum = 0;
  for (const double weight : out.question.weights) {
    if (!(weight >= 0) || !std::isfinite(weight)) problems.add({"--weight", 0, 0, {}}, fmt::format("{:g} is no weight: a number of 0 or more", weight));
    sum += weight;
  }
  if (sum == 0 && !names.empty()) problems.add({"--weight", 0, 0, {}}, "one weight at least must be above 0");
}

}  // namespace

std::unique_ptr<DesignCase> make_case(const DesignWorld& world, CodeBook& codes, const DesignAsk& ask, base::Problems& problems) {
  auto out = std::make_unique<DesignCase>(codes.law());
  out->ask = ask;
  DesignQuestion& question = out->question;
  question.space = ask.space;
  const chip::Technology& technology = world.catalogue->references.technology;
  open_gate(codes, *out, problems);
  check_nodes(ask.space, technology, problems);
  const std::vector<const chip::MemoryType*> memories = memories_of(ask.space, technology, problems);
  const chip::Accelerator* reference = world.catalogue->find(ask.space.reference);
  const std::string near = base::did_you_mean(ask.space.reference, world.catalogue->ids());
  if (reference == nullptr) problems.add({ask.space.file, 0, 0, {}}, "there is no chip '" + ask.space.reference + "' to refer to", near.empty() ? "brightline chips lists them" : near);
  if (!problems.empty()) return nullptr;
  model::ProcessorReading reading = model::processor_of(*reference, *world.families);
  for (const std::string& lacking : reading.missing) problems.add({ask.space.file, 0, 0, {}}, "the reference '" + ask.space.reference + "' states no figure for " + lacking, other_reference);
  if (reading.processor.node.empty()) problems.add({ask.space.file, 0, 0, {}}, "the reference '" + ask.space.reference + "' states no node: what its rated power tells is not known", other_reference);
  if (!problems.empty()) return nullptr;
  out->assumed = reading.processor.assumed;
  out->engine = std::make_unique<model::Engine>(reading.processor, *world.tasks.calibration);
  question.engine = out->engine.get();
  question.basis.emplace(reading.processor, memories, technology);
  add_physics(world, *reference, *out, problems);
  question.objective = ask.objective;
  question.resolution = ask.resolution;
  question.most_power = ask.most_power;
  question.most_cost = ask.most_cost;
  question.most_die = ask.space.most_die > 0 ? ask.space.most_die : question.physics.money.reticle;
  add_tasks(world, *out, problems);
  if (!problems.empty()) return nullptr;
  question.settle();
  return out;
}

}  // namespace brightline::search
