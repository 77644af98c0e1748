// The command line: what the user may say, and which command that runs.
#pragma once
#include "app/streams.h"

namespace brightline::app {

/// Reads the arguments, runs the command, and turns problems into exit codes: 0 done or yes, 1 answered no, 2 bad input,
/// 3 our fault.
int run(int argc, const char* const* argv, Streams& streams);

}  // namespace brightline::app
