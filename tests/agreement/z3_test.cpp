// Is the map's region the region of the text? The paragraphs are typed here a second time, as formulas over real numbers,
// and Z3 proves that no chip tells the two apart. A density is compared as tpp >= line x area: for areas above 0, linear.
#include <gtest/gtest.h>
#include <z3++.h>

#include "agreement/designs.h"
#include "law/region.h"

namespace brightline::tests {
namespace {

law::Law load() {
  base::Problems problems;
  law::Law out = law::load_law(BRIGHTLINE_ROOT "/law", {}, problems);
  base::stop_at(problems);
  return out;
}

class TextAgainstMap : public testing::Test {
 protected:
  z3::context z3_;
  z3::expr tpp_ = z3_.real_const("tpp");
  z3::expr area_ = z3_.real_const("area");
  z3::expr datacenter_ = z3_.bool_const("datacenter");
  law::Law law_ = load();

  z3::expr number(const char* text) { return z3_.real_val(text); }
  z3::expr exact(const base::Exact& value) { return z3_.real_val((std::to_string(value.num()) + "/" + std::to_string(value.den())).c_str()); }
  z3::expr density_at_least(const char* line) { return tpp_ >= number(line) * area_; }

  // 3A090.a and .b of October 2023, with Note 2
  z3::expr spared_by_note_2() { return !datacenter_ && !(tpp_ >= 4800); }
  z3::expr upper_tier() { return !spared_by_note_2() && (tpp_ >= 4800 || (tpp_ >= 1600 && density_at_least("5.92"))); }
  z3::expr lower_tier() {
    const z3::expr b1 = tpp_ >= 2400 && tpp_ < 4800 && density_at_least("1.6") && !density_at_least("5.92");
    const z3::expr b2 = tpp_ >= 1600 && density_at_least("3.2") && !density_at_least("5.92");
    return !spared_by_note_2() && !upper_tier() && (b1 || b2);
  }
  // section G of the fact sheet: the corners of what a data-centre part may be without a licence
  z3::expr free_corner() {
    return tpp_ < 1600 || (tpp_ >= 1600 && tpp_ < 2400 && !density_at_least("3.2")) || (tpp_ >= 2400 && tpp_ < 4800 && !density_at_least("1.6"));
  }
  z3::expr with_notice_corner() { return tpp_ < 1600 || (tpp_ < 4800 && !density_at_least("5.92")); }

  z3::check_result apart(const z3::expr& a, const z3::expr& b) {
    z3::solver solver(z3_);
    solver.add(tpp_ >= 0 && area_ > 0);
    solver.add(a != b);
    const auto result = solver.check();
    if (result == z3::sat) counterexample_ = solver.get_model().to_string();
    return result;
  }
  std::string counterexample_;

  struct Asked {
    law::Code code;
    law::Facts facts;
    law::LegalMap map;
  };
  std::unique_ptr<Asked> ask(const char* day, std::optional<bool> datacenter) {
    base::Problems problems;
    const Question question{{*base::Date::parse(day), law::Asked::enforced, true}, "CN"};
    auto out = std::make_unique<Asked>(Asked{law::compile(law_, question.reading, problems), open_facts(law_, question), {}});
    const auto& vocabulary = law_.vocabulary;
    // what bears on the policy of 2026 alone is settled, so that TPP, density and the data-centre note are left
    out->facts.set_number(vocabulary.at("dram_bandwidth"), base::Exact(1000));
    out->facts.set_truth(vocabulary.at("sold_in_us"), true);
    if (datacenter) out->facts.set_truth(vocabulary.at("datacenter"), *datacenter);
    out->map = law::LegalMap::build(out->code, out->facts, problems);
    base::stop_at(problems);
    return out;
  }

  // one cell of one axis as a formula; a cell without a value has none where the area is above 0
  z3::expr cell_formula(const law::LegalMap& map, std::size_t axis, int cell) {
    const law::Axis& along = map.axes()[axis];
    if (along.kind == law::Axis::Kind::truth) return cell == 1 ? datacenter_ : !datacenter_;
    const law::Measure& measure = map.code().measures[along.index];
    const auto count = static_cast<int>(measure.boundaries.size());
    if (cell > count) return z3_.bool_val(false);
    const auto from = [&](const law::Boundary& b) {
      const z3::expr line = measure.steps.size() == 1 ? exact(b.value) : exact(b.value) * area_;
      return b.above ? tpp_ > line : tpp_ >= line;
    };
    z3::expr out = z3_.bool_val(true);
    if (cell > 0) out = out && from(measure.boundaries[static_cast<std::size_t>(cell - 1)]);
    if (cell < count) out = out && !from(measure.boundaries[static_cast<std::size_t>(cell)]);
    return out;
  }

  template <class Wanted>
  z3::expr region(const law::LegalMap& map, Wanted wanted) {
    z3::expr out = z3_.bool_val(false);
    map.for_each_cell([&](const std::vector<int>& cells, const law::Standing& standing) {
      if (!wanted(standing)) return;
      z3::expr here = z3_.bool_val(true);
      for (std::size_t axis = 0; axis < cells.size(); ++axis) here = here && cell_formula(map, axis, cells[axis]);
      out = out || here;
    });
    return out;
  }

