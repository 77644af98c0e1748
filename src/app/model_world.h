// What the model's commands work with: the catalogue, model shapes, families and calibration.
#pragma once
#include "app/world.h"
#include "chip/cluster.h"
#include "chip/price.h"
#include "measured/compare.h"

namespace brightline::app {

struct ModelWorld {
  std::string data_directory;
  catalogue::Catalogue catalogue;
  chip::Clusters clusters;
  chip::Prices prices;
  model::Families families;
  workload::Models models;
  model::Calibration calibration;
  model::TrainingSoftwares softwares;
  [[nodiscard]] measured::World measured() const { return {&catalogue, &families, &models, &calibration, &softwares, &clusters}; }
};

/// Every mistake in the data is reported together (BadInput).
ModelWorld load_model_world(const Places& places);

}  // namespace brightline::app
