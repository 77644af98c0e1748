// Facts on the two sides of a cut, everything else alike.
#pragma once
#include <string>
#include <vector>

#include "law/judge.h"

namespace brightline::tests {

/// One boundary of one measure, and the clauses that ask it.
struct Cut {
  std::size_t measure = 0;
  law::Boundary boundary;
  std::string text;
  std::vector<std::string> clauses;
};

std::vector<Cut> cuts_of(const law::Code& code);
/// Are there facts, alike but for the side of the cut, on which some conclusion differs?
bool tells_apart(const law::Code& code, const Cut& cut);

}  // namespace brightline::tests
