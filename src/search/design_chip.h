// A design as a product would be described, so that the judge and every command take it like any other chip.
#pragma once
#include "catalogue/catalogue.h"
#include "search/design_case.h"
#include "search/judgement.h"

namespace brightline::search {

/// Rates, bandwidths and areas are exactly those the search computed with.
chip::Accelerator chip_of(const DesignCase& one, const model::Design& design);

/// The full judgement of a design in the question's transaction, reasons and all. That it agrees with the gate is checked.
std::unique_ptr<Judgement> judge_design(const DesignCase& one, const catalogue::Catalogue& catalogue, const model::Design& design, base::Problems& problems);

}  // namespace brightline::search
