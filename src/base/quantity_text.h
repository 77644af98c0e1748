// Numbers with units as datasheets print them: "3.35 TB/s", "814 mm2", "989.4 TFLOPS".
#pragma once
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "base/exact.h"
#include "base/quantity.h"

namespace brightline::base {

/// A unit of the closed table in quantity_text.cpp: its name, dimension, and size in base units.
struct Unit {
  std::string_view name;
  Dimension dimension;
  std::int64_t scale_num;
  std::int64_t scale_den;
};

/// The unit called `name`, or null. The empty name is the plain number.
const Unit* find_unit(std::string_view name);
std::vector<std::string> unit_names();

/// Why a text is not a quantity: what to say and what to try.
struct NotAQuantity {
  std::string message;
  std::string hint;
};

/// "3.35 TB/s" read in `wanted` ("GB/s"): 3350, exactly. A unit of another dimension, an unknown unit, or a missing
/// one is refused with a hint.
std::expected<Exact, NotAQuantity> parse_quantity(std::string_view text, std::string_view wanted);

/// `value` in unit `from` expressed in unit `to`; empty when dimensions differ or it does not fit.
std::optional<Exact> convert(const Exact& value, const Unit& from, const Unit& to);

}  // namespace brightline::base
