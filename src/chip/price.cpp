#include "chip/price.h"

#include <algorithm>

namespace brightline::chip {

bool Price::of(std::string_view item) const { return std::ranges::find(items, item) != items.end(); }

const PriceOrder* Prices::order(PriceKind kind) const {
  const auto found = std::ranges::find(orders, kind, &PriceOrder::kind);
  return found == orders.end() ? nullptr : &*found;
}

std::vector<std::string> Prices::all_terms() const {
  std::vector<std::string> out;
  for (const Price& price : list) {
    if (std::ranges::find(out, price.terms) == out.end()) out.push_back(price.terms);
  }
  return out;
}

}  // namespace brightline::chip
