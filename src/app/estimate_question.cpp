#include "app/estimate_question.h"

#include <fmt/format.h>

#include <cmath>

namespace brightline::app {

using workload::Phase;

double whole(double value, const char* option, double least) {
  if (!(value >= least) || value != std::floor(value) || value > 1e7)
    base::refuse(option, fmt::format("'{:g}' must be a whole number from {:g} to 10,000,000", value, least));
  return value;
}

namespace {

const workload::Model& find_model(const std::string& name, const workload::Models& models, const char* option) {
  if (const workload::Model* known = models.called(name)) return *known;
  const std::vector<std::string> ids = models.ids();
  const std::string near = base::did_you_mean(name, ids);
  std::string list;
  for (const std::string& id : ids) list += (list.empty() ? "" : ", ") + id;
  base::refuse(option, "there is no model '" + name + "'", near.empty() ? list : near);
}

Phase find_phase(const std::string& name) {
  if (const auto phase = workload::phase_named(name)) return *phase;
  base::refuse("--phase", "'" + name + "' is no phase", "prefill, decode, serve or train");
}

}  // namespace

// --workload ID, or --model with --phase.
workload::Workload asked_for(const EstimateOptions& options, const workload::Models& models) {
  if (!options.workload.empty()) {
    if (!options.model.empty() || !options.phase.empty()) base::refuse("--workload", "a workload is a model and a phase already", "leave out --model and --phase, or --workload");
    if (const auto known = workload::workload_called(models, options.workload)) return *known;
    std::vector<std::string> ids;
    for (const std::string& id : models.ids()) {
      for (const char* phase : {"-prefill", "-decode", "-serve", "-train"}) ids.push_back(id + phase);
    }
    const std::string near = base::did_you_mean(options.workload, ids);
    base::refuse("--workload", "there is no workload '" + options.workload + "'", near.empty() ? "a model and a phase, such as llama3-70b-decode" : near);
  }
  if (options.model.empty()) base::refuse("estimate", "name a --workload, or a --model and a --phase", "brightline estimate --chip h20-96 --count 8 --workload llama3-70b-decode");
  return {&find_model(options.model, models, "--model"), options.phase.empty() ? Phase::decode : find_phase(options.phase)};
}

}  // namespace brightline::app
