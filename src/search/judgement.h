// One question and all that belongs to its answer: facts, conclusions, reasons, margins, what was assumed, what is open.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "search/products.h"

namespace brightline::search {

struct Judgement {
  std::string name;  ///< of the item, for people
  std::string chip;  ///< catalogue id, file, or "-"
  Transaction transaction;
  law::Facts facts;
  law::Answer answer;
  std::vector<law::Reason> reasons;  ///< point into `answer`
  std::vector<Margin> margins;
  std::vector<Change> changes;
  std::vector<law::Assumption> assumptions;  ///< only those that bear on the answer
  std::vector<std::string> readings;         ///< choices of reading made by clauses that stand
  std::vector<std::string> unresolved;
  bool past_evidence = false;                ///< the day lies after the last day the sources saw
};

/// Judges facts that already hold the transaction (see apply()).
std::unique_ptr<Judgement> judge_facts(std::string name, std::string chip, const Transaction& transaction, law::Facts facts, const law::Code& code);

}  // namespace brightline::search
