// The rated power a design needs: what its board must supply and its cooling carry away. Docs: docs/model/design_power.md.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "chip/technology.h"
#include "model/calibration.h"
#include "model/design.h"

namespace brightline::model {

/// What power_of() works with; resolved once for all designs of a space.
struct PowerRates {
  struct Memory {
    double bandwidth = 0;  ///< bytes/s of one stack at one percent of its highest rate
    double energy = 0;     ///< J/byte
  };
  double operation = 0;          ///< J of a 16-bit operation at `clock`
  double eight = 1, four = 1;    ///< power of the narrow formats at their full rate over that of 16 bits
  double share = 0;              ///< of the peak rate, held in large products
  double product = 0;            ///< operations a byte of memory in large products
  double stream = 0;             ///< and where weights and cache are read
  double scaleup = 0;            ///< W for each GB/s, both directions
  double idle = 0;               ///< share of the total that is drawn whatever runs
  std::vector<Memory> memories;  ///< in the order of the space's memory types
  std::vector<double> bus;       ///< W of a lane, by generation
  double clock = 0;              ///< MHz
  double most_clock = 0;         ///< MHz; beyond it the formula stands on nothing
  double exponent = 0;
  std::vector<double> at_clock;  ///< energy of an operation over that at `clock`, by MHz up to `most_clock`
  Spread spread;                 ///< measured over predicted watts of the family's energies; not of a rating
  bool validated = false;        ///< watts were measured on the family
};

/// `family` and `kind` are ids of data/calibration/families.toml, either may be empty; a family's energy is scaled to
/// `node` where it was measured on another. `link` is what the scale-up links are called. What cannot be found, or has no
/// energy, is a Problem, and the rates are of no use then.
PowerRates power_rates(const chip::Technology& technology, const Calibration& calibration, std::string_view family, std::string_view kind, std::string_view node,
                       std::string_view link, std::span<const std::string> memory_type_ids, base::Problems& problems);

/// W, of the heavier of two loads: large products, or memory read at its full rate. Only `total` is sure to grow with more of
/// a resource: where the other load becomes the heavier one, its parts take the place of the first one's.
struct DesignPower {
  double compute = 0;
  double memory = 0;
  double links = 0;  ///< scale-up links and system bus, always at their full rate
  double idle = 0;
  double total = 0;
};
DesignPower power_of(const Design& design, const PowerRates& rates);

}  // namespace brightline::model
