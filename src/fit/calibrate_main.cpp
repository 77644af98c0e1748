// calibrate DATA MEASURED [--serving | --training | --energy | --area] [--quick] [--without CHIP] [--only KEY] [--out FOLDER]: see tools/calibrate.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <expected>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <sstream>
#include <thread>

#include "base/toml.h"
#include "catalogue/catalogue.h"
#include "catalogue/cluster_file.h"
#include "fit/calibrate.h"
#include "fit/calibrate_area.h"
#include "model/kernel.h"
#include "model/serve_energy.h"

namespace {

using namespace brightline;

struct Options {
  std::string data, measured, without, only, out;
  bool quick = false, serving = false, training = false, energy = false, area = false;
};

Options read_options(int argc, char** argv) {
  Options out;
  std::vector<std::string> plain;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const auto value = [&] { return i + 1 < argc ? std::string(argv[++i]) : std::string(); };
    if (word == "--quick") out.quick = true;
    else if (word == "--serving") out.serving = true;
    else if (word == "--training") out.training = true;
    else if (word == "--energy") out.energy = true;
    else if (word == "--area") out.area = true;
    else if (word == "--without") out.without = value();
    else if (word == "--only") out.only = value();
    else if (word == "--out") out.out = value();
    else plain.push_back(word);
  }
  if (plain.size() != 2) base::refuse("calibrate", "wants DATA and MEASURED, two folders", "tools/calibrate --help");
  out.data = plain[0];
  out.measured = plain[1];
  if (out.out.empty()) out.out = out.data + "/calibration";
  return out;
}

std::expected<measured::Table, base::Problem> read_or_say(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return measured::read_table(path.filename().string(), text.str());
}

// None for a file that is no table of ours: a folder of measurements may hold others.
std::optional<measured::Table> read(const std::filesystem::path& path) {
  auto table = read_or_say(path);
  if (!table) return std::nullopt;
  return std::move(*table);
}

// The runs of data/measurements/NAME. Throws BadInput.
measured::Table published_runs(const Options& options, const std::string& name) {
  auto table = read_or_say(options.data + "/measurements/" + name);
  if (!table) throw base::BadInput(table.error());
  return std::move(*table);
}

std::vector<std::filesystem::path> tables_in(const std::string& folder) {
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".csv") out.push_back(entry.path());
  }
  std::ranges::sort(out);
  return out;
}

void write_fits(const std::string& path, const std::string& fits) {
  std::ofstream out(path);
  out << "# Made by tools/calibrate; do not edit. Constants in the order of data/calibration/priors.toml; levels multiply.\n\n" << fits;
  if (!out.flush()) base::refuse(path, "can't be written");
}

void say_how_near(const fit::FitReport& report, std::size_t runs) {
  std::cerr << fmt::format("{} of {} runs fitted, parts left out in turn: median {:.1f} %; {} held out: median {:.1f} %, mean {:.1f} %\n", report.rows, runs,
                           report.cross_median, report.held_out, report.held_out_median, report.held_out_mape);
}

using Keyed = std::map<std::string, std::vector<fit::Sample>>;

void add_file(const std::filesystem::path& path, const model::Families& families, const std::map<std::string, model::Processor>& chips, const Options& options,
              Keyed& out, std::map<std::string, std::size_t>& left_out) {
  const auto table = read(path);
  if (!table || !measured::is_kernel_table(table->kind) || table->kind == measured::TableKind::layers) return;
  for (const measured::Case& one : measured::kernel_cases(*table)) {
    const auto chip = chips.find(families.chip_called(one.hardware));
    const std::string why = !one.refused.empty()              ? one.refused
                            : chip == chips.end()             ? "no chip '" + one.hardware + "'"
                            : one.operators.size() != 1       ? "several operators"
                            : chip->first == options.without  ? "left out as asked"
                                                              : model::lacks(one.operators[0], chip->second);
    if (!why.empty()) {
      ++left_out[why];
      continue;
    }
    if (measured::is_tiny(one)) continue;
    fit::Sample sample{one.operators[0], &chip->second, model::link_of(chip->second), one.stack, one.seconds, one.shape, measured::held_out(one)};
    out[model::fit_key(sample.op)].push_back(std::move(sample));
  }
}

