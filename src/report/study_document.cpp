#include "report/study_document.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>

#include "report/judge_document.h"
#include "report/terminal_number.h"

namespace brightline::report {

namespace {

using base::Json;
using search::LegalWord;

constexpr int digits = 5;
constexpr double percent = 100;
constexpr auto millionths = static_cast<double>(law::millionths);

double word(const search::Finalist& one, LegalWord id) { return static_cast<double>(at(one.words, id)) / millionths; }
Json score_json(search::Score bound) { return bound == search::no_score || bound == std::numeric_limits<search::Score>::max() ? Json() : Json(bound); }
// A whole number as one, where it is one.
Json count(double value) { return value < 9e18 ? Json(static_cast<std::int64_t>(value)) : Json(value); }
Json number(double value) { return std::isfinite(value) ? Json(significant(value, digits)) : Json(); }

Json parameters_json(const search::Space& space, const model::Design& design) {
  Json out = Json::object();
  for (const model::DesignField& field : model::design_fields) {
    const double value = design.*field.member;
    if (field.member == &model::Design::memory_type) out.set("memory_type", space.memory_types[static_cast<std::size_t>(value)]);
    else if (field.name == "io_die" || field.name == "eight_bit" || field.name == "four_bit") out.set(std::string(field.name), value > 0);
    else out.set(key_with_unit(field.name, field.unit), static_cast<std::int64_t>(value));
  }
  return out;
}

// Not rounded: a design often stands right below a line of the law, and judged anew it must not stand on it.
Json measures_json(const search::Finalist& one) {
  Json out = Json::object();
  const auto exactly = [&](LegalWord id) { return Json(base::Exact::ratio(at(one.words, id), law::millionths).value_or(base::Exact())); };
  const double area = word(one, LegalWord::applicable_die_area);
  out.set("tpp", exactly(LegalWord::tpp)).set("bits_x_tops", exactly(LegalWord::bits_x_tops)).set("tops", exactly(LegalWord::tops)).set("applicable_die_area_mm2", exactly(LegalWord::applicable_die_area));
  out.set("performance_density", area > 0 ? Json(word(one, LegalWord::tpp) / area) : Json());
  out.set("dram_bandwidth_gb_per_s", exactly(LegalWord::dram_bandwidth));
  out.set("aggregate_bidirectional_rate_gb_per_s", exactly(LegalWord::aggregate_bidirectional_rate));
  out.set("interconnect_bandwidth_gb_per_s", exactly(LegalWord::interconnect_bandwidth));
  return out;
}

const char* time_key(workload::Phase phase) { return phase == workload::Phase::prefill ? "ttft_ms" : phase == workload::Phase::decode ? "tpot_ms" : "step_time_s"; }

Json performance_json(const search::Study& study, const search::Finalist& one) {
  Json out = Json::list();
  for (std::size_t i = 0; i < one.seconds.size(); ++i) {
    const search::Task& task = study.asked->question.tasks[i];
    const double shown = task.phase == workload::Phase::train ? one.seconds[i] : one.seconds[i] * 1e3;
    Json interval = Json::object();
    interval.set("low", number(shown * task.spread.low)).set("high", number(shown * task.spread.high));
    Json entry = Json::object();
    entry.set("workload", task.id).set(time_key(task.phase), number(shown)).set("interval", task.spread.low > 0 ? std::move(interval) : Json());
    entry.set("tokens_per_s", number(task.tokens / one.seconds[i])).set("tokens_per_s_per_device", number(task.tokens / one.seconds[i] / task.devices));
    entry.set("over_reference", number(task.reference_seconds / one.seconds[i]));
    out.push(std::move(entry));
  }
  return out;
}

// The clauses behind a line of the law: those with a limit of the same measure at the same place.
Json clauses_of(const search::Finalist& one, const search::ShadowPrice& price) {
  Json out = Json::list();
  if (!one.judgement || !price.legal) return out;
  for (const search::Margin& margin : one.judgement->margins) {
    if (margin.measure != price.limit || std::abs(margin.limit.to_double() - price.at) > 1e-6) continue;
    Json entry = Json::object();
    entry.set("clause", margin.clause).set("cite", margin.cite);
    out.push(std::move(entry));
  }
  return out;
}

Json price_json(const search::Finalist& one, const search::ShadowPrice& price) {
  Json out = Json::object();
  out.set("limit", price.limit).set("unit", price.unit).set("kind", price.legal ? "law" : price.limit == "die" || price.limit == "power" || price.limit == "cost" ? "limit" : "space");
  out.set("relation", price.below ? "below" : "above").set("at", number(price.at)).set("value", number(price.value));
  out.set("moved_by", number(price.moved)).set("gain_pct", number(price.gain * percent)).set("gain_pct_per_unit", number(price.per_unit() * percent)).set("clauses", clauses_of(one, price));
  return out;
}

Json flips_json(const search::FlipRate& flips) {
  Json out = Json::object();
  out.set("draws", flips.draws).set("winner_pct", number(flips.flipped * percent)).set("binding_line_pct", number(flips.rebound * percent)).set("mean_regret_pct", number(flips.regret * percent));
  out.set("material_pct", number(search::FlipRate::material * percent)).set("most_sensitive_to", flips.most.empty() ? Json() : Json(flips.most)).set("its_regret_pct", number(flips.most_regret * percent));
  return out;
}

Json verdict_json(const search::Finalist& one, Json out) {
  const Json judged = judge_document(*one.judgement);
  for (const char* key : {"paragraph", "label", "requirement", "exceptions", "review", "licence", "because", "conditions", "flags", "assumptions", "unresolved"}) {
    if (const Json* value = judged.find(key)) out.set(key, *value);
  }
  return out;
}

Json design_json(const search::Study& study, const search::Finalist& one) {
  const search::DesignQuestion& q = study.asked->question;
  Json out = Json::object();
  out.set("kind", "design").set("role", one.role).set("space", q.space.id).set("standing", search::wanted_name(study.asked->ask.wanted)).set("assume", study.asked->ask.assume == search::Assume::strict ? "strict" : "lenient");
  out.set("parameters", parameters_json(q.space, one.design)).set("measures", measures_json(one));
  out.set("die_area_mm2", number(one.die)).set("power_w", number(one.power));
  Json cost = Json::object();
  cost.set("low", number(q.physics.cost(one.design, q.physics.money_low))).set("typical", number(one.cost)).set("high", number(q.physics.cost(one.design, q.physics.money_high)));
  out.set("cost_usd", std::move(cost)).set("performance", performance_json(study, one));
  out = verdict_json(one, std::move(out));
  Json binding = Json::list();
  Json prices = Json::list();
  for (const search::ShadowPrice& price : one.prices) {
    const Json clauses = clauses_of(one, price);
    for (const Json& clause : std::get<Json::List>(clauses.value())) binding.push(clause);
    prices.push(price_json(one, price));
  }
  out.set("inert_area_mm2", number(one.design.spare * one.design.dies));
  out.set("binding_clauses", std::move(binding)).set("shadow_prices", std::move(prices));
  Json nearest = Json::object();
  if (one.nearest != nullptr) nearest.set("chip", one.nearest->described.chip->id).set("name", one.nearest->described.chip->name).set("distance", number(one.distance));
  out.set("nearest_product", one.nearest != nullptr ? std::move(nearest) : Json());
  Json certificate = Json::object();
  certificate.set("proven", one.proven).set("gap", number(one.gap)).set("score", one.winner.score).set("bound", score_json(one.bound)).set("resolution", q.resolution);
  certificate.set("index_in_space", std::to_string(one.winner.index)).set("winner_in_space", parameters_json(q.space, one.in_space));
  return out.set("certificate", std::move(certificate)).set("flip_rate", flips_json(one.flips));
}

Json asked_json(const search::DesignCase& asked) {
  Json workloads = Json::list();
  for (std::size_t i = 0; i < asked.question.tasks.size(); ++i) {
    const search::Task& task = asked.question.tasks[i];
    Json plan = Json::object();
    plan.set("tp", static_cast<std::int64_t>(task.training ? task.training->plan.tp : task.plan.tp)).set("pp", static_cast<std::int64_t>(task.training ? task.training->plan.pp : task.plan.pp));
    plan.set("dp", static_cast<std::int64_t>(task.training ? task.training->plan.dp : task.plan.dp));
    Json entry = Json::object();
    entry.set("workload", task.id).set("weight", number(asked.question.weights[i])).set("devices", static_cast<std::int64_t>(task.devices)).set("batch", static_cast<std::int64_t>(task.batch));
    entry.set("input", static_cast<std::int64_t>(task.input)).set("output", static_cast<std::int64_t>(task.output)).set("precision", workload::info(task.numbers.linear).name);
    entry.set("plan", std::move(plan)).set("software", task.software).set("reference_s", number(task.reference_seconds)).set("least_memory_gb", number(task.bytes * 1e-9));
    workloads.push(std::move(entry));
  }
  const search::Space& space = asked.question.space;
  Json out = Json::object();
  out.set("space", space.id).set("space_name", space.name).set("reference", space.reference).set("node", space.node).set("date", asked.ask.transaction.date.to_text());
  out.set("destination", asked.ask.transaction.destination).set("maker", asked.ask.maker.empty() ? Json() : Json(asked.ask.maker)).set("standing", search::wanted_name(asked.ask.wanted));
  out.set("assume", asked.ask.assume == search::Assume::strict ? "strict" : "lenient").set("objective", search::objective_name(asked.question.objective));
  out.set("datacenter", space.datacenter).set("most_power_w", number(asked.question.most_power)).set("most_die_mm2", number(asked.question.most_die));
  return out.set("most_cost_usd", asked.question.most_cost > 0 ? number(asked.question.most_cost) : Json()).set("workloads", std::move(workloads));
}

Json rejections_json(const search::Study& study) {
  Json causes = Json::object();
  for (std::size_t i = 0; i < search::rejections; ++i) causes.set(std::string(search::rejection_key(static_cast<search::Rejection>(i))), study.sample.rejected[i]);
  Json out = Json::object();
  out.set("designs", study.sample.designs).set("every", std::to_string(study.sample_stride)).set("causes", std::move(causes));
  return out.set("frontier", study.sample.frontier.size());
}

}  // namespace

std::string wanted_text(search::WantedStanding wanted) {
  switch (wanted) {
    case search::WantedStanding::none: return "nothing required of anybody";
    case search::WantedStanding::notify: return "no licence, notice at most";
    default: return "a licence at most that is looked at case by case";
  }
}

Json certificate_json(std::span<const search::Study* const> studies) {
  double gap = 0;
  bool proven = !studies.empty();
  bool swept = false;
  search::Score bound = search::no_score;
  std::size_t designs = 0;
  for (const search::Study* const each : studies) {
    const search::Study& study = *each;
    proven &= !study.stopped;
    swept |= study.boxes == 0;
    gap = std::max(gap, study.gap);
    for (const search::Finalist& one : study.finalists) {
      bound = std::max(bound, one.bound);
      ++designs;
    }
  }
  Json out = Json::object();
  out.set("bound", score_json(bound)).set("gap", studies.empty() ? Json() : number(gap)).set("proven", proven);
  out.set("says", studies.empty() ? "no design space was searched; the region is exact: every cell of the law was visited"
                  : swept && !proven ? "some designs of the spaces were looked at, and nothing is proven of the others"
                  : swept            ? "every design of the spaces was looked at"
                  : !proven && !std::isfinite(gap) ? "the search was stopped before all of the spaces was bounded: nothing is proven"
                  : !proven        ? "the search was stopped: within the stated gap nothing in the spaces beats these designs in this model"
                  : designs == 0   ? "no design of the spaces is in the standing asked for: every one was refused by a bound, and the tree was gone through anew"
                                   : "in this model and these spaces no design beats these; the tree of the proof was gone through anew; its bounds rest on formulas that never fall, which tests ask");
  return out;
}

Json effort_json(std::span<const search::Study* const> studies, int ranks) {
  double designs = 0;
  double seconds = 0;
  double judging = 0;
  double evaluating = 0;
  std::uint64_t judged = 0;
  std::uint64_t evaluated = 0;
  std::uint64_t swept = 0;
  std::uint64_t boxes = 0;
  std::uint64_t leaves = 0;
  unsigned threads = 1;
  for (const search::Study* const each : studies) {
    const search::Study& study = *each;
    designs += static_cast<double>(study.asked->question.space.size());
    seconds += study.seconds;
    judged += study.sample.designs;
    swept += study.sample.evaluated;
    evaluated += study.evaluated + study.sample.evaluated;
    judging += study.sample.judging / study.threads;
    evaluating += study.sample.evaluating / study.threads;
    boxes += study.boxes;
    leaves += study.leaves;
    threads = std::max(threads, study.threads);
  }
  Json out = Json::object();
  out.set("designs_in_space", count(designs)).set("designs_judged", judged).set("designs_evaluated", evaluated).set("boxes", boxes).set("proof_leaves", leaves).set("seconds", number(seconds));
  out.set("designs_per_second", evaluating > 0 ? number(static_cast<double>(swept) / evaluating) : Json(0));
  out.set("designs_judged_per_second", judging > 0 ? number(static_cast<double>(judged) / judging) : Json(0));
  return out.set("threads", static_cast<std::int64_t>(threads)).set("ranks", ranks);
}

Json study_document(const search::Study& study) {
  Json designs = Json::list();
  for (const search::Finalist& one : study.finalists) designs.push(design_json(study, one));
  const std::array<const search::Study*, 1> alone{&study};
  Json out = asked_json(*study.asked);
  Json assumed = Json::texts(study.asked->assumed);
  out.set("designs", std::move(designs)).set("certificate", certificate_json(alone)).set("rejections", rejections_json(study)).set("reference_assumptions", std::move(assumed));
  return out.set("effort", effort_json(alone, 1));
}

}  // namespace brightline::report
