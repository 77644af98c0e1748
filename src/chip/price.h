// What accelerators, electricity and cooling cost (data/prices.toml): who asks how much, where and when.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chip/sourced.h"

namespace brightline::chip {

enum class PriceKind { purchase, rent, electricity, pue, server_overhead };
inline constexpr std::array price_kinds{Word{PriceKind::purchase, "purchase"}, Word{PriceKind::rent, "rent"}, Word{PriceKind::electricity, "electricity"},
                                        Word{PriceKind::pue, "pue"}, Word{PriceKind::server_overhead, "server_overhead"}};

/// The unit in which a kind is kept: USD a device, for an hour of a device, a kWh; a ratio; USD a device.
constexpr std::string_view unit_of(PriceKind kind) {
  switch (kind) {
    case PriceKind::rent: return "USD/h";
    case PriceKind::electricity: return "USD/kWh";
    case PriceKind::pue: return "";
    case PriceKind::purchase:
    case PriceKind::server_overhead: break;
  }
  return "USD";
}

/// What stands for an item that is no chip.
inline constexpr std::string_view any_server = "server";    ///< a server whose devices have no row of their own
inline constexpr std::string_view unnamed_item = "unnamed";  ///< a device that the source does not name
inline constexpr std::string_view global_region = "global";  ///< no region is stated

/// One price as its source states it.
struct Price {
  std::string id;
  std::vector<std::string> items;  ///< catalogue ids, "electricity", "pue", "server" or "unnamed"
  PriceKind kind = PriceKind::rent;
  std::string terms;   ///< on whose terms: "one-year", "spot", ...; "class" in the file
  std::string region;  ///< ISO 3166: CN, or a part of it (US-TX); or "global"
  std::string as_of;   ///< 2026-04-03, 2026-04 or 2026
  Sourced value;       ///< in unit_of(kind)
  std::string original;           ///< in the currency it was stated in; empty: in USD for one device
  std::optional<double> per_usd;  ///< of that currency
  std::string confidence;
  bool installed = false;         ///< in a running server: no server is added to a purchase
  bool grey_market = false;       ///< outside of the law or of the maker's channel: warned of, never used
  bool machine_compiled = false;  ///< compiled by a language model and not checked: shown, never used
  std::string note;

  [[nodiscard]] bool of(std::string_view item) const;
  /// May feed an answer: neither of the two above.
  [[nodiscard]] bool usable() const { return !grey_market && !machine_compiled; }
};

/// Which prices of a kind are taken when nobody chooses: regions first, then classes, then the newest.
struct PriceOrder {
  PriceKind kind = PriceKind::rent;
  std::vector<std::string> terms;
  std::vector<std::string> regions;
  bool global_everywhere = false;       ///< a region without a price of its own takes the global one,
  std::vector<std::string> but_not_in;  ///< except these countries and their parts
};

struct Prices {
  std::vector<Price> list;
  std::vector<PriceOrder> orders;
  Sourced years;        ///< over which a purchase is written off
  Sourced utilisation;  ///< share of the paid hours that is worked
  bool prefer_rent = true;

  [[nodiscard]] const PriceOrder* order(PriceKind kind) const;
  /// Every class any price is of, each once, in the order of the list.
  [[nodiscard]] std::vector<std::string> all_terms() const;
};

}  // namespace brightline::chip
