#include "model/families.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "base/folded.h"
#include "base/toml.h"

namespace brightline::model {

namespace {

double number(const base::TomlNode* node) { return node == nullptr ? 0 : node->number(); }

std::vector<std::string> texts(const base::TomlNode* node) {
  std::vector<std::string> out;
  if (node != nullptr) {
    for (const base::TomlNode& item : node->items) out.push_back(item.text);
  }
  return out;
}

constexpr std::string_view separators = " -_()";

double stated(const chip::Accelerator& chip, chip::Field field) {
  const chip::Interval value = chip.number(field);
  if (value.stated) return value.stated->to_double();
  if (value.low && value.high) return (value.low->to_double() + value.high->to_double()) / 2;
  return 0;
}

void read_family(const base::TomlNode& table, Families& out) {
  Family family;
  if (const auto* id = table.find("id")) family.id = id->text;
  if (const auto* kind = table.find("kind")) family.kind = kind->text;
  if (const auto* reduces = table.find("switch_reduces")) family.switch_reduces = reduces->boolean;
  family.architectures = texts(table.find("architectures"));
  out.list.push_back(std::move(family));
}

}  // namespace

Families Families::load(const std::string& data_folder, base::Problems& problems) {
  Families out;
  const auto file = base::TomlFile::read(data_folder + "/calibration/families.toml");
  if (!file) {
    problems.add(file.error());
    return out;
  }
  if (const auto* list = file->root().find("family")) {
    for (const base::TomlNode& table : list->items) read_family(table, out);
  }
  if (const auto* kinds = file->root().find("kind")) {
    for (const auto& [name, table] : kinds->entries) {
      Processor stand_in;
      stand_in.cores = number(table.find("cores"));
      stand_in.clock = {number(table.find("clock_mhz")) * 1e6};
      stand_in.l2 = {number(table.find("l2_mb")) * 1e6};
      stand_in.power = {number(table.find("power_w"))};
      out.stand_ins[name] = stand_in;
    }
  }
  if (const auto* held = file->root().find("held")) {
    out.reference_clock = number(held->find("clock_mhz")) * 1e6;
    out.clock_exponent = number(held->find("clock_exponent"));
    out.reference_power = number(held->find("power_w_per_tflops"));
    out.power_exponent = number(held->find("power_exponent"));
    out.least_held = number(held->find("least"));
    out.most_held = number(held->find("most"));
  }
  if (const auto* names = file->root().find("hardware")) {
    for (const base::TomlNode& table : names->items) {
      const auto* chip = table.find("chip");
      if (chip == nullptr) continue;
      for (const std::string& name : texts(table.find("called"))) out.hardware[base::folded(name, separators)] = chip->text;
    }
  }
  if (const auto* domains = file->root().find("domain")) {
    for (const base::TomlNode& table : domains->items) {
      for (const std::string& chip : texts(table.find("chips"))) out.domains[chip] = number(table.find("devices"));
    }
  }
  if (const auto* bridges = file->root().find("bridge")) {
    for (const base::TomlNode& table : bridges->items) {
      for (const std::string& chip : texts(table.find("chips"))) out.bridged[chip] = number(table.find("devices"));
    }
  }
  const auto sound = [](double value) { return value > 0 && value < 1e15; };
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(data_folder + "/accelerators", error)) out.catalogue.insert(entry.path().stem().string());
  if (out.list.empty() || out.stand_ins.empty()) problems.add({file->file(), 0, 0, {}}, "families.toml needs [[family]] and [kind]");
  if (!sound(out.reference_clock) || !sound(out.reference_power) || !sound(out.least_held) || !sound(out.most_held) || out.most_held < out.least_held || !(std::abs(out.clock_exponent) < 10) || !(std::abs(out.power_exponent) < 10))
    problems.add({file->file(), 0, 0, {}}, "[held] needs clock_mhz, power_w_per_tflops, least and most above 0, least not above most, and two exponents");
  for (const Family& family : out.list) {
    if (family.id.empty() || family.architectures.empty()) problems.add({file->file(), 0, 0, {}}, "a family needs 'id' and a list 'architectures'", family.id);
    if (!out.stand_ins.contains(family.kind)) problems.add({file->file(), 0, 0, {}}, "family '" + family.id + "' is of a kind without a table [kind." + family.kind + "]");
  }
  for (const auto& [kind, p] : out.stand_ins) {
    if (!sound(p.cores) || !sound(p.clock.base) || !sound(p.l2.base) || !sound(p.power.base)) problems.add({file->file(), 0, 0, {}}, "[kind." + kind + "] needs cores, clock_mhz, l2_mb and power_w above 0");
  }
  for (const auto& [chip, devices] : out.domains) {
    if (!(devices >= 1)) problems.add({file->file(), 0, 0, {}}, "a domain joins at least one device", chip);
  }
  return out;
}

