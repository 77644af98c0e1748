// Files a command writes besides what it prints.
#pragma once
#include <string>

namespace brightline::app {

/// A file that can't be written is BadInput of `option`.
void write_output(const std::string& path, const std::string& text, const char* option);

}  // namespace brightline::app
