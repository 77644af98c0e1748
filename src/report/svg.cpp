#include "report/svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <numbers>

#include "report/svg_labels.h"
#include "report/svg_room.h"
#include "report/svg_scale.h"
#include "report/svg_shapes.h"
#include "report/terminal_number.h"

namespace brightline::report {

namespace {

constexpr double name_size = 11.5;

double bold_width(std::string_view text) { return 1.12 * text_width(text, name_size); }

class Drawing {
 public:
  explicit Drawing(const Chart& chart)
      : chart_(chart),
        subtitle_(text_lines(chart.subtitle, 14, chart.width - 60.0)),
        room_{frame_of(chart, subtitle_), {}, {}},
        frame_(room_.frame),
        x_(chart.x, frame_.left, frame_.right),
        y_(chart.y, frame_.bottom, frame_.top) {}

  std::string run() {
    sort_marks();
    for (const Spot& one : spots_) room_.taken.push_back({one.x - 7, one.y - 7, one.x + 7, one.y + 7});
    const std::string lines = draw_lines();
    const std::string region_names = name_regions();
    // From here on the marks keep names off themselves.
    room_.taken.erase(room_.taken.begin(), room_.taken.begin() + static_cast<std::ptrdiff_t>(spots_.size()));
    const std::string marks = draw_marks();
    const std::string body = draw_regions() + draw_grid() + lines + marks + region_names;
    const std::vector<std::string> notes = note_lines();
    const double height = frame_.bottom + 62 + 16.0 * static_cast<double>(notes.size());
    std::string out = head(height) + draw_titles() + body;
    for (std::size_t i = 0; i < notes.size(); ++i) {
      out += text_at(30, frame_.bottom + 70 + 16.0 * static_cast<double>(i), 11.5, muted, "start", notes[i]);
    }
    return out + "</svg>\n";
  }

 private:
  static Box frame_of(const Chart& chart, const std::vector<std::string>& subtitle) {
    const double top = 62 + 19.0 * static_cast<double>(subtitle.size()) + 34;
    return {84, top, chart.width - 28.0, std::max(top + 200, chart.height - 96.0)};
  }

  [[nodiscard]] std::string head(double height) const {
    std::string out = fmt::format(
        R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-labelledby="{}-title {}-desc" font-family="Inter, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif">)",
        chart_.width, px(height), chart_.width, px(height), escaped(chart_.id), escaped(chart_.id));
    out += fmt::format("\n<title id=\"{}-title\">{}</title>\n<desc id=\"{}-desc\">{}</desc>\n<defs>\n", escaped(chart_.id), escaped(chart_.title),
                       escaped(chart_.id), escaped(chart_.subtitle));
    for (const Answer answer : all_answers) {
      out += fmt::format(
          R"x(<pattern id="{}-hatch-{}" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="9" height="9" fill="{}" fill-opacity=".05"/><path d="M0 0V9" stroke="{}" stroke-opacity=".38" stroke-width="2.4"/></pattern>)x",
          escaped(chart_.id), id_of(answer), colour_of(answer), colour_of(answer)) + "\n";
    }
    out += fmt::format(R"(<clipPath id="{}-frame"><rect x="{}" y="{}" width="{}" height="{}"/></clipPath>)", escaped(chart_.id), px(frame_.left),
                       px(frame_.top), px(frame_.right - frame_.left), px(frame_.bottom - frame_.top));
    return out + fmt::format("\n</defs>\n<rect width=\"{}\" height=\"{}\" fill=\"#fff\"/>\n", chart_.width, px(height));
  }

  [[nodiscard]] std::string draw_titles() const {
    std::string out = text_at(30, 42, 24, ink, "start", chart_.title, R"(font-weight="650")");
    for (std::size_t i = 0; i < subtitle_.size(); ++i) out += text_at(30, 66 + 19.0 * static_cast<double>(i), 14, muted, "start", subtitle_[i]);
    double x = frame_.left;
    const double y = frame_.top - 16;
    for (const Answer answer : all_answers) {
      if (std::ranges::none_of(chart_.marks, [answer](const ChartMark& mark) { return mark.answer == answer; })) continue;
      out += shape_of(answer, x + 6, y - 4, 5) + text_at(x + 17, y, 12.5, ink, "start", answer_text(answer));
      x += 17 + text_width(answer_text(answer), 12.5) + 24;
    }
    return out + ground_legend(x, y);
  }

