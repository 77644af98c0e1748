// Every product of a catalogue before the law of one day and one transaction.
#pragma once
#include <string>
#include <vector>

#include "catalogue/catalogue.h"
#include "law/judge.h"
#include "law/reasons.h"
#include "search/code_book.h"
#include "search/transaction.h"

namespace brightline::search {

/// A chip with its measures and the place its maker sits.
struct Described {
  const chip::Accelerator* chip = nullptr;
  chip::Measures measures;
  std::string headquarters;
};
Described describe(const catalogue::Catalogue& catalogue, const chip::Accelerator& chip);

/// The facts of a described chip in a transaction.
law::Facts facts_of(const Described& described, const law::Law& law, const Transaction& transaction, base::Problems& problems);

/// What was taken for granted where the measures were derived, and where the maker's figure and the computed one differ.
std::vector<std::string> derived_readings(const Described& described);

/// How far a product stands from one line of the classification in force.
struct Margin {
  std::string measure;   ///< word
  std::string unit;
  std::string relation;  ///< of the clause, ">="
  base::Exact limit;
  law::Interval value;
  double relative = 0;   ///< (value - limit) / limit of the end that lies nearer; NaN when unknown
  std::string clause;
  std::string cite;
};

/// One change of one measure that would bring a product to a better standing.
struct Change {
  std::string measure;
  std::string unit;
  base::Exact limit;        ///< the measure must come below (or up to) this
  bool inclusive = false;
  bool upwards = false;     ///< the measure must rise above it instead
  double relative = 0;      ///< change needed, as a share of the present value
  std::string requirement;  ///< what it would then be
};

struct Product {
  Described described;
  law::Answer answer;
  std::vector<Margin> margins;   ///< nearest first
  std::vector<Change> changes;   ///< smallest first; empty when nothing is required or nothing single would help
};

/// Judges the whole catalogue. Facts that no file states stay unknown.
std::vector<Product> judge_all(const catalogue::Catalogue& catalogue, CodeBook& codes, const Transaction& transaction, base::Problems& problems);
Product judge_one(const Described& described, const law::Code& code, const Transaction& transaction, base::Problems& problems);

/// Distances to every numeric line of the classification clauses in force, nearest first.
std::vector<Margin> margins_of(const law::Answer& answer);
/// Which single measure would have to change, and by how much, for less to be required.
std::vector<Change> changes_of(const law::Facts& facts, const law::Code& code, const law::Answer& answer);

}  // namespace brightline::search
