#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iostream>

#include "app/command_line.h"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  brightline::app::Streams streams{std::cin, std::cout, std::cerr, brightline::report::Terminal::of(STDOUT_FILENO)};
  const int code = brightline::app::run(argc, argv, streams);
  std::cout.flush();
  if (std::cout.good() || errno == EPIPE) return code;  // a reader that has seen enough is no mistake
  std::cerr << "brightline: the output can't be written: " << std::strerror(errno) << "\n";
  return brightline::app::bad_input;
}
