#include "app/model_world.h"

namespace brightline::app {

ModelWorld load_model_world(const Places& places) {
  base::Problems problems;
  ModelWorld out;
  out.data_directory = places.data.empty() ? find_folder("data") : places.data;
  out.catalogue = catalogue::load(out.data_directory, problems);
  out.families = model::Families::load(out.data_directory, problems);
  out.models = workload::Models::load(out.data_directory, problems);
  out.calibration = model::Calibration::load(out.data_directory, problems);
  out.softwares = model::TrainingSoftwares::load(out.data_directory, problems);
  base::stop_at(problems);
  return out;
}

}  // namespace brightline::app
