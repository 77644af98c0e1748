// What a design costs to make: dies out of a wafer, yield, memory, package. Docs: docs/model/die_cost.md.
#pragma once
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "chip/technology.h"
#include "model/floorplan.h"

namespace brightline::model {

/// Which end of the ranges of the data: what is cheapest, what is stated, what is dearest.
enum class CostLevel { low, typical, high };

/// Of one node.
struct WaferRates {
  double price = 0;    ///< USD
  double defects = 0;  ///< per mm2
};

/// Of what dies stand on, by memory type.
struct CarrierRates {
  double times = 0;    ///< its area over that of what stands on it
  double price = 0;    ///< USD/mm2
  double fixed = 0;    ///< USD
  double stacked = 0;  ///< 1: memory stands on it too, else on the board
  double largest = 0;  ///< mm2
  std::array<double, 129> parts_for_one{};  ///< so many sets are begun for one that is whole, by attachments
};

struct CostRates {
  double diameter = 0, scribe = 0;  ///< mm; of the part of the wafer that bears dies, between dies
  WaferRates compute, io;
  int clustering = 0;       ///< exponent of the negative binomial; 0: no clustering, Poisson
  int defective_cores = 0;  ///< of a compute die, that it may have and still be sold
  double sort = 0;          ///< USD/mm2
  double device_test = 0;   ///< USD
  double reticle = 0, high_na_reticle = 0;  ///< mm2, the largest die
  std::array<double, most_memory_types> usd_per_gb{};
  std::array<CarrierRates, 2> carriers{};  ///< without and with stacked memory
  std::array<std::size_t, most_memory_types> carrier{};
  std::vector<std::string> assumed;
};
/// `io_node` empty: as `node`. Nodes without a wafer price or defect density take those of the node nearest in density, and
/// say so.
CostRates cost_rates(const chip::Technology& technology, std::string_view node, std::string_view io_node, std::span<const std::string> memory_type_ids, CostLevel level,
                     base::Problems& problems);

/// USD of one packaged device.
struct DesignCost {
  double compute_dies = 0;  ///< all of them, known to be good
  double io_die = 0;
  double memory = 0;
  double package = 0;       ///< carrier, assembly and what it loses, final test
  double total = 0;         ///< infinite where a die does not fit on a wafer
  double yield = 0;         ///< of one compute die
  double per_wafer = 0;     ///< compute dies of a wafer, good or not
  double carrier = 0;       ///< mm2
};
/// Never decreases in a field of a design that is more_is_quicker. No allocation.
DesignCost cost_of(const Design& design, const Floorplan& plan, const CostRates& rates);

/// Whole dies of `area` mm2 on a wafer, as a smooth function: de Vries.
double dies_per_wafer(double area, const CostRates& rates);
/// Share of dies without a killing defect, of `area` mm2 that can be killed. With defective_cores, also those whose defects
/// all fall on `core_share` of it, one core each.
double yield_of(double area, double core_share, const WaferRates& wafer, const CostRates& rates);

}  // namespace brightline::model
