#include "fit/calibrate_area.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "base/problem.h"
#include "fit/least.h"
#include "model/real_die.h"
#include "model/stated.h"

namespace brightline::fit {

namespace {

// How much a row bears on the fit. A total is the surest thing known of a die; what a photograph calls network, control or
// the rest is a matter of where lines are drawn.
constexpr double weight_of_total = 6;
constexpr double weight_of_block = 6;
constexpr double weight_of_loose_block = 0.5;

struct Measured {
  model::RealDie die;
  std::string_view block;  // empty: the total
  double area = 0;
};

bool is_loose(std::string_view block) { return block == "interconnect" || block == "other" || block.ends_with("control"); }

std::vector<Measured> measured_rows(const chip::Technology& technology) {
  std::vector<Measured> out;
  for (const chip::DieFacts& facts : technology.dies) {
    if (!facts.fit) continue;
    const model::RealDie die = model::real_die(facts);
    out.push_back({die, "", model::stated(facts.area)});
    for (const auto& block : facts.blocks) out.push_back({die, block.name, model::stated(block.value)});
  }
  return out;
}

double computed(const Measured& row, const chip::Technology& technology, std::span<const double> values) {
  base::Problems problems;
  const model::Floorplan plan = model::floorplan_of(row.die, technology, model::area_constants(values), problems);
  base::stop_at(problems);
  return row.block.empty() ? plan.die : model::block_area(plan, row.block);
}

// The solver's order is that of the data; the model's that of its names.
std::vector<double> in_model_order(const chip::AreaFacts& facts, std::span<const double> values) {
  std::vector<double> out;
  for (const char* name : model::names::area) {
    const auto* constant = facts.constant(name);
    if (constant == nullptr) base::refuse("area.toml", fmt::format("there is no constant '{}'", name));
    out.push_back(values[static_cast<std::size_t>(constant - facts.constants.data())]);
  }
  return out;
}

}  // namespace

std::vector<double> fit_area(const chip::Technology& technology) {
  const std::vector<Measured> rows = measured_rows(technology);
  Problem problem;
  for (const auto& one : technology.area.constants) problem.priors.push_back({.value = model::stated(one.prior), .spread = one.spread, .offset_spread = one.spread});
  for (const Measured& row : rows) {
    const double weight = row.block.empty() ? weight_of_total : is_loose(row.block) ? weight_of_loose_block : weight_of_block;
    problem.rows.push_back({row.area, {}, weight});
  }
  problem.predict = [&](std::size_t row, std::span<const double> values) { return computed(rows[row], technology, in_model_order(technology.area, values)); };
  constexpr int enough = 200;
  return solve(problem, enough).constants(problem, {});
}

std::string area_toml(const chip::AreaFacts& facts, const std::vector<double>& values) {
  std::string out = "# Made by `calibrate DATA DATA --area`; do not edit. Constants of area.toml as fitted on the dies of dies.toml with fit = true.\n";
  for (std::size_t i = 0; i < values.size(); ++i) fmt::format_to(std::back_inserter(out), "{} = {:.6g}\n", facts.constants[i].name, values[i]);
  return out;
}

AreaError error_of(const chip::DieFacts& die, std::string_view block, const chip::Technology& technology, const std::vector<double>& values) {
  Measured row{model::real_die(die), block, model::stated(die.area)};
  for (const auto& one : die.blocks) {
    if (one.name == block) row.area = model::stated(one.value);
  }
  const double area = computed(row, technology, in_model_order(technology.area, values));
  return {row.area, area, 100 * (area / row.area - 1)};
}

double held_out_median(const chip::Technology& technology, const std::vector<double>& values, bool of_catalogue) {
  std::vector<double> errors;
  for (const chip::DieFacts& die : technology.dies) {
    if (!die.fit && !(of_catalogue && die.chips.empty())) errors.push_back(std::abs(error_of(die, "", technology, values).percent));
  }
  if (errors.empty()) return 0;
  std::ranges::sort(errors);
  return (errors[(errors.size() - 1) / 2] + errors[errors.size() / 2]) / 2;
}

std::string area_report(const chip::Technology& technology, const std::vector<double>& values) {
  const auto line = [&](const chip::DieFacts& die, const std::string& block) {
    const AreaError one = error_of(die, block, technology, values);
    return fmt::format("{:<44} {:>8.1f} {:>8.1f} {:>+7.1f} %  {}\n", block.empty() ? die.name : die.name + ", " + block, one.measured, one.computed, one.percent, die.fit ? "fitted" : "held out");
  };
  std::string dies = fmt::format("{:<44} {:>8} {:>8} {:>9}\n", "mm2", "measured", "computed", "error");
  std::string blocks;
  for (const chip::DieFacts& die : technology.dies) {
    dies += line(die, "");
    for (const auto& block : die.blocks) blocks += line(die, block.name);
  }
  return dies + fmt::format("held out, dies of the catalogue: median error {:.1f} %; all: {:.1f} %\n\n", held_out_median(technology, values, true), held_out_median(technology, values, false)) + blocks;
}

}  // namespace brightline::fit
