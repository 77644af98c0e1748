#include "law/cells.h"

#include <gtest/gtest.h>

namespace brightline::law {
namespace {

using base::Exact;
using Step = NumberStep::Op;

Exact exact(const char* text) { return Exact::parse(text).value(); }
End closed(const char* text) { return {exact(text), false, false}; }
End open(const char* text) { return {exact(text), false, true}; }
Interval between(End low, End high) { return {low, high, false, false}; }
Interval point(const char* text) { return Interval::point(exact(text)); }

// `word 0 <op> word 1`
Interval combined(Step op, const Interval& a, const Interval& b) {
  Measure measure;
  measure.steps = {{Step::word, {}, 0}, {Step::word, {}, 1}, {op, {}, 0}};
  return interval_of(measure, {a, b});
}

std::string text(const End& end) { return end.infinite ? "inf" : end.value.to_text() + (end.open ? " open" : ""); }
std::string text(const Interval& i) { return text(i.low) + " .. " + text(i.high) + (i.surely_none ? " none" : i.maybe_none ? " maybe none" : ""); }

Measure measure_with(std::vector<Boundary> boundaries) {
  Measure out;
  out.steps = {{Step::word, {}, 0}};
  out.boundaries = std::move(boundaries);
  return out;
}

TEST(Cells, AValueOnALineLiesWhereTheRelationSays) {
  const Measure measure = measure_with({{exact("1600"), false}, {exact("4800"), false}, {exact("4800"), true}});  // >= 1600, >= 4800, > 4800
  const auto cell = [&](const char* value) { return cells_of(measure, point(value)); };
  EXPECT_EQ(cell("1599.999999").first, 0);
  EXPECT_EQ(cell("1600").first, 1);
  EXPECT_EQ(cell("4799.999999").first, 1);
  EXPECT_EQ(cell("4800").first, 2) << "a cell of one point";
  EXPECT_EQ(cell("4800.000001").first, 3);
  for (const char* value : {"0", "1600", "4800", "5000"}) EXPECT_TRUE(cell(value).single()) << value;
}

TEST(Cells, OpenEndsDoNotReachTheLine) {
  const Measure at_least = measure_with({{exact("10"), false}});
  const Measure above = measure_with({{exact("10"), true}});
  EXPECT_EQ(cells_of(at_least, between(closed("3"), closed("10"))).last, 1);
  EXPECT_EQ(cells_of(at_least, between(closed("3"), open("10"))).last, 0);
  EXPECT_EQ(cells_of(above, between(closed("10"), closed("20"))).first, 0);
  EXPECT_EQ(cells_of(above, between(open("10"), closed("20"))).first, 1);
}

TEST(Cells, ACellNarrowsAnInterval) {
  const Measure measure = measure_with({{exact("1600"), false}, {exact("4800"), true}});
  const Interval all = Interval::all();
  EXPECT_EQ(text(cell_of(measure, 0, all)), "0 .. 1600 open");
  EXPECT_EQ(text(cell_of(measure, 1, all)), "1600 .. 4800");
  EXPECT_EQ(text(cell_of(measure, 2, all)), "4800 open .. inf");
  EXPECT_EQ(text(cell_of(measure, 1, between(closed("2000"), closed("9000")))), "2000 .. 4800");
  EXPECT_EQ(text(cell_of(measure, 2, between(closed("4800"), closed("9000")))), "4800 open .. 9000");
}

TEST(Cells, DivisionByZeroHasNoValue) {  // T-14: a planar-only chip has no performance density
  EXPECT_TRUE(combined(Step::over, point("5000"), point("0")).surely_none);
  EXPECT_TRUE(combined(Step::over, point("0"), point("0")).surely_none);
  const Interval maybe = combined(Step::over, point("5000"), between(closed("0"), closed("100")));
  EXPECT_EQ(text(maybe), "50 .. inf maybe none");
  EXPECT_EQ(text(combined(Step::over, point("5000"), between(open("0"), closed("100")))), "50 .. inf");
  const CellRange none = cells_of(measure_with({{exact("5.92"), false}}), combined(Step::over, point("5000"), point("0")));
  EXPECT_TRUE(none.surely_none);
  EXPECT_EQ(none.first, -1);
}

TEST(Cells, DensityIsExact) {  // T-23
  const Measure measure = measure_with({{exact("5.92"), false}});
  EXPECT_EQ(cells_of(measure, combined(Step::over, point("2960"), point("500"))).first, 1) << "5.92 exactly";
  EXPECT_EQ(cells_of(measure, combined(Step::over, point("2959.999999"), point("500"))).first, 0);
  EXPECT_EQ(cells_of(measure, combined(Step::over, point("2640.28"), point("826"))).first, 0) << "T-22: 3.196 is not rounded up";
}

TEST(Cells, IntervalsAddMultiplyAndDivideByTheirEnds) {
  const Interval a = between(closed("2"), open("4"));
  const Interval b = between(open("1"), closed("8"));
  EXPECT_EQ(text(combined(Step::plus, a, b)), "3 open .. 12 open");
  EXPECT_EQ(text(combined(Step::minus, a, b)), "-6 .. 3 open");
  EXPECT_EQ(text(combined(Step::times, a, b)), "2 open .. 32 open");
  EXPECT_EQ(text(combined(Step::over, a, b)), "0.25 .. 4 open");
}

TEST(Cells, TheLesserAndTheGreaterKeepTheirEnds) {
  const Interval closed_at_5 = between(closed("1"), closed("5"));
  const Interval open_at_5 = between(open("1"), open("5"));
  EXPECT_EQ(text(combined(Step::least, closed_at_5, open_at_5)), "1 .. 5 open");
  EXPECT_EQ(text(combined(Step::least, open_at_5, closed_at_5)), "1 .. 5 open");
  EXPECT_EQ(text(combined(Step::greatest, closed_at_5, open_at_5)), "1 open .. 5");
  EXPECT_EQ(text(combined(Step::greatest, open_at_5, closed_at_5)), "1 open .. 5");
  EXPECT_EQ(text(combined(Step::least, Interval::all(), point("7"))), "0 .. 7");
}

TEST(Cells, UnknownTimesZeroIsZero) {
  EXPECT_EQ(text(combined(Step::times, Interval::all(), point("0"))), "0 .. 0");
  EXPECT_EQ(text(combined(Step::times, Interval::all(), point("2"))), "0 .. inf");
  EXPECT_EQ(text(combined(Step::over, point("3"), Interval::all())), "0 open .. inf maybe none");
}

TEST(Cells, BeyondExactArithmeticAnEndWidensAndStillHoldsTheValue) {
  // numerator and denominator of this product need over 64 bits, and its sixth decimal rounds down
  const Interval a = Interval::point(*Exact::ratio(4'000'000'007, 3'000'000'019));
  const Interval b = Interval::point(*Exact::ratio(5'000'000'029, 3'999'999'979));
  const Interval product = combined(Step::times, a, b);
  const auto holds = [](const Exact& end, bool low) {  // end <= 4000000007 x 5000000029 / (3000000019 x 3999999979), by cross product
    const auto above = static_cast<__int128>(4'000'000'007) * 5'000'000'029 * end.den();
    const auto below = static_cast<__int128>(3'000'000'019) * 3'999'999'979 * end.num();
    return low ? below <= above : below >= above;
  };
  EXPECT_FALSE(product.is_point());
  EXPECT_TRUE(holds(product.low.value, true)) << product.low.value.to_text(12);
  EXPECT_TRUE(holds(product.high.value, false)) << product.high.value.to_text(12);
  EXPECT_NEAR(product.high.value.to_double() - product.low.value.to_double(), 0, 1e-5);
}

TEST(Cells, AStatedDensityServesWhereTheAreaIsUnknown) {
  Measure measure;
  measure.steps = {{Step::word, {}, 0}, {Step::word, {}, 1}, {Step::over, {}, 0}};
  measure.stated = 2;
  EXPECT_EQ(text(interval_of(measure, {point("3000"), Interval::all(), point("3")})), "3 .. 3");
  EXPECT_EQ(text(interval_of(measure, {point("3000"), point("500"), point("3")})), "6 .. 6") << "what is computed from known figures governs";
  EXPECT_TRUE(interval_of(measure, {point("3000"), point("0"), point("3")}).surely_none);
}

}  // namespace
}  // namespace brightline::law
