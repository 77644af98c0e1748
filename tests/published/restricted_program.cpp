// Prints the tables of docs/isca2025.md; tools/restricted_designs builds and runs it.
#include <fmt/format.h>

#include <cmath>
#include <ctime>
#include <limits>

#include "published/restricted.h"

namespace {

using namespace brightline;
using namespace brightline::published;
using model::Design;

constexpr double a100_die = 826;  // mm2, as photographed
const std::vector<double> mostly_prefill{0.99, 0.01};  // the rest tells equals apart
const std::vector<double> mostly_decode{0.01, 0.99};

double quicker(double before, double after) { return 100 * (before / after - 1); }
double less(double before, double after) { return 100 * (1 - after / before); }

std::string in_words(const Design& d) {
  return fmt::format("{:g} cores, {:g} units of {:g}x{:g}, local {:g} KiB, registers {:g} KiB, L2 {:g} MiB, {:g} stacks at {:g} %, links {:g} GB/s", d.cores, d.units, d.rows, d.columns, d.local,
                     d.registers, d.l2, d.stacks, d.memory_rate, d.scaleup);
}

void baselines(World& world) {
  const auto one = world.ask({.space = world.space(), .day = first_rule});
  const auto whole = world.ask({.space = world.space(), .day = first_rule, .whole = true});
  const search::DesignQuestion& q = one->question;
  fmt::print("software: {} and {}\n\n", q.tasks[0].software, q.tasks[1].software);
  fmt::print("| chip | TPP | GB/s of memory | die, mm2 | W | of a layer: prefill, ms | decode, ms | of the model: prefill, s | decode, ms |\n|---|---|---|---|---|---|---|---|---|\n");
  const auto row = [&](const char* name, const Design& d) {
    const Seconds layer = seconds_of(q, d);
    const Seconds all = seconds_of(whole->question, d);
    fmt::print("| {} | {:.0f} | {:.0f} | {:.0f} | {:.0f} | {:.2f} | {:.4f} | {:.3f} | {:.2f} |\n", name, tpp_of(q, d), q.basis->memory_gb_per_s(d), q.physics.die(d), q.physics.power(d), layer.prefill * 1e3,
               layer.decode * 1e3, all.prefill, all.decode * 1e3);
  };
  row("A100", a100());
  row("A100 of 103 cores", fewer_cores());
  row("A100 with links of 400 GB/s", slower_links());
}

constexpr const char* roomy = "... for both";
constexpr const char* compact = "die of the cut A100 as computed, for both";

struct Variant {
  const char* name;
  World::Question question;
};

struct Optima {
  Design roomy, compact;  // on the die of A100 as measured, and on that of the cut one as computed
};
Optima optima(World& world) {
  const search::Space space = held(world.space(), "scaleup", 600);
  const double own = world.ask({.space = space, .day = first_rule})->question.physics.die(fewer_cores());
  const std::vector<Variant> variants{
      {"826 mm2, die of A100 as measured, for prefill", {.space = space, .day = first_rule, .most_die = a100_die, .weights = mostly_prefill}},
      {"... for decode", {.space = space, .day = first_rule, .most_die = a100_die, .weights = mostly_decode}},
      {roomy, {.space = space, .day = first_rule, .most_die = a100_die}},
      {"... for both, all layers and software", {.space = space, .day = first_rule, .whole = true, .most_die = a100_die}},
      {"... for both, 400 W", {.space = space, .day = first_rule, .most_die = a100_die, .power = true}},
      {"... for both, memory as on A100", {.space = held(held(space, "stacks", 5), "memory_rate", 89), .day = first_rule, .most_die = a100_die}},
      {compact, {.space = space, .day = first_rule, .most_die = own}},
      {"reticle, for both", {.space = space, .day = first_rule}},
      {"reticle, for both, links free", {.space = world.space(), .day = first_rule}},
      {"reticle, for both, links free, 400 W", {.space = world.space(), .day = first_rule, .power = true}},
  };
  Optima out;
  fmt::print("\ndesigns: {:.3g} with links free, {:.3g} with links held\n", static_cast<double>(world.space().size()), static_cast<double>(space.size()));
  fmt::print("\n| limits and aim | prefill quicker | decode quicker | prefill less time | decode less time | against 400 GB/s: prefill | decode | TPP | die, mm2 | W | search, s | evaluated | proven | design |\n"
             "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
  for (const Variant& variant : variants) {
    const auto one = world.ask(variant.question);
    const search::DesignQuestion& q = one->question;
    const Best best = best_of(q, fewer_cores());
    const Seconds before = seconds_of(q, fewer_cores());
    const Seconds links = seconds_of(q, slower_links());
    const Seconds after = seconds_of(q, best.design);
    fmt::print("| {} | {:+.1f} % | {:+.1f} % | {:.1f} % | {:.1f} % | {:+.1f} % | {:+.1f} % | {:.0f} | {:.0f} | {:.0f} | {:.2f} | {} | {} | {} |\n", variant.name, quicker(before.prefill, after.prefill),
               quicker(before.decode, after.decode), less(before.prefill, after.prefill), less(before.decode, after.decode), quicker(links.prefill, after.prefill), quicker(links.decode, after.decode),
               tpp_of(q, best.design), q.physics.die(best.design), q.physics.power(best.design), best.seconds, best.evaluated, best.proven ? "yes" : "no", in_words(best.design));
    if (variant.name == roomy) out.roomy = best.design;
    if (variant.name == compact) out.compact = best.design;
  }
  return out;
}

void contributions(World& world, const Design& to) {
  const auto one = world.ask({.space = world.space(), .day = first_rule});
  const search::DesignQuestion& q = one->question;
  const Design from = fewer_cores();
  const Seconds before = seconds_of(q, from);
  Design step = from;
  Seconds last = before;
  fmt::print("\n| part | from, to | prefill: alone | one after the other | decode: alone | one after the other | die, mm2 |\n|---|---|---|---|---|---|---|\n");
  for (const Part& part : parts()) {
    const Seconds alone = seconds_of(q, with_part(from, to, part));
    const double area = q.physics.die(step);
    const Design next = with_part(step, to, part);
    const Seconds then = seconds_of(q, next);
    std::string values;
    for (const std::string_view name : part.fields) {
      double Design::* const member = model::design_fields[*model::design_field_named(name)].member;
      values += fmt::format("{}{} {:g}, {:g}", values.empty() ? "" : "; ", name, from.*member, to.*member);
    }
    fmt::print("| {} | {} | {:+.1f} % | {:+.1f} % | {:+.1f} % | {:+.1f} % | {:+.0f} |\n", part.name, values, quicker(before.prefill, alone.prefill), quicker(last.prefill, then.prefill),
               quicker(before.decode, alone.decode), quicker(last.decode, then.decode), q.physics.die(next) - area);
    step = next;
    last = then;
  }
}

// One die, cut into as many as the reticle asks, each padded to its share of the area the rule wants.
void inert_area(World& world, const Design& best) {
  struct Class {
    const char* name;
    double tpp;
    search::WantedStanding wanted;
  };
  fmt::print("\n| below TPP | standing | dies | works, mm2 | must count, mm2 | inert | dies, USD, nothing inert | inert cannot be killed | inert can be killed | without defects: nothing inert | inert | device, USD, nothing inert | inert |\n"
             "|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
  for (const Class& one : {Class{"4,800", 4800, search::WantedStanding::notify}, Class{"4,800", 4800, search::WantedStanding::none}, Class{"2,400", 2400, search::WantedStanding::none},
                           Class{"1,600", 1600, search::WantedStanding::none}}) {
    const auto asked = world.ask({.space = world.space(), .day = second_rule, .wanted = one.wanted});
    const search::DesignQuestion& q = asked->question;
    Design d = best;
    d.cores = 1;
    d.cores = std::ceil(one.tpp / tpp_of(q, d)) - 1;
    const double needed = area_needed(q, d);
    const Design bare = d;
    d.dies = std::max(1.0, std::ceil(needed / q.most_die));
    d.cores = std::ceil(d.cores / d.dies);
    while (tpp_of(q, d) >= one.tpp) --d.cores;  // dies are alike
    const double works = q.physics.applicable(d);
    d.spare = std::max(0.0, std::ceil((needed - works) / d.dies));
    model::CostRates sound = q.physics.money;
    sound.compute.defects = 0;
    const auto cost = [&](const Design& design, const model::CostRates& rates, bool killable) {
      const model::Floorplan plan = model::floorplan_of(design, q.physics.area);
      Design counted = design;
      if (killable) counted.spare = 0;
      return model::cost_of(counted, plan, rates);
    };
    const model::CostRates& real = q.physics.money;
    const double none = cost(bare, real, false).compute_dies;
    const auto part = [&](double usd) { return fmt::format("{:.0f} ({:+.0f} %)", usd, 100 * (usd / none - 1)); };
    const double whole = cost(bare, sound, false).compute_dies;
    const double padded = cost(d, sound, false).compute_dies;
    fmt::print("| {} | {} | {:g} | {:.0f} | {:.0f} | {:.0f} | {:.0f} | {} | {} | {:.0f} | {:.0f} ({:+.0f} %) | {:.0f} | {:.0f} |\n", one.name, search::wanted_name(one.wanted), d.dies, works, needed, d.dies * d.spare, none,
               part(cost(d, real, false).compute_dies), part(cost(d, real, true).compute_dies), whole, padded, 100 * (padded / whole - 1), cost(bare, real, false).total, cost(d, real, false).total);
  }
}

void spreads(World& world) {
  constexpr int count = 20000;
  constexpr double limit = 4800;
  const auto one = world.ask({.space = world.space(), .day = first_rule});
  const search::DesignQuestion& q = one->question;
  const auto measured = [&](const Part* fixed) {
    std::vector<double> prefill;
    std::vector<double> decode;
    search::DesignEvaluator evaluator(q);
    std::vector<double> seconds;
    for (const Design& d : drawn(q, fewer_cores(), fixed, limit, count, 1)) {
      evaluator.seconds(d, seconds);
      prefill.push_back(seconds[0]);
      decode.push_back(seconds[1]);
    }
    return std::pair(spread_of(prefill), spread_of(decode));
  };
  const auto [prefill, decode] = measured(nullptr);
  fmt::print("\n| held besides TPP | prefill: variation | range | narrower | by range | decode: variation | range | narrower | by range |\n|---|---|---|---|---|---|---|---|---|\n");
  fmt::print("| nothing | {:.1f} % | {:.0f} % | | | {:.1f} % | {:.0f} % | | |\n", 100 * prefill.variation, 100 * prefill.range, 100 * decode.variation, 100 * decode.range);
  std::vector<Part> held = parts();
  held.push_back({"memory bandwidth and links", {"stacks", "memory_rate", "scaleup"}});
  held.push_back({"local memory and registers", {"local", "registers"}});
  held.push_back({"local memory, registers and links", {"local", "registers", "scaleup"}});
  held.push_back({"all but memory bandwidth", {"scaleup", "l2", "local", "registers", "rows", "columns", "units", "cores"}});
  for (const Part& part : held) {
    const auto [p, d] = measured(&part);
    fmt::print("| {} | {:.1f} % | {:.0f} % | {:.1f} | {:.1f} | {:.1f} % | {:.0f} % | {:.1f} | {:.1f} |\n", part.name, 100 * p.variation, 100 * p.range, prefill.variation / p.variation, prefill.range / p.range, 100 * d.variation,
               100 * d.range, decode.variation / d.variation, decode.range / d.range);
  }
}

// Each design anew: other sizes, so that nothing is kept from the one before.
void speed(World& world) {
  constexpr double llmcompass = 570;  // CPU-seconds of one design, as it comes
  constexpr double llmcompass_quick = 85;
  constexpr int rounds = 20;
  const auto one = world.ask({.space = world.space(), .day = first_rule});
  const search::DesignQuestion& q = one->question;
  const std::vector<Design> designs = drawn(q, fewer_cores(), nullptr, 4800, 20000, 2);
  search::DesignEvaluator evaluator(q);
  std::vector<double> seconds;
  const auto timed = [&](auto&& work) {
    double best = std::numeric_limits<double>::infinity();
    for (int round = 0; round < rounds; ++round) {
      const std::clock_t begin = std::clock();  // of this process alone
      double sum = 0;
      for (const Design& d : designs) sum += work(d);
      const double took = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC / static_cast<double>(designs.size());
      if (sum != 0) best = std::min(best, took);
    }
    return best;
  };
  const double layer = timed([&](const Design& d) {
    evaluator.seconds(d, seconds);
    return seconds[0] + seconds[1];
  });
  const double all = timed([&](const Design& d) {
    evaluator.seconds(d, seconds);
    return seconds[0] + seconds[1] + static_cast<double>(evaluator.settle(d)) + q.physics.power(d) + q.physics.cost(d);
  });
  fmt::print("\n| one design, one core | CPU, us | LLMCompass over it | with exact speed-ups |\n|---|---|---|---|\n");
  fmt::print("| a layer, prefill and decode | {:.2f} | {:.1e} | {:.1e} |\n", layer * 1e6, llmcompass / layer, llmcompass_quick / layer);
  fmt::print("| and law, area, power, cost | {:.2f} | {:.1e} | {:.1e} |\n", all * 1e6, llmcompass / all, llmcompass_quick / all);
}

}  // namespace

int main(int count, char** words) {
  World world(BRIGHTLINE_ROOT);
  if (count > 1 && std::string_view(words[1]) == "speed") {
    speed(world);
    return 0;
  }
  baselines(world);
  const Optima best = optima(world);
  contributions(world, best.roomy);
  inert_area(world, best.compact);
  spreads(world);
  speed(world);
  return 0;
}
