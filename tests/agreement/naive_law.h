// A second reading of the law files, written without a look at the compiler: it walks the conditions as parsed, with every
// fact known, and knows nothing of measures, cells, atoms or masks. Slow and plain on purpose.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "law/code.h"
#include "law/law.h"

namespace brightline::tests {

/// Every word has a value: a number, a truth or a name.
struct NaiveFacts {
  std::map<std::string, base::Exact, std::less<>> numbers;
  std::map<std::string, bool, std::less<>> truths;
  std::map<std::string, std::string, std::less<>> names;
};

struct NaiveAnswer {
  bool presumed = false;
  std::string paragraph = "none";
  std::string label = "none";
  std::string licence = "not-required";
  std::string requirement = "none";
  std::string review = "none";
  std::string duty = "none";
  std::map<law::Verb, std::set<std::string>> sets;  ///< of permit, oblige, restrict, flag
  std::string conflict;                             ///< two clauses that differ and do not defeat each other
};

class NaiveLaw {
 public:
  NaiveLaw(const law::Law& law, const law::Reading& reading);
  [[nodiscard]] NaiveAnswer judge(const NaiveFacts& facts) const;

 private:
  struct InForce {
    const law::Clause* clause = nullptr;
    const law::Instrument* instrument = nullptr;
    std::vector<const law::Stay*> stays;
    std::vector<std::size_t> defeaters;
  };
  class World;
  [[nodiscard]] bool repealed(const std::string& id) const;
  void gather_clauses();
  void gather_meanings();

  const law::Law& law_;
  law::Reading reading_;
  std::vector<InForce> clauses_;
  std::map<std::string, const law::Define*, std::less<>> defines_;
  std::map<std::string, std::set<std::string>, std::less<>> groups_;
};

}  // namespace brightline::tests
