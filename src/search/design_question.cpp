#include "search/design_question.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace brightline::search {

namespace {

constexpr std::array objective_names{std::string_view("performance"), std::string_view("per-usd"), std::string_view("per-watt"), std::string_view("per-mm2")};
struct RejectionWords {
  std::string_view key, text;
};
constexpr std::array<RejectionWords, rejections> rejection_words{{{"none", "in question"},
                                                                  {"die", "a die or package larger than can be made"},
                                                                  {"law", "not in the standing asked for"},
                                                                  {"memory", "too little memory for a workload"},
                                                                  {"formats", "lacks a number format of a workload"},
                                                                  {"power", "draws more power than allowed"},
                                                                  {"cost", "costs more than allowed"}}};

constexpr double hundredths = 100;
constexpr std::int64_t millionths_per_hundredth = law::millionths / 100;

}  // namespace

std::optional<Objective> objective_named(std::string_view name) {
  const auto* const at = std::ranges::find(objective_names, name);
  return at == objective_names.end() ? std::nullopt : std::optional(static_cast<Objective>(at - objective_names.begin()));
}
std::string_view objective_name(Objective objective) { return objective_names[static_cast<std::size_t>(objective)]; }
std::string_view rejection_key(Rejection rejection) { return rejection_words[static_cast<std::size_t>(rejection)].key; }
std::string_view rejection_text(Rejection rejection) { return rejection_words[static_cast<std::size_t>(rejection)].text; }

void DesignQuestion::settle() {
  double sum = 0;
  for (const double weight : weights) sum += weight;
  for (double& weight : weights) weight /= sum;
  for (const Task& task : tasks) {
    least_bytes = std::max(least_bytes, task.bytes);
    eight_bit |= task.eight_bit;
    four_bit |= task.four_bit;
  }
  most_power = most_power > 0 ? most_power : space.most_power;
}

WordValues DesignQuestion::words(const model::Design& d, double area) const {
  // In MHz an operation a clock is a millionth of a TOPS, and narrower formats gain in rate what they lose in length.
  const auto operations = static_cast<std::int64_t>(2 * d.multipliers() * d.clock);
  const std::int64_t faster = d.four_bit > 0 ? 4 : d.eight_bit > 0 ? 2 : 1;
  const auto lanes = [&](double count) { return static_cast<std::int64_t>(2 * d.dies * d.cores * count * d.clock); };
  const std::int64_t tpp = std::max({operations * 16, lanes(fp32_lanes) * 32, lanes(fp64_lanes) * 64});
  WordValues out{};
  at(out, LegalWord::tpp) = tpp;
  at(out, LegalWord::bits_x_tops) = tpp;
  at(out, LegalWord::tops) = std::max({operations * faster, lanes(fp32_lanes), lanes(fp64_lanes)});
  at(out, LegalWord::applicable_die_area) = static_cast<std::int64_t>(std::floor(area * hundredths)) * millionths_per_hundredth;
  const auto links = static_cast<std::int64_t>(std::ceil((d.scaleup + basis->bus_gb_per_s(d)) * static_cast<double>(law::millionths)));
  at(out, LegalWord::aggregate_bidirectional_rate) = links;
  at(out, LegalWord::interconnect_bandwidth) = links;
  at(out, LegalWord::dram_bandwidth) = std::llround(basis->memory_gb_per_s(d) * static_cast<double>(law::millionths));
  at(out, LegalWord::hbm_in_package) = basis->stacked_memory(d) ? 1 : 0;
  at(out, LegalWord::datacenter) = space.datacenter ? 1 : 0;
  return out;
}

Rejection DesignEvaluator::settle(const model::Design& d) const {
  const DesignQuestion& q = question_;
  if (q.physics.die(d) > q.most_die) return Rejection::die;
  return q.gate.allows(q.words(d, q.physics.applicable(d))) ? Rejection::none : Rejection::law;
}

Rejection DesignEvaluator::refuse(const model::Design& d) const {
  const DesignQuestion& q = question_;
  constexpr double giga = 1e9;
  if (d.stacks * d.stack_gb * giga < q.least_bytes) return Rejection::memory;
  if ((q.eight_bit && d.eight_bit == 0) || (q.four_bit && d.four_bit == 0)) return Rejection::formats;
  if (!q.physics.fits_carrier(d)) return Rejection::die;
  if (q.physics.power(d) > q.most_power) return Rejection::power;
  if (q.most_cost > 0 && q.physics.cost(d) > q.most_cost) return Rejection::cost;
  return Rejection::none;
}

void DesignEvaluator::seconds(const model::Design& design, std::vector<double>& out) {
  question_.basis->describe(design, processor_);
  engine_.move_to(processor_);
  out.resize(question_.tasks.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Task& task = question_.tasks[i];
    const bool lacking = (task.eight_bit && design.eight_bit == 0) || (task.four_bit && design.four_bit == 0);
    out[i] = lacking ? std::numeric_limits<double>::infinity() : task.seconds(engine_);
  }
}

double DesignEvaluator::value_of(const model::Design& cheap, const std::vector<double>& seconds) const {
  const DesignQuestion& q = question_;
  double sum = 0;
  for (std::size_t i = 0; i < seconds.size(); ++i) sum += q.weights[i] * std::log(q.tasks[i].reference_seconds / seconds[i]);
  switch (q.objective) {
    case Objective::performance: return sum;
    case Objective::per_usd: return sum - std::log(q.physics.cost(cheap));
    case Objective::per_watt: return sum - std::log(q.physics.power(cheap));
    case Objective::per_mm2: return sum - std::log(q.physics.logic(cheap));
  }
  return sum;
}

Score DesignEvaluator::score_of(const model::Design& cheap, const std::vector<double>& seconds) const {
  const double found = value_of(cheap, seconds);
  return std::isfinite(found) ? static_cast<Score>(std::floor(found / question_.resolution)) : no_score;
}

}  // namespace brightline::search
