// The one number a formula takes of a value with bounds.
#pragma once
#include <optional>

#include "chip/sourced.h"

namespace brightline::model {

/// What is stated, else the middle of the bounds, else 0.
inline double stated(const chip::Sourced& value) {
  if (value.range.stated) return value.range.stated->to_double();
  return value.range.low && value.range.high ? (value.range.low->to_double() + value.range.high->to_double()) / 2 : 0;
}
inline double stated(const std::optional<chip::Sourced>& value) { return value ? stated(*value) : 0; }

}  // namespace brightline::model
