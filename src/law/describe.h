// The bridge from hardware to the vocabulary: which word takes which measure of a chip.
#pragma once
#include <string_view>

#include "chip/accelerator.h"
#include "chip/measure.h"
#include "law/facts.h"

namespace brightline::law {

/// Sets the item words that `chip` and its measures tell. What they do not tell stays unknown.
/// `headquarters` is where the maker sits (ISO 3166 alpha-2), empty when not known.
void describe(const chip::Accelerator& chip, const chip::Measures& measures, std::string_view headquarters, Facts& facts);

}  // namespace brightline::law
