#include "agreement/random_asks.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace brightline::tests {

using search::design_dimensions;
using search::DesignAsk;
using search::DesignQuestion;
using search::Space;

namespace {

// What a field may be in a random space.
const std::map<std::string_view, std::vector<double>> pools{
    {"dies", {1, 2, 4}},
    {"io_die", {0, 1}},
    {"eight_bit", {0, 1}},
    {"four_bit", {0, 1}},
    {"rows", {4, 8, 16, 32, 64}},
    {"columns", {8, 16, 32, 64}},
    {"cores", {8, 16, 20, 30, 40, 56, 66, 80, 96, 108, 114, 132, 144}},
    {"units", {1, 2, 3, 4, 6, 8}},
    {"clock", {600, 900, 1005, 1200, 1410, 1500, 1620, 1755, 1830, 1980, 2400}},
    {"registers", {64, 128, 192, 256, 384, 512}},
    {"local", {32, 64, 96, 128, 160, 192, 228, 256}},
    {"l2", {4, 10, 20, 32, 40, 50, 64, 96}},
    {"stacks", {2, 3, 4, 5, 6, 8}},
    {"memory_rate", {40, 50, 60, 66, 74, 82, 90, 100}},
    {"stack_gb", {8, 16, 24, 36}},
    {"scaleup", {64, 100, 200, 300, 399, 400, 500, 568, 599, 600, 700, 800, 900}},
    {"bus_generation", {3, 4, 5, 6}},
    {"bus_lanes", {4, 8, 16}},
    {"spare", {0, 5, 20, 50, 100, 150, 200, 400}},
};

constexpr std::array workloads{"llama3-70b-prefill", "llama3-70b-decode",    "llama3-8b-prefill",   "llama3-8b-decode",
                               "mixtral-8x7b-prefill", "mixtral-8x7b-decode", "deepseek-v3-decode", "llama3-8b-train"};
constexpr std::array makers{"", "", "nvidia", "intel", "amd"};
constexpr std::array places{"CN", "CN", "CN", "MO", "AE", "SG"};

double quantile(std::vector<double> values, double share) {
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

}  // namespace

std::uint64_t seed_of(std::string_view text) {
  std::uint64_t out = 1469598103934665603ULL;
  for (const char c : text) out = (out ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return out;
}

std::string test_name(std::string text) {
  std::ranges::replace(text, '-', '_');
  return text;
}

bool lies_in(const DesignQuestion& question, const search::LegalPiece& piece, const model::Design& design) {
  const search::WordValues words = question.words(design, question.physics.applicable(design));
  const auto& axes = question.gate.axes();
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const int cell = axes[i].cell(words[axes[i].first], words[axes[i].second]);
    if (cell < piece.cells[i].first || cell > piece.cells[i].second) return false;
  }
  return true;
}

Space RandomAsks::space(std::uint64_t most_designs) {
  static const Space shipped = search::real_space("hopper-n4");
  Space out = shipped;
  out.memory_types = {"hbm2e", "hbm3", "hbm3e"};
  for (std::size_t i = 0; i < design_dimensions; ++i) {
    const auto pool = pools.find(model::design_fields[i].name);
    out.values[i] = {pool == pools.end() ? static_cast<double>(below(out.memory_types.size())) : of(pool->second)};
  }
  if (one_in(2)) out.values[*model::design_field_named("eight_bit")] = {1};
  // Fields get more values until the space is as large as it may be.
  for (int tries = 0; tries < 60; ++tries) {
    const std::size_t field = below(design_dimensions);
    std::vector<double> types;
    for (std::size_t k = 0; k < out.memory_types.size(); ++k) types.push_back(static_cast<double>(k));
    const auto at = pools.find(model::design_fields[field].name);
    const std::vector<double>& pool = at == pools.end() ? types : at->second;
    std::vector<double>& values = out.values[field];
    const double more = of(pool);
    if (values.size() >= 6 || std::ranges::find(values, more) != values.end()) continue;
    if (out.size() / values.size() * (values.size() + 1) > most_designs) continue;
    values.insert(std::ranges::upper_bound(values, more), more);
  }
  return out;
}

DesignAsk RandomAsks::ask(std::uint64_t most_designs) {
  DesignAsk out;
  out.space = space(most_designs);
  out.space.datacenter = !one_in(4);
  out.space.reference = one_in(3) ? "a100-sxm-80" : "h100-sxm";
  out.transaction.destination = of(places);
  out.transaction.letters = !one_in(4);
  out.wanted = static_cast<search::WantedStanding>(below(3));
  out.assume = one_in(3) ? search::Assume::lenient : search::Assume::strict;
  out.maker = of(makers);
  const std::size_t count = 1 + below(3);
  while (out.workloads.size() < count) {
    const std::string one = of(workloads);
    if (std::ranges::find(out.workloads, one) != out.workloads.end()) continue;
    out.workloads.push_back(one);
    out.weights.push_back(static_cast<double>(1 + below(4)));
  }
  const bool large = std::ranges::find(out.workloads, "deepseek-v3-decode") != out.workloads.end();
  out.wishes.devices = large ? 32 : 8;
  if (one_in(4) && out.space.reference == "h100-sxm") out.wishes.precision = "fp8";  // the other has no such units
  out.objective = static_cast<search::Objective>(below(4));
  out.resolution = one_in(3) ? 1e-2 : 1e-4;
  return out;
}

void RandomAsks::set_limits(DesignQuestion& question) {
  std::vector<double> die;
  std::vector<double> power;
  std::vector<double> cost;
  std::vector<double> memory;
  const std::uint64_t size = question.space.size();
  for (int i = 0; i < 200; ++i) {
    const model::Design design = question.space.at(question.space.levels_of(below(size)));
    die.push_back(question.physics.die(design));
    power.push_back(question.physics.power(design));
    cost.push_back(question.physics.cost(design));
    memory.push_back(design.stacks * design.stack_gb * 1e9);
  }
  const auto share = [&] { return static_cast<double>(30 + below(80)) / 100; };  // above 1: no limit
  const auto limit = [&](const std::vector<double>& values, double otherwise) {
    const double at = share();
    return at > 1 ? otherwise : quantile(values, at);
  };
  question.most_die = limit(die, 1e9);
  question.most_power = limit(power, 1e9);
  question.most_cost = limit(cost, 0);
  question.least_bytes = std::min(question.least_bytes, quantile(memory, share() / 2));
}

search::Box RandomAsks::comparable_box(const Space& space) {
  search::Box out;
  const bool narrow = one_in(2);
  for (std::size_t i = 0; i < design_dimensions; ++i) {
    const std::size_t count = space.values[i].size();
    const auto low = static_cast<std::uint16_t>(below(count));
    const bool wide = model::design_fields[i].more_is_quicker && !(narrow && one_in(2));
    out.low[i] = low;
    out.high[i] = wide ? static_cast<std::uint16_t>(low + below(count - low)) : low;
  }
  return out;
}

search::Levels RandomAsks::inside(const search::Box& box) {
  search::Levels out = box.low;
  const bool corner = one_in(4);
  for (std::size_t i = 0; i < design_dimensions; ++i) {
    const std::uint64_t width = box.high[i] - box.low[i];
    const std::uint64_t up = corner ? below(2) * width : below(width + 1);
    out[i] = static_cast<std::uint16_t>(box.low[i] + up);
  }
  return out;
}

}  // namespace brightline::tests
