// Designs of which none is worse in everything: a Pareto archive over any of the figures that matter.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace brightline::search {

/// What a frontier may be drawn over. Less is better in all as they are kept: speeds are kept as seconds, margins negated.
enum class Figure { prefill, decode, training, cost, energy, area, margin };
inline constexpr std::size_t figures = 7;
std::optional<Figure> figure_named(std::string_view name);
std::string_view figure_name(Figure figure);

using FigureValues = std::array<double, figures>;

struct Archived {
  std::uint64_t index = 0;
  FigureValues values{};
};

/// Keeps designs that no other kept one beats or equals in every chosen figure; of equals the one of the lower index. The same
/// whatever the order in which they came.
class Archive {
 public:
  explicit Archive(std::vector<Figure> over) : over_(std::move(over)) {}
  /// Whether it was kept.
  bool offer(const Archived& design);
  void merge(const Archive& other) {
    for (const Archived& one : other.kept_) offer(one);
  }
  /// By the first figure, then the next; then by index.
  [[nodiscard]] std::vector<Archived> sorted() const;
  [[nodiscard]] std::size_t size() const { return kept_.size(); }
  [[nodiscard]] const std::vector<Figure>& over() const { return over_; }

 private:
  [[nodiscard]] bool dominates(const Archived& a, const Archived& b) const;
  std::vector<Figure> over_;
  std::vector<Archived> kept_;
};

}  // namespace brightline::search
