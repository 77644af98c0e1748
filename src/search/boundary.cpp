#include "search/boundary.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace brightline::search {

namespace {

// Is the region's context that of a datacenter part? Regions that do not ask count as both.
bool holds_for_datacenter(const law::LegalMap& map, const law::Region& region, bool datacenter) {
  const std::size_t word = map.code().law->vocabulary.at("datacenter");
  for (const law::Region::Context& context : region.contexts) {
    bool matches = true;
    for (const auto& [axis, cell] : context) {
      const law::Axis& along = map.axes()[axis];
      if (along.kind == law::Axis::Kind::truth && along.index == word) matches = (cell == 1) == datacenter;
    }
    if (matches) return true;
  }
  return false;
}

void add_corners(const law::LegalMap& map, const law::Region& region, std::vector<Corner>& out) {
  const bool datacenter = holds_for_datacenter(map, region, true);
  for (const law::RegionBand& band : region.bands) {
    const law::RegionPiece* piece = law::highest_free(band);
    if (piece == nullptr || piece->high.infinite || band.high_infinite) continue;
    out.push_back({band.area_high, piece->high.at(band.area_high), datacenter, law::to_text(piece->high), piece->high.clauses});
  }
}

double distance_of(const Product& product) { return product.margins.empty() ? 1e9 : std::fabs(product.margins[0].relative); }

int rank(const Product& product) {
  const std::string requirement = product.answer.requirement();
  constexpr std::array order{"none", "exception", "notify", "licence", "undetermined"};
  return static_cast<int>(std::ranges::find(order, requirement) - order.begin());
}

}  // namespace

bool Boundary::letter_may_apply(const law::CompiledClause& clause) const {
  const auto index = static_cast<std::size_t>(&clause - code->clauses.data());
  return std::ranges::any_of(products, [index](const Product& product) { return product.answer.holds[index] != law::Truth::no; });
}

Boundary draw_boundary(const catalogue::Catalogue& catalogue, CodeBook& codes, const Transaction& transaction, base::Problems& problems) {
  const auto begin = std::chrono::steady_clock::now();
  const law::Code& code = codes.at(transaction.reading());
  Boundary out{transaction, &code, law::Facts(codes.law()), nullptr, {}, {}, {}, {}, {}, {}, 0, 0, false, {}};
  out.fixed.set_name(codes.law().vocabulary.at("item_kind"), "ic");
  apply(transaction, out.fixed, problems);
  if (!problems.empty()) return out;
  out.map = std::make_unique<law::LegalMap>(law::LegalMap::build(code, out.fixed, problems));
  if (!problems.empty()) return out;
  out.cells_visited = out.map->cell_count();
  out.regions = law::legal_regions(*out.map, out.fixed, law::RegionView::requirement);
  out.reviews = law::legal_regions(*out.map, out.fixed, law::RegionView::review);
  for (const law::Region& region : out.regions) add_corners(*out.map, region, out.corners);
  for (const law::Assumption& assumption : out.fixed.assumptions()) {
    if (!code.law->vocabulary.words()[assumption.word].assumed_says.empty()) out.assumptions.push_back(assumption);
  }
  law::Judge judge(code);
  const law::Answer& open = judge.first_look(out.fixed);
  out.open_atoms = open.atoms;
  for (const law::CompiledPoint& point : code.unresolved) {
    if (!point.formula || law::answer_of(code, *point.formula, open.atoms) != law::Truth::no) out.unresolved.push_back(point.point->says);
  }
  Transaction of_products = transaction;  // a maker named for the region is not the maker of the catalogue's chips
  std::erase_if(of_products.set, [](const auto& entry) { return entry.first == "maker"; });
  out.products = judge_all(catalogue, codes, of_products, problems);
  std::ranges::stable_sort(out.products, [](const Product& a, const Product& b) {
    return rank(a) != rank(b) ? rank(a) < rank(b) : distance_of(a) < distance_of(b);
  });
  out.past_evidence = transaction.date > code.law->evidence_through;
  out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return out;
}

}  // namespace brightline::search
