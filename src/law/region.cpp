#include "law/region.h"

#include <algorithm>
#include <set>

#include "law/judge.h"

namespace brightline::law {

namespace {

using base::Exact;

std::string grouped(const Exact& value) {
  std::string text = value.to_text(2);
  const std::size_t point = std::min(text.find('.'), text.size());
  for (std::size_t i = point; i > 3; i -= 3) text.insert(i - 3, ",");
  return text;
}

Exact must(std::optional<Exact> value) {
  base::check(value.has_value(), "a limit of the law left exact arithmetic");
  return *value;
}

Exact between(const Exact& a, const Exact& b) { return must(over(must(plus(a, b)), Exact(2))); }

struct Axes {
  std::optional<std::size_t> tpp;
  std::optional<std::size_t> density;
  std::size_t tpp_word = 0;
  std::size_t area_word = 0;
};

Axes find_axes(const LegalMap& map) {
  Axes out;
  const auto& vocabulary = map.code().law->vocabulary;
  out.tpp_word = vocabulary.at("tpp");
  out.area_word = vocabulary.at("applicable_die_area");
  for (std::size_t i = 0; i < map.axes().size(); ++i) {
    if (map.axes()[i].kind != Axis::Kind::measure) continue;
    const Measure& measure = map.code().measures[map.axes()[i].index];
    if (measure.words == std::vector{out.tpp_word} && measure.steps.size() == 1) out.tpp = i;
    if (measure.steps.size() == 3 && measure.words == std::vector{out.tpp_word, out.area_word}) out.density = i;
  }
  return out;
}

const std::vector<Boundary>& boundaries_of(const LegalMap& map, std::optional<std::size_t> axis) {
  static const std::vector<Boundary> none;
  return axis ? map.code().measures[map.axes()[*axis].index].boundaries : none;
}

int cell_of_point(const std::vector<Boundary>& boundaries, const Exact& value) {
  int cell = 0;
  for (const Boundary& b : boundaries) cell += (value > b.value || (value == b.value && !b.above)) ? 1 : 0;
  return cell;
}

class RegionBuilder {
 public:
  RegionBuilder(const LegalMap& map, const Facts& fixed, RegionView view)
      : map_(map), view_(view), axes_(find_axes(map)), facts_(fixed), context_facts_(fixed), judge_(map.code()) {}

  std::vector<Region> build() {
    std::vector<Region> out;
    std::vector<int> cells(map_.axes().size(), 0);
    while (true) {
      if (reachable_context(cells)) {
        enter_context(cells);
        add_region(out, cells);
      }
      std::size_t i = 0;
      for (; i < cells.size(); ++i) {
        if (i == axes_.tpp || i == axes_.density) continue;
        if (++cells[i] < map_.axes()[i].cells) break;
        cells[i] = 0;
      }
      if (i == cells.size()) return out;
    }
  }

 private:
  void add_region(std::vector<Region>& out, const std::vector<int>& cells) {
    Region::Context context;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i != axes_.tpp && i != axes_.density) context.emplace_back(i, cells[i]);
    }
    std::vector<RegionBand> found = bands(cells);
    for (Region& known : out) {
      const bool same = std::ranges::equal(known.bands, found, [](const RegionBand& a, const RegionBand& b) {
        return a.area_low == b.area_low && a.area_high == b.area_high && a.low_closed == b.low_closed && same_words(a, b);
      });
      if (!same) continue;
      known.contexts.push_back(std::move(context));
      return;
    }
    out.push_back({{std::move(context)}, std::move(found)});
  }

  [[nodiscard]] Standing seen(Standing standing) const {
    if (view_ == RegionView::review) return {0, 0, standing.requirement, standing.review};
    return {0, 0, standing.requirement, 0};
  }

