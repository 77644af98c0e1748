// Names that conditions compare with (places, makers, kinds of item) as small numbers.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace brightline::law {

using Symbol = std::uint16_t;

/// Symbols 0 and 1 are taken: a fact that is not known, and a name no condition mentions.
inline constexpr Symbol unknown_symbol = 0;
inline constexpr Symbol other_symbol = 1;

/// Every name any instrument mentions. Filled while the law is read, then constant.
class Symbols {
 public:
  Symbols();
  Symbol intern(std::string_view name);
  /// The symbol of `name`; other_symbol when no condition mentions it.
  [[nodiscard]] Symbol find(std::string_view name) const;
  [[nodiscard]] const std::string& name(Symbol symbol) const { return names_[symbol]; }
  [[nodiscard]] std::size_t size() const { return names_.size(); }

 private:
  std::vector<std::string> names_;
  std::map<std::string, Symbol, std::less<>> index_;
};

}  // namespace brightline::law
