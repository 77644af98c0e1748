#include "report/svg.h"

#include <gtest/gtest.h>

#include <cmath>

#include "report/svg_labels.h"
#include "report/svg_scale.h"

namespace brightline::report {
namespace {

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t times = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++times;
  return times;
}

Chart small_chart() {
  Chart chart;
  chart.title = "Region <2026> & \"beyond\"";
  chart.subtitle = "performance against area";
  chart.footnote = "not legal advice";
  chart.x = {.title = "area (mm2)", .from = 100, .to = 3000, .logarithmic = true, .ticks = {}};
  chart.y = {.title = "TPP", .from = 200, .to = 50'000, .logarithmic = true, .ticks = {}};
  ChartRegion free;
  free.name = "No licence";
  free.clause = "3A090 is not met";
  free.outline = {{100, 0}, {3000, 0}, {3000, 4800}, {1500, 2400}, {750, 2400}, {500, 1600}, {100, 1600}};
  ChartRegion letter = free;
  letter.name = "By letter";
  letter.answer = Answer::licence;
  letter.ground = Ground::letter;
  letter.outline = {{900, 300}, {2900, 300}, {2900, 1000}, {900, 1000}};
  chart.regions = {free, letter};
  chart.lines = {{.label = "TPP 4,800", .path = {{100, 4800}, {3000, 4800}}}};
  ChartMark h20;
  h20.name = "H20";
  h20.at = {814, 2368};
  h20.answer = Answer::none;
  ChartMark ascend;
  ascend.name = "Ascend 910C";
  ascend.at = {1330, 12'032};
  ascend.x_span = Span{1240, 1420};
  ascend.detail = "area from the press";
  ChartMark wafer;
  wafer.name = "WSE-3";
  wafer.at = {46'225, 250'000};
  chart.marks = {h20, ascend, wafer};
  return chart;
}

TEST(Svg, SaysWhatItWasTold) {
  const std::string svg = to_svg(small_chart());
  EXPECT_TRUE(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
  EXPECT_TRUE(svg.ends_with("</svg>\n"));
  for (const char* text : {"Region &lt;2026&gt; &amp; &quot;beyond&quot;", ">No licence</text>", ">3A090 is not met</text>", ">TPP 4,800</text>", ">H20</text>",
                           ">Ascend 910C</text>", "area from the press", "area (mm2): 1,240 to 1,420", "not legal advice",
                           "Beyond the axes: WSE-3 (46,225, 250,000).", "role=\"img\"", "aria-labelledby=\"region-title region-desc\"", "<title>No licence: 3A090 is not met</title>",
                           "url(#region-hatch-licence)", "letter to its addressees", "no licence needed", "undetermined"}) {
    EXPECT_NE(svg.find(text), std::string::npos) << text;
  }
  EXPECT_EQ(svg.find("nan"), std::string::npos);
  EXPECT_EQ(svg.find("inf"), std::string::npos);
}

TEST(Svg, IsTheSameEveryTime) { EXPECT_EQ(to_svg(small_chart()), to_svg(small_chart())); }

TEST(Svg, DrawsNothingFromNothing) {
  const std::string svg = to_svg(Chart{});
  EXPECT_EQ(count(svg, "<svg"), 1U);
  EXPECT_EQ(svg.find("nan"), std::string::npos);
}

TEST(Svg, EveryMarkIsNamedOrListed) {
  Chart chart = small_chart();
  for (int i = 0; i < 150; ++i) {
    ChartMark mark;
    mark.name = "chip-" + std::to_string(i) + ".";
    mark.at = {600.0 + (i % 7), 3000.0 + i};
    chart.marks.push_back(mark);
  }
  const std::string svg = to_svg(chart);
  EXPECT_NE(svg.find("Shown without a name for want of room:"), std::string::npos);
  for (const ChartMark& mark : chart.marks) {
    const std::size_t tooltip = mark.name == "WSE-3" ? 0 : 1;  // it lies beyond the axes
    EXPECT_EQ(count(svg, mark.name), tooltip + 1) << mark.name;
  }
}

TEST(SvgScale, MapsBothKindsOfAxis) {
  const Scale linear({.title = "", .from = 0, .to = 100, .logarithmic = false, .ticks = {}}, 10, 210);
  EXPECT_DOUBLE_EQ(linear.at(0), 10);
  EXPECT_DOUBLE_EQ(linear.at(50), 110);
  EXPECT_TRUE(linear.holds(100));
  EXPECT_FALSE(linear.holds(101));
  EXPECT_EQ(linear.ticks().front(), 0);
  EXPECT_EQ(linear.ticks().back(), 100);
  const Scale logarithmic({.title = "", .from = 10, .to = 1000, .logarithmic = true, .ticks = {}}, 300, 100);
  EXPECT_DOUBLE_EQ(logarithmic.at(100), 200);
  EXPECT_TRUE(std::isfinite(logarithmic.at(0)));
  EXPECT_TRUE(std::isfinite(logarithmic.at(-5)));
  EXPECT_EQ(logarithmic.ticks().size(), 7U);  // 10 20 50 100 200 500 1000
  const Scale empty({.title = "", .from = 5, .to = 5, .logarithmic = false, .ticks = {}}, 0, 10);
  EXPECT_TRUE(std::isfinite(empty.at(5)));
}

TEST(SvgScale, EscapesWhatXmlReserves) {
  EXPECT_EQ(escaped("a<b>&\"c'\x01"), "a&lt;b&gt;&amp;&quot;c&#39;");
  EXPECT_EQ(px(12.0), "12");
  EXPECT_EQ(px(-0.01), "0");
  EXPECT_EQ(px(3.14159), "3.1");
  EXPECT_EQ(text_lines("one two three", 10, 45), (std::vector<std::string>{"one two", "three"}));
}

TEST(SvgLabels, NamesOfACrowdDoNotOverlap) {
  std::vector<Wanted> wanted;
  for (int i = 0; i < 60; ++i) wanted.push_back({300.0 + 37 * (i % 8) + i, 200.0 + 29 * (i / 8), 5, 70, 13});
  const std::vector<Box> taken{{400, 250, 500, 280}};
  const Box frame{0, 0, 1100, 700};
  const auto placed = place_labels(wanted, taken, {}, frame);
  ASSERT_EQ(placed.size(), wanted.size());
  int found = 0;
  for (std::size_t i = 0; i < placed.size(); ++i) {
    if (!placed[i].found) continue;
    ++found;
    EXPECT_TRUE(placed[i].box.inside(frame));
    EXPECT_FALSE(placed[i].box.overlaps(taken[0]));
    for (std::size_t k = 0; k < i; ++k) EXPECT_FALSE(placed[k].found && placed[i].box.overlaps(placed[k].box)) << i << " and " << k;
  }
  EXPECT_GE(found, 50);
}

TEST(SvgLabels, ALoneNameStandsRightBesideItsMark) {
  const auto placed = place_labels({{100, 100, 5, 40, 12}}, {}, {}, {0, 0, 500, 500});
  ASSERT_TRUE(placed[0].found);
  EXPECT_EQ(placed[0].side, 1);
  EXPECT_FALSE(placed[0].leader);
  EXPECT_DOUBLE_EQ(placed[0].box.left, 109);
}

}  // namespace
}  // namespace brightline::report