double Families::domain_of(std::string_view chip) const {
  const auto at = domains.find(chip);
  const auto otherwise = domains.find("");
  return at != domains.end() ? at->second : otherwise != domains.end() ? otherwise->second : 8;
}

double Families::bridged_of(std::string_view chip) const {
  const auto at = bridged.find(chip);
  return at != bridged.end() ? at->second : 1e9;
}

const Family* Families::of(std::string_view architecture) const {
  for (const Family& family : list) {
    if (std::ranges::find(family.architectures, architecture) != family.architectures.end()) return &family;
  }
  return nullptr;
}

std::string Families::chip_called(std::string_view name) const {
  const auto at = hardware.find(base::folded(name, separators));
  if (at != hardware.end()) return at->second;
  return catalogue.contains(name) ? std::string(name) : std::string();
}

ProcessorReading processor_of(const chip::Accelerator& chip, const Families& families) {
  using chip::Field;
  ProcessorReading out;
  Processor& p = out.processor;
  p.id = chip.id;
  const Family* family = families.of(chip.architecture);
  p.family = family != nullptr ? family->id : chip.architecture;
  p.kind = family != nullptr ? family->kind : "synchronous";
  p.switch_reduces = family != nullptr && family->switch_reduces;
  for (const chip::PrecisionInfo& precision : chip::precisions) p.rates[static_cast<std::size_t>(precision.id)] = {stated(chip, precision.rate) * 1e12};
  // One of the 16-bit formats often stands for both.
  Rate& fp16 = p.rates[static_cast<std::size_t>(chip::Precision::fp16)];
  Rate& bf16 = p.rates[static_cast<std::size_t>(chip::Precision::bf16)];
  if (bf16.base <= 0 && fp16.base > 0) p.assumed.emplace_back("bf16 at the rate of fp16, its file gives none");
  if (fp16.base <= 0) fp16 = bf16;
  if (bf16.base <= 0) bf16 = fp16;
  p.memory_bandwidth = {stated(chip, Field::memory_bandwidth) * 1e9};
  p.memory = {stated(chip, Field::memory_capacity) * 1e9};
  p.l2 = {stated(chip, Field::l2) * 1e6};
  p.cores = stated(chip, Field::cores);
  p.clock = {stated(chip, Field::boost_clock) * 1e6};
  p.scaleup = {stated(chip, Field::scaleup_bandwidth) * 1e9 / 2};
  const double lanes = stated(chip, Field::pcie_lanes);
  p.pcie = {lanes > 0 ? std::exp2(stated(chip, Field::pcie_generation) - 3) * lanes * 1e9 : 0};
  p.power = {stated(chip, Field::board_power)};
  p.rated = p.power;
  p.node = chip.nodes.empty() ? std::string() : chip.nodes.front();
  p.memory_type = chip.text(Field::memory_type);
  p.link = chip.text(Field::scaleup_link);
  p.joined = families.bridged_of(chip.id);
  if (bf16.base <= 0) out.missing.emplace_back("a 16-bit tensor rate");
  if (p.memory_bandwidth.base <= 0) out.missing.emplace_back("its memory bandwidth");
  if (p.memory.base <= 0) out.missing.emplace_back("its memory capacity");
  const auto stand_in = families.stand_ins.find(p.kind);
  if (stand_in != families.stand_ins.end()) {
    const Processor& s = stand_in->second;
    const auto fill = [&](double& value, double other, std::string text) {
      if (value > 0) return;
      value = other;
      p.assumed.push_back(std::move(text));
    };
    fill(p.cores, s.cores, fmt::format("{:g} cores, its file gives none", s.cores));
    fill(p.clock.base, s.clock.base, fmt::format("a clock of {:g} MHz, its file gives none", s.clock.base / 1e6));
    fill(p.l2.base, s.l2.base, fmt::format("an L2 of {:g} MB, its file gives none", s.l2.base / 1e6));
    fill(p.power.base, s.power.base, fmt::format("{:g} W, its file gives none", s.power.base));
  }
  if (bf16.base > 0 && p.clock.base > 0) {
    const double held = std::pow(families.reference_clock / p.clock.base, families.clock_exponent) *
             std::pow(p.power.base / (bf16.base * 1e-12) / families.reference_power, families.power_exponent);
    p.held = std::clamp(held, families.least_held, families.most_held);
  }
  return out;
}

Link link_of(const Processor& chip) {
  if (chip.scaleup.base > 0) return {chip.scaleup.base, chip.memory_bandwidth.base, chip.switch_reduces && chip.joined > 4, false, chip.joined, chip.pcie.base > 0 ? chip.pcie.base : chip.scaleup.base};
  return {chip.pcie.base, chip.memory_bandwidth.base, false, true, 1e9, 0};
}

}  // namespace brightline::model
