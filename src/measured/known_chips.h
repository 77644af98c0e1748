// Chips, engines and constants as the rows of tables name them, each made once.
#pragma once
#include <expected>
#include <map>
#include <memory>
#include <string>

#include "measured/compare.h"
#include "model/energy.h"
#include "model/engine.h"

namespace brightline::measured {

/// A figure that can be reported: not zero, infinite or no number.
inline bool bounded(double value) { return value > 0 && value < 1e15; }

/// Chips and engines are made once for each name a file uses.
class KnownChips {
 public:
  explicit KnownChips(const World& world) : world_(world) {}
  /// Null, with the reason, when the catalogue or the model can't.
  const model::Processor* find(const std::string& written, std::string& id, std::string& why) {
    id = world_.families->chip_called(written);
    if (id.empty() && world_.catalogue->find(written) != nullptr) id = written;
    const chip::Accelerator* chip = id.empty() ? nullptr : world_.catalogue->find(id);
    if (chip == nullptr) {
      id = written;
      why = "hardware is not in the catalogue";
      return nullptr;
    }
    auto at = processors_.find(id);
    if (at == processors_.end()) at = processors_.emplace(id, model::processor_of(*chip, *world_.families)).first;
    if (!at->second.missing.empty()) {
      why = "the catalogue does not know " + at->second.missing.front();
      return nullptr;
    }
    return &at->second.processor;
  }
  const model::Engine& engine(const model::Processor& chip, const std::string& framework) {
    auto& slot = engines_[chip.id + " " + framework];
    if (slot == nullptr) slot = std::make_unique<model::Engine>(chip, *world_.calibration, framework);
    return *slot;
  }
  const model::Resolved& resolved(const std::string& key, const model::Processor& chip, const model::Stack& stack) {
    const std::string name = key + "|" + chip.id + "|" + stack.versioned();
    auto at = resolved_.find(name);
    if (at == resolved_.end()) at = resolved_.emplace(name, world_.calibration->resolve(key, chip, stack)).first;
    return at->second;
  }

  const model::EnergyConstants& energy(const model::Processor& chip, const model::Stack& stack) {
    const std::string name = chip.id + "|" + stack.versioned();
    auto at = energies_.find(name);
    if (at == energies_.end()) at = energies_.emplace(name, model::energy_constants(chip, world_.catalogue->references.technology, *world_.calibration, stack)).first;
    return at->second;
  }
  [[nodiscard]] const World& world() const { return world_; }

 private:
  World world_;
  std::map<std::string, model::ProcessorReading> processors_;
  std::map<std::string, std::unique_ptr<model::Engine>> engines_;
  std::map<std::string, model::Resolved> resolved_;
  std::map<std::string, model::EnergyConstants> energies_;
};

/// What the serving model answers to a row on a chip.
std::expected<model::Served, model::Infeasible> serve_case(const ServedCase& one, const model::Processor& chip, KnownChips& chips);

}  // namespace brightline::measured
