#include <unistd.h>

#include <iostream>

#include "app/command_line.h"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  brightline::app::Streams streams{std::cin, std::cout, std::cerr, brightline::report::Terminal::of(STDOUT_FILENO)};
  const int code = brightline::app::run(argc, argv, streams);
  std::cout.flush();
  return code;
}
