#include "measured/trained.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/folded.h"

namespace brightline::measured {

namespace {

using workload::NumberScheme;
using workload::Recompute;

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// The number a text begins with; 0: none.
double leading(std::string_view text) { return std::strtod(std::string(text).c_str(), nullptr); }

double positive(const Cells& cells, std::string_view column) {
  const auto value = cells.number(column);
  return value && *value > 0 && *value < 1e12 ? *value : 0;
}

// "FP8", "MXFP8", "fp8 linear+compile", "bf16/fp16 tests": what the linear layers multiply in.
std::optional<NumberScheme> scheme_of(const std::string& written) {
  const std::string text = base::folded(written);
  if (holds(text, "fp4")) return NumberScheme::nvfp4;
  if (holds(text, "fp8") || holds(text, "float8")) return NumberScheme::fp8;
  if (text.empty() || holds(text, "bf16") || holds(text, "fp16") || holds(text, "pure")) return NumberScheme::bf16;
  return std::nullopt;
}

// A shape from the row's own columns; what they can't say comes from the model of that name.
std::string read_shape(const Cells& cells, const workload::Models& models, TrainedCase& out) {
  workload::Transformer& s = out.shape;
  const std::string name(cells.text("model"));
  s.id = name;
  s.layers = positive(cells, "layers");
  s.hidden = positive(cells, "hidden");
  s.heads = positive(cells, "heads");
  const double kv = positive(cells, "kv_heads");
  s.kv_heads = kv > 0 ? kv : s.heads;
  s.head_dim = s.heads > 0 ? s.hidden / s.heads : 0;
  s.inter = positive(cells, "ffn");
  s.vocab = positive(cells, "vocab");
  const bool experts = leading(cells.text("experts")) > 1;
  const bool latent = holds(cells.text("kv_heads"), "MLA");
  // A name with what was done to it behind: "LLAMA3_70B (SFT)", "deepseekv3_l4_tp1_ep8".
  const workload::Model* known = models.called(name.substr(0, name.find(" (")));
  if (known == nullptr && (experts || latent)) {
    for (const workload::Model& one : models.list) {
      const bool alike = one.shape.hidden == s.hidden && one.shape.heads == s.heads && one.shape.has_experts() == experts && one.shape.is_latent() == latent;
      if (alike && known == nullptr) known = &one;
    }
  }
  if (known != nullptr) {
    const double layers = s.layers;
    const double vocab = s.vocab;
    s = known->shape;
    s.id = name;
    if (layers > 0) s.layers = layers;
    if (vocab > 0) s.vocab = vocab;
    s.dense_layers = std::min(s.dense_layers, s.layers);
    if (layers > 0 && layers < known->shape.layers / 2) s.dense_layers = std::min(known->shape.dense_layers, 1.0);
    return {};
  }
  if (experts || latent) return "model has experts or latent attention and no file in data/workloads";
  if (s.layers <= 0 || s.hidden <= 0 || s.heads <= 0) return "model's shape is not stated";
  if (s.inter <= 0) s.inter = 4 * s.hidden;
  if (s.vocab <= 0) return "model's vocabulary is not stated";
  s.gated = s.inter < 4 * s.hidden && std::fmod(s.inter, s.hidden) != 0;
  if (!s.gated && s.inter != 4 * s.hidden) s.gated = true;
  return {};
}

void read_plan(const Cells& cells, const model::TrainingSoftware& software, TrainedCase& out) {
  workload::TrainingPlan& p = out.plan;
  const auto at_least_one = [&](std::string_view column) { return std::max(1.0, positive(cells, column)); };
  p.tp = at_least_one("tp");
  p.pp = at_least_one("pp");
  p.dp = at_least_one("dp");
  p.ep = at_least_one("ep");
  p.cp = at_least_one("cp");
  p.micro_batch = at_least_one("micro_batch");
  p.chunks = p.pp > 1 ? at_least_one("vpp") : 1;
  const std::string recompute(cells.text("recompute"));
  p.recompute = recompute.starts_with("full") ? Recompute::full : recompute.starts_with("selective") ? Recompute::selective : Recompute::none;
  p.sequence_parallel = software.sequence_parallel == model::Stated::always || (software.sequence_parallel == model::Stated::stated && holds(recompute, "seqpar"));
  p.split_passing = !software.passes_whole;
  const std::string zero(cells.text("zero"));
  p.zero = software.zero;
  if (zero == "none") p.zero = 0;
  else if (zero.starts_with("ZeRO-")) p.zero = std::clamp(zero[5] - '0', 0, 3);
  else if (holds(zero, "FSDP") || holds(zero, "HSDP")) p.zero = 3;
  if (const std::size_t within = zero.find("within "); within != std::string::npos) p.shard = std::min(p.dp, leading(std::string_view(zero).substr(within + 7)));
  if (zero == "HSDP") p.shard = std::min(p.dp, out.network.domain);
}

// "github ... [26.04.01 NeMo Container]" -> "26.04.01"
std::string version_of(std::string_view source, const model::TrainingSoftware& software) {
  const std::size_t at = software.version.empty() ? std::string_view::npos : source.find(software.version);
  if (at == std::string_view::npos || at < 2) return {};
  const std::size_t begin = source.find_last_of(" [(", at - 2);
  return std::string(source.substr(begin + 1, at - begin - 2));
}

double stated_memory(const Cells& cells) {
  const std::string notes(cells.text("notes"));
  constexpr double gib = 1024.0 * 1024 * 1024;
  if (const std::size_t at = notes.find("peak alloc "); at != std::string::npos) return leading(std::string_view(notes).substr(at + 11)) * gib;
  if (const std::size_t at = notes.find("mem "); at == 0) return leading(std::string_view(notes).substr(4)) * gib;
  return 0;
}

// From the columns and, where there is none, from tokens a second.
double step_seconds(const Cells& cells, const TrainedCase& one) {
  if (const double stated = positive(cells, "step_time_s"); stated > 0) return stated;
  const double rate = positive(cells, "tokens_s_gpu");
  return rate > 0 ? one.task.global_batch * one.task.sequence / (rate * one.plan.devices()) : 0;
}

TrainedCase read_row(const Cells& cells, const TrainedWorld& world) {
  const model::Families& families = *world.families;
  TrainedCase out;
  out.line = cells.line();
  out.hardware = cells.text("hardware");
  out.chip = families.chip_called(out.hardware);
  const std::string precision(cells.text("precision"));
  const model::TrainingSoftware& software = world.softwares->of_run(cells.text("source"), precision);
  const double devices = positive(cells, "n_devices");
  constexpr std::array<std::string_view, 10> needed{"layers", "hidden", "heads", "seq_len", "global_batch", "micro_batch", "tp", "pp", "dp", "n_devices"};
  const bool planned = std::ranges::all_of(needed, [&](std::string_view column) { return positive(cells, column) > 0; });
  out.full = planned && (positive(cells, "step_time_s") > 0 || positive(cells, "tokens_s_gpu") > 0);
  const auto refuse = [&](std::string why) {
    if (out.refused.empty()) out.refused = std::move(why);
  };
  if (out.chip.empty()) refuse("hardware is not in the catalogue");
  if (!planned) refuse("plan is not full");
  else if (!out.full) refuse("there is no step time");
  if (std::string why = read_shape(cells, *world.models, out); !why.empty()) refuse(std::move(why));
  const auto scheme = scheme_of(precision);
  if (!scheme) refuse("number format '" + precision + "' is not understood");
  if (!out.refused.empty()) return out;
  const std::string interconnect(cells.text("interconnect"));
  const chip::Cluster* usual = chip::usual_cluster(*world.clusters, out.chip);
  if (usual != nullptr) out.network = model::network_of(*usual);
  else out.network.domain = families.domain_of(out.chip);
  constexpr double host_devices = 8;  // of a node, where the links are told for all of it
  if (holds(interconnect, "node of 8") || holds(interconnect, "one node")) out.network.domain = host_devices;
  if (const double stated = scaleout_of(interconnect, host_devices); stated > 0) out.network.scaleout = stated;
  if (out.network.scaleout <= 0 && devices > out.network.domain) refuse("what joins its nodes is not known");
  read_plan(cells, software, out);
  out.task.sequence = positive(cells, "seq_len");
  out.task.global_batch = positive(cells, "global_batch");
  out.task.numbers.linear = out.task.numbers.experts = *scheme;
  // Narrow formats bring kernels of their own.
  out.stack = {software.id, *scheme == NumberScheme::bf16 ? "" : std::string(workload::info(*scheme).name), version_of(cells.text("source"), software)};
  out.task.adapters = holds(cells.text("model"), "LoRA");
  software.apply(out.task);
  if (std::ranges::any_of(needed, [&](std::string_view column) { return std::fmod(positive(cells, column), 1) != 0; })) refuse("its plan is not in whole numbers");
  if (out.plan.devices() != devices) refuse("its parallelism does not multiply to its devices");
  if (out.plan.pp > out.shape.layers) refuse("more pipeline stages than layers");
  if (out.plan.ep > 1 && !out.shape.has_experts()) out.plan.ep = 1;
  out.seconds = step_seconds(cells, out);
  out.memory_bytes = stated_memory(cells);
  out.group = fmt::format("{}|{}|{}|{}|{}|{}|{}|{}", out.shape.layers, out.shape.hidden, out.shape.heads, out.chip, software.id, out.task.sequence, out.plan.tp, out.plan.pp);
  return out;
}

}  // namespace

double scaleout_of(std::string_view text, double node_devices) {
  const std::size_t unit = text.find("Gb/s");
  if (unit == std::string_view::npos) return 0;
  std::size_t begin = unit;
  const auto digit = [&](std::size_t i) { return (text[i] >= '0' && text[i] <= '9') || text[i] == '.'; };
  while (begin > 0 && digit(begin - 1)) --begin;
  double gigabits = leading(text.substr(begin, unit - begin));
  double count = 0;
  if (begin > 1 && text[begin - 1] == 'x') {
    std::size_t first = begin - 1;
    while (first > 0 && digit(first - 1)) --first;
    count = leading(text.substr(first, begin - 1 - first));
  }
  const bool each = holds(text.substr(unit), "per GPU");
  if (count > 0) gigabits *= count / node_devices;
  else if (!each) gigabits /= node_devices;
  return gigabits * 1e9 / 8;
}

std::vector<TrainedCase> trained_cases(const Table& table, const TrainedWorld& world) {
  std::vector<TrainedCase> out;
  for (std::size_t i = 0; i < table.cells.size(); ++i) out.push_back(read_row(Cells(table, i), world));
  return out;
}

bool held_out(const TrainedCase& one) { return fold_of(one.group, 5) == 0; }

model::Block prepare(const TrainedCase& one, const model::Engine& engine) { return model::block_of(engine, one.shape, one.task, one.plan, one.network); }

}  // namespace brightline::measured
