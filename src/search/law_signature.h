// What a compiled law says once some facts are fixed, as a text: two that say the same need to be walked only once.
#pragma once
#include <string>
#include <vector>

#include "law/evaluate.h"

namespace brightline::search {

/// Texts of one code's questions, made once.
class LawSignature {
 public:
  explicit LawSignature(const law::Code& code);
  /// The clauses with what is left of their conditions. `answers`: by atom.
  [[nodiscard]] std::string of(const std::vector<law::Truth>& answers) const;
  /// The whole law with nothing fixed.
  [[nodiscard]] std::string whole() const;

 private:
  [[nodiscard]] std::string formula(std::uint32_t index, const std::vector<law::Truth>& answers) const;

  const law::Code& code_;
  std::vector<std::string> atoms_;
};

}  // namespace brightline::search