  z3::expr edge(const law::RegionEdge& e) { return e.per_area ? exact(e.value) * area_ : exact(e.value); }
  z3::expr below(const law::RegionEdge& e) { return e.infinite ? z3_.bool_val(true) : e.above ? tpp_ <= edge(e) : tpp_ < edge(e); }

  z3::expr band_formula(const law::RegionBand& band) {
    z3::expr out = band.low_closed ? area_ >= exact(band.area_low) : area_ > exact(band.area_low);
    if (!band.high_infinite) out = out && (band.high_closed ? area_ <= exact(band.area_high) : area_ < exact(band.area_high));
    return out;
  }

  // the region as printed: bands of area, pieces of TPP
  template <class Wanted>
  z3::expr printed(const law::Region& region, Wanted wanted) {
    z3::expr out = z3_.bool_val(false);
    for (const law::RegionBand& band : region.bands) {
      z3::expr lower = z3_.bool_val(true);  // at or above the end of the piece before
      for (const law::RegionPiece& piece : band.pieces) {
        if (wanted(piece.standing)) out = out || (band_formula(band) && lower && below(piece.high));
        lower = !below(piece.high);
      }
    }
    return out;
  }
};

bool is_upper(const law::Standing& s) { return s.paragraph == 1; }
bool is_lower(const law::Standing& s) { return s.paragraph == 2; }
bool is_free(const law::Standing& s) { return s.requirement == law::Requirement::none; }
bool is_free_or_noticed(const law::Standing& s) { return is_free(s) || s.requirement == law::Requirement::notify; }

TEST_F(TextAgainstMap, BothTiersAreWhatTheTextSaysOnEveryDayItStands) {  // T-24, T-26, T-27
  for (const char* day : {"2023-11-17", "2024-01-15", "2024-06-15", "2025-06-15", "2026-01-15", "2026-11-22"}) {
    const auto asked = ask(day, std::nullopt);
    EXPECT_EQ(apart(region(asked->map, is_upper), upper_tier()), z3::unsat) << day << "\n" << counterexample_;
    EXPECT_EQ(apart(region(asked->map, is_lower), lower_tier()), z3::unsat) << day << "\n" << counterexample_;
  }
}

TEST_F(TextAgainstMap, AHundredthOffALineIsFound) {  // the proof can fail
  const auto asked = ask("2024-01-15", std::nullopt);
  const z3::expr wrong = !spared_by_note_2() && (tpp_ >= 4800 || (tpp_ >= 1600 && density_at_least("5.93")));
  EXPECT_EQ(apart(region(asked->map, is_upper), wrong), z3::sat);
  const z3::expr open_end = !spared_by_note_2() && (tpp_ > 4800 || (tpp_ >= 1600 && density_at_least("5.92")));
  EXPECT_EQ(apart(region(asked->map, is_upper), open_end), z3::sat);
}

TEST_F(TextAgainstMap, WithNoticeThereIsMoreRoom) {
  for (const char* day : {"2023-11-17", "2024-06-15", "2026-11-22"}) {
    const auto asked = ask(day, std::nullopt);
    const z3::expr expected = (datacenter_ && lower_tier()) || (!datacenter_ && tpp_ >= 4800);
    EXPECT_EQ(apart(region(asked->map, [](const law::Standing& s) { return s.requirement == law::Requirement::notify; }), expected), z3::unsat)
        << day << "\n" << counterexample_;
  }
}

TEST_F(TextAgainstMap, TheAllowedSetHasTheCornersOfTheFactSheet) {
  for (const char* day : {"2024-01-15", "2026-11-22"}) {
    const auto asked = ask(day, true);
    EXPECT_EQ(apart(region(asked->map, is_free), free_corner()), z3::unsat) << day << "\n" << counterexample_;
    EXPECT_EQ(apart(region(asked->map, is_free_or_noticed), with_notice_corner()), z3::unsat) << day << "\n" << counterexample_;
  }
}

TEST_F(TextAgainstMap, ThePrintedBandsAreTheSameSet) {
  for (const char* day : {"2024-01-15", "2026-11-22"}) {
    const auto asked = ask(day, true);
    const auto regions = law::legal_regions(asked->map, asked->facts);
    ASSERT_EQ(regions.size(), 1U);
    EXPECT_EQ(apart(printed(regions[0], is_free), free_corner()), z3::unsat) << day << "\n" << counterexample_;
    EXPECT_EQ(apart(printed(regions[0], is_free_or_noticed), with_notice_corner()), z3::unsat) << day << "\n" << counterexample_;
    EXPECT_EQ(apart(printed(regions[0], [](const law::Standing&) { return true; }), z3_.bool_val(true)), z3::unsat) << "the bands leave a gap: " << counterexample_;
  }
}

TEST_F(TextAgainstMap, OutsideDataCentresOnly4800Counts) {
  const auto asked = ask("2024-01-15", false);
  EXPECT_EQ(apart(region(asked->map, is_free), tpp_ < 4800), z3::unsat) << counterexample_;
  const auto regions = law::legal_regions(asked->map, asked->facts);
  ASSERT_EQ(regions.size(), 1U);
  EXPECT_EQ(apart(printed(regions[0], is_free), tpp_ < 4800), z3::unsat) << counterexample_;
}

}  // namespace
}  // namespace brightline::tests
