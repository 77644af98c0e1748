// The page that says how far off the model is: docs/accuracy.md and its plots.
#pragma once
#include <string>
#include <vector>

#include "measured/compare.h"
#include "model/calibration.h"

namespace brightline::report {

struct AccuracyFile {
  std::string name;  ///< beside the page: "accuracy.md", "accuracy-gemm.svg"
  std::string text;
};

/// `files`: everything that was compared. The first of the result is the page itself.
std::vector<AccuracyFile> accuracy_files(const std::vector<measured::Comparison>& files, const model::Calibration& calibration);

}  // namespace brightline::report
