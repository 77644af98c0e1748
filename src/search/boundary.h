// The performance boundary list: the rules in force for one transaction, the region they leave, and every product of
// the catalogue beside its lines.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "law/region.h"
#include "search/products.h"

namespace brightline::search {

/// A corner of the region: the highest TPP that needs nothing from anybody where the bound changes its kind.
struct Corner {
  base::Exact area;
  base::Exact tpp;        ///< stay below this
  bool datacenter = true;
  std::string bound;      ///< "TPP < 3.2 x area"
  std::vector<const law::CompiledClause*> clauses;
};

struct Boundary {
  Transaction transaction;
  const law::Code* code = nullptr;
  law::Facts fixed;                      ///< what the region was computed for
  std::unique_ptr<law::LegalMap> map;
  std::vector<law::Region> regions;      ///< by requirement
  std::vector<law::Region> reviews;      ///< by requirement and review
  std::vector<law::Assumption> assumptions;
  std::vector<std::string> unresolved;
  std::vector<Corner> corners;
  std::vector<Product> products;         ///< nearest to a line first, within each requirement
  std::size_t cells_visited = 0;
  double seconds = 0;
  bool past_evidence = false;
  std::vector<law::Truth> open_atoms;    ///< answers to the code's atoms with the item unknown

  /// A letter binds only its addressees; may it bind some chip of the catalogue in this transaction?
  [[nodiscard]] bool letter_may_apply(const law::CompiledClause& clause) const;
};

/// Draws the boundary of one transaction for an integrated circuit of an unnamed maker (or the maker that the transaction
/// sets), and judges the catalogue.
Boundary draw_boundary(const catalogue::Catalogue& catalogue, CodeBook& codes, const Transaction& transaction, base::Problems& problems);

}  // namespace brightline::search
