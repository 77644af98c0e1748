// What changed between two days: as a JSON document, as a table of chips, and as text.
#pragma once
#include "base/json.h"
#include "report/terminal.h"
#include "report/terminal_table.h"
#include "search/law_check.h"
#include "search/law_diff.h"

namespace brightline::report {

base::Json law_diff_document(const search::LawDiff& diff, const law::Law& law);
std::string law_diff_text(const search::LawDiff& diff, const law::Law& law, const Terminal& terminal);
/// One row per chip and change.
Table law_diff_table(const search::LawDiff& diff);

base::Json law_check_document(const search::LawCheck& check, const law::Law& law);
std::string law_check_text(const search::LawCheck& check, const Terminal& terminal);
Table law_check_table(const search::LawCheck& check);

}  // namespace brightline::report
