// Fits positive constants to measured times: hierarchical, robust, in the logarithm.
#pragma once
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace brightline::fit {

/// One constant: where it starts, and how far (factor e^spread) data must push to move it.
struct Prior {
  double value = 0;
  double spread = 0;         ///< of the default
  double offset_spread = 0;  ///< of each group's offset from the level above
  double most = 1e300;   ///< 1 for shares
};

/// One measurement: which groups' offsets apply to it (indices; 0, the default, always applies and is not named).
struct Row {
  double measured = 0;
  std::vector<int> groups;
  double weight = 1;
};

struct Problem {
  std::vector<Prior> priors;
  std::vector<Row> rows;
  int groups = 0;  ///< besides the default
  std::function<double(std::size_t row, std::span<const double> constants)> predict;
  std::function<double(double value, double most)> saturate;  ///< how a share nears its bound; none: it stops there
};

/// Logarithms of factors: [group][constant]; group 0 the default's own values, others offsets.
struct Solution {
  std::vector<std::vector<double>> logs;
  [[nodiscard]] std::vector<double> constants(const Problem& problem, std::span<const int> groups) const;
};

/// Iteratively reweighted Gauss-Newton on |ln(predicted/measured)|, with the priors as ridge.
Solution solve(const Problem& problem, int iterations);

}  // namespace brightline::fit
