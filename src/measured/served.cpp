#include "measured/served.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/folded.h"

namespace brightline::measured {

namespace {

using workload::NumberScheme;

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// "vLLM (2024)" -> "vllm-2024", "trtllm 1.0.0rc3 agg" -> "trtllm", "TensorRT-LLM 0.17" -> "trtllm-2024".
std::string engine_of(const std::string& framework) {
  const std::string text = base::folded(framework);
  std::string out = text.substr(0, text.find_first_of(" (;,"));
  if (out.starts_with("tensorrt")) out = "trtllm";
  const bool old = holds(text, "2024") || (text.starts_with("tensorrt") && (holds(text, " 0.14") || holds(text, " 0.17")));
  return out + (old && !holds(text, "agg") ? "-2024" : "");
}

// Weights and activations as a row's precision column and the model's own weights tell; empty: not understood.
std::optional<workload::Numbers> numbers_of(const std::string& written, const workload::Model& model, const std::string& model_name, const std::string& engine) {
  workload::Numbers out;
  const std::string text = base::folded(written);
  const std::string weights = text.substr(0, text.find('/'));
  const bool experts = model.shape.has_experts();
  const bool block = model.precision == "fp8_block" || (experts && holds(base::folded(model_name), "fp8"));
  const NumberScheme own = *workload::number_scheme(model.precision);
  if (weights.starts_with("model official")) {
    out.experts = own;
    if (own != NumberScheme::mxfp4_weight_only) out.linear = own;
  } else if (weights.starts_with("fp16") || weights.starts_with("bf16")) {
    if (own == NumberScheme::mxfp4_weight_only) out.experts = own;
  } else if (weights.starts_with("fp8")) {
    out.linear = block ? NumberScheme::fp8_block : NumberScheme::fp8;
    out.experts = out.linear;
  } else if (weights.starts_with("fp4") || weights.starts_with("nvfp4")) {
    if (own == NumberScheme::mxfp4_weight_only) {
      out.experts = own;
    } else {
      out.experts = NumberScheme::nvfp4;
      out.linear = model.shape.is_latent() ? NumberScheme::bf16 : experts ? NumberScheme::fp8 : NumberScheme::nvfp4;
    }
  } else if (weights == "int4") {
    out.experts = NumberScheme::int4_weight_only;
    if (!experts) out.linear = NumberScheme::int4_weight_only;
  } else if (weights == "w8a8") {
    out.linear = out.experts = NumberScheme::int8;
  } else {
    return std::nullopt;
  }
  // Where the column is silent, TensorRT-LLM stores the cache as narrow as its checkpoints.
  const bool stated = text.find('/') != std::string::npos;
  const bool narrow_cache = stated ? holds(text, "/fp8") : engine == "trtllm" && (weights.starts_with("fp8") || weights.starts_with("fp4"));
  out.kv_bytes = narrow_cache ? 1 : 2;
  return out;
}

std::optional<double> count(const Cells& cells, std::string_view column) {
  const std::string text(cells.text(column));
  if (text.empty() || text[0] < '0' || text[0] > '9') return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);  // "8 (from id)" is 8
  const bool alone = *end == '\0' || *end == ' ';
  if (!alone || !(value >= 0) || value > 1e6 || value != std::floor(value)) return std::nullopt;
  return value;
}

// tp, pp, dp and ep from the columns; what is blank follows from the number of devices.
std::string read_plan(const Cells& cells, double devices, ServedCase& out) {
  const std::string tp(cells.text("tp"));
  if (tp.starts_with('P') || cells.text("ep").starts_with("P") || cells.text("dp").starts_with("P")) return "prefill and decode on pools of their own are not modelled";
  for (const char* column : {"tp", "dp", "ep"}) {
    if (!cells.text(column).empty() && !count(cells, column)) return "'" + std::string(column) + "' is no whole number";
  }
  if (count(cells, "tp").value_or(1) < 1) return "'tp' must be at least 1";
  const double copies = std::max(1.0, count(cells, "dp").value_or(1));
  const double each = std::max(1.0, devices / copies);
  out.plan.dp = copies;
  out.plan.tp = std::max(1.0, count(cells, "tp").value_or(std::min(each, 8.0)));
  if (out.plan.tp * copies > devices && out.plan.tp >= copies) out.plan.tp = std::max(1.0, out.plan.tp / copies);
  // Heads that do not divide over tp are not cut at all: the source counts data-parallel attention as tp.
  if (std::fmod(out.shape->shape.heads, out.plan.tp) != 0) {
    out.plan.dp *= out.plan.tp;
    out.plan.ep = out.plan.dp;
    out.plan.tp = 1;
    return out.plan.devices() == devices ? std::string() : "its parallelism does not multiply to its devices";
  }
  out.plan.pp = std::max(1.0, std::round(devices / (out.plan.tp * out.plan.dp)));
  out.plan.ep = std::max(1.0, count(cells, "ep").value_or(1));
  if (out.plan.pp > out.shape->shape.layers) return "more pipeline stages than layers";
  if (out.plan.ep > devices) return "more expert parallelism than devices";
  return out.plan.devices() == devices ? std::string() : "its parallelism does not multiply to its devices";
}

std::string metric_of(const Cells& cells, ServedCase& out) {
  out.metric_name = cells.text("metric");
  if (out.metric_name == "ttft_ms") out.metric = ServedMetric::ttft_ms;
  else if (out.metric_name == "tpot_ms") out.metric = ServedMetric::tpot_ms;
  else if (out.metric_name == "decode_tok_s") out.metric = ServedMetric::output_tokens_s;
  else if (out.metric_name == "total_tok_s") out.metric = ServedMetric::total_tokens_s;
  else return "metric '" + out.metric_name + "' is not modelled";
  return {};
}

// "GPU avg power 222.1 W", "measured system power 10401 W", "mean system wall power over spl.txt log 5637.9 W".
void read_power(const std::string& notes, ServedCase& out) {
  const std::size_t power = notes.find("power ");
  if (power == std::string::npos) return;
  for (std::size_t watts = notes.find(" w", power); watts != std::string::npos; watts = notes.find(" w", watts + 1)) {
    const std::size_t after = watts + 2;
    if (after < notes.size() && notes[after] >= 'a' && notes[after] <= 'z') continue;
    const std::size_t begin = notes.find_last_of(' ', watts - 1) + 1;
    char* end = nullptr;
    const double value = std::strtod(notes.c_str() + begin, &end);
    if (end != notes.c_str() + watts || !(value > 0) || value > 1e7) continue;
    const std::string before = notes.substr(0, begin);
    out.whole_node = holds(before, "system power") || holds(before, "node power") || holds(before, "wall power");
    out.watts = value;
    return;
  }
}

ServedCase read_row(const Cells& cells, const workload::Models& models, const model::Families& families) {
  ServedCase out;
  out.line = cells.line();
  out.hardware = cells.text("hardware");
  out.model = cells.text("model");
  out.engine = engine_of(std::string(cells.text("framework")));
  const std::string word = out.engine.substr(0, out.engine.find('-'));
  if (word == "vllm" || word == "sglang" || word == "trtllm") out.framework = word;
  out.shape = models.called(out.model);
  out.chip = families.chip_called(out.hardware);
  const auto devices = count(cells, "n_devices");
  const auto input = cells.number("input_len");
  const auto output = cells.number("output_len");
  const auto concurrency = cells.number("concurrency_or_batch");
  const auto value = cells.number("value");
  const std::string precision(cells.text("precision"));
  const std::string notes = base::folded(cells.text("notes"));
  const auto refuse = [&](std::string why) {
    if (out.refused.empty()) out.refused = std::move(why);
  };
  read_power(notes, out);
  if (std::string why = metric_of(cells, out); !why.empty()) refuse(std::move(why));
  const bool known = !out.chip.empty() && out.shape != nullptr;
  const bool flagged = holds(notes, "spec-decode on") || holds(notes, "with suffix decoding") || holds(notes, "wip=true") || holds(notes, "not visible");
  const bool numbers_given = devices && *devices >= 1 && input && *input >= 1 && output && *output >= 1 && concurrency && *concurrency >= 1;
  out.full = known && numbers_given && value && !precision.empty() && !flagged;
  if (out.chip.empty()) refuse("hardware is not in the catalogue");
  if (out.shape == nullptr) refuse("model has no file in data/workloads");
  if (!numbers_given || precision.empty()) refuse("configuration is not full");
  if (!value || *value <= 0) refuse("there is no value");
  if (flagged) refuse("its note flags it (speculative decoding, unfinished, or partly unseen)");
  if (!out.refused.empty()) return out;
  const auto numbers = numbers_of(precision, *out.shape, out.model, out.engine);
  if (!numbers) {
    refuse("number format '" + precision + "' is not understood");
    return out;
  }
  out.numbers = *numbers;
  out.cache_stated = precision.find('/') != std::string::npos;
  out.plan.domain = families.domain_of(out.chip);
  if (std::string why = read_plan(cells, *devices, out); !why.empty()) refuse(std::move(why));
  if (out.plan.tp > out.plan.domain) refuse("tensor parallelism beyond the scale-up links is not modelled");
  const bool together = holds(notes, "static batch") || holds(notes, "offline throughput") || (out.metric == ServedMetric::total_tokens_s && holds(out.engine, "-2024"));
  out.request = {*input, *output, *concurrency, together};
  out.value = *value;
  out.group = fmt::format("{}|{}|{}|{}|{}", out.shape->shape.id, out.chip, out.engine, *input, *output);
  return out;
}

}  // namespace

