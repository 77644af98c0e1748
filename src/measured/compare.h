// Holds predictions against measurements: one line a row, and how far off in all and in groups.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "catalogue/catalogue.h"
#include "measured/served.h"
#include "measured/table.h"
#include "measured/trained.h"

namespace brightline::measured {

/// What a comparison predicts with.
struct World {
  const catalogue::Catalogue* catalogue = nullptr;
  const model::Families* families = nullptr;
  const workload::Models* models = nullptr;
  const model::Calibration* calibration = nullptr;
  const model::TrainingSoftwares* softwares = nullptr;
  const chip::Clusters* clusters = nullptr;
};

struct Compared {
  int line = 0;
  std::string hardware;  ///< catalogue id, or as written where it is not known
  std::string metric;
  std::string unit;
  double measured = 0, predicted = 0, low = 0, high = 0;
  bool fitted = false;   ///< the row was used to fit the constants
  bool full = true;      ///< counts for coverage: a kernel row, or a full configuration
  std::string stack;     ///< as written
  std::string refused;
  [[nodiscard]] double error_pct() const { return 100 * (predicted / measured - 1); }
  [[nodiscard]] bool inside() const { return low <= measured && measured <= high; }
  [[nodiscard]] bool has_interval() const { return low < high; }
};

struct Summary {
  std::string name;
  std::size_t rows = 0, predicted = 0, full = 0, full_predicted = 0;
  std::map<std::string, std::size_t> refused;
  double mape_pct = 0, median_ape_pct = 0, bias_pct = 0, inside_interval_pct = 0;
  double width_over_error = 0;  ///< half the median interval's width over the median error
  bool has_interval = false;    ///< else nothing is claimed that a measurement could be inside of
};

/// Further questions about rows that state more than a time or a rate. They are counted apart: no other figure holds them.
struct CountedApart {
  std::vector<Compared> rows;
  Summary all;
  std::vector<Summary> by_hardware, by_metric, by_stack, by_use;
};

struct Comparison {
  std::string file;
  TableKind kind = TableKind::gemm;
  std::vector<Compared> rows;
  Summary all;
  std::vector<Summary> by_hardware, by_metric, by_stack;
  std::vector<Summary> by_use;  ///< "fitted", "held out"
  CountedApart power;   ///< mean power (W) and energy (J/token)
  CountedApart memory;  ///< of a device in training (GB): a count of bytes, without an interval
};

Comparison compare(const Table& table, const World& world);
/// Groups are made of the rows; used for several files together too.
void summarise(Comparison& comparison);

}  // namespace brightline::measured
