// The catalogue for reading: a list of products, one product with every source, and what its values leave in doubt.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "catalogue/catalogue.h"
#include "catalogue/consistency.h"
#include "report/terminal.h"
#include "report/terminal_table.h"

namespace brightline::report {

using ChipList = std::vector<const chip::Accelerator*>;

Table chips_table(const catalogue::Catalogue& catalogue, const ChipList& chips);
base::Json chips_document(const catalogue::Catalogue& catalogue, const ChipList& chips);
std::string chips_text(const catalogue::Catalogue& catalogue, const ChipList& chips, const Terminal& terminal);

base::Json chip_document(const catalogue::Catalogue& catalogue, const chip::Accelerator& chip);
std::string chip_text(const catalogue::Catalogue& catalogue, const chip::Accelerator& chip, const Terminal& terminal);
/// One row per stated value and derived measure.
Table chip_table(const catalogue::Catalogue& catalogue, const chip::Accelerator& chip);

Table findings_table(const std::vector<catalogue::Finding>& findings);
base::Json findings_document(const std::vector<catalogue::Finding>& findings, std::size_t checked);
std::string findings_text(const std::vector<catalogue::Finding>& findings, std::size_t checked, const Terminal& terminal);

/// A number, {"low", "stated", "high"}, or null when nothing is known.
base::Json known_json(const chip::Interval& interval);
/// The legal measures that are no single number, and "market" where it may be seen otherwise.
std::vector<std::string> doubts_of(const chip::Accelerator& chip, const chip::Measures& measures);

}  // namespace brightline::report
