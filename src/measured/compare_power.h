// Holds predicted mean power and energy a token against rows that state a power.
#pragma once
#include <vector>

#include "measured/compare.h"
#include "measured/known_chips.h"

namespace brightline::measured {

/// A kernel row: watts, of the activity in the time that `row` predicts.
Compared compare_power(const Case& one, const Compared& row, KnownChips& chips);
/// A served row: "power serving" in W, and "energy serving" in J a token with the throughput that `row` predicts.
void add_power(const ServedCase& one, const Compared& row, KnownChips& chips, std::vector<Compared>& out);

}  // namespace brightline::measured
