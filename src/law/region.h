// The legal region as a designer reads it: for every applicable die area, up to which TPP which requirement holds.
// Derived from the legal map; nothing is typed in.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "law/legal_map.h"

namespace brightline::law {

/// One end of a TPP range: a constant, or a performance density times the area.
struct RegionEdge {
  base::Exact value;
  bool per_area = false;   ///< value x area
  bool above = false;      ///< the edge itself belongs below it
  bool infinite = false;
  std::vector<const CompiledClause*> clauses;  ///< classifications that begin or end here

  [[nodiscard]] base::Exact at(const base::Exact& area) const;
};

/// TPP from `low` up to `high` stands so.
struct RegionPiece {
  RegionEdge low;
  RegionEdge high;
  Standing standing;
};

/// The areas over which the same pieces hold, in their words.
struct RegionBand {
  base::Exact area_low;
  base::Exact area_high;
  bool low_closed = false;
  bool high_closed = false;
  bool high_infinite = false;
  std::vector<RegionPiece> pieces;  ///< ascending in TPP, covering [0, inf)
};

/// Regions differ by what else the map depends on (memory bandwidth under an overlay, say).
struct Region {
  std::vector<std::pair<std::size_t, int>> context;  ///< axis of the map, cell
  std::vector<RegionBand> bands;
};

/// The regions of a map whose axes include the measures of TPP and performance density; one per group of cells of the
/// other axes that differ. `fixed` are the facts the map was built for.
std::vector<Region> legal_regions(const LegalMap& map, const Facts& fixed);

/// "TPP < 1,600", "TPP < 3.2 x area".
std::string to_text(const RegionEdge& edge);
/// "area <= 500 mm2", "500 < area < 750 mm2".
std::string areas_of(const RegionBand& band);
/// "DRAM bandwidth < 1,400 GB/s": the cells of a context in words; empty for none.
std::string to_text(const LegalMap& map, const std::vector<std::pair<std::size_t, int>>& context);
/// The highest piece of the band that needs nothing from anybody, or null.
const RegionPiece* highest_free(const RegionBand& band);

}  // namespace brightline::law
