// Fits the constants of areas to real dies.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "chip/technology.h"

namespace brightline::fit {

/// Values in the order of the technology's constants, fitted on dies with fit = true and on no other.
std::vector<double> fit_area(const chip::Technology& technology);
/// As data/technology/area_fitted.toml holds them.
std::string area_toml(const chip::AreaFacts& facts, const std::vector<double>& values);
struct AreaError {
  double measured = 0, computed = 0;  ///< mm2
  double percent = 0;
};
/// `block` empty: the whole die.
AreaError error_of(const chip::DieFacts& die, std::string_view block, const chip::Technology& technology, const std::vector<double>& values);
/// Of the sizes of errors in percent, over dies that the fit did not see; `of_catalogue`: only those some product is built of.
double held_out_median(const chip::Technology& technology, const std::vector<double>& values, bool of_catalogue);
/// Each die: measured, computed, error in percent, fitted or held out; then the photographed blocks.
std::string area_report(const chip::Technology& technology, const std::vector<double>& values);

}  // namespace brightline::fit
