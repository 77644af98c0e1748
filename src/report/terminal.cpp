#include "report/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace brightline::report {

namespace {

constexpr int narrowest = 40;
constexpr int widest = 400;

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): read once, before any thread
  return value == nullptr ? std::string_view{} : value;
}

int width_of_screen(int file_descriptor) {
  const std::string columns(environment("COLUMNS"));
  const int stated = columns.empty() ? 0 : static_cast<int>(std::strtol(columns.c_str(), nullptr, 10));
  if (stated > 0) return std::clamp(stated, narrowest, widest);
  winsize size{};
  if (ioctl(file_descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return std::clamp<int>(size.ws_col, narrowest, widest);
  return Terminal{}.width;
}

std::string_view code_of(Style style) {
  switch (style) {
    case Style::plain: return "";
    case Style::good: return "32";
    case Style::warning: return "33";
    case Style::bad: return "31";
    case Style::quiet: return "2";
    case Style::strong: return "1";
  }
  return "";
}

}  // namespace

Terminal Terminal::of(int file_descriptor, Colour wish) {
  Terminal terminal;
  terminal.width = width_of_screen(file_descriptor);
  const bool able = isatty(file_descriptor) == 1 && environment("NO_COLOR").empty() && environment("TERM") != "dumb";
  terminal.colour = wish == Colour::always || (wish == Colour::automatic && able);
  return terminal;
}

std::string Terminal::paint(Style style, std::string_view text) const {
  const std::string_view code = code_of(style);
  if (!colour || code.empty() || text.empty()) return std::string(text);
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

}  // namespace brightline::report
