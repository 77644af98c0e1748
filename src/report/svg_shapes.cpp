#include "report/svg_shapes.h"

#include <fmt/format.h>

#include <cmath>

#include "report/svg_scale.h"

namespace brightline::report {

std::string_view colour_of(Answer answer) {
  switch (answer) {
    case Answer::none: return "#0072b2";
    case Answer::exception: return "#00866a";
    case Answer::notify: return "#b57a00";
    case Answer::licence: return "#c8451b";
    case Answer::undetermined: return "#6f7682";
  }
  return muted;
}

std::string_view id_of(Answer answer) {
  constexpr std::array<std::string_view, 5> names{"none", "exception", "notify", "licence", "undetermined"};
  return names[static_cast<std::size_t>(answer)];
}

std::string shape_of(Answer answer, double x, double y, double r) {
  const std::string paint = fmt::format(R"(fill="{}" stroke="#fff" stroke-width="1.2")", colour_of(answer));
  switch (answer) {
    case Answer::none: return fmt::format(R"(<circle cx="{}" cy="{}" r="{}" {}/>)", px(x), px(y), px(r), paint);
    case Answer::exception:
      return fmt::format(R"(<path d="M{} {}l{} {}h{}z" {}/>)", px(x), px(y - r * 1.2), px(r * 1.15), px(r * 2.1), px(-r * 2.3), paint);
    case Answer::notify:
      return fmt::format(R"(<path d="M{} {}l{} {}l{} {}l{} {}z" {}/>)", px(x), px(y - r * 1.3), px(r * 1.3), px(r * 1.3), px(-r * 1.3), px(r * 1.3),
                         px(-r * 1.3), px(-r * 1.3), paint);
    case Answer::licence: return fmt::format(R"(<rect x="{}" y="{}" width="{}" height="{}" {}/>)", px(x - r), px(y - r), px(2 * r), px(2 * r), paint);
    case Answer::undetermined:
      return fmt::format(R"(<circle cx="{}" cy="{}" r="{}" fill="#fff" stroke="{}" stroke-width="2"/>)", px(x), px(y), px(r), colour_of(answer));
  }
  return {};
}

std::string text_at(double x, double y, double size, std::string_view fill, std::string_view anchor, std::string_view text, std::string_view more) {
  return fmt::format(R"(<text x="{}" y="{}" font-size="{}" fill="{}" text-anchor="{}"{}{}>{}</text>)", px(x), px(y), px(size), fill, anchor,
                     more.empty() ? "" : " ", more, escaped(text)) + "\n";
}

std::string path_of(const std::vector<Spot>& spots) {
  std::string out;
  for (std::size_t i = 0; i < spots.size(); ++i) out += fmt::format("{}{} {}", i == 0 ? "M" : "L", px(spots[i].x), px(spots[i].y));
  return out;
}

double length_of(const std::vector<Spot>& path) {
  double length = 0;
  for (std::size_t i = 1; i < path.size(); ++i) length += std::hypot(path[i].x - path[i - 1].x, path[i].y - path[i - 1].y);
  return length;
}

Spot along(const std::vector<Spot>& path, double distance) {
  for (std::size_t i = 1; i < path.size(); ++i) {
    const double piece = std::hypot(path[i].x - path[i - 1].x, path[i].y - path[i - 1].y);
    if (distance <= piece && piece > 0) {
      const double t = distance / piece;
      return {path[i - 1].x + (path[i].x - path[i - 1].x) * t, path[i - 1].y + (path[i].y - path[i - 1].y) * t};
    }
    distance -= piece;
  }
  return path.empty() ? Spot{} : path.back();
}

bool within(const std::vector<Spot>& polygon, double x, double y) {
  bool in = false;
  for (std::size_t i = 0, k = polygon.size() - 1; i < polygon.size(); k = i++) {
    const Spot a = polygon[i];
    const Spot b = polygon[k];
    if ((a.y > y) != (b.y > y) && x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x) in = !in;
  }
  return in;
}

std::string_view answer_text(Answer answer) {
  switch (answer) {
    case Answer::none: return "no licence needed";
    case Answer::exception: return "licence exception";
    case Answer::notify: return "exception after notice";
    case Answer::licence: return "licence needed";
    case Answer::undetermined: return "undetermined";
  }
  return {};
}

}  // namespace brightline::report
