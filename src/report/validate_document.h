// Predictions beside measurements: as a document, as tables, and as a page that says how far off the model is.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "measured/compare.h"
#include "report/terminal.h"
#include "report/terminal_table.h"

namespace brightline::report {

/// One file, or several taken together. `rows`: with every row.
base::Json validate_document(const std::vector<measured::Comparison>& files, bool rows);
Table validate_table(const std::vector<measured::Comparison>& files);
std::string validate_text(const std::vector<measured::Comparison>& files, const Terminal& terminal);

}  // namespace brightline::report