  // Facts that lie in the context's cells, so that the clauses at an edge can be named.
  void enter_context(const std::vector<int>& cells) {
    context_facts_ = facts_;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const Axis& along = map_.axes()[i];
      if (i == axes_.tpp || i == axes_.density) continue;
      if (along.kind == Axis::Kind::truth) {
        context_facts_.set_truth(along.index, cells[i] == 1);
      } else if (along.kind == Axis::Kind::symbol) {
        context_facts_.set_name(along.index, map_.code().law->symbols.name(along.representatives[static_cast<std::size_t>(cells[i])]));
      } else if (const Measure& measure = map_.code().measures[along.index]; measure.steps.size() == 1) {
        const Interval inside = cell_of(measure, cells[i], Interval::all());
        const Exact low = inside.low.value;
        context_facts_.set_number(measure.words[0], inside.high.infinite ? must(plus(low, Exact(1))) : between(low, inside.high.value));
      }
    }
  }

  bool reachable_context(std::vector<int> cells) const {
    if (axes_.tpp) cells[*axes_.tpp] = LegalMap::any_cell;
    if (axes_.density) cells[*axes_.density] = LegalMap::any_cell;
    return map_.reachable(cells);
  }

  // Areas at which a density line crosses a TPP line: between them the order of the edges does not change.
  std::vector<Exact> crossings() const {
    std::set<Exact> out;
    for (const Boundary& t : boundaries_of(map_, axes_.tpp)) {
      for (const Boundary& d : boundaries_of(map_, axes_.density)) {
        if (!d.value.is_zero() && !t.value.is_zero()) out.insert(must(over(t.value, d.value)));
      }
    }
    return {out.begin(), out.end()};
  }

  std::vector<RegionBand> bands(const std::vector<int>& cells) {
    const std::vector<Exact> points = crossings();
    std::vector<RegionBand> out;
    Exact low;
    for (std::size_t i = 0; i <= points.size(); ++i) {
      const bool last = i == points.size();
      const Exact high = last ? must(plus(low, Exact(1000))) : points[i];
      RegionBand band{low, high, false, false, last, pieces(cells, between(low, high))};
      add_band(out, std::move(band));
      if (last) break;
      add_band(out, {points[i], points[i], true, true, false, pieces(cells, points[i])});
      low = points[i];
    }
    return out;
  }

  // Joins a band to the one before when the words of either describe both; a band of one area also joins forward.
  static void add_band(std::vector<RegionBand>& out, RegionBand band) {
    if (out.empty()) {
      out.push_back(std::move(band));
      return;
    }
    RegionBand& before = out.back();
    const bool is_point = band.area_low == band.area_high && !band.high_infinite;
    const bool was_point = before.area_low == before.area_high && !before.high_infinite;
    if (same_words(before, band) || (is_point && same_at(before, band, band.area_low))) {
      before.area_high = band.area_high;
      before.high_closed = band.high_closed;
      before.high_infinite = band.high_infinite;
      return;
    }
    if (was_point && same_at(band, before, before.area_low)) {
      band.area_low = before.area_low;
      band.low_closed = true;
      before = std::move(band);
      return;
    }
    out.push_back(std::move(band));
  }

  static bool same_edge(const RegionEdge& a, const RegionEdge& b) {
    return a.infinite == b.infinite && a.per_area == b.per_area && a.above == b.above && a.value == b.value;
  }

  static bool same_words(const RegionBand& a, const RegionBand& b) {
    if (a.pieces.size() != b.pieces.size()) return false;
    for (std::size_t i = 0; i < a.pieces.size(); ++i) {
      if (!(a.pieces[i].standing == b.pieces[i].standing) || !same_edge(a.pieces[i].high, b.pieces[i].high)) return false;
    }
    return true;
  }

  // Do a's words, read at `area`, say what b's say there? Pieces that shrink to nothing do not count.
  static bool same_at(const RegionBand& a, const RegionBand& b, const Exact& area) {
    const auto read = [&](const RegionBand& band) {
      std::vector<std::pair<Exact, std::pair<bool, Requirement>>> out;
      for (const RegionPiece& piece : band.pieces) {
        const bool empty = !piece.high.infinite && piece.low.at(area) == piece.high.at(area) && piece.low.above == piece.high.above;
        if (empty) continue;
        out.push_back({piece.high.infinite ? Exact(-1) : piece.high.at(area), {piece.high.above, piece.standing.requirement}});
      }
      return out;
    };
    return read(a) == read(b);
  }

  std::vector<RegionPiece> pieces(std::vector<int> cells, const Exact& area) {
    std::vector<RegionEdge> edges;
    for (const Boundary& b : boundaries_of(map_, axes_.tpp)) edges.push_back({b.value, false, b.above, false, {}});
    for (const Boundary& b : boundaries_of(map_, axes_.density)) edges.push_back({b.value, true, b.above, false, {}});
    std::ranges::stable_sort(edges, [&](const RegionEdge& a, const RegionEdge& b) {
      const Exact left = a.at(area);
      const Exact right = b.at(area);
      return left < right || (left == right && a.above < b.above);
    });
    std::vector<RegionPiece> out;
    RegionEdge low;
    for (std::size_t i = 0; i <= edges.size(); ++i) {
      RegionEdge high;
      high.infinite = i == edges.size();
      if (!high.infinite) high = edges[i];
      const Exact from = low.at(area);
      const bool empty = !high.infinite && from == high.at(area) && low.above == high.above;
      if (empty) continue;
      const Exact tpp = high.infinite ? must(plus(from, Exact(1))) : from == high.at(area) ? from : between(from, high.at(area));
      add_piece(out, cells, area, tpp, low, high);
      low = high;
    }
    return out;
  }

  void add_piece(std::vector<RegionPiece>& out, std::vector<int>& cells, const Exact& area, const Exact& tpp, const RegionEdge& low, const RegionEdge& high) {
    if (axes_.tpp) cells[*axes_.tpp] = cell_of_point(boundaries_of(map_, axes_.tpp), tpp);
    if (axes_.density) cells[*axes_.density] = cell_of_point(boundaries_of(map_, axes_.density), must(over(tpp, area)));
    const Standing standing = seen(map_.at(cells));
    if (!out.empty() && out.back().standing == standing) {
      out.back().high = high;
      return;
    }
    RegionPiece piece{low, high, standing};
    if (!out.empty()) {
      piece.low.clauses = classifying(tpp, area);
      out.back().high.clauses = piece.low.clauses;
    }
    out.push_back(std::move(piece));
  }

  // The classifications that hold just beyond an edge: the face of the legal region names its clause.
  std::vector<const CompiledClause*> classifying(const Exact& tpp, const Exact& area) {
    Facts facts = context_facts_;
    facts.set_number(axes_.tpp_word, tpp);
    facts.set_number(axes_.area_word, area);
    const Answer& answer = judge_.first_look(facts);
    std::vector<const CompiledClause*> out;
    for (std::size_t i = 0; i < answer.holds.size(); ++i) {
      const CompiledClause& clause = map_.code().clauses[i];
      const bool counts = clause.verb == Verb::classify || clause.letter;
      if (counts && clause.concludes && answer.holds[i] == Truth::yes) out.push_back(&clause);
    }
    return out;
  }

  const LegalMap& map_;
  RegionView view_;
  Axes axes_;
  Facts facts_;
  Facts context_facts_;
  Judge judge_;
};

