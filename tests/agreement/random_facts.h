// Random facts that crowd around the numbers and names the law mentions.
#pragma once
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "agreement/naive_law.h"
#include "law/facts.h"

namespace brightline::tests {

class RandomFacts {
 public:
  RandomFacts(const law::Law& law, std::uint64_t seed);
  /// Every word known.
  NaiveFacts complete();
  base::Date day();
  /// One value for the word: a name or number the law mentions, or one beside it.
  base::Exact number(const std::string& word);
  std::string name(const std::string& word);
  bool truth();
  std::size_t below(std::size_t count);

 private:
  void learn(const law::Expression& e);
  void learn_number(const law::Expression& word, const law::Expression& limit);

  const law::Law& law_;
  std::mt19937_64 random_;
  std::map<std::string, std::set<base::Exact>> limits_;      ///< by word
  std::map<std::string, std::set<base::Exact>> ratio_limits_;  ///< of defined numbers, by definition
  std::map<std::string, std::set<std::string>> names_;
  std::vector<base::Date> days_;
};

/// The same facts for the engine; performance density, which the others give, is left out.
law::Facts engine_facts(const law::Law& law, const NaiveFacts& facts);
/// "word = value" lines, to read a failure by.
std::string to_text(const NaiveFacts& facts);

}  // namespace brightline::tests
