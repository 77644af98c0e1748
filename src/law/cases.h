// Known answers: cases that authorities, makers or the criteria themselves decide (law/cases/*.toml). They are tests.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "base/problem.h"
#include "law/judge.h"

namespace brightline::law {

struct Case {
  std::string id;
  std::string says;
  std::string source;
  std::string stated_by;  ///< source, mixed, computed
  base::Date date;
  Asked asked = Asked::enforced;
  bool letters = true;
  std::vector<std::string> with;
  std::vector<std::pair<std::string, std::string>> facts;   ///< word, text
  std::vector<std::pair<std::string, std::vector<std::string>>> expect;  ///< conclusion, value or values; under "absent", what no set may hold
  base::Where where;
};

std::vector<Case> load_cases(const std::string& path, base::Problems& problems);
/// The facts of a case with the usual assumptions filled in; problems name the case.
Facts facts_of(const Law& law, const Case& one, base::Problems& problems);
/// The case's facts judged against what it expects: one line per disagreement, empty when all agree.
std::vector<std::string> disagreements(const Case& one, const Answer& answer);

}  // namespace brightline::law
