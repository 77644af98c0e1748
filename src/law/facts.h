// What is known of one item and one transaction: a value, an interval or nothing for every word of the vocabulary.
#pragma once
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/exact.h"
#include "law/law.h"

namespace brightline::law {

/// Three-valued answer, in Kleene's order: "and" is the lesser of two, "or" the greater.
enum class Truth : std::uint8_t { no, unknown, yes };
constexpr Truth negation(Truth a) { return static_cast<Truth>(2 - static_cast<int>(a)); }
std::string to_text(Truth truth);

/// The value of one word. A number is an interval [low, high] in the word's unit; both ends equal is a point.
struct Fact {
  bool known = false;
  base::Exact low;
  base::Exact high;
  bool unbounded = false;  ///< only the lower end is known
  Truth truth = Truth::unknown;
  Symbol symbol = unknown_symbol;
  std::string name;  ///< of a symbol, as given: the law may not know it

  [[nodiscard]] bool is_point() const { return known && !unbounded && low == high; }
};

/// A fact taken because nobody stated it, with the sentence that says so.
struct Assumption {
  std::size_t word = 0;
  std::string says;
};

/// What the vocabulary assumes for words left out, read once for many facts.
class Assumptions {
 public:
  explicit Assumptions(const Law& law);
  struct Entry {
    std::size_t word = 0;
    Fact fact;                          ///< of a stated value
    std::optional<std::size_t> source;  ///< the word it copies
  };
  /// A word that copies another stands behind it.
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

 private:
  std::vector<Entry> entries_;
};

/// Facts by word index. Everything is unknown until set.
class Facts {
 public:
  explicit Facts(const Law& law);

  void set_number(std::size_t word, const base::Exact& value) { set_range(word, value, value); }
  void set_range(std::size_t word, const base::Exact& low, const base::Exact& high);
  void set_at_least(std::size_t word, const base::Exact& low);
  void set_truth(std::size_t word, bool value);
  void set_name(std::size_t word, std::string_view name);
  void set(std::size_t word, const Fact& fact) { facts_[word] = fact; }
  void clear(std::size_t word) { facts_[word] = Fact{}; }
  /// Sets a word from text: "2368", "600 to 700 mm2", "yes", "CN", "unknown". The message says what is wrong.
  std::expected<void, std::string> set_text(std::size_t word, std::string_view text);

  [[nodiscard]] const Fact& operator[](std::size_t word) const { return facts_[word]; }
  [[nodiscard]] const Law& law() const { return *law_; }
  [[nodiscard]] std::size_t size() const { return facts_.size(); }

  /// Fills every unknown word that has an assumed value and is not in `leave`, and remembers it.
  void assume(const std::vector<std::size_t>& leave = {});
  void assume(const Assumptions& assumptions, const std::vector<std::size_t>& leave);
  [[nodiscard]] std::vector<Assumption> assumptions() const;

 private:
  const Law* law_;
  std::vector<Fact> facts_;
  std::vector<std::size_t> assumed_;
};

/// Hong Kong reads as China: the EAR treat it so.
std::string_view place_as_law_reads(std::string_view place);

}  // namespace brightline::law
