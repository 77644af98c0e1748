#include "search/legal_gate.h"

#include <algorithm>

namespace brightline::search {

namespace {

constexpr std::array wanted_names{std::string_view("none"), std::string_view("notify"), std::string_view("licensable")};

// Visits every combination of cells, the first axis fastest.
template <class Visit>
void for_each_cells(const std::vector<int>& counts, Visit visit) {
  std::vector<int> cells(counts.size(), 0);
  while (true) {
    visit(static_cast<const std::vector<int>&>(cells));
    std::size_t i = 0;
    while (i < counts.size() && ++cells[i] == counts[i]) cells[i++] = 0;
    if (i == counts.size()) return;
  }
}

// The axis as a design's words tell it; nothing where they do not.
std::optional<GateAxis> gate_axis(const law::LegalMap& map, std::size_t axis) {
  const law::Axis& along = map.axes()[axis];
  const law::Vocabulary& vocabulary = map.code().law->vocabulary;
  const auto own = [&](std::size_t word) { return legal_word_named(vocabulary.words()[word].id); };
  GateAxis out;
  out.cells = along.cells;
  if (along.kind == law::Axis::Kind::symbol) return std::nullopt;
  if (along.kind == law::Axis::Kind::truth) {
    const auto word = own(along.index);
    if (!word) return std::nullopt;
    out.first = out.second = *word;
    out.cuts = {{1, 0}};
    out.name = legal_words[*word];
    return out;
  }
  const law::FastMeasure& fast = map.fast(axis);
  const law::Measure& measure = map.code().measures[along.index];
  out.name = measure.name;
  out.unit = measure.unit;
  if (fast.form == law::FastMeasure::Form::exact) return std::nullopt;
  const auto first = own(fast.first);
  const bool two = fast.form != law::FastMeasure::Form::word;
  const auto second = two ? own(fast.second) : first;
  if (!first || !second) return std::nullopt;
  out.form = fast.form == law::FastMeasure::Form::word ? GateAxis::Form::word : fast.form == law::FastMeasure::Form::ratio ? GateAxis::Form::ratio : GateAxis::Form::sum;
  out.first = *first;
  out.second = *second;
  out.cuts = fast.cuts;
  return out;
}

}  // namespace

std::optional<WantedStanding> wanted_named(std::string_view name) {
  const auto* const at = std::ranges::find(wanted_names, name);
  return at == wanted_names.end() ? std::nullopt : std::optional(static_cast<WantedStanding>(at - wanted_names.begin()));
}

std::string_view wanted_name(WantedStanding wanted) { return wanted_names[static_cast<std::size_t>(wanted)]; }

bool acceptable(const law::Code& code, const law::Standing& standing, WantedStanding wanted, Assume assume) {
  using law::Requirement;
  switch (standing.requirement) {
    case Requirement::none:
    case Requirement::exception: return true;
    case Requirement::notify: return wanted != WantedStanding::none;
    case Requirement::licence: break;
    default: return assume == Assume::lenient;
  }
  if (wanted != WantedStanding::licensable) return false;
  const std::string review = law::review_name(code, standing.review);
  return review == "approval" || review == "case-by-case" || (assume == Assume::lenient && review == "undetermined");
}

int GateAxis::cell(std::int64_t first_value, std::int64_t second_value) const {
  int out = 0;
  if (form == Form::ratio) {
    if (second_value == 0) return cells - 1;
    const __int128 above = static_cast<__int128>(first_value) * law::millionths;
    for (const auto& cut : cuts) out += static_cast<int>(above >= static_cast<__int128>(cut.value) * second_value + cut.above);
    return out;
  }
  const std::int64_t value = form == Form::sum ? first_value + second_value : first_value;
  for (const auto& cut : cuts) out += static_cast<int>(value >= cut.value + cut.above);
  return out;
}

LegalGate LegalGate::build(const law::LegalMap& map, WantedStanding wanted, Assume assume, base::Problems& problems) {
  LegalGate out;
  std::vector<int> own_counts;
  std::vector<int> other_counts;
  std::vector<std::size_t> own;
  std::vector<std::size_t> other;
  for (std::size_t i = 0; i < map.axes().size(); ++i) {
    auto axis = gate_axis(map, i);
    if (axis) {
      own.push_back(i);
      own_counts.push_back(axis->cells);
      out.axes_.push_back(std::move(*axis));
      continue;
    }
    const law::Axis& along = map.axes()[i];
    other.push_back(i);
    other_counts.push_back(along.cells);
    out.unstated_.push_back(along.kind == law::Axis::Kind::measure ? map.code().measures[along.index].name : map.code().law->vocabulary.words()[along.index].id);
  }
  std::size_t size = 1;
  for (const int count : own_counts) {
    out.strides_.push_back(size);
    size *= static_cast<std::size_t>(count);
  }
  if (size > 1'000'000) {
    problems.add({map.code().law->directory, 0, 0, {}}, "the law of this question tells over a million kinds of design apart", "fix more of the transaction's facts");
    return out;
  }
  out.allowed_.assign(size, 0);
  std::vector<int> cells(map.axes().size(), 0);
  for_each_cells(own_counts, [&](const std::vector<int>& mine) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < own.size(); ++i) {
      cells[own[i]] = mine[i];
      at += out.strides_[i] * static_cast<std::size_t>(mine[i]);
    }
    bool all = true;
    bool any = false;
    for_each_cells(other_counts, [&](const std::vector<int>& theirs) {
      for (std::size_t i = 0; i < other.size(); ++i) cells[other[i]] = theirs[i];
      const bool good = acceptable(map.code(), map.at(cells), wanted, assume);
      all &= good;
      any |= good;
    });
    out.allowed_[at] = (assume == Assume::strict ? all : any) ? 1 : 0;
  });
  out.find_pieces();
  return out;
}

