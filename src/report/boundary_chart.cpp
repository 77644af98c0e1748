#include <algorithm>
#include <cmath>

#include "report/boundary_document.h"
#include "report/judge_document.h"
#include "report/terminal_number.h"

namespace brightline::report {

namespace {

// What the chart shows; products beyond are listed under it. Presentation, not law.
constexpr double area_shown = 2'600;
constexpr double tpp_low = 200;
constexpr double tpp_high = 80'000;
constexpr int points_per_edge = 24;  // a line through the origin bends on a logarithmic axis

Answer answer_of(law::Requirement requirement) {
  switch (requirement) {
    case law::Requirement::none: return Answer::none;
    case law::Requirement::exception: return Answer::exception;
    case law::Requirement::notify: return Answer::notify;
    case law::Requirement::licence: return Answer::licence;
    case law::Requirement::undetermined: return Answer::undetermined;
  }
  return Answer::undetermined;
}

double height_of(const law::RegionEdge& edge, double area) {
  if (edge.infinite) return tpp_high;
  const double value = edge.value.to_double() * (edge.per_area ? area : 1);
  return std::clamp(value, tpp_low, tpp_high);
}

std::vector<Spot> outline_of(const law::RegionBand& band, const law::RegionPiece& piece) {
  const double from = band.area_low.to_double();
  const double to = band.high_infinite ? area_shown : std::min(area_shown, band.area_high.to_double());
  std::vector<Spot> out;
  for (int i = 0; i <= points_per_edge; ++i) {
    const double area = from + (to - from) * i / points_per_edge;
    out.push_back({area, height_of(piece.low, area)});
  }
  for (int i = points_per_edge; i >= 0; --i) {
    const double area = from + (to - from) * i / points_per_edge;
    out.push_back({area, height_of(piece.high, area)});
  }
  return out;
}

bool for_datacenter(const search::Boundary& boundary, const law::Region& region) {
  const std::size_t word = boundary.code->law->vocabulary.at("datacenter");
  return std::ranges::any_of(region.contexts, [&](const law::Region::Context& context) {
    return std::ranges::none_of(context, [&](const auto& entry) {
      const law::Axis& axis = boundary.map->axes()[entry.first];
      return axis.kind == law::Axis::Kind::truth && axis.index == word && entry.second == 0;
    });
  });
}

// Of the regions for datacenter parts, the one that leaves most; the others are narrower by what their contexts say.
const law::Region* widest(const search::Boundary& boundary) {
  const law::Region* best = nullptr;
  const auto freedom = [](const law::Region& region) {
    double sum = 0;
    for (const law::RegionBand& band : region.bands) {
      const law::RegionPiece* piece = law::highest_free(band);
      if (piece != nullptr) sum += height_of(piece->high, band.area_low.to_double());
    }
    return sum;
  };
  for (const law::Region& region : boundary.regions) {
    if (!for_datacenter(boundary, region)) continue;
    if (best == nullptr || freedom(region) > freedom(*best)) best = &region;
  }
  return best;
}

std::string clauses_of(const std::vector<const law::CompiledClause*>& clauses) {
  std::string out;
  for (const law::CompiledClause* clause : clauses) out += (out.empty() ? "" : ", ") + clause->clause->id.substr(clause->clause->id.find(':') + 1);
  return out;
}

void add_regions(const search::Boundary& boundary, const law::Region& region, Chart& chart) {
  std::vector<std::string> named;
  for (const law::RegionBand& band : region.bands) {
    if (band.area_low.to_double() >= area_shown || (band.area_low == band.area_high && !band.high_infinite)) continue;
    for (const law::RegionPiece& piece : band.pieces) {
      ChartRegion shape;
      shape.answer = answer_of(piece.standing.requirement);
      shape.ground = shape.answer == Answer::undetermined ? Ground::unresolved : Ground::published;
      shape.clause = clauses_of(piece.low.clauses);
      shape.outline = outline_of(band, piece);
      const std::string name(answer_text(shape.answer));
      // one label for each kind of answer, in the widest band that has it
      const bool wide = (band.high_infinite ? area_shown : band.area_high.to_double()) - band.area_low.to_double() > area_shown / 5;
      if (wide && std::ranges::find(named, name) == named.end()) {
        shape.name = name;
        named.push_back(name);
      }
      chart.regions.push_back(std::move(shape));
    }
  }
  for (const law::Region& other : boundary.regions) {
    if (&other == &region || !for_datacenter(boundary, other)) continue;
    bool labelled = false;
    for (const law::RegionBand& band : region.bands) {
      const law::RegionPiece* free = law::highest_free(band);
      if (free == nullptr || band.area_low.to_double() >= area_shown) continue;
      ChartRegion shape;
      shape.answer = Answer::licence;
      shape.ground = Ground::letter;
      shape.outline = outline_of(band, *free);
      if (!labelled) shape.name = "also a licence where " + law::contexts_text(*boundary.map, other);
      labelled = true;
      chart.regions.push_back(std::move(shape));
    }
  }
}

// Only lines on which a classification, a requirement, an exception or a review turns: not those of labels or duties.
bool drawn(const search::Boundary& boundary, std::size_t measure, std::size_t line) {
  for (const law::CompiledClause& clause : boundary.code->clauses) {
    const bool of_interest = clause.verb == law::Verb::classify || clause.verb == law::Verb::require || clause.verb == law::Verb::permit || clause.verb == law::Verb::review;
    if (!of_interest || law::answer_of(*boundary.code, clause.formula, boundary.open_atoms) == law::Truth::no) continue;
    for (const std::uint32_t at : clause.atoms) {
      const law::Atom& atom = boundary.code->atoms[at];
      if (atom.kind == law::Atom::Kind::number && atom.measure == measure && atom.boundary == line) return true;
    }
  }
  return false;
}

void add_lines(const search::Boundary& boundary, Chart& chart) {
  const std::size_t tpp = boundary.code->law->vocabulary.at("tpp");
  const std::size_t area = boundary.code->law->vocabulary.at("applicable_die_area");
  for (const law::Axis& axis : boundary.map->axes()) {
    if (axis.kind != law::Axis::Kind::measure) continue;
    const law::Measure& measure = boundary.code->measures[axis.index];
    const bool of_tpp = measure.words == std::vector{tpp};
    const bool of_density = measure.words == std::vector{tpp, area};
    for (std::size_t i = 0; i < measure.boundaries.size(); ++i) {
      if (!drawn(boundary, axis.index, i)) continue;
      const law::Boundary& line = measure.boundaries[i];
      const double value = line.value.to_double();
      if (of_tpp && value > tpp_low) chart.lines.push_back({"TPP " + number_text(line.value), {{0, value}, {area_shown, value}}});
      if (!of_density || value <= 0) continue;
      ChartLine curve{"PD " + number_text(line.value), {}};
      for (int p = 0; p <= points_per_edge; ++p) {
        const double x = tpp_low / value + (area_shown - tpp_low / value) * p / points_per_edge;
        curve.path.push_back({x, value * x});
      }
      chart.lines.push_back(std::move(curve));
    }
  }
}

std::optional<Span> span_of(const chip::Interval& value) {
  if (!value.low || !value.high || *value.low == *value.high) return std::nullopt;
  return Span{value.low->to_double(), value.high->to_double()};
}

std::optional<double> middle_of(const chip::Interval& value) {
  if (value.stated) return value.stated->to_double();
  if (value.low && value.high) return (value.low->to_double() + value.high->to_double()) / 2;
  return std::nullopt;
}

int add_marks(const search::Boundary& boundary, Chart& chart) {
  int left_out = 0;
  for (const search::Product& product : boundary.products) {
    const chip::Interval& tpp = product.described.measures[chip::MeasureId::tpp].value;
    const chip::Interval& area = product.described.measures[chip::MeasureId::applicable_die_area].value;
    const auto x = middle_of(area);
    const auto y = middle_of(tpp);
    if (!x || !y || *x <= 0) {
      ++left_out;
      continue;
    }
    ChartMark mark;
    mark.name = product.described.chip->id;
    mark.at = {*x, *y};
    const std::string requirement = product.answer.requirement();
    mark.answer = requirement == "none"        ? Answer::none
                  : requirement == "exception" ? Answer::exception
                  : requirement == "notify"    ? Answer::notify
                  : requirement == "licence"   ? Answer::licence
                                               : Answer::undetermined;
    mark.x_span = span_of(area);
    mark.y_span = span_of(tpp);
    mark.detail = product.described.chip->name + ": " + product.answer.label() + ", " + requirement + ", " + product.answer.review();
    chart.marks.push_back(std::move(mark));
  }
  return left_out;
}

}  // namespace

Chart boundary_chart(const search::Boundary& boundary) {
  const law::Law& law = *boundary.code->law;
  Chart chart;
  chart.title = "Where the line runs: " + route_text(boundary.transaction);
  chart.subtitle = "Total processing performance against applicable die area, for an integrated circuit designed or marketed for datacenters";
  chart.x = {"applicable die area, mm2", 0, area_shown, false, {}};
  chart.y = {"total processing performance (TPP)", tpp_low, tpp_high, true, {}};
  if (const law::Region* region = widest(boundary)) add_regions(boundary, *region, chart);
  add_lines(boundary, chart);
  const int left_out = add_marks(boundary, chart);
  std::string with;
  for (const std::string& id : law.with) with += ", with " + id;
  chart.footnote = "Law " + law.version + with + ", sources end on " + law.evidence_through.to_text() + ". " + std::to_string(left_out) +
                   " products without a known TPP or die area are not drawn. A mark's colour is its own answer: letters, markets and memory bandwidth can make it "
                   "differ from the ground it stands on. " + not_legal_advice;
  return chart;
}

}  // namespace brightline::report
