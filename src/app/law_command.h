// brightline law: the instruments, the law of a day, what changed between two days, the vocabulary, a check of the files.
#pragma once
#include <string>

#include "app/judge_command.h"

namespace brightline::app {

struct LawOptions {
  Places places;
  enum class What { timeline, show, diff, check, words } what = What::timeline;
  std::string id;      ///< show: an instrument, a clause, or a day
  std::string before;  ///< diff
  std::string after;
  std::string to = "CN";
  std::string as = "enforced";
  bool no_letters = false;
  bool json = false;
  std::string format = "table";
};

int run_law(const LawOptions& options, Streams& streams);

}  // namespace brightline::app
