// Prices for reading: each with class, region, day, source and what keeps it from being used.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "catalogue/sources.h"
#include "chip/price.h"
#include "report/terminal.h"
#include "report/terminal_table.h"

namespace brightline::report {

using PriceList = std::vector<const chip::Price*>;

base::Json price_json(const chip::Price& price);
base::Json prices_document(const PriceList& prices);
Table prices_table(const PriceList& prices);
std::string prices_text(const PriceList& prices, const catalogue::Sources& sources, const Terminal& terminal);

/// "0.756 USD/h", "1.71 to 2.26 USD/h", "at most 3,500 USD".
std::string price_text(const chip::Price& price);

}  // namespace brightline::report
