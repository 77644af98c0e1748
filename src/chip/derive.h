// The single derivations behind measure(); each is per integrated circuit.
#pragma once
#include "chip/measure.h"

namespace brightline::chip {

/// The largest rate x bit length (with_bits) or the largest rate, divided by the number of packages.
Measure derive_processing(const Accelerator& chip, const Reading& reading, bool with_bits);
Measure derive_applicable_die_area(const Accelerator& chip, const Technology& technology);
Measure derive_density(const Measure& tpp, const Measure& area);
/// Scale-up links + system bus + other links.
Measure derive_link_rate(const Accelerator& chip, const Technology& technology);
Measure derive_dram_bandwidth(const Accelerator& chip, const Technology& technology);
Measure derive_efficiency(const Accelerator& chip);

/// A field divided by the number of packages, as a measure; unknown when the file is silent.
Measure per_package(const Accelerator& chip, Field field);
/// Appends to a note or derivation with a separator.
void append(std::string& text, std::string_view separator, std::string_view more);

}  // namespace brightline::chip
