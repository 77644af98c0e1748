// Who ships what where and when: the half of the facts that is no hardware.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/problem.h"
#include "law/code.h"
#include "law/facts.h"

namespace brightline::search {

struct Transaction {
  base::Date date;
  law::Asked asked = law::Asked::enforced;
  bool letters = true;
  std::string destination;   ///< ISO 3166 alpha-2; empty is unknown
  std::string headquarters;  ///< of the parties; empty is assumed
  std::string ultimate_parent;
  std::string from;
  std::string action;
  std::vector<std::pair<std::string, std::string>> set;  ///< further words, as `--set word=value`

  [[nodiscard]] law::Reading reading() const { return {date, asked, letters}; }
};

/// Writes the transaction into the facts; then `set`, which may overrule anything; then what is left out is assumed.
void apply(const Transaction& transaction, law::Facts& facts, base::Problems& problems);

}  // namespace brightline::search
