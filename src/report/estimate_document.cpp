#include "report/estimate_document.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "report/terminal_number.h"

namespace brightline::report {

using base::Json;
using workload::Phase;

namespace {

double digits(double value) { return significant(value, 5); }

constexpr std::array<std::string_view, 4> bound_names{"launch", "compute", "memory", "network"};

// The step the question is about; serving is mostly decode steps.
const model::StepTime& step_of(const Estimate& e) { return e.question.phase == Phase::prefill ? e.answer->served.prefill : e.answer->served.decode; }

double tokens_per_second(const Estimate& e) {
  const model::Served& s = e.answer->served;
  if (e.question.phase == Phase::prefill) return e.answer->batch * e.question.input / s.ttft.base;
  if (e.question.phase == Phase::decode) return s.running / s.tpot.base;
  return s.tokens_per_second;
}

// Operations really needed over what the devices could do at their peak for the number format of the linear layers.
double mfu(const Estimate& e) {
  const auto& numbers = e.question.numbers;
  // Of the formats in use the quickest sets the peak.
  double peak = e.processor.rate(workload::info(numbers.linear).multiplies).base;
  for (const workload::NumberScheme scheme : {numbers.experts, workload::NumberScheme::bf16}) peak = std::max(peak, e.processor.rate(workload::info(scheme).multiplies).base);
  peak *= e.question.devices;
  const workload::Transformer& m = e.model->shape;
  const bool prefill = e.question.phase == Phase::prefill;
  const double sequences = prefill ? e.answer->batch : e.answer->served.running;
  const workload::Step step{sequences, prefill ? e.question.input : 1, prefill ? 0 : e.question.input + e.question.output / 2, !prefill};
  const double seconds = prefill ? e.answer->served.ttft.base : e.answer->served.tpot.base;
  return workload::step_operations(m, step) / (seconds * peak);
}

std::pair<double, double> interval(const Estimate& e) {
  const double at = model::headline(e.answer->served, e.question.phase);
  double low = std::log(e.answer->spread.low);
  double high = std::log(e.answer->spread.high);
  // Where a family was never measured, the kernels' own doubt comes on top of the engine's.
  if (!e.family_seen) {
    const double kernels = step_of(e).log_spread;
    const double middle = (low + high) / 2;
    const double half = std::hypot((high - low) / 2, kernels);
    low = std::min(middle - half, 0.0);
    high = std::max(middle + half, 0.0);
  }
  return {at * std::exp(low), at * std::exp(high)};
}

struct EnergyInterval {
  double low = 0, high = 0;  ///< J a token
};

// A longer time only costs what is drawn meanwhile whatever runs; the work's own energy stays.
EnergyInterval energy_interval(const Estimate& e) {
  const model::EnergyUse& use = e.energy->device;
  const double joules = e.energy->joules_per_token;
  const auto [low, high] = interval(e);
  const double time = 0.5 * std::log(high / low);
  const double share = std::min(1.0, use.at_limit ? 1.0 : use.idle / use.total);
  const double down = std::hypot(std::log(use.spread.low), share * time);
  const double up = std::hypot(std::log(use.spread.high), share * time);
  const double most = e.processor.rated.base * e.question.devices / tokens_per_second(e) * std::exp(time);
  return {joules * std::exp(-down), std::max(joules, std::min(joules * std::exp(up), most))};
}

Json energy_json(const Estimate& e) {
  if (!e.energy) return {};
  const model::EnergyUse& use = e.energy->device;
  const auto [low, high] = energy_interval(e);
  const double whole = (use.compute + use.memory + use.links + use.idle).base;
  Json parts = Json::object();
  for (const auto& [name, part] : {std::pair{"compute", use.compute}, {"memory", use.memory}, {"links", use.links}, {"static", use.idle}}) parts.set(name, digits(part.base / whole));
  Json out = Json::object();
  out.set("j_per_token", digits(e.energy->joules_per_token)).set("p10", digits(low)).set("p90", digits(high)).set("validated", use.validated);
  out.set("power_w_per_device", digits(use.mean.base)).set("rated_power_w", digits(e.processor.rated.base)).set("at_limit", use.at_limit).set("over_limit_pct", digits(100 * use.over_limit));
  return out.set("shares", parts);
}

std::vector<std::string> assumptions(const Estimate& e) {
  std::vector<std::string> out = e.assumed;
  if (e.answer && !e.family_seen) out.push_back(fmt::format("constants of the kind of core ({}): no kernel was ever measured on {}", e.processor.kind, e.processor.family));
  if (e.answer) {
    out.emplace_back(e.answer->software.empty() ? std::string("engine overheads as the average of those measured") : "engine overheads of " + e.answer->software + (e.software_asked ? "" : ", the best of those measured"));
    if (!e.energy) {
      out.emplace_back("no energy: the rated power is not known");
    } else {
      if (!e.energy->device.validated) out.push_back(fmt::format("energy unvalidated: no watts were measured on {}", e.processor.family));
      if (e.energy->device.at_limit) out.push_back(fmt::format("energy at the rated power: the work would draw {:.0f} % more, so the clock may fall and the time grow", 100 * e.energy->device.over_limit));
    }
    if (e.costing.cost) out.insert(out.end(), e.costing.cost->assumed.begin(), e.costing.cost->assumed.end());
  }
  return out;
}

Json numbers_json(const workload::Numbers& n) {
  return Json::Object{{"linear", std::string(workload::info(n.linear).name)}, {"experts", std::string(workload::info(n.experts).name)}, {"kv_cache_bytes", n.kv_bytes}};
}

Json breakdown(const model::StepTime& step) {
  Json classes = Json::object();
  for (std::size_t i = 0; i < workload::operator_classes; ++i) classes.set(std::string(workload::class_name(static_cast<workload::OperatorClass>(i))), digits(step.by_class[i].base));
  Json bounds = Json::object();
  for (std::size_t i = 0; i < bound_names.size(); ++i) bounds.set(std::string(bound_names[i]), digits(step.by_bound[i].base));
  return Json::Object{{"by_class_s", classes}, {"by_bound_s", bounds}};
}

std::string plan_text(const workload::Parallelism& p) {
  std::string out = fmt::format("tensor {:g}", p.tp);
  if (p.pp > 1) out += fmt::format(", pipeline {:g}", p.pp);
  if (p.dp > 1) out += fmt::format(", data {:g}", p.dp);
  if (p.ep > 1) out += fmt::format(", expert {:g}", p.ep);
  return out;
}

std::string three(double value) {
  if (value >= 1000) return fmt::format("{:.0f}", digits(value));
  return fmt::format("{:.{}f}", value, value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3);
}

std::string_view tokens_counted(const Estimate& e) { return e.question.phase == Phase::prefill ? "input" : "output"; }

}  // namespace

Delivered delivered(const Estimate& e) {
  const double tokens = tokens_per_second(e);
  const auto [low, high] = interval(e);
  const double at = model::headline(e.answer->served, e.question.phase);
  // A time of twice the length is half the tokens.
  const model::Span span = e.question.phase == Phase::serve ? model::Span{low, tokens, high} : model::Span{tokens * at / high, tokens, tokens * at / low};
  return {span, e.energy ? e.energy->device.mean : base::Power{}};
}

Json estimate_document(const Estimate& e) {
  Json out = Json::object();
  out.set("chip", e.processor.id).set("count", e.question.devices).set("model", e.model->shape.id).set("phase", std::string(workload::phase_name(e.question.phase)));
  out.set("batch", e.question.batch > 0 ? Json(e.question.batch) : Json()).set("input", e.question.input).set("output", e.question.output).set("numbers", numbers_json(e.question.numbers));
  out.set("feasible", e.answer.has_value()).set("infeasible_because", e.answer ? Json() : Json(e.why));
  if (e.answer) {
    const model::Served& s = e.answer->served;
    const auto [low, high] = interval(e);
    out.set("ttft_ms", digits(s.ttft.base * 1e3)).set("tpot_ms", digits(s.tpot.base * 1e3)).set("tokens_per_s", digits(tokens_per_second(e)));
    out.set("tokens_per_s_per_device", digits(tokens_per_second(e) / e.question.devices)).set("total_tokens_per_s", digits(s.total_tokens_per_second));
    out.set("mfu", digits(mfu(e))).set("energy_j_per_token", e.energy ? Json(digits(e.energy->joules_per_token)) : Json());
    add_cost(out, e.costing, delivered(e).tokens_per_second, tokens_counted(e));
    const std::string of = e.question.phase == Phase::prefill ? "ttft_ms" : e.question.phase == Phase::decode ? "tpot_ms" : "tokens_per_s";
    out.set("energy", energy_json(e));
    out.set("interval", Json::Object{{"of", of}, {"p10", digits(low)}, {"p90", digits(high)}});
    const workload::Parallelism& p = e.answer->plan;
    out.set("plan", Json::Object{{"tp", p.tp}, {"pp", p.pp}, {"dp", p.dp}, {"ep", p.ep}, {"cp", p.cp}, {"concurrency", e.answer->batch}, {"software", e.answer->software}, {"plans_tried", e.answer->plans_tried}});
    out.set("running", s.running).set("breakdown", breakdown(step_of(e)));
    out.set("memory_gb_per_device", digits(s.memory.total.base / 1e9));
    out.set("memory", Json::Object{{"weights_gb", digits(s.memory.weights.base / 1e9)}, {"kv_cache_gb", digits(s.memory.cache.base / 1e9)}, {"reserve_gb", digits(s.memory.reserve.base / 1e9)}, {"capacity_gb", digits(s.memory.capacity.base / 1e9)}});
  }
  return out.set("assumptions", Json::texts(assumptions(e)));
}

Json estimates_document(const std::vector<Estimate>& estimates) {
  Json list = Json::list();
  for (const Estimate& one : estimates) list.push(estimate_document(one));
  return Json::Object{{"estimates", list}};
}

Table estimate_table(const std::vector<Estimate>& estimates) {
  Table out;
  out.columns = {{"chip", "Chip"}, {"count", "Count", Align::right, false, 4, 4}, {"plan", "Plan", Align::left, true, 10, 3}, {"ttft_ms", "TTFT ms", Align::right}, {"tpot_ms", "TPOT ms", Align::right}, {"tokens_per_s", "Tokens/s", Align::right},
                 {"p10", "P10", Align::right}, {"p90", "P90", Align::right}, {"mfu_pct", "MFU %", Align::right, false, 4, 2}, {"memory_gb_per_device", "GB/dev", Align::right, false, 4, 1}, {"cost_usd_per_million_tokens", "USD/Mtok", Align::right, false, 4, 1},
                 {"energy_j_per_token", "J/tok", Align::right, false, 4, 1}, {"infeasible_because", "Not possible because", Align::left, true, 12}, {"energy_validated", "J validated"}};
  for (const Estimate& e : estimates) {
    std::vector<Cell> row{Cell(e.processor.id), Cell::number(e.question.devices)};
    if (e.answer) {
      const auto [low, high] = interval(e);
      row.emplace_back(plan_text(e.answer->plan));
      for (const double value : {e.answer->served.ttft.base * 1e3, e.answer->served.tpot.base * 1e3, tokens_per_second(e), low, high}) row.emplace_back(three(value), Style::plain, Json(digits(value)));
      row.emplace_back(fmt::format("{:.1f}", 100 * mfu(e)), Style::plain, Json(digits(100 * mfu(e))));
      row.emplace_back(fmt::format("{:.1f}", e.answer->served.memory.total.base / 1e9), Style::plain, Json(digits(e.answer->served.memory.total.base / 1e9)));
      const auto usd = usd_per_million_tokens(e.costing, delivered(e).tokens_per_second);
      row.push_back(usd ? Cell(three(usd->typical), Style::plain, Json(digits(usd->typical))) : Cell());
      if (e.energy) row.emplace_back(three(e.energy->joules_per_token), Style::plain, Json(digits(e.energy->joules_per_token)));
      else row.emplace_back("");
      row.emplace_back("");
      row.emplace_back(e.energy ? e.energy->device.validated ? "yes" : "no" : "");
    } else {
      for (int i = 0; i < 10; ++i) row.emplace_back("");
      row.emplace_back(e.why);
      row.emplace_back("");
    }
    out.add(std::move(row));
  }
  return out;
}

std::string estimates_text(const std::vector<Estimate>& estimates, const Terminal& terminal) {
  const Estimate& first = estimates.front();
  const auto& q = first.question;
  std::string out = terminal.paint(Style::strong, fmt::format("{}, {}, {:g} devices each", first.model->shape.name, workload::phase_name(q.phase), q.devices)) + "\n";
  out += fmt::format("  {:g} tokens in, {:g} out{}\n\n", q.input, q.output, q.batch > 0 ? fmt::format(", {:g} {}", q.batch, q.batch == 1 ? "sequence" : "sequences") : "");
  Table table = estimate_table(estimates);
  table.columns.pop_back();  // which energies are unvalidated stands among what is assumed
  if (std::ranges::all_of(estimates, [](const Estimate& one) { return one.answer.has_value(); })) table.columns.pop_back();
  out += to_screen(table, terminal);
  out += "\n" + paragraph(fmt::format("P10 and P90 bound the middle 80 % of what to expect of the {}.", q.phase == Phase::prefill ? "TTFT" : q.phase == Phase::decode ? "TPOT" : "tokens a second"), terminal.width);
  // Each assumption once, with the chips it is made for, unless for all.
  std::vector<std::pair<std::string, std::vector<std::string>>> said;
  for (const Estimate& e : estimates) {
    for (const std::string& text : assumptions(e)) {
      auto at = std::ranges::find(said, text, &std::pair<std::string, std::vector<std::string>>::first);
      if (at == said.end()) at = said.insert(said.end(), {text, {}});
      at->second.push_back(e.processor.id);
    }
  }
  out += "\n" + terminal.paint(Style::quiet, "Assumed") + "\n";
  for (const auto& [text, chips] : said) out += paragraph((chips.size() == estimates.size() ? "" : fmt::format("{}: ", fmt::join(chips, ", "))) + text, terminal.width, "  - ");
  std::vector<std::pair<std::string, const Costing*>> costings;
  for (const Estimate& e : estimates) {
    if (e.answer) costings.emplace_back(e.processor.id, &e.costing);
  }
  return out + costs_notes(costings, terminal);
}

std::string estimate_text(const Estimate& e, const Terminal& terminal) {
  const auto& q = e.question;
  std::string out = terminal.paint(Style::strong, fmt::format("{}, {}, on {:g} x {}", e.model->shape.name, workload::phase_name(q.phase), q.devices, e.processor.id)) + "\n";
  out += fmt::format("  {:g} tokens in, {:g} out; weights {}{}\n\n", q.input, q.output, workload::info(q.numbers.linear).name,
                     e.model->shape.has_experts() && q.numbers.experts != q.numbers.linear ? fmt::format(", experts {}", workload::info(q.numbers.experts).name) : "");
  if (!e.answer) {
    out += terminal.paint(Style::bad, "Not possible") + ": " + paragraph(e.why, terminal.width - 14) ;
  } else {
    const model::Served& s = e.answer->served;
    const auto [low, high] = interval(e);
    const auto line = [&](std::string_view name, const std::string& value) { out += fmt::format("  {}  {}\n", padded(name, 25), value); };
    const std::string bar = fmt::format("   (10 to 90 %: {} to {})", three(low), three(high));
    line(q.phase == Phase::serve || e.answer->batch <= 1 ? "first token (TTFT)" : "first token, all at once", three(s.ttft.base * 1e3) + " ms" + (q.phase == Phase::prefill ? bar : ""));
    if (q.phase != Phase::prefill) line("each further (TPOT)", three(s.tpot.base * 1e3) + " ms" + (q.phase == Phase::decode ? bar : ""));
    line("tokens a second", three(tokens_per_second(e)) + (q.phase == Phase::serve ? bar : "") + fmt::format("; {} a device", three(tokens_per_second(e) / q.devices)));
    line("sequences together", fmt::format("{:g}{}", e.answer->batch, s.running < e.answer->batch ? fmt::format(", of which the cache holds {:g}", s.running) : ""));
    line("of the peak rate (MFU)", fmt::format("{:.1f} %", 100 * mfu(e)));
    line("plan", plan_text(e.answer->plan));
    line("memory a device", fmt::format("{:.1f} of {:.1f} GB: weights {:.1f}, KV cache {:.1f}, reserve {:.1f}", s.memory.total.base / 1e9, s.memory.capacity.base / 1e9, s.memory.weights.base / 1e9, s.memory.cache.base / 1e9, s.memory.reserve.base / 1e9));
    line("cost", cost_line(e.costing, delivered(e).tokens_per_second, tokens_counted(e)));
    if (e.energy) {
      const auto [least, most] = energy_interval(e);
      line("energy", fmt::format("{} J a token   (10 to 90 %: {} to {}); {:.0f} W a device{}", three(e.energy->joules_per_token), three(least), three(most), e.energy->device.mean.base,
                                 e.energy->device.validated ? "" : "; unvalidated"));
    }
    const model::StepTime& step = step_of(e);
    const auto shares = [&](const auto& parts, const auto& name) {
      std::string text;
      for (std::size_t i = 0; i < parts.size(); ++i) {
        const double share = 100 * parts[i].base / step.time.base;
        if (share >= 0.5) text += fmt::format("{}{} {:.0f} %", text.empty() ? "" : ", ", name(i), share);
      }
      return text;
    };
    line("kernels' time goes to", shares(step.by_class, [](std::size_t i) { return workload::class_name(static_cast<workload::OperatorClass>(i)); }));
    line("bound by", shares(step.by_bound, [](std::size_t i) { return bound_names[i]; }));
  }
  out += "\n" + terminal.paint(Style::quiet, "Assumed") + "\n";
  for (const std::string& one : assumptions(e)) out += paragraph(one, terminal.width, "  - ");
  if (e.answer) out += cost_notes(e.costing, terminal);
  return out;
}

}  // namespace brightline::report