  [[nodiscard]] std::string ground_legend(double x, double y) const {
    std::string out;
    const auto swatch = [&](Ground ground, std::string_view text) {
      const auto found = std::ranges::find(chart_.regions, ground, &ChartRegion::ground);
      if (found == chart_.regions.end()) return;
      out += fmt::format(R"(<rect x="{}" y="{}" width="20" height="12" {} stroke="{}" stroke-opacity=".6"/>)", px(x), px(y - 10), fill_of(*found),
                         outline_colour(*found)) + text_at(x + 27, y, 12.5, ink, "start", text);
      x += 27 + text_width(text, 12.5) + 22;
    };
    swatch(Ground::published, "published rule");
    swatch(Ground::letter, "letter to its addressees");
    swatch(Ground::unresolved, "unresolved");
    return out;
  }

  static std::string_view outline_colour(const ChartRegion& region) {
    return region.ground == Ground::unresolved ? colour_of(Answer::undetermined) : colour_of(region.answer);
  }

  [[nodiscard]] std::string fill_of(const ChartRegion& region) const {
    if (region.ground == Ground::letter) return fmt::format(R"x(fill="url(#{}-hatch-{})")x", escaped(chart_.id), id_of(region.answer));
    return fmt::format(R"(fill="{}" fill-opacity="{}")", outline_colour(region), region.ground == Ground::unresolved ? ".20" : ".13");
  }

  [[nodiscard]] Spot drawn(Spot spot) const { return {x_.at(spot.x), y_.at(spot.y)}; }

  /// The path in the drawing; straight in the units of the axes, so bent where an axis is logarithmic.
  [[nodiscard]] std::vector<Spot> bent(const std::vector<Spot>& path, bool closed) const {
    std::vector<Spot> out;
    constexpr int pieces = 48;
    const bool straight = !chart_.x.logarithmic && !chart_.y.logarithmic;
    for (std::size_t i = 0; i + (closed ? 0 : 1) < path.size(); ++i) {
      const Spot a = path[i];
      const Spot b = path[(i + 1) % path.size()];
      const bool plain = straight || a.x == b.x || a.y == b.y;
      for (int k = 0; k < (plain ? 1 : pieces); ++k) {
        const double t = static_cast<double>(k) / pieces;
        out.push_back(drawn({a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t}));
      }
    }
    if (!closed && !path.empty()) out.push_back(drawn(path.back()));
    return out;
  }

  [[nodiscard]] std::string draw_regions() const {
    std::string out = fmt::format("<g clip-path=\"url(#{}-frame)\">\n", escaped(chart_.id));
    for (const ChartRegion& region : chart_.regions) {
      out += fmt::format(R"(<path d="{}Z" {}><title>{}</title></path>)", path_of(bent(region.outline, true)), fill_of(region),
                         escaped((region.name.empty() ? std::string(answer_text(region.answer)) : region.name) + (region.clause.empty() ? "" : ": " + region.clause))) + "\n";
    }
    return out + "</g>\n";
  }

  [[nodiscard]] std::string draw_grid() const {
    std::string out = fmt::format("<g stroke=\"{}\" stroke-width=\"1\" style=\"mix-blend-mode:multiply\">\n", grid);
    for (const double tick : x_.ticks()) out += fmt::format("<path d=\"M{} {}V{}\"/>\n", px(x_.at(tick)), px(frame_.top), px(frame_.bottom));
    for (const double tick : y_.ticks()) out += fmt::format("<path d=\"M{} {}H{}\"/>\n", px(frame_.left), px(y_.at(tick)), px(frame_.right));
    out += "</g>\n";
    for (const double tick : x_.ticks()) out += text_at(x_.at(tick), frame_.bottom + 20, 12, muted, "middle", rounded_text(tick, 6));
    for (const double tick : y_.ticks()) out += text_at(frame_.left - 10, y_.at(tick) + 4, 12, muted, "end", rounded_text(tick, 6));
    out += fmt::format(R"(<path d="M{} {}V{}H{}" fill="none" stroke="{}" stroke-width="1.2"/>)", px(frame_.left), px(frame_.top), px(frame_.bottom),
                       px(frame_.right), ink) + "\n";
    const double middle = (frame_.top + frame_.bottom) / 2;
    out += text_at((frame_.left + frame_.right) / 2, frame_.bottom + 44, 13.5, ink, "middle", chart_.x.title);
    return out + text_at(24, middle, 13.5, ink, "middle", chart_.y.title, fmt::format(R"x(transform="rotate(-90 24 {})")x", px(middle)));
  }

  // All lines are known before the first is named, so that names keep off all of them.
  std::string draw_lines() {
    std::string out;
    for (const ChartLine& line : chart_.lines) {
      const std::vector<Spot> path = bent(line.path, false);
      room_.add_path(path, 70);
      out += fmt::format(R"x(<path clip-path="url(#{}-frame)" d="{}" fill="none" stroke="{}" stroke-width="1.6"/>)x", escaped(chart_.id), path_of(path), ink) + "\n";
    }
    for (const ChartMark* mark : shown_) add_whiskers(*mark);
    for (const ChartLine& line : chart_.lines) {
      const auto place = name_along(room_, bent(line.path, false), bold_width(line.label));
      if (!place) continue;
      const std::string turned = fmt::format(R"x(font-weight="600" transform="rotate({} {} {})")x", px(place->angle * 180 / std::numbers::pi),
                                             px(place->begin.x), px(place->begin.y));
      out += text_at(place->begin.x, place->begin.y, name_size, ink, "start", line.label, turned);
    }
    return out;
  }

  void add_whiskers(const ChartMark& mark) {
    const Spot at = drawn(mark.at);
    constexpr double weight = 150;  // a name struck through is hard to read
    if (mark.x_span) room_.strokes.push_back({x_.at(mark.x_span->from), at.y, x_.at(mark.x_span->to), at.y, weight});
    if (mark.y_span) room_.strokes.push_back({at.x, y_.at(mark.y_span->from), at.x, y_.at(mark.y_span->to), weight});
  }

  /// A region's name and clause stand inside it, on one small line if need be; a region too small for that is called out.
  std::string name_regions() {
    std::string out;
    for (std::size_t r = 0; r < chart_.regions.size(); ++r) {
      const ChartRegion& region = chart_.regions[r];
      const std::string one_line = region.clause.empty() ? region.name : region.name + ", " + region.clause;
      const double width = std::max(1.1 * text_width(region.name, 14), text_width(region.clause, name_size)) + 8;
      const double height = region.clause.empty() ? 22 : 38;
      if (const auto middle = middle_for(r, width, height)) {
        const double y = middle->y - height / 2 + 15;
        out += text_at(middle->x, y, 14, outline_colour(region), "middle", region.name, R"(font-weight="650")");
        if (!region.clause.empty()) out += text_at(middle->x, y + 17, name_size, outline_colour(region), "middle", region.clause);
      } else if (const auto small = middle_for(r, bold_width(one_line) + 6, 16)) {
        out += text_at(small->x, small->y + 4, name_size, outline_colour(region), "middle", one_line, R"(font-weight="600")");
      } else if (const auto least = middle_for(r, bold_width(region.name) + 4, 15)) {
        out += text_at(least->x, least->y + 4, name_size, outline_colour(region), "middle", region.name, R"(font-weight="600")");
      } else {
        called_out_.push_back(&region);
      }
    }
    return out;
  }

  std::optional<Spot> middle_for(std::size_t r, double width, double height) {
    std::vector<std::vector<Spot>> covered;  // what later regions cover is theirs
    for (std::size_t i = r + 1; i < chart_.regions.size(); ++i) covered.push_back(bent(chart_.regions[i].outline, true));
    const auto& wish = chart_.regions[r].label_at;
    const auto middle = wish ? std::optional(drawn(*wish)) : roomiest(room_, bent(chart_.regions[r].outline, true), covered, width, height);
    if (middle) room_.taken.push_back({middle->x - width / 2, middle->y - height / 2, middle->x + width / 2, middle->y + height / 2});
    return middle;
  }

  void sort_marks() {
    for (const ChartMark& mark : chart_.marks) {
      if (x_.holds(mark.at.x) && y_.holds(mark.at.y)) {
        shown_.push_back(&mark);
        spots_.push_back(drawn(mark.at));
      } else {
        beyond_.push_back(fmt::format("{} ({}, {})", mark.name, rounded_text(mark.at.x, 5), rounded_text(mark.at.y, 5)));
      }
    }
  }

  [[nodiscard]] std::string whiskers(const ChartMark& mark) const {
    std::string d;
    const Spot at = drawn(mark.at);
    if (mark.x_span) d += fmt::format("M{0} {2}v6m0 -3H{1}m0 -3v6", px(x_.at(mark.x_span->from)), px(x_.at(mark.x_span->to)), px(at.y - 3));
    if (mark.y_span) d += fmt::format("M{2} {0}h6m-3 0V{1}m-3 0h6", px(y_.at(mark.y_span->from)), px(y_.at(mark.y_span->to)), px(at.x - 3));
    if (d.empty()) return {};
    return fmt::format(R"x(<path clip-path="url(#{}-frame)" d="{}" fill="none" stroke="{}" stroke-width="1.3" stroke-opacity=".75"/>)x",
                       escaped(chart_.id), d, colour_of(mark.answer)) + "\n";
  }

  /// Marks with their names, and the names of regions that had to be called out.
  std::string draw_marks() {
    std::vector<Wanted> wanted;
    for (std::size_t i = 0; i < shown_.size(); ++i) {
      wanted.push_back({spots_[i].x, spots_[i].y, 5, text_width(shown_[i]->name, name_size) + 2, name_size + 1.5});
    }
    for (const ChartRegion* region : called_out_) wanted.push_back(callout(*region));
    const std::vector<Placed> placed = place_labels(wanted, room_.taken, room_.strokes, frame_);
    std::string under;
    std::string shapes;
    std::string names;
    for (std::size_t i = 0; i < placed.size(); ++i) {
      const bool is_mark = i < shown_.size();
      const std::string name = is_mark ? shown_[i]->name : called_out_[i - shown_.size()]->name;
      const std::string_view colour = is_mark ? ink : outline_colour(*called_out_[i - shown_.size()]);
      if (is_mark) under += whiskers(*shown_[i]);
      if (is_mark) shapes += fmt::format("<g><title>{}</title>{}</g>\n", escaped(tooltip(*shown_[i])), shape_of(shown_[i]->answer, spots_[i].x, spots_[i].y, 4.6));
      if (!placed[i].found) {
        unnamed_.push_back(name);
        continue;
      }
      if (placed[i].leader) {
        under += fmt::format(R"(<path d="M{} {}L{} {}" stroke="{}" stroke-width=".8" stroke-opacity=".6"/>)", px(wanted[i].x), px(wanted[i].y),
                             px(placed[i].leader_x), px(placed[i].leader_y), colour) + "\n";
      }
      names += name_at(placed[i], name, colour, is_mark);
    }
    return under + shapes + names;
  }

  static std::string name_at(const Placed& place, std::string_view name, std::string_view colour, bool plain) {
    const std::string_view anchor = place.side > 0 ? "start" : place.side < 0 ? "end" : "middle";
    const double x = place.side > 0 ? place.box.left : place.side < 0 ? place.box.right : (place.box.left + place.box.right) / 2;
    const std::string halo = R"(paint-order="stroke" stroke="#fff" stroke-width="2.6" stroke-opacity=".8" stroke-linejoin="round")";
    return text_at(x, place.box.bottom - 3, name_size, colour, anchor, name, plain ? halo : halo + R"( font-weight="600")");
  }

  /// The middle of the part of a region that is in sight, as something to be named from outside.
  [[nodiscard]] Wanted callout(const ChartRegion& region) const {
    const std::vector<Spot> outline = bent(region.outline, true);
    Box box{frame_.right, frame_.bottom, frame_.left, frame_.top};
    for (const Spot& spot : outline) {
      box = {std::min(box.left, spot.x), std::min(box.top, spot.y), std::max(box.right, spot.x), std::max(box.bottom, spot.y)};
    }
    const double x = (std::max(box.left, frame_.left) + std::min(box.right, frame_.right)) / 2;
    const double y = (std::max(box.top, frame_.top) + std::min(box.bottom, frame_.bottom)) / 2;
    return {x, y, 2, bold_width(region.name) + 4, name_size + 1.5};
  }

  [[nodiscard]] std::string tooltip(const ChartMark& mark) const {
    const auto value = [](double middle, const std::optional<Span>& span) {
      return span ? rounded_text(span->from, 5) + " to " + rounded_text(span->to, 5) : rounded_text(middle, 5);
    };
    std::string out = fmt::format("{}: {}\n{}: {}\n{}: {}", mark.name, answer_text(mark.answer), chart_.x.title, value(mark.at.x, mark.x_span),
                                  chart_.y.title, value(mark.at.y, mark.y_span));
    return mark.detail.empty() ? out : out + "\n" + mark.detail;
  }

  [[nodiscard]] std::vector<std::string> note_lines() const {
    const auto listed = [](std::string text, const std::vector<std::string>& names) {
      for (std::size_t i = 0; i < names.size(); ++i) text += (i == 0 ? " " : ", ") + names[i];
      return text + ".";
    };
    std::vector<std::string> lines;
    const auto add = [&](const std::string& text) {
      for (std::string& line : text_lines(text, 11.5, chart_.width - 60.0)) lines.push_back(std::move(line));
    };
    if (!beyond_.empty()) add(listed("Beyond the axes:", beyond_));
    if (!unnamed_.empty()) add(listed("Shown without a name for want of room:", unnamed_));
    add(chart_.footnote);
    return lines;
  }

  const Chart& chart_;
  std::vector<std::string> subtitle_;
  Room room_;
  Box frame_;
  Scale x_;
  Scale y_;
  std::vector<const ChartMark*> shown_;
  std::vector<Spot> spots_;  // of the shown marks, in the drawing
  std::vector<const ChartRegion*> called_out_;
  std::vector<std::string> beyond_;
  std::vector<std::string> unnamed_;
};

}  // namespace

std::string to_svg(const Chart& chart) { return Drawing(chart).run(); }

}  // namespace brightline::report
