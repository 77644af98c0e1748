#include "app/read_input.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "base/problem.h"

namespace brightline::app {

std::string read_input(const std::string& path, std::istream& standard_input) {
  if (path == "-") return {std::istreambuf_iterator<char>(standard_input), {}};
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) base::refuse(path, "is a folder, not a file", "name a CSV file in it");
  const std::ifstream file(path, std::ios::binary);
  if (!file) base::refuse(path, "can't be read", "does the file exist, and may you read it?");
  std::ostringstream whole;
  whole << file.rdbuf();
  return std::move(whole).str();
}

}  // namespace brightline::app
