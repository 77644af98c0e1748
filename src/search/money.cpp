#include "search/money.h"

#include <fmt/format.h>

namespace brightline::search {

namespace {

constexpr __int128 per_dollar = static_cast<__int128>(1'000'000'000) * 1'000'000'000;
constexpr __int128 per_cent = per_dollar / 100;
constexpr __int128 most = per_dollar * 1'000'000'000'000;  // leaves room for a hundred million such lines

}  // namespace

std::optional<std::int64_t> scaled(const base::Exact& value, int decimals) {
  std::int64_t scale = 1;
  for (int i = 0; i < decimals; ++i) scale *= 10;
  const auto out = times(value, base::Exact(scale));
  return out && out->den() == 1 ? std::optional(out->num()) : std::nullopt;
}

std::optional<Money> Money::of(const base::Exact& quantity, const base::Exact& unit_value, const base::Exact& percent) {
  const auto many = scaled(quantity, decimals);
  const auto each = scaled(unit_value, decimals);
  const auto share = scaled(percent, percent_decimals);
  if (!many || !each || !share) return std::nullopt;
  const __int128 gross = static_cast<__int128>(*many) * *each;  // below 2^126 whatever the factors
  constexpr __int128 whole_share = 1'000'000;
  if (gross >= most / whole_share || *share > whole_share) return std::nullopt;
  Money out;
  out.scaled_ = gross * *share;
  return out;
}

std::int64_t Money::cents() const { return static_cast<std::int64_t>((scaled_ + per_cent / 2) / per_cent); }

bool Money::too_large() const { return scaled_ / per_cent >= most_cents; }

std::string Money::to_text() const {
  const std::int64_t all = cents();
  return fmt::format("{}.{:02}", all / 100, all % 100);
}

}  // namespace brightline::search
