#include "model/calibration.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "base/toml.h"

namespace brightline::model {

namespace {

double number(const base::TomlNode* node) { return node == nullptr ? 0 : node->number(); }

std::vector<double> numbers(const base::TomlNode* node) {
  std::vector<double> out;
  if (node != nullptr) {
    for (const base::TomlNode& item : node->items) out.push_back(number(&item));
  }
  return out;
}

// Bounds of an interval, and numbers at all.
bool is_spread(const Spread& spread) { return spread.low > 0 && spread.high >= spread.low && spread.high < 1e6; }

void read_priors(const base::TomlFile& file, Calibration& out, base::Problems& problems) {
  for (const auto& [form, table] : file.root().entries) {
    if (form == "unmeasured") {
      out.unmeasured = {number(table.find("low")), number(table.find("high"))};
      continue;
    }
    if (form == "memory") {
      out.memory_reserve = number(table.find("reserve"));
      continue;
    }
    if (form == "training_memory") {
      out.training_memory = {number(table.find("runtime")), number(table.find("fragmentation")), number(table.find("capacity"))};
      continue;
    }
    if (form == "routing") {
      out.expert_skew = number(table.find("skew"));
      continue;
    }
    const auto info = std::ranges::find_if(kernels, [&](const KernelInfo& one) { return one.form == form || one.name == form; });
    if (info == kernels.end()) {
      problems.add(file.where(table), "'" + form + "' is no kernel");
      continue;
    }
    std::vector<Prior> priors;
    for (const char* name : info->constants) {
      const base::TomlNode* one = table.find(name);
      if (one == nullptr) {
        problems.add(file.where(table), "[" + form + "] has no constant '" + std::string(name) + "'");
        continue;
      }
      priors.push_back({number(one->find("is")), number(one->find("spread")), number(one->find("offset")), number(one->find("most"))});
      if (priors.back().value <= 0 || priors.back().spread <= 0 || priors.back().offset_spread <= 0)
        problems.add(file.where(*one), "a prior needs is, spread and offset above 0");
    }
    out.priors[form] = priors;
  }
}

void read_fit(const base::TomlFile& file, const base::TomlNode& table, Calibration& out, base::Problems& problems) {
  Fit fit;
  const base::TomlNode* key = table.find("key");
  if (key == nullptr) {
    problems.add(file.where(table), "a fit needs a key");
    return;
  }
  fit.key = key->text;
  const auto kernel = kernel_named(fit.key.substr(0, fit.key.find('/')));
  if (!kernel) {
    problems.add(file.where(*key), "'" + fit.key + "' is no kernel");
    return;
  }
  fit.kernel = *kernel;
  fit.rows = static_cast<std::size_t>(number(table.find("rows")));
  fit.held_out_mape = number(table.find("held_out_mape"));
  if (const base::TomlNode* families = table.find("new_family")) {
    for (const auto& [name, value] : families->entries) fit.new_family[name] = number(&value);
  }
  const std::size_t wanted = info(*kernel).constants.size();
  if (const base::TomlNode* levels = table.find("level")) {
    for (const base::TomlNode& level : levels->items) {
      const base::TomlNode* name = level.find("of");
      std::vector<double> values = numbers(level.find("values"));
      const bool positive = std::ranges::all_of(values, [](double value) { return value > 0 && value < 1e30; });
      if (name == nullptr || values.size() != wanted || !positive) {
        problems.add(file.where(level), fmt::format("a level of '{}' needs 'of' and {} values above 0", fit.key, wanted), "made anew by tools/calibrate");
        continue;
      }
      if (name->text == "default") fit.defaults = values;
      else fit.factors[name->text] = values;
    }
  }
  if (const base::TomlNode* spreads = table.find("spread")) {
    for (const base::TomlNode& spread : spreads->items) {
      const std::vector<double> low = numbers(spread.find("low"));
      const std::vector<double> high = numbers(spread.find("high"));
      const base::TomlNode* name = spread.find("of");
      if (name == nullptr || low.size() != 4 || high.size() != 4) {
        problems.add(file.where(spread), "a spread needs 'of', and four values each in 'low' and 'high'", "made anew by tools/calibrate");
        continue;
      }
      for (std::size_t i = 0; i < 4; ++i) {
        if (!is_spread({low[i], high[i]})) problems.add(file.where(spread), "a spread's 'low' must be above 0 and its 'high' not below it");
        fit.spreads[name->text][i] = {low[i], high[i]};
      }
    }
  }
  if (fit.defaults.empty()) {
    problems.add(file.where(table), "'" + fit.key + "' has no level 'default'");
    return;
  }
  out.fits[fit.key] = std::move(fit);
}

// "0.5.9" before "0.5.14": runs of digits count as numbers.
bool older(const std::string& a, const std::string& b) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    if (!digit(a[i]) || !digit(b[j])) {
      if (a[i] != b[j]) return a[i] < b[j];
      ++i;
      ++j;
      continue;
    }
    std::size_t end_a = i;
    std::size_t end_b = j;
    while (end_a < a.size() && digit(a[end_a])) ++end_a;
    while (end_b < b.size() && digit(b[end_b])) ++end_b;
    const double left = std::strtod(a.substr(i, end_a - i).c_str(), nullptr);
    const double right = std::strtod(b.substr(j, end_b - j).c_str(), nullptr);
    if (left != right) return left < right;
    i = end_a;
    j = end_b;
  }
  return a.size() - i < b.size() - j;
}

}  // namespace

double saturated(double value, double most) {
  if (most <= 0) return value;
  const double y = value / most;
  if (y < 0.5) return value;
  const double y4 = y * y * y * y;
  return value / std::sqrt(std::sqrt(std::sqrt(std::sqrt(1 + y4 * y4 * y4 * y4))));
}

