// The pieces a chart is made of: colours by answer, shapes by answer, texts, and what can be said of a path.
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "report/svg.h"

namespace brightline::report {

inline constexpr std::string_view ink = "#1b2330";
inline constexpr std::string_view muted = "#5a6473";
inline constexpr std::string_view grid = "#e6e9ee";
inline constexpr std::array all_answers{Answer::none, Answer::exception, Answer::notify, Answer::licence, Answer::undetermined};

/// Told apart by people with any colour vision (after Okabe and Ito); shape_of() tells them apart without any.
std::string_view colour_of(Answer answer);
std::string_view id_of(Answer answer);
std::string shape_of(Answer answer, double x, double y, double r);
std::string text_at(double x, double y, double size, std::string_view fill, std::string_view anchor, std::string_view text,
                    std::string_view more = "");

std::string path_of(const std::vector<Spot>& spots);
double length_of(const std::vector<Spot>& path);
/// The spot at `distance` along `path`.
Spot along(const std::vector<Spot>& path, double distance);
bool within(const std::vector<Spot>& polygon, double x, double y);

}  // namespace brightline::report
