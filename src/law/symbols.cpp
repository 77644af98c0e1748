#include "law/symbols.h"

#include <limits>

#include "base/problem.h"

namespace brightline::law {

Symbols::Symbols() : names_{"unknown", "other"} {}

Symbol Symbols::intern(std::string_view name) {
  if (const auto found = index_.find(name); found != index_.end()) return found->second;
  base::check(names_.size() < std::numeric_limits<Symbol>::max(), "more names in the law than a symbol can count");
  const auto symbol = static_cast<Symbol>(names_.size());
  names_.emplace_back(name);
  index_.emplace(std::string(name), symbol);
  return symbol;
}

Symbol Symbols::find(std::string_view name) const {
  const auto found = index_.find(name);
  return found == index_.end() ? other_symbol : found->second;
}

}  // namespace brightline::law
