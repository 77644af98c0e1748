// The performance boundary list as JSON, as text for a terminal, as a chart and as a page.
#pragma once
#include "base/json.h"
#include "report/svg.h"
#include "report/terminal.h"
#include "report/terminal_table.h"
#include "search/boundary.h"
#include "search/study.h"

namespace brightline::report {

struct BoundaryExtras {
  std::vector<std::string> workloads;
  std::string data_version;
  std::string program_version;
  std::vector<const search::Study*> studies;  ///< spaces searched under the same law; may be empty
  int ranks = 1;
  const base::Json* kept = nullptr;  ///< the document of a study answered elsewhere or before, in the place of studies
};

base::Json boundary_document(const search::Boundary& boundary, const BoundaryExtras& extras);
std::string boundary_text(const search::Boundary& boundary, const Terminal& terminal, const std::vector<const search::Study*>& studies = {});
/// One row per product: id, name, measures, answer, nearest line, what would have to change.
Table products_table(const search::Boundary& boundary, bool for_people);
/// TPP against applicable die area: the classification in force, letters hatched, products as points.
Chart boundary_chart(const search::Boundary& boundary);
/// One self-contained HTML page: chart, region, products.
std::string boundary_page(const search::Boundary& boundary);

/// "export to CN on 2026-11-23, as enforced".
std::string route_text(const search::Transaction& transaction);
/// The nearest change to a better standing in short words: "TPP < 2,400 (-85 %)"; empty when there is none.
std::string change_text(const std::vector<search::Change>& changes);

}  // namespace brightline::report
