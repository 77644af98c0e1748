#include "app/argument_words.h"

#include <cstdlib>

#include "base/problem.h"

namespace brightline::app {

namespace {

void refuse_empty_item(const std::string& before, const std::string& value) {
  for (const std::string option : {"--space", "--workload", "--days", "--standing", "--over"}) {
    const bool joined = value.starts_with(option + "=");
    if (!joined && before != option) continue;
    const std::string list = joined ? value.substr(option.size() + 1) : value;
    if (list.starts_with(",") || list.ends_with(",") || list.find(",,") != std::string::npos) base::refuse(option, "an item of the list '" + list + "' is empty", "leave out the comma");
  }
}

}  // namespace

void refuse_empty(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string before = argv[i - 1];
    refuse_empty_item(before, argv[i]);
    if (argv[i][0] != '\0') continue;
    const bool of_option = i > 1 && before.starts_with("--");
    base::refuse(of_option ? before : "brightline", of_option ? "the value is empty" : "an argument is empty", "leave it out for the default");
  }
}

bool is_zero(const std::string& word) {
  char* end = nullptr;
  const double value = std::strtod(word.c_str(), &end);
  return end != word.c_str() && *end == '\0' && value == 0;
}

std::string unread_number(const std::string& message) {
  const std::string unread = "Could not convert: ";
  const std::size_t equals = message.find(" = ");
  if (!message.starts_with(unread) || equals == std::string::npos) return {};
  return message.substr(unread.size(), equals - unread.size()) + ": '" + message.substr(equals + 3) + "' is no number that it takes";
}

}  // namespace brightline::app
