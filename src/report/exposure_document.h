// A stock list judged on two days: as a JSON document, as a table of lines, and as text.
#pragma once
#include "base/json.h"
#include "report/terminal.h"
#include "report/terminal_table.h"
#include "search/exposure.h"

namespace brightline::report {

/// The whole document as text: the lines stand one per line, and are never held as values all at once.
std::string exposure_json(const search::Exposure& exposure, const law::Law& law, const base::Problems& problems);
std::string exposure_text(const search::Exposure& exposure, const law::Law& law, const base::Problems& problems, const Terminal& terminal);
/// One row per line of the stock.
Table exposure_table(const search::Exposure& exposure);

/// A sum as a JSON number with the cents exact; beyond what a double holds to the cent, a text.
base::Json money_json(search::Money money);
/// "USD 1,234.50"
std::string money_text(search::Money money);

}  // namespace brightline::report
