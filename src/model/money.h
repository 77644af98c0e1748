// What running devices costs: rented, or bought and run. Which price applies, and the arithmetic; docs/model/cost.md.
#pragma once
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/quantity.h"
#include "chip/price.h"

namespace brightline::model {

/// low <= typical <= high.
struct Span {
  double low = 0, typical = 0, high = 0;
  static Span exactly(double value) { return {value, value, value}; }
  friend bool operator==(const Span&, const Span&) = default;
};

/// What a person chose; empty or 0: nothing chosen.
struct Terms {
  std::optional<bool> owned;  ///< bought and run, not rented
  std::string terms;          ///< class of the price of the devices
  std::string region;         ///< ISO 3166, or "global"
  double usd_per_hour = 0;    ///< rent of one device
  double electricity = 0;     ///< USD/kWh
  double pue = 0;             ///< energy of the site over that of its computers
  double years = 0;           ///< over which a purchase is written off
  double utilisation = 0;     ///< share of the paid hours that is worked
};

/// A value with its bounds; several values of unknown weight have their middle as the typical one. Empty where it is only
/// bounded from one side: that says too little to count with.
std::optional<Span> span_of(const chip::Interval& range);

/// Devices at work.
struct Running {
  std::string chip;
  double devices = 1;
  base::Power power;               ///< of one device
  std::optional<Span> host_power;  ///< W beyond it, of one device's share of the host; empty: not known
};

/// Prices of one kind that apply, and what they say together.
struct Chosen {
  Span value;                       ///< in chip::unit_of(kind)
  std::vector<chip::Price> prices;  ///< that make the typical value
  std::vector<chip::Price> bounds;  ///< of other classes, that make the low or the high
};

/// What an hour of work costs, all devices, in USD.
struct Cost {
  bool owned = false;
  Span usd_per_hour;                ///< the sum of
  Span rent, capital, electricity;  ///< USD/h; what does not occur is 0
  std::vector<chip::Price> prices;  ///< it rests on; what a person gave has the source "user"
  std::vector<chip::Price> bounds;  ///< other terms, from which low and high come
  std::vector<std::string> assumed;
};

/// No number: what is not known.
struct NoPrice {
  std::string why;
};

/// Of the prices of `item` that may be used: the first region, then the first class, then the newest day; several alike are
/// one span with the mean of the typical ones. `terms` and `region` empty: in the order of the data, and then the other
/// classes of that order widen the span, each by its newest price in the region.
std::expected<Chosen, NoPrice> choose_price(const chip::Prices& prices, chip::PriceKind kind, std::string_view item, const std::string& terms, const std::string& region);

std::expected<Cost, NoPrice> cost_of(const chip::Prices& prices, const Terms& terms, const Running& running);

/// Grey-market prices of a chip in a region (empty: anywhere), said to be used for nothing.
std::vector<std::string> price_warnings(const chip::Prices& prices, std::string_view chip, std::string_view region);

/// USD for a million of what is made at so many a second.
Span usd_per_million(const Cost& cost, const Span& per_second);
/// USD for work of that length, such as a training run.
Span usd_per_run(const Cost& cost, base::Time length);

}  // namespace brightline::model
