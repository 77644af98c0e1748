// Fits the constants of areas to real dies.
#pragma once
#include <string>
#include <vector>

#include "chip/technology.h"

namespace brightline::fit {

/// Values in the order of the technology's constants, fitted on dies with fit = true and on no other.
std::vector<double> fit_area(const chip::Technology& technology);
/// As data/technology/area_fitted.toml holds them.
std::string area_toml(const chip::AreaFacts& facts, const std::vector<double>& values);
/// Each die: measured, computed, error in percent, fitted or held out; then the photographed blocks.
std::string area_report(const chip::Technology& technology, const std::vector<double>& values);

}  // namespace brightline::fit
