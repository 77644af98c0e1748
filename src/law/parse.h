// Text of a condition -> Expression. A recursive-descent parser for the grammar in law/README.md.
#pragma once
#include <expected>
#include <string>
#include <string_view>

#include "law/expression.h"

namespace brightline::law {

/// What is wrong with a condition, and at which character.
struct ParseError {
  std::size_t offset = 0;
  std::string message;
  std::string hint;
};

std::expected<Expression, ParseError> parse_expression(std::string_view text);

}  // namespace brightline::law
