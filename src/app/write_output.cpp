#include "app/write_output.h"

#include <fstream>

#include "base/problem.h"

namespace brightline::app {

void write_output(const std::string& path, const std::string& text, const char* option) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) base::refuse(option, "'" + path + "' can't be written", "does its folder exist, and may you write there?");
}

}  // namespace brightline::app
