// Which microarchitecture family a chip belongs to, and what stands in for what its file does not say.
#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "chip/accelerator.h"
#include "model/collective.h"
#include "model/processor.h"

namespace brightline::model {

struct Family {
  std::string id;
  std::string kind;
  std::vector<std::string> architectures;  ///< as chip files name them
  bool switch_reduces = false;
};

/// data/calibration/families.toml.
struct Families {
  std::vector<Family> list;
  std::map<std::string, Processor, std::less<>> stand_ins;  ///< per kind: what to take for a missing core count, clock or cache
  double reference_clock = 0, clock_exponent = 0;  ///< Hz
  double least_held = 0, most_held = 0;  ///< beyond what was measured the factor is not believed
  double reference_power = 0, power_exponent = 0;  ///< W per peak 16-bit TFLOPS
  std::map<std::string, std::string, std::less<>> hardware;  ///< how measurements and people write a chip -> catalogue id

  std::map<std::string, double, std::less<>> domains;  ///< devices joined by scale-up links, by chip; "" the default

  std::map<std::string, double, std::less<>> bridged;  ///< devices that a bridge joins, by chip; larger groups go over the system bus

  static Families load(const std::string& data_folder, base::Problems& problems);
  [[nodiscard]] const Family* of(std::string_view architecture) const;
  [[nodiscard]] double domain_of(std::string_view chip) const;
  [[nodiscard]] double bridged_of(std::string_view chip) const;
  std::set<std::string, std::less<>> catalogue;  ///< ids that name themselves
  /// Catalogue id of a name as measurements write it, or of an id itself; else empty.
  [[nodiscard]] std::string chip_called(std::string_view name) const;
};

/// What the model takes from a product. `assumed` tells what was filled in; `missing` what it can't do without.
struct ProcessorReading {
  Processor processor;
  std::vector<std::string> missing;
};
ProcessorReading processor_of(const chip::Accelerator& chip, const Families& families);
/// The links of one device: the scale-up domain, else the shared system bus.
Link link_of(const Processor& chip);

}  // namespace brightline::model
