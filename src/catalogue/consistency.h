// Do the values of one chip agree with each other? Questions for whoever keeps the data, not errors.
#pragma once
#include <string>
#include <vector>

#include "base/exact.h"
#include "base/problem.h"
#include "base/toml.h"
#include "catalogue/catalogue.h"

namespace brightline::catalogue {

/// Rates of two formats and the ratio they usually have.
struct RatioCheck {
  chip::Field of = chip::Field::fp16;
  chip::Field to = chip::Field::fp16;
  base::Exact is;
  base::Exact tolerance;  ///< as a fraction: 0.02
};

struct Band {
  base::Exact least;
  base::Exact most;
};

/// data/checks.toml
struct Checks {
  std::vector<RatioCheck> ratios;
  base::Exact declared_tolerance;  ///< declared over computed TPP, as a fraction
  Band transistor_density;         ///< share of the node's logic density
  Band memory;                     ///< bandwidth per capacity, as a share of the memory type's
};

struct Finding {
  std::string chip;   ///< id
  std::string check;  ///< ratio | declared_tpp | transistor_density | memory
  std::string text;
};

/// Problems are added; a check that can't be read is left out.
Checks load_checks(const std::string& data_folder, base::Problems& problems);

/// The findings on one chip; a check whose values are unknown finds nothing.
std::vector<Finding> check_consistency(const chip::Accelerator& chip, const References& references, const Checks& checks);

}  // namespace brightline::catalogue