// Runs of data/measurements and of MEASURED; the kernels' constants must be there already.
int run_serving(const Options& options) {
  base::Problems problems;
  const catalogue::Catalogue catalogue = catalogue::load(options.data, problems);
  const model::Families families = model::Families::load(options.data, problems);
  const workload::Models models = workload::Models::load(options.data, problems);
  model::Calibration calibration = model::Calibration::load(options.data, problems, "serving");
  base::stop_at(problems);
  const measured::Table table = published_runs(options, "inference.csv");
  std::map<std::string, model::Engine> engines;
  std::vector<fit::ServedSample> samples;
  for (measured::ServedCase& one : measured::served_cases(table, models, families)) {
    const chip::Accelerator* chip = catalogue.find(families.chip_called(one.hardware));
    if (!one.refused.empty() || chip == nullptr) continue;
    const auto reading = model::processor_of(*chip, families);
    if (!reading.missing.empty()) continue;
    const auto engine = engines.try_emplace(chip->id + " " + one.framework, reading.processor, calibration, one.framework).first;
    samples.push_back({std::move(one), &engine->second});
  }
  const fit::FittedKey fitted = fit::fit_serving(samples, calibration);
  say_how_near(fitted.report, samples.size());
  write_fits(options.out + "/serving.toml", fit::to_toml(fitted));
  return 0;
}

// Published runs that state their devices' mean power: what the devices did in the time that was measured.
void add_served_power(const Options& options, const model::Families& families, const model::Calibration& calibration, const std::map<std::string, model::Processor>& chips,
                      const std::map<std::string, model::EnergyRates>& rates, std::vector<fit::EnergySample>& out) {
  base::Problems problems;
  const workload::Models models = workload::Models::load(options.data, problems);
  base::stop_at(problems);
  const auto table = read(options.data + "/measurements/inference.csv");
  if (!table) base::refuse(options.data, "has no measurements/inference.csv");
  std::map<std::string, model::Engine> engines;
  for (const measured::ServedCase& one : measured::served_cases(*table, models, families)) {
    const auto chip = chips.find(one.chip);
    if (!one.refused.empty() || one.watts <= 0 || one.whole_node || one.metric != measured::ServedMetric::total_tokens_s || chip == chips.end() || chip->second.rated.base <= 0 || chip->first == options.without)
      continue;
    const workload::Numbers numbers = measured::numbers_on(chip->second, one);
    const auto engine = engines.try_emplace(chip->first + " " + one.framework, chip->second, calibration, one.framework).first;
    const model::Resolved constants = calibration.resolve("serving", chip->second, {one.engine, "", ""});
    const auto served = model::serve(engine->second, one.shape->shape, one.plan, numbers, one.request, model::serving_constants(constants.constants), {calibration.memory_reserve}, calibration.expert_skew);
    if (!served) continue;
    const model::ServedRun run{&one.shape->shape, one.plan, numbers, one.request, &*served, calibration.expert_skew};
    const model::Activity activity = model::request_activity(run, one.value / (one.request.input + one.request.output));
    out.push_back({activity, &chip->second, &rates.at(chip->first), model::serving_stack(one.engine), one.watts / one.plan.devices(), one.group, measured::held_out(one)});
  }
}

// Rows of MEASURED with a power; energies rest on what kernels do, not on their constants.
int run_energy(const Options& options) {
  base::Problems problems;
  const catalogue::Catalogue catalogue = catalogue::load(options.data, problems);
  const model::Families families = model::Families::load(options.data, problems);
  model::Calibration calibration = model::Calibration::load(options.data, problems);
  base::stop_at(problems);
  std::map<std::string, model::Processor> chips;
  std::map<std::string, model::EnergyRates> rates;
  std::vector<fit::EnergySample> samples;
  for (const chip::Accelerator& chip : catalogue.accelerators) {
    const model::Processor& one = chips[chip.id] = model::processor_of(chip, families).processor;
    rates[chip.id] = model::energy_rates(one, catalogue.references.technology);
  }
  for (const auto& path : tables_in(options.measured)) {
    const auto table = read(path);
    if (!table || !measured::is_kernel_table(table->kind)) continue;
    for (const measured::Case& one : measured::kernel_cases(*table)) {
      const auto chip = chips.find(families.chip_called(one.hardware));
      if (!one.refused.empty() || one.watts <= 0 || one.operators.size() != 1 || chip == chips.end() || chip->second.rated.base <= 0 || chip->first == options.without) continue;
      model::Activity activity = model::activity_of(one.operators[0], chip->second);
      activity.seconds = one.seconds;
      samples.push_back({activity, &chip->second, &rates[chip->first], model::energy_stack(one.operators[0], one.stack), one.watts, one.shape, measured::held_out(one)});
    }
  }
  add_served_power(options, families, calibration, chips, rates, samples);
  const fit::FittedKey fitted = fit::fit_energy(samples, calibration, !options.quick);
  std::cerr << fmt::format("energy: {} rows, {} held out: mean {:.1f} %, median {:.1f} %\n", fitted.report.rows, fitted.report.held_out, fitted.report.held_out_mape, fitted.report.held_out_median);
  for (const auto& [chip, median] : fitted.report.held_out_by_chip) std::cerr << fmt::format("  {}: median {:.1f} %\n", chip, median);
  write_fits(options.out + "/energy.toml", fit::to_toml(fitted));
  return 0;
}

