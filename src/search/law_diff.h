// What changed in the law between two days, and for which products of the catalogue.
#pragma once
#include <array>
#include <string>
#include <vector>

#include "search/grounds.h"
#include "search/law_day.h"
#include "search/products.h"

namespace brightline::search {

struct ClauseChange {
  ClauseRef ref;
  std::string how;                      ///< began, enforced, repealed, expired
  const law::Instrument* by = nullptr;  ///< who repealed it
};

struct StayChange {
  ClauseRef ref;
  StayedBy by;
};

struct GroupMove {
  std::string id;
  std::vector<std::string> joined;
  std::vector<std::string> left;
};

/// A word whose meaning changed; a side without one is empty.
struct DefinitionChange {
  std::string id;
  DefineRef before;
  DefineRef after;
};

struct Difference {
  std::string before;
  std::string after;
  [[nodiscard]] bool differs() const { return before != after; }
};

/// The answers that are told apart; each may change without the others.
enum class Told { paragraph, label, licence, requirement, review };
inline constexpr std::array<const char*, 5> told_names{"paragraph", "label", "licence", "requirement", "review"};

struct ChipChange {
  const chip::Accelerator* chip = nullptr;
  std::array<Difference, told_names.size()> answers;
  Moved moved;

  [[nodiscard]] const Difference& of(Told what) const { return answers[static_cast<std::size_t>(what)]; }
};

struct LawDiff {
  Transaction before;
  Transaction after;
  std::vector<ClauseChange> added;
  std::vector<ClauseChange> removed;
  std::vector<StayChange> stays_begun;
  std::vector<StayChange> stays_ended;
  std::vector<GroupMove> groups;
  std::vector<DefinitionChange> definitions;
  std::vector<ChipChange> chips;  ///< those with some change, by id
  std::size_t judged = 0;

  [[nodiscard]] bool empty() const;
  [[nodiscard]] std::vector<std::string> changed(Told what) const;  ///< ids of chips
};

/// Compares the law of `transaction` on two days. Clauses are compared as `transaction.asked` says; stays are listed
/// either way, though the text knows none.
LawDiff diff_law(const catalogue::Catalogue& catalogue, CodeBook& codes, const Transaction& transaction, base::Date before,
                 base::Date after, base::Problems& problems);

}  // namespace brightline::search