std::string spoken(std::string name) {
  std::ranges::replace(name, '_', ' ');
  return name;
}

// Cells first to last of a measure, which follow each other, in words.
std::string cell_text(const Measure& measure, int first, int last) {
  const auto count = static_cast<int>(measure.boundaries.size());
  const std::string name = spoken(measure.name);
  if (first > count) return name + " without a value";
  const std::string unit = measure.unit.empty() ? "" : " " + measure.unit;
  std::string out;
  if (first > 0) {
    const Boundary& b = measure.boundaries[static_cast<std::size_t>(first - 1)];
    out += name + (b.above ? " > " : " >= ") + grouped(b.value) + unit;
  }
  if (last < count) {
    const Boundary& b = measure.boundaries[static_cast<std::size_t>(last)];
    out += (out.empty() ? "" : " and ") + name + (b.above ? " <= " : " < ") + grouped(b.value) + unit;
  }
  return out;
}

std::string cells_text(const Measure& measure, const std::set<int>& cells) {
  std::string out;
  for (auto at = cells.begin(); at != cells.end();) {
    const int first = *at;
    int last = first;
    for (++at; at != cells.end() && *at == last + 1; ++at) last = *at;
    out += (out.empty() ? "" : " or ") + cell_text(measure, first, last);
  }
  return out;
}

}  // namespace

base::Exact RegionEdge::at(const base::Exact& area) const { return per_area ? must(times(value, area)) : value; }

std::vector<Region> legal_regions(const LegalMap& map, const Facts& fixed, RegionView view) { return RegionBuilder(map, fixed, view).build(); }

std::string to_text(const RegionEdge& edge) {
  if (edge.infinite) return "any TPP";
  return std::string("TPP ") + (edge.above ? "<= " : "< ") + grouped(edge.value) + (edge.per_area ? " x area" : "");
}

std::string areas_of(const RegionBand& band) {
  const std::string low = grouped(band.area_low);
  const std::string high = grouped(band.area_high);
  if (band.high_infinite) return band.area_low.is_zero() ? "any area" : std::string("area ") + (band.low_closed ? ">= " : "> ") + low + " mm2";
  if (band.area_low == band.area_high) return "area = " + low + " mm2";
  if (band.area_low.is_zero()) return std::string("area ") + (band.high_closed ? "<= " : "< ") + high + " mm2";
  return low + (band.low_closed ? " <= " : " < ") + "area" + (band.high_closed ? " <= " : " < ") + high + " mm2";
}

// An axis says something only when the region does not hold in all of its cells.
std::string contexts_text(const LegalMap& map, const Region& region) {
  std::string out;
  if (region.contexts.empty()) return out;
  std::size_t combinations = 1;
  for (std::size_t i = 0; i < region.contexts[0].size(); ++i) {
    const Axis& along = map.axes()[region.contexts[0][i].first];
    std::set<int> cells;
    for (const Region::Context& context : region.contexts) cells.insert(context[i].second);
    combinations *= cells.size();
    if (static_cast<int>(cells.size()) == along.cells) continue;
    std::string part;
    if (along.kind == Axis::Kind::measure) {
      part = cells_text(map.code().measures[along.index], cells);
    } else {
      const std::string word = spoken(map.code().law->vocabulary.words()[along.index].id);
      for (const int cell : cells) {
        if (!part.empty()) part += " or ";
        part += along.kind == Axis::Kind::truth ? (cell == 1 ? word : "not " + word) : word + " is " + map.code().law->symbols.name(along.representatives[static_cast<std::size_t>(cell)]);
      }
    }
    out += (out.empty() ? "" : "; ") + part;
  }
  // the contexts are no plain product: what is left when another region took some of it
  if (combinations > region.contexts.size()) out += out.empty() ? "otherwise" : "; otherwise";
  return out;
}

const RegionPiece* highest_free(const RegionBand& band) {
  const RegionPiece* best = nullptr;
  for (const RegionPiece& piece : band.pieces) {
    if (piece.standing.requirement == Requirement::none) best = &piece;
  }
  return best;
}

}  // namespace brightline::law
