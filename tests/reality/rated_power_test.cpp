// Do designs with the numbers of a real product get its board power? None of these was used to fit a factor; those whose
// board power an energy of data/technology/energy.toml was worked out from are told apart.
#include <gtest/gtest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/toml.h"
#include "catalogue/catalogue.h"
#include "model/design_power.h"
#include "model/families.h"

namespace brightline::tests {
namespace {

const std::string root = BRIGHTLINE_ROOT;

struct Loaded {
  catalogue::Catalogue catalogue;
  model::Families families;
  model::Calibration calibration;
};

const Loaded& loaded() {
  static const Loaded one = [] {
    base::Problems problems;
    const std::string data = root + "/data";
    Loaded out{catalogue::load(data, problems), model::Families::load(data, problems), model::Calibration::load(data, problems)};
    base::stop_at(problems);
    return out;
  }();
  return one;
}

/// A product as a design: as many multipliers as its 16-bit rate takes, in one core; its whole memory as one stack.
model::Design design_of(const model::Processor& chip, double bandwidth_of_a_stack) {
  using chip::Precision;
  model::Design out;
  const double rate = std::max(chip.rate(Precision::fp16), chip.rate(Precision::bf16)).base;
  out.units = out.rows = out.cores = 1;
  out.columns = rate / (2 * chip.clock.base);
  out.clock = std::round(chip.clock.base / 1e6);
  out.eight_bit = std::max(chip.rate(Precision::fp8), chip.rate(Precision::int8)).base > 0 ? 1 : 0;
  out.four_bit = chip.rate(Precision::fp4).base > 0 ? 1 : 0;
  out.stacks = 1;
  out.memory_rate = 100 * chip.memory_bandwidth.base / bandwidth_of_a_stack;
  out.scaleup = 2 * chip.scaleup.base / 1e9;
  out.bus_generation = 3;  // the lanes make up for it
  out.bus_lanes = chip.pcie.base / 1e9;
  return out;
}

struct Rated {
  std::string id;
  double stated = 0, predicted = 0;
  bool counts = false;  ///< a datacenter or workstation product that no energy was worked out from
  [[nodiscard]] double error() const { return 100 * (predicted / stated - 1); }
};

/// Empty where a number or an energy is missing.
std::optional<Rated> rated(const chip::Accelerator& product) {
  const Loaded& world = loaded();
  const chip::Technology& technology = world.catalogue.references.technology;
  const auto known = [&](chip::Field field) { return product.find(field) != nullptr; };
  if (!known(chip::Field::cores) || !known(chip::Field::boost_clock) || !known(chip::Field::board_power)) return std::nullopt;
  const model::ProcessorReading reading = model::processor_of(product, world.families);
  const model::Processor& chip = reading.processor;
  const chip::MemoryType* memory = technology.memory(chip.memory_type);
  if (!reading.missing.empty() || memory == nullptr) return std::nullopt;
  base::Problems problems;
  const std::vector<std::string> ids{memory->id};
  const model::PowerRates rates = model::power_rates(technology, world.calibration, chip.family, chip.kind, chip.node, chip.link, ids, problems);
  if (!problems.empty()) return std::nullopt;
  constexpr std::array anchors{"a100-sxm-40", "a100-sxm-80", "h100-sxm", "b200", "mi300x", "mi355x", "gaudi2", "gaudi3"};
  const bool for_work = product.segment == chip::Segment::datacenter || product.segment == chip::Segment::workstation;
  return Rated{product.id, chip.rated.base, model::power_of(design_of(chip, 100 * rates.memories.front().bandwidth), rates).total,
               for_work && std::ranges::find(anchors, product.id) == anchors.end()};
}

std::vector<Rated> all_rated() {
  std::vector<Rated> out;
  for (const chip::Accelerator& product : loaded().catalogue.accelerators) {
    if (auto one = rated(product)) out.push_back(*std::move(one));
  }
  return out;
}

double median_error(const std::vector<Rated>& all) {
  std::vector<double> errors;
  for (const Rated& one : all) {
    if (one.counts) errors.push_back(std::abs(one.error()));
  }
  std::ranges::sort(errors);
  return errors[errors.size() / 2];
}

TEST(RatedPower, OfProductsIsAsCloseAsRecorded) {
  const auto file = base::TomlFile::read(root + "/tests/reality/recorded.toml");
  ASSERT_TRUE(file.has_value());
  const base::TomlNode* recorded = file->root().find("rated_power");
  ASSERT_NE(recorded, nullptr);
  const std::vector<Rated> all = all_rated();
  std::string table;
  for (const Rated& one : all) table += fmt::format("{:<20}{:>7.0f} W stated {:>7.0f} W model {:>6.0f} %{}\n", one.id, one.stated, one.predicted, one.error(), one.counts ? "" : "  not counted");
  EXPECT_GE(static_cast<double>(std::ranges::count_if(all, &Rated::counts)), recorded->find("at_least_products")->number());
  EXPECT_LE(median_error(all), recorded->find("median_ape_pct")->number()) << table;
}

}  // namespace
}  // namespace brightline::tests
