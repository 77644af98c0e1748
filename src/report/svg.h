// A chart of a legal region: where the lines run, which clause draws each, and where real products stand. Writes SVG by
// itself, so that a page or a paper can carry it; knows nothing of the law, only what it is told.
#pragma once
#include <optional>
#include <string>
#include <vector>

namespace brightline::report {

struct Spot {
  double x = 0;
  double y = 0;
};

struct Axis {
  std::string title;
  double from = 0;
  double to = 1;
  bool logarithmic = false;
  std::vector<double> ticks;  ///< empty: chosen by the chart
};

/// What a transaction would need there; the colour (and the shape of a mark) by which it is shown.
enum class Answer { none, exception, notify, licence, undetermined };

/// Who says so: a published rule (solid), a letter to named makers (hatched), or nobody clearly yet (grey).
enum class Ground { published, letter, unresolved };

struct ChartRegion {
  std::string name;            ///< in short words: "licence required"
  std::string clause;          ///< the clause that makes it so
  Answer answer = Answer::none;
  Ground ground = Ground::published;
  std::vector<Spot> outline;   ///< a closed polygon in the units of the axes; may leave the chart
  std::optional<Spot> label_at;  ///< the middle of its label; chosen by the chart when not given
};

/// A line of the law, named where it runs: "TPP 4,800".
struct ChartLine {
  std::string label;
  std::vector<Spot> path;
};

struct Span {
  double from = 0;
  double to = 0;
};

struct ChartMark {
  std::string name;
  Spot at;
  Answer answer = Answer::undetermined;
  std::optional<Span> x_span;  ///< drawn as whiskers
  std::optional<Span> y_span;
  std::string detail;          ///< more for the tooltip
};

struct Chart {
  std::string id = "region";  ///< prefix of the ids inside, so that one page may hold several charts
  std::string title;
  std::string subtitle;
  std::string footnote;  ///< law version, evidence date, "not legal advice"
  Axis x;
  Axis y;
  std::vector<ChartRegion> regions;  ///< later ones lie on earlier ones
  std::vector<ChartLine> lines;
  std::vector<ChartMark> marks;
  int width = 1200;
  int height = 820;
};

/// The chart as an SVG document. Marks outside of the axes, and labels for which no room is left, are listed below it.
std::string to_svg(const Chart& chart);

/// The word for an answer in legend and tooltips.
std::string_view answer_text(Answer answer);

}  // namespace brightline::report
