#include "published/restricted.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace brightline::published {

namespace {

using model::Design;

// The workload as published.
constexpr double devices = 4, batch = 8, input = 2048, output = 1024;
constexpr const char* shape = "gpt3-175b";

workload::Models only(const workload::Models& all, double layers) {
  workload::Models out;
  workload::Model one = *all.find(shape);
  one.shape.max_context = std::max(one.shape.max_context, input + output);  // it was trained for less; the question stands
  if (layers > 0) one.shape.layers = layers;
  out.list.push_back(one);
  return out;
}

workload::Step step_of(workload::Phase phase) { return phase == workload::Phase::prefill ? workload::Step{batch, input, 0, false} : workload::Step{batch, 1, input + output / 2, true}; }

}  // namespace

World::World(const std::string& root)
    : root_(root), law_([&] {
        base::Problems problems;
        law::Law out = law::load_law(root + "/law", {}, problems);
        base::stop_at(problems);
        return out;
      }()),
      data_(app::load_model_world({root + "/data", root + "/law", {}})), models_(only(data_.models, 0)), one_layer_(only(data_.models, 1)), codes_(std::make_unique<search::CodeBook>(law_)) {}

search::Space World::space() const {
  base::Problems problems;
  search::Space out = search::find_space(root_ + "/data", root_ + "/tests/published/ampere-7nm.toml", problems);
  base::stop_at(problems);
  return out;
}

std::unique_ptr<search::DesignCase> World::ask(const Question& question) {
  base::Problems problems;
  search::DesignAsk ask;
  ask.space = question.space;
  ask.transaction.date = *base::Date::parse(question.day);
  ask.transaction.destination = "CN";
  ask.wanted = question.wanted;
  ask.weights = question.weights;
  ask.wishes = {.devices = devices, .batch = batch, .input = input, .output = output, .tp = devices, .precision = {}};
  // Four devices of 80 GB hold a layer but not the model: the plan is that of a layer, and room for weights is not asked.
  const search::DesignWorld world{&data_.catalogue, &data_.families, {&data_.calibration, &data_.softwares, &data_.clusters, &one_layer_}};
  auto out = search::make_case(world, *codes_, ask, problems);
  base::stop_at(problems);
  search::DesignQuestion& q = out->question;
  for (search::Task& task : q.tasks) {
    const workload::Model& model = question.whole ? models_.list.front() : one_layer_.list.front();
    task.step = workload::step_operators(model.shape, step_of(task.phase), task.plan, task.numbers, data_.calibration.expert_skew);
    if (!question.whole) {
      std::erase_if(task.step, [](const workload::Repeated& one) { return one.kind == workload::OperatorClass::logits; });
      task.work = 1;
      task.fixed = 0;
    }
    task.reference_seconds = task.seconds(*out->engine);
  }
  q.least_bytes = 0;
  if (question.most_die > 0) q.most_die = question.most_die;
  if (!question.power) q.most_power = std::numeric_limits<double>::infinity();
  return out;
}

search::Space held(search::Space space, std::string_view field, double value) {
  space.values[*model::design_field_named(field)] = {value};
  return space;
}

Design a100() {
  Design out;
  out.cores = 108;
  out.eight_bit = 1;
  out.clock = 1410;
  out.memory_rate = 89;
  return out;
}

Design fewer_cores() {
  Design out = a100();
  out.cores = 103;
  return out;
}

Design slower_links() {
  Design out = a100();
  out.scaleup = 400;
  return out;
}

Seconds seconds_of(const search::DesignQuestion& question, const Design& design) {
  search::DesignEvaluator evaluator(question);
  std::vector<double> out;
  evaluator.seconds(design, out);
  return {out.at(0), out.at(1)};
}

double tpp_of(const search::DesignQuestion& question, const Design& design) {
  return static_cast<double>(search::at(question.words(design, question.physics.applicable(design)), search::LegalWord::tpp)) / static_cast<double>(law::millionths);
}

Best best_of(const search::DesignQuestion& question, const Design& start) {
  search::BoundLimits limits;
  limits.start = question.space.at(search::levels_near(question.space, start));
  limits.most_seconds = 60;
  const search::BoundResult found = search::best_design(question, limits);
  Best out;
  if (found.winner.score != search::no_score) out.design = question.space.at(question.space.levels_of(found.winner.index));
  out.proven = found.proven;
  out.seconds = found.seconds;
  out.evaluated = found.evaluated;
  return out;
}

const std::vector<Part>& parts() {
  static const std::vector<Part> all{{"memory bandwidth", {"stacks", "memory_rate"}}, {"links", {"scaleup"}},          {"L2", {"l2"}},
                                     {"local memory", {"local"}},                   {"registers", {"registers"}}, {"cores and tensor units", {"rows", "columns", "units", "cores"}}};
  return all;
}

Design with_part(const Design& from, const Design& to, const Part& part) {
  Design out = from;
  for (const std::string_view name : part.fields) {
    double Design::* const member = model::design_fields[*model::design_field_named(name)].member;
    out.*member = to.*member;
  }
  return out;
}

std::vector<Design> drawn(const search::DesignQuestion& question, const Design& at, const Part* fixed, double most_tpp, int count, std::uint64_t seed) {
  constexpr double nearly = 0.98;  // of the most
  std::mt19937_64 random(seed);
  const search::Space& space = question.space;
  const std::vector<double>& cores = space.values[*model::design_field_named("cores")];
  const bool holds_cores = fixed != nullptr && std::ranges::find(fixed->fields, "cores") != fixed->fields.end();
  std::vector<Design> out;
  while (static_cast<int>(out.size()) < count) {
    Design one;
    for (std::size_t i = 0; i < search::design_dimensions; ++i) one.*model::design_fields[i].member = space.values[i][random() % space.values[i].size()];
    one.spare = 0;
    if (fixed != nullptr) one = with_part(one, at, *fixed);
    if (!holds_cores) {  // as many as the limit lets in
      one.cores = 1;
      one.cores = std::ceil(most_tpp / tpp_of(question, one)) - 1;
      if (one.cores < cores.front() || one.cores > cores.back()) continue;
    }
    if (tpp_of(question, one) >= nearly * most_tpp && question.physics.die(one) <= question.most_die) out.push_back(one);
  }
  return out;
}

Spread spread_of(std::vector<double> values) {
  const auto count = static_cast<double>(values.size());
  double sum = 0;
  double squares = 0;
  for (const double value : values) sum += value;
  const double mean = sum / count;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const auto [least, most] = std::ranges::minmax_element(values);
  return {std::sqrt(squares / count) / mean, *most / *least - 1};
}

double area_needed(const search::DesignQuestion& question, const Design& design) {
  constexpr double most = 1e5;
  const auto allowed = [&](double area) { return question.gate.allows(question.words(design, area)); };
  if (allowed(1)) return 0;
  if (!allowed(most)) return std::numeric_limits<double>::infinity();
  double low = 1;
  double high = most;
  while (high - low > 0.01) {
    const double middle = (low + high) / 2;
    (allowed(middle) ? high : low) = middle;
  }
  return high;
}

}  // namespace brightline::published
