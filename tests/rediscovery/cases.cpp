#include "rediscovery/cases.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <thread>

#include "base/toml.h"
#include "chip/measure.h"
#include "search/products.h"
#include "search/proof.h"

namespace brightline::tests {

namespace {

const std::string root = BRIGHTLINE_ROOT;
const base::Date before_any_rule = *base::Date::parse("2022-08-01");
constexpr double resolution = 1e-3;  // of the objective: designs nearer to each other are equals

void read_expected(const base::TomlFile& file, const base::TomlNode& node, Case& out, base::Problems& problems) {
  for (const base::TomlEntry& entry : node.entries) {
    const auto* const at = std::ranges::find(measured_names, entry.key);
    if (at == measured_names.end()) {
      problems.add(file.where(entry.value), "no measure '" + entry.key + "'");
      continue;
    }
    Expected one;
    one.measure = static_cast<Measured>(at - measured_names.begin());
    base::TomlTable table(file, entry.value, entry.key, problems);
    if (const base::TomlNode* from = table.node("from")) one.from = from->number();
    if (const base::TomlNode* below = table.node("below")) one.below = below->number();
    one.why = table.text("why");
    table.finish();
    out.expected.push_back(one);
  }
  std::ranges::sort(out.expected, {}, &Expected::measure);
}

std::vector<Case> read_cases() {
  base::Problems problems;
  const auto file = base::TomlFile::read(root + "/tests/rediscovery/cases.toml");
  if (!file) throw base::BadInput(file.error());
  base::TomlTable all(*file, file->root(), "the cases", problems);
  std::vector<Case> out;
  for (const base::TomlNode* node : all.tables("case")) {
    base::TomlTable table(*file, *node, "a case", problems);
    Case one;
    one.id = table.text("id");
    one.space = table.text("space");
    one.maker = table.optional_text("maker").value_or("");
    one.wanted = table.optional_text("wanted").value_or("none");
    one.sold_in_us = table.optional_text("sold_in_us").value_or("");
    one.day = table.optional_date("day").value_or(base::Date{});
    one.claim = table.text("claim");
    one.missed_because = table.optional_text("missed_because").value_or("");
    one.workloads = table.texts("workloads");
    one.with = table.texts("with");
    one.shipped = table.texts("shipped");
    if (const base::TomlNode* devices = table.node("devices")) one.devices = devices->number();
    if (const base::TomlNode* die = table.node("most_die_mm2")) one.most_die = die->number();
    if (const base::TomlNode* expect = table.node("expect")) read_expected(*file, *expect, one, problems);
    if (one.expected.empty()) table.problem("expect", "a case without a criterion");
    table.finish();
    out.push_back(std::move(one));
  }
  all.finish();
  base::stop_at(problems);
  return out;
}

/// The law with some proposals, and its compilations.
struct LawWith {
  law::Law law;
  search::CodeBook codes;
  explicit LawWith(law::Law loaded) : law(std::move(loaded)), codes(law) {}
};

LawWith& law_with(const std::vector<std::string>& proposals) {
  static std::map<std::vector<std::string>, std::unique_ptr<LawWith>> loaded;
  auto& out = loaded[proposals];
  if (!out) {
    base::Problems problems;
    out = std::make_unique<LawWith>(law::load_law(root + "/law", proposals, problems));
    base::stop_at(problems);
  }
  return *out;
}

double middle(const chip::Interval& value) {
  if (value.stated) return value.stated->to_double();
  return value.low && value.high ? (value.low->to_double() + value.high->to_double()) / 2 : std::nan("");
}

MeasuredValues values_of_product(const std::string& id) {
  const chip::Accelerator* product = world().catalogue.find(id);
  base::check(product != nullptr, "a shipped product is of the catalogue: " + id);
  const search::Described described = search::describe(world().catalogue, *product);
  using chip::MeasureId;
  MeasuredValues out{};
  std::size_t i = 0;
  for (const MeasureId measure : {MeasureId::tpp, MeasureId::performance_density, MeasureId::applicable_die_area, MeasureId::dram_bandwidth, MeasureId::interconnect_bandwidth})
    out[i++] = middle(described.measures[measure].value);
  return out;
}

MeasuredValues values_of_design(const search::DesignQuestion& question, const model::Design& design) {
  const search::WordValues words = question.words(design, question.physics.applicable(design));
  const auto word = [&](search::LegalWord id) { return static_cast<double>(search::at(words, id)) / static_cast<double>(law::millionths); };
  const double tpp = word(search::LegalWord::tpp);
  const double area = word(search::LegalWord::applicable_die_area);
  return {tpp, tpp / area, area, word(search::LegalWord::dram_bandwidth), word(search::LegalWord::interconnect_bandwidth)};
}

search::BoundLimits all_threads() {
  search::BoundLimits out;
  out.threads = std::max(1U, std::thread::hardware_concurrency());
  return out;
}

MeasuredValues best_values(const Case& one) {
  const std::unique_ptr<search::DesignCase> design_case = asked(one);
  const search::DesignQuestion& question = design_case->question;
  const search::BoundResult result = search::best_design(question, all_threads());
  base::check(result.proven, "a search without a limit of time ends");
  if (result.winner.score == search::no_score) return {};
  return values_of_design(question, question.space.at(question.space.levels_of(result.winner.index)));
}

std::string cell(double value, int digits) { return std::isnan(value) ? "?" : fmt::format("{:.{}f}", value, digits); }

std::string columns(const MeasuredValues& v) {
  // Downwards, so that what is below a line does not read as if it stood on it.
  const double density = std::floor(v[1] * 100) / 100;
  return fmt::format("{} | {} | {} | {} | {}", cell(std::floor(v[0]), 0), cell(density, 2), cell(v[2], 0), cell(std::floor(v[3]), 0), cell(std::floor(v[4]), 0));
}

std::string joined(const std::vector<std::string>& words, const char* between) { return fmt::format("{}", fmt::join(words, between)); }

std::string range_text(const Expected& one) {
  const std::string_view name = measured_names[static_cast<std::size_t>(one.measure)];
  if (one.from == 0) return fmt::format("{} < {:g}", name, one.below);
  if (std::isinf(one.below)) return fmt::format("{} >= {:g}", name, one.from);
  return fmt::format("{:g} <= {} < {:g}", one.from, name, one.below);
}

}  // namespace

const std::vector<Case>& cases() {
  static const std::vector<Case> read = read_cases();
  return read;
}

const app::ModelWorld& world() {
  static const app::ModelWorld loaded = app::load_model_world({root + "/data", root + "/law", {}});
  return loaded;
}

std::vector<Expected> CaseAnswer::missed(const Case& one) const {
  std::vector<Expected> out;
  for (const Expected& expected : one.expected) {
    if (!found || !expected.met(values[static_cast<std::size_t>(expected.measure)])) out.push_back(expected);
  }
  return out;
}

bool CaseAnswer::met_unruled(const Case& one) const {
  return std::ranges::all_of(one.expected, [&](const Expected& expected) { return expected.met(unruled[static_cast<std::size_t>(expected.measure)]); });
}

std::unique_ptr<search::DesignCase> asked(const Case& one) {
  base::Problems problems;
  const app::ModelWorld& w = world();
  search::DesignAsk ask;
  ask.space = search::find_space(root + "/data", one.space, problems);
  base::stop_at(problems);
  if (one.most_die > 0) ask.space.most_die = one.most_die;
  ask.transaction.date = one.day;
  ask.transaction.destination = "CN";
  if (!one.sold_in_us.empty()) ask.transaction.set.emplace_back("sold_in_us", one.sold_in_us);
  ask.maker = one.maker;
  const auto wanted = search::wanted_named(one.wanted);
  base::check(wanted.has_value(), "a standing: " + one.wanted);
  ask.wanted = *wanted;
  ask.workloads = one.workloads;
  ask.wishes.devices = one.devices;
  ask.resolution = resolution;
  const search::DesignWorld design_world{&w.catalogue, &w.families, {&w.calibration, &w.softwares, &w.clusters, &w.models}};
  auto out = search::make_case(design_world, law_with(one.with).codes, ask, problems);
  base::stop_at(problems);
  return out;
}

CaseAnswer answer(const Case& one) {
  const std::unique_ptr<search::DesignCase> design_case = asked(one);
  const search::DesignQuestion& question = design_case->question;
  const search::BoundResult result = search::best_design(question, all_threads());
  CaseAnswer out;
  out.found = result.winner.score != search::no_score;
  out.proven = result.proven;
  out.boxes = result.boxes;
  out.evaluated = result.evaluated;
  out.seconds = result.seconds;
  const search::ProofCheck checked = search::replay(question, result.proof);
  out.proof_holds = checked.holds;
  out.why = checked.why;
  Case before = one;
  before.day = before_any_rule;
  before.with.clear();
  out.unruled = best_values(before);
  if (!out.found) return out;
  const model::Design in_space = question.space.at(question.space.levels_of(result.winner.index));
  const search::Polished polished = search::polish(question, in_space);
  out.design = polished.found ? polished.design : in_space;
  out.values = values_of_design(question, out.design);
  out.power = question.physics.power(out.design);
  out.cost = question.physics.cost(out.design);
  search::DesignEvaluator evaluator(question);
  out.speed = std::exp(evaluator.value(out.design, out.design));
  out.prices = search::shadow_prices(question, out.design);
  return out;
}

std::string outcome_rows(const Case& one, const CaseAnswer& answer) {
  std::string out;
  const std::string verdict = answer.missed(one).empty() ? "met" : "**missed**";
  if (answer.found) out = fmt::format("| {} | found | {} | {:.0f} | {:.2f} | {} |\n", one.id, columns(answer.values), answer.power, answer.speed, verdict);
  else out = fmt::format("| {} | none | | | | | | | | {} |\n", one.id, verdict);
  out += fmt::format("| {} | before any rule | {} | | | |\n", one.id, columns(answer.unruled));
  for (const std::string& id : one.shipped) out += fmt::format("| {} | {} | {} | | | |\n", one.id, id, columns(values_of_product(id)));
  return out;
}

std::string limits_row(const Case& one, const CaseAnswer& answer) {
  constexpr std::size_t most = 5;
  constexpr double least = 1e-4;  // what two decimals of a percent show
  std::vector<std::string> prices;
  for (const search::ShadowPrice& price : answer.prices) {
    if (prices.size() == most || price.gain < least) break;
    prices.push_back(fmt::format("{}{} {:g} {:+.2f} %", price.legal ? "law: " : "", price.limit, price.at, price.gain * 100));
  }
  std::vector<std::string> missed;
  for (const Expected& expected : answer.missed(one)) missed.push_back(std::string(measured_names[static_cast<std::size_t>(expected.measure)]));
  const std::string why = missed.empty() ? "" : fmt::format("{}: {}", joined(missed, ", "), one.missed_because);
  return fmt::format("| {} | {} | {} |\n", one.id, prices.empty() ? "none" : joined(prices, "; "), why);
}

std::string criterion_row(const Case& one) {
  std::vector<std::string> ranges;
  for (const Expected& expected : one.expected) ranges.push_back(fmt::format("{} ({})", range_text(expected), expected.why));
  std::string asked_for = joined(one.workloads, ", ");
  if (one.devices > 0) asked_for += fmt::format(" on {:g}", one.devices);
  std::string terms = one.space;
  if (one.most_die > 0) terms += fmt::format(", dies to {:g} mm2", one.most_die);
  if (one.wanted != "none") terms += ", " + one.wanted;
  if (!one.sold_in_us.empty()) terms += ", sold in the US: " + one.sold_in_us;
  for (const std::string& id : one.with) terms += ", with " + id;
  return fmt::format("| {} | {} | {} | {} | {} | {} |\n", one.id, one.day.to_text(), terms, asked_for, one.claim, joined(ranges, "; "));
}

}  // namespace brightline::tests