// Runs of data/measurements; the kernels' constants must be there already.
int run_training(const Options& options) {
  base::Problems problems;
  const catalogue::Catalogue catalogue = catalogue::load(options.data, problems);
  const model::Families families = model::Families::load(options.data, problems);
  const workload::Models models = workload::Models::load(options.data, problems);
  const model::TrainingSoftwares softwares = model::TrainingSoftwares::load(options.data, problems);
  const chip::Clusters clusters = catalogue::load_clusters(options.data, catalogue.references.sources, catalogue.ids(), problems);
  model::Calibration calibration = model::Calibration::load(options.data, problems, "training");
  base::stop_at(problems);
  const measured::Table table = published_runs(options, "training.csv");
  std::map<std::string, model::Engine> engines;
  std::vector<fit::TrainedSample> samples;
  for (measured::TrainedCase& one : measured::trained_cases(table, {&models, &families, &softwares, &clusters})) {
    const chip::Accelerator* chip = catalogue.find(one.chip);
    if (!one.refused.empty() || chip == nullptr) continue;
    const auto reading = model::processor_of(*chip, families);
    if (!reading.missing.empty()) continue;
    const auto engine = engines.try_emplace(chip->id, reading.processor, calibration).first;
    samples.push_back({std::move(one), &engine->second});
  }
  const fit::FittedKey fitted = fit::fit_training(samples, calibration, !options.quick);
  say_how_near(fitted.report, samples.size());
  write_fits(options.out + "/training.toml", fit::to_toml(fitted));
  return 0;
}

// Real dies of data/technology/dies.toml; MEASURED is not looked at.
int run_area(const Options& options) {
  base::Problems problems;
  const chip::Technology technology = catalogue::load_references(options.data, problems).technology;
  base::stop_at(problems);
  const std::vector<double> values = fit::fit_area(technology);
  std::cerr << fit::area_report(technology, values);
  const std::string path = options.data + "/technology/area_fitted.toml";
  std::ofstream out(path);
  out << fit::area_toml(technology.area, values);
  if (!out.flush()) base::refuse(path, "can't be written");
  return 0;
}

int run(const Options& options) {
  if (options.area) return run_area(options);
  if (options.serving) return run_serving(options);
  if (options.training) return run_training(options);
  if (options.energy) return run_energy(options);
  base::Problems problems;
  const catalogue::Catalogue catalogue = catalogue::load(options.data, problems);
  const model::Families families = model::Families::load(options.data, problems);
  model::Calibration priors = model::Calibration::load(options.data, problems);
  base::stop_at(problems);
  priors.fits.clear();
  std::map<std::string, model::Processor> chips;
  for (const chip::Accelerator& chip : catalogue.accelerators) chips[chip.id] = model::processor_of(chip, families).processor;
  Keyed keyed;
  std::map<std::string, std::size_t> left_out;
  for (const auto& path : tables_in(options.measured)) add_file(path, families, chips, options, keyed, left_out);
  for (const auto& [why, count] : left_out) std::cerr << fmt::format("{} rows left out: {}\n", count, why);

  std::vector<std::string> keys;
  for (const auto& [key, samples] : keyed) {
    if (options.only.empty() || key.starts_with(options.only)) keys.push_back(key);
  }
  std::map<std::string, fit::FittedKey> fitted;
  std::mutex guard;
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < keys.size(); i = next++) {
      fit::FittedKey one = fit::fit_key(keys[i], keyed[keys[i]], priors, !options.quick);
      const std::scoped_lock lock(guard);
      std::cerr << fmt::format("{:28} {:6} rows, {:5} held out: {:5.1f} %; family never seen: {:5.1f} %\n", one.report.key, one.report.rows,
                               one.report.held_out, one.report.held_out_mape, one.report.new_family_mape);
      fitted[keys[i]] = std::move(one);
    }
  };
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) threads.emplace_back(work);
  }
  std::map<std::string, std::string> texts;  // by kernel
  for (const auto& [key, one] : fitted) texts[key.substr(0, key.find('/'))] += fit::to_toml(one);
  std::filesystem::create_directories(options.out);
  for (const auto& [kernel, text] : texts) {
    write_fits(options.out + "/" + kernel + ".toml", text);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(read_options(argc, argv));
  } catch (const base::BadInput& problem) {
    std::cerr << problem.what() << "\n";
    return 2;
  }
}