std::vector<ServedCase> served_cases(const Table& table, const workload::Models& models, const model::Families& families) {
  std::vector<ServedCase> out;
  for (std::size_t i = 0; i < table.cells.size(); ++i) out.push_back(read_row(Cells(table, i), models, families));
  return out;
}

workload::Numbers numbers_on(const model::Processor& chip, const ServedCase& one) {
  workload::Numbers out = one.numbers;
  const bool fp4_units = chip.rate(chip::Precision::fp4).base > 0;
  if (out.experts == NumberScheme::mxfp4_weight_only && fp4_units) out.experts = NumberScheme::mxfp4_fp8;
  // Published recipes for narrow weights on chips with fp4 units store the cache in fp8.
  if (fp4_units && workload::info(out.experts).weight_bits < 16 && !one.framework.empty() && !one.cache_stated) out.kv_bytes = 1;
  return out;
}

bool held_out(const ServedCase& one) { return fold_of(one.group, 5) == 0; }

double figure(const model::Served& served, ServedMetric metric) {
  switch (metric) {
    case ServedMetric::ttft_ms: return served.ttft.base * 1e3;
    case ServedMetric::tpot_ms: return served.tpot.base * 1e3;
    case ServedMetric::output_tokens_s: return served.tokens_per_second;
    default: return served.total_tokens_per_second;
  }
}

}  // namespace brightline::measured
