// Where a command writes: data to out, talk to err. A test gives its own.
#pragma once
#include <istream>
#include <ostream>

#include "report/terminal.h"

namespace brightline::app {

struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  report::Terminal terminal;  ///< of out
};

/// Exit codes: done or yes, answered no, bad input, our fault.
inline constexpr int done = 0;
inline constexpr int answered_no = 1;
inline constexpr int bad_input = 2;
inline constexpr int our_fault = 3;

}  // namespace brightline::app
