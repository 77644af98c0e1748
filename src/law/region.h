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
  using Context = std::vector<std::pair<std::size_t, int>>;  ///< axis of the map, cell
  std::vector<Context> contexts;  ///< all that come to the same bands
  std::vector<RegionBand> bands;
};

/// What counts as the same standing when cells are joined.
enum class RegionView {
  requirement,  ///< only what is required
  review,       ///< and how a licence would be reviewed
};

/// The regions of a map over TPP and applicable die area; one for each group of cells of the other axes that come to
/// the same. `fixed` are the facts the map was built for.
std::vector<Region> legal_regions(const LegalMap& map, const Facts& fixed, RegionView view = RegionView::requirement);

/// "TPP < 1,600", "TPP < 3.2 x area".
std::string to_text(const RegionEdge& edge);
/// "area <= 500 mm2", "500 < area < 750 mm2".
std::string areas_of(const RegionBand& band);
/// "datacenter, dram bandwidth < 1,400 GB/s": what the contexts of a region have in common and what tells them from
/// others, axis by axis; empty where the region holds in all.
std::string contexts_text(const LegalMap& map, const Region& region);
/// The highest piece of the band that needs nothing from anybody, or null.
const RegionPiece* highest_free(const RegionBand& band);

}  // namespace brightline::law
