// The vocabulary: the only bridge between the law's conditions and hardware or transactions. One entry per word.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/toml.h"

namespace brightline::law {

enum class WordType { number, truth, one_of, place };

/// A word a condition may use (law/words.toml).
struct Word {
  std::string id;
  WordType type = WordType::number;
  std::string unit;  ///< numbers only; "" is a plain score
  bool of_item = false;  ///< of the item, else of the transaction
  std::string means;
  std::string cite;
  std::vector<std::string> values;  ///< of a closed one-of; empty for an open set
  std::string assumed;              ///< what is taken when left out; "= destination" copies another word; "" is nothing
  std::string assumed_says;
  bool silent = false;  ///< the assumption is so ordinary that it is not printed
};

class Vocabulary {
 public:
  static Vocabulary load(const base::TomlFile& file, base::Problems& problems);
  [[nodiscard]] const std::vector<Word>& words() const { return words_; }
  [[nodiscard]] std::optional<std::size_t> find(std::string_view id) const;
  /// Index of a word the program itself relies on; its absence is bad input found at load.
  [[nodiscard]] std::size_t at(std::string_view id) const;
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  std::vector<Word> words_;
};

}  // namespace brightline::law
