// What chip files refer to: sources, makers, places, technology, readings, names.
#pragma once
#include <string>

#include "base/problem.h"
#include "catalogue/makers.h"
#include "catalogue/names.h"
#include "catalogue/sources.h"
#include "chip/precision.h"
#include "chip/technology.h"

namespace brightline::catalogue {

struct References {
  Sources sources;
  Places places;
  Makers makers;
  Names names;
  chip::Technology technology;
  chip::Reading reading;
};

/// Reads everything under `data_folder` but the accelerators. A file that can't be read is a problem and leaves its part
/// empty.
References load_references(const std::string& data_folder, base::Problems& problems);

}  // namespace brightline::catalogue
