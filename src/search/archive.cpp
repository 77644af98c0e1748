#include "search/archive.h"

#include <algorithm>

namespace brightline::search {

namespace {

constexpr std::array<std::string_view, figures> names{"prefill", "decode", "training", "cost", "energy", "area", "margin"};

}  // namespace

std::optional<Figure> figure_named(std::string_view name) {
  const auto* const at = std::ranges::find(names, name);
  return at == names.end() ? std::nullopt : std::optional(static_cast<Figure>(at - names.begin()));
}
std::string_view figure_name(Figure figure) { return names[static_cast<std::size_t>(figure)]; }

bool Archive::dominates(const Archived& a, const Archived& b) const {
  bool less = false;
  for (const Figure figure : over_) {
    const double x = a.values[static_cast<std::size_t>(figure)];
    const double y = b.values[static_cast<std::size_t>(figure)];
    if (x > y) return false;
    less |= x < y;
  }
  return less || a.index <= b.index;
}

bool Archive::offer(const Archived& design) {
  // What turned the last ones away often turns away the next: look at it first.
  for (std::size_t i = 0; i < kept_.size(); ++i) {
    if (!dominates(kept_[i], design)) continue;
    if (i > 0) std::swap(kept_[i], kept_[i / 2]);
    return false;
  }
  std::erase_if(kept_, [&](const Archived& one) { return dominates(design, one); });
  kept_.push_back(design);
  return true;
}

std::vector<Archived> Archive::sorted() const {
  std::vector<Archived> out = kept_;
  std::ranges::sort(out, [this](const Archived& a, const Archived& b) {
    for (const Figure figure : over_) {
      const double x = a.values[static_cast<std::size_t>(figure)];
      const double y = b.values[static_cast<std::size_t>(figure)];
      if (x != y) return x < y;
    }
    return a.index < b.index;
  });
  return out;
}

}  // namespace brightline::search
