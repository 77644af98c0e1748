// Runs known answers (law/cases/*.toml) against a law. Shared by the suites known_answers and mutation.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "law/cases.h"
#include "search/code_book.h"

namespace brightline::tests {

/// Every case of law/cases/*.toml but the list of disputed ones; a problem in a file is thrown (BadInput).
std::vector<law::Case> all_cases(const std::string& law_directory);

/// A case on which the engine departs from its source, with the answer argued for in a document.
struct Disputed {
  std::string id;
  std::string why;
  std::string doc;
  std::vector<std::pair<std::string, std::vector<std::string>>> ours;
};
std::vector<Disputed> disputed_cases(const std::string& law_directory);
/// Puts our own answer in the place of the source's.
void settle(std::vector<law::Case>& cases, const std::vector<Disputed>& disputed);

/// One loaded law with its compiled days and judges, made when first needed.
class CaseRunner {
 public:
  explicit CaseRunner(const law::Law& law) : law_(law), codes_(law) {}
  /// One line for each expectation the law does not meet, and one where two clauses conclude differently and neither
  /// defeats the other. A case that can't be read, or a day that does not compile, throws
  /// BadInput.
  std::vector<std::string> disagreements(const law::Case& one);
  const law::Answer& judge(const law::Case& one);

 private:
  const law::Law& law_;
  search::CodeBook codes_;
  std::map<const law::Code*, std::unique_ptr<law::Judge>> judges_;
};

}  // namespace brightline::tests
