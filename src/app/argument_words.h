// What is looked at in the words of a command line besides the library's own rules.
#pragma once
#include <string>

namespace brightline::app {

/// Refuses an empty argument, and an empty item of a list with commas: an unset variable of the shell must not change the
/// question in silence.
void refuse_empty(int argc, const char* const* argv);
/// "0", "0.0", "-0".
bool is_zero(const std::string& word);
/// The library's "Could not convert: --budget = much" in our words; empty where it says something else.
std::string unread_number(const std::string& message);

}  // namespace brightline::app
