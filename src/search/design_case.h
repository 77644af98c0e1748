// Everything a question to a space of designs points into, made together: the law of the day as a gate, the reference chip's
// constants, the workloads with their plans.
#pragma once
#include <memory>

#include "catalogue/catalogue.h"
#include "model/families.h"
#include "search/code_book.h"
#include "search/design_question.h"
#include "search/transaction.h"

namespace brightline::search {

/// What a search works with besides the law.
struct DesignWorld {
  const catalogue::Catalogue* catalogue = nullptr;
  const model::Families* families = nullptr;
  TaskWorld tasks;
};

/// A question as a person puts it.
struct DesignAsk {
  Space space;
  Transaction transaction;
  WantedStanding wanted = WantedStanding::none;
  Assume assume = Assume::strict;
  std::string maker;                   ///< letters to it apply
  std::vector<std::string> workloads;  ///< empty: those of the space
  std::vector<double> weights;         ///< empty: all alike
  TaskWishes wishes;
  Objective objective = Objective::performance;
  double most_power = 0, most_cost = 0;  ///< 0: the space's, and any
  double resolution = 1e-4;
};

struct DesignCase {
  DesignAsk ask;
  const law::Code* code = nullptr;
  law::Facts fixed;
  std::unique_ptr<law::LegalMap> map;
  std::unique_ptr<model::Engine> engine;
  DesignQuestion question;
  std::vector<std::string> assumed;  ///< what was not stated and how it was filled

  explicit DesignCase(const law::Law& law) : fixed(law) {}
};

/// Null where a problem stands in the way; every problem found is reported.
std::unique_ptr<DesignCase> make_case(const DesignWorld& world, CodeBook& codes, const DesignAsk& ask, base::Problems& problems);

}  // namespace brightline::search
