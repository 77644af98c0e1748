#include "report/accuracy_parts.h"

#include <fmt/format.h>

namespace brightline::report {

std::string head(std::string_view first) {
  return fmt::format("| {} | rows | predicted | MAPE % | median % | bias % | inside 10-90, % | half width / median error |\n|---|---|---|---|---|---|---|---|\n", first);
}

std::string line(const std::string& name, const measured::Summary& s) {
  if (s.predicted == 0) return fmt::format("| {} | {} | 0 | | | | | |\n", name, s.rows);
  const std::string interval = s.has_interval ? fmt::format("{:.0f} | {:.1f}", s.inside_interval_pct, s.width_over_error) : "- | -";
  return fmt::format("| {} | {} | {} | {:.1f} | {:.1f} | {:+.1f} | {} |\n", name, s.rows, s.predicted, s.mape_pct, s.median_ape_pct, s.bias_pct, interval);
}

std::string refused_list(const measured::Summary& s) {
  std::string out;
  for (const auto& [why, count] : s.refused) out += fmt::format("- {} {}: {}\n", count, count == 1 ? "row" : "rows", why);
  return out;
}

}  // namespace brightline::report
