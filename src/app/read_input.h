// A whole input file, or standard input for "-".
#pragma once
#include <istream>
#include <string>

namespace brightline::app {

/// A path that can't be read, or is a folder, is BadInput.
std::string read_input(const std::string& path, std::istream& standard_input);

/// "-" as a reader knows it.
inline std::string input_name(const std::string& path) { return path == "-" ? "standard input" : path; }

}  // namespace brightline::app
