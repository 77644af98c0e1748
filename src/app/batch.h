// brightline judge --batch: a stock list or a case list, row by row.
#pragma once
#include "app/judge_command.h"

namespace brightline::app {

/// Judges every row of options.batch and writes the rows with their answers as CSV. A bad row gets its message in the
/// column `problem` and does not stop the others; bad_input at the end if there was any.
int run_batch(const JudgeOptions& options, Streams& streams);

}  // namespace brightline::app
