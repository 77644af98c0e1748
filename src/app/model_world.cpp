#include "app/model_world.h"

#include "catalogue/cluster_file.h"
#include "catalogue/price_file.h"

namespace brightline::app {

ModelWorld load_model_world(const Places& places) {
  base::Problems problems;
  ModelWorld out;
  out.data_directory = places.data.empty() ? find_folder("data") : places.data;
  out.catalogue = catalogue::load(out.data_directory, problems);
  const std::vector<std::string> chips = out.catalogue.ids();
  out.clusters = catalogue::load_clusters(out.data_directory, out.catalogue.references.sources, chips, problems);
  out.prices = catalogue::load_prices(out.data_directory, out.catalogue.references.sources, out.catalogue.references.places, chips, problems);
  out.families = model::Families::load(out.data_directory, problems);
  out.models = workload::Models::load(out.data_directory, problems);
  out.calibration = model::Calibration::load(out.data_directory, problems);
  out.softwares = model::TrainingSoftwares::load(out.data_directory, problems);
  base::stop_at(problems);
  return out;
}

}  // namespace brightline::app
