// A searched question as JSON and as text: the best designs, why nothing in the space beats them, what stops them.
#pragma once
#include <span>

#include "base/json.h"
#include "report/terminal.h"
#include "report/terminal_table.h"
#include "search/study.h"

namespace brightline::report {

/// One space under one law: what was asked, designs, certificate, rejections, effort.
base::Json study_document(const search::Study& study);
/// The certificate of several: the widest gap, and whether all are proven.
base::Json certificate_json(std::span<const search::Study* const> studies);
/// What all of it took; `ranks` processes.
base::Json effort_json(std::span<const search::Study* const> studies, int ranks);

std::string study_text(const search::Study& study, const Terminal& terminal);
/// One row per design.
Table designs_table(std::span<const search::Study* const> studies);

/// "no licence needed", "no licence needed, after notice where an exception asks it", "a licence may be had".
std::string wanted_text(search::WantedStanding wanted);

}  // namespace brightline::report