bool LegalGate::allowed_cell(const std::vector<int>& cells) const {
  std::size_t at = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) at += strides_[i] * static_cast<std::size_t>(cells[i]);
  return allowed_[at] != 0;
}

// Grows a piece from each free cell along one axis after another, as far as all that it would take is acceptable and free.
void LegalGate::find_pieces() {
  std::vector<int> counts;
  for (const GateAxis& axis : axes_) counts.push_back(axis.cells);
  std::vector<std::uint8_t> taken(allowed_.size(), 0);
  const auto index = [&](const std::vector<int>& cells) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) at += strides_[i] * static_cast<std::size_t>(cells[i]);
    return at;
  };
  const auto for_each_in = [&](const LegalPiece& piece, auto visit) {
    std::vector<int> widths;
    for (const auto& [low, high] : piece.cells) widths.push_back(high - low + 1);
    std::vector<int> cells(widths.size());
    for_each_cells(widths, [&](const std::vector<int>& offset) {
      for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = piece.cells[i].first + offset[i];
      visit(static_cast<const std::vector<int>&>(cells));
    });
  };
  for_each_cells(counts, [&](const std::vector<int>& start) {
    if (allowed_[index(start)] == 0 || taken[index(start)] != 0) return;
    LegalPiece piece;
    for (const int cell : start) piece.cells.emplace_back(cell, cell);
    for (std::size_t axis = 0; axis < counts.size(); ++axis) {
      while (piece.cells[axis].second + 1 < counts[axis]) {
        LegalPiece slab = piece;
        slab.cells[axis].first = slab.cells[axis].second = piece.cells[axis].second + 1;
        bool good = true;
        for_each_in(slab, [&](const std::vector<int>& cells) { good &= allowed_[index(cells)] != 0 && taken[index(cells)] == 0; });
        if (!good) break;
        ++piece.cells[axis].second;
      }
    }
    for_each_in(piece, [&](const std::vector<int>& cells) { taken[index(cells)] = 1; });
    pieces_.push_back(std::move(piece));
  });
}

double GateAxis::value(const WordValues& values) const {
  const auto a = static_cast<double>(values[first]);
  const auto b = static_cast<double>(values[second]);
  if (form == Form::ratio) return b > 0 ? a / b : 0;
  return (form == Form::sum ? a + b : a) / static_cast<double>(law::millionths);
}

double LegalGate::margin(const WordValues& values) const {
  double out = 1;
  for (const GateAxis& axis : axes_) {
    const double value = axis.value(values);
    for (const auto& cut : axis.cuts) {
      const double limit = static_cast<double>(cut.value) / static_cast<double>(law::millionths);
      if (limit > value) out = std::min(out, (limit - value) / limit);
    }
  }
  return out;
}

Fit LegalGate::fits(const WordRange& range, const LegalPiece& piece) const {
  bool inside = true;
  for (std::size_t i = 0; i < axes_.size(); ++i) {
    const GateAxis& axis = axes_[i];
    const bool ratio = axis.form == GateAxis::Form::ratio;
    const int low = axis.cell(range.low[axis.first], ratio ? range.high[axis.second] : range.low[axis.second]);
    const int high = axis.cell(range.high[axis.first], ratio ? range.low[axis.second] : range.high[axis.second]);
    if (high < piece.cells[i].first || low > piece.cells[i].second) return Fit::outside;
    inside &= low >= piece.cells[i].first && high <= piece.cells[i].second;
  }
  return inside ? Fit::inside : Fit::partly;
}

}  // namespace brightline::search
