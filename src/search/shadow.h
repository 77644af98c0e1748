// What stops the best design, and what a little more of it would be worth. Docs: docs/model/search.md.
#pragma once
#include <string>
#include <vector>

#include "search/bound.h"

namespace brightline::search {

/// The same space with every whole value between the neighbours of a design's values, where a field is fine.
Space refined(const Space& space, const model::Design& around);

/// The best design near another, with every whole value allowed: from the lattice to the edge of its limits.
struct Polished {
  model::Design design;
  double value = 0;        ///< logarithm of the speed over the reference, by the question's objective
  bool found = false;
};
Polished polish(const DesignQuestion& question, const model::Design& from);

/// One limit and what a hundredth more room would bring.
struct ShadowPrice {
  std::string limit;       ///< "tpp", "performance_density", "power", or a field at the end of its range
  std::string unit;
  double at = 0;           ///< where the limit stands
  double value = 0;        ///< of the design
  bool below = true;       ///< the design must stay below it
  bool legal = false;      ///< a line of the law
  double gain = 0;         ///< by what share the objective would rise
  double moved = 0;        ///< by what the limit was moved, in its unit
  [[nodiscard]] double per_unit() const { return moved > 0 ? gain / moved : 0; }
};

/// Every limit that binds the design, the dearest first: those whose move by a hundredth (a field: to a step beyond its end)
/// lets a better design be found near it.
std::vector<ShadowPrice> shadow_prices(const DesignQuestion& question, const model::Design& polished);

}  // namespace brightline::search