Calibration Calibration::load(const std::string& data_folder, base::Problems& problems, std::string_view without) {
  Calibration out;
  const std::filesystem::path folder = std::filesystem::path(data_folder) / "calibration";
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  for (const auto& path : files) {
    if (path.filename() == "families.toml" || path.stem() == without) continue;
    const auto file = base::TomlFile::read(path.string());
    if (!file) {
      problems.add(file.error());
    } else if (path.filename() == "priors.toml") {
      read_priors(*file, out, problems);
    } else if (const base::TomlNode* fits = file->root().find("fit")) {
      for (const base::TomlNode& table : fits->items) read_fit(*file, table, out, problems);
    }
  }
  if (out.priors.empty()) problems.add({folder.string(), 0, 0, {}}, "there is no priors.toml");
  for (const KernelInfo& kernel : kernels) {
    if (!out.priors.empty() && !out.priors.contains(std::string(kernel.form)) && !out.priors.contains(std::string(kernel.name)))
      problems.add({(folder / "priors.toml").string(), 0, 0, {}}, "there is no [" + std::string(kernel.form) + "]");
  }
  const bool is_share = out.memory_reserve >= 0 && out.memory_reserve < 1;
  const bool is_exponent = out.expert_skew >= 0 && out.expert_skew < 10;
  if (!is_share) problems.add({(folder / "priors.toml").string(), 0, 0, {}}, "[memory] reserve must be a share from 0 to below 1");
  if (!is_exponent) problems.add({(folder / "priors.toml").string(), 0, 0, {}}, "[routing] skew must be an exponent from 0 to below 10");
  const TrainingMemoryPolicy& memory = out.training_memory;
  const bool is_memory = memory.runtime >= 0 && memory.fragmentation >= 1 && memory.capacity > 0.5 && memory.capacity < 2;
  if (!is_memory)
    problems.add({(folder / "priors.toml").string(), 0, 0, {}}, "[training_memory] needs a runtime of at least 0 and a fragmentation of at least 1 and a capacity near 1");
  if (!is_spread(out.unmeasured)) problems.add({(folder / "priors.toml").string(), 0, 0, {}}, "[unmeasured] needs low above 0 and high not below it");
  return out;
}

const std::vector<Prior>& Calibration::priors_of(const std::string& key) const {
  const std::string name = key.substr(0, key.find('/'));
  if (const auto own = priors.find(name); own != priors.end()) return own->second;
  const auto kernel = kernel_named(name);
  base::check(kernel.has_value(), "priors of no kernel");
  const auto form = priors.find(info(*kernel).form);
  base::check(form != priors.end(), "priors.toml has every form");
  return form->second;
}

std::vector<std::string> Calibration::stacks_on(std::string_view key, std::string_view family, std::string_view containing) const {
  std::vector<std::string> out;
  const auto fit = fits.find(key);
  if (fit == fits.end()) return out;
  const std::string prefix = "pair " + std::string(family) + " ";
  for (const auto& [name, values] : fit->second.factors) {
    if (name.starts_with(prefix) && name.find(containing, prefix.size()) != std::string::npos) out.push_back(name.substr(prefix.size()));
  }
  return out;
}

Resolved Calibration::resolve(const std::string& key, const Processor& chip, const Stack& stack) const {
  Resolved out;
  const std::vector<Prior>& prior = priors_of(key);
  const auto at = fits.find(key);
  std::vector<double> values;
  if (at == fits.end()) {
    for (const Prior& one : prior) values.push_back(one.value);
    out.spread.fill(unmeasured);
  } else {
    const Fit& fit = at->second;
    values = fit.defaults;
    const auto apply = [&](const std::string& level) {
      const auto factors = fit.factors.find(level);
      if (factors == fit.factors.end()) return false;
      for (std::size_t i = 0; i < values.size(); ++i) values[i] *= factors->second[i];
      return true;
    };
    apply("kind " + chip.kind);
    out.family_seen = apply("family " + chip.family);
    if (!stack.framework.empty()) apply("stack " + stack.name());
    // Another version of the same stack stands in for one never measured.
    std::string pair = "pair " + chip.family + " " + stack.versioned();
    if (!fit.factors.contains(pair)) {
      std::vector<std::string> versions = stacks_on(key, chip.family, stack.name() + "@");
      std::erase_if(versions, [&](const std::string& name) { return !name.starts_with(stack.name() + "@"); });
      if (!versions.empty() && !stack.framework.empty()) pair = "pair " + chip.family + " " + *std::ranges::max_element(versions, older);
    }
    out.stack_seen = apply(pair);
    if (out.stack_seen) out.stack = pair.substr(std::string("pair " + chip.family + " ").size());
    const auto spread = fit.spreads.find(out.stack_seen ? std::string_view(pair) : out.family_seen ? "new stack" : "new family");
    if (spread != fit.spreads.end()) out.spread = spread->second;
    else out.spread.fill(unmeasured);
    // Software known from other families brings its own doubt along.
    const auto elsewhere = fit.spreads.find("stack " + stack.name());
    if (!out.stack_seen && elsewhere != fit.spreads.end()) {
      for (std::size_t i = 0; i < out.spread.size(); ++i) out.spread[i] = {std::min(out.spread[i].low, elsewhere->second[i].low), std::max(out.spread[i].high, elsewhere->second[i].high)};
    }
  }
  for (std::size_t i = 0; i < values.size(); ++i) out.constants[i] = saturated(values[i], prior[i].most);
  return out;
}

}  // namespace brightline::model
