#include "model/money.h"

#include <algorithm>
#include <functional>

namespace brightline::model {

namespace {

using chip::Price;
using chip::PriceKind;
using chip::Prices;

constexpr double hours_per_year = 24 * 365.25;
constexpr double seconds_per_hour = 3600;
constexpr double watts_per_kilowatt = 1000;
constexpr double million = 1e6;

Span operator+(const Span& a, const Span& b) { return {a.low + b.low, a.typical + b.typical, a.high + b.high}; }
Span operator*(const Span& a, const Span& b) { return {a.low * b.low, a.typical * b.typical, a.high * b.high}; }
Span operator*(const Span& a, double factor) { return {a.low * factor, a.typical * factor, a.high * factor}; }
Span operator/(const Span& a, const Span& b) { return {a.low / b.high, a.typical / b.typical, a.high / b.low}; }

std::vector<std::string> regions_for(const chip::PriceOrder& order, const std::string& region) {
  if (region.empty()) return order.regions;
  std::vector<std::string> out{region};
  const std::string country = region.substr(0, region.find('-'));
  if (country != region) out.push_back(country);
  const bool shut = std::ranges::find(order.but_not_in, country) != order.but_not_in.end();
  if (order.global_everywhere && !shut && region != chip::global_region) out.emplace_back(chip::global_region);
  return out;
}

std::string listed(const std::vector<const Price*>& prices, const std::function<std::string(const Price&)>& name) {
  std::vector<std::string> names;
  for (const Price* price : prices) {
    std::string one = name(*price);
    if (std::ranges::find(names, one) == names.end()) names.push_back(std::move(one));
  }
  std::string out;
  for (const std::string& one : names) out += (out.empty() ? "" : ", ") + one;
  return out;
}

std::string kind_name(PriceKind kind) {
  switch (kind) {
    case PriceKind::rent: return "rent";
    case PriceKind::purchase: return "purchase price";
    case PriceKind::electricity: return "price";
    case PriceKind::pue: return "figure";
    case PriceKind::server_overhead: break;
  }
  return "price of the server around it";
}

// Why nothing was found among `known`, the prices of that item and kind that may be used.
NoPrice none_of(PriceKind kind, std::string_view item, const std::vector<const Price*>& known, bool any, const std::string& terms, const std::string& region) {
  std::string out = "no " + kind_name(kind) + " of " + std::string(item);
  if (known.empty()) return {out + " is known" + (any ? " that may be used" : "")};
  if (!terms.empty()) out += " of the class " + terms;
  if (!region.empty()) out += " in " + region;
  const bool elsewhere = !region.empty() && std::ranges::none_of(known, [&](const Price* one) { return one->region == region; });
  if (elsewhere) return {out + " is known, only in: " + listed(known, &Price::region)};
  return {out + " is known, only of the classes: " + listed(known, &Price::terms)};
}

// The newest prices of a class in a region, all with a server or all without: the two are no interval.
std::vector<const Price*> newest_of(const std::vector<const Price*>& known, const std::string& terms, const std::string& region) {
  std::vector<const Price*> out;
  std::ranges::copy_if(known, std::back_inserter(out), [&](const Price* one) { return one->terms == terms && one->region == region; });
  if (out.empty()) return out;
  const std::string newest = (*std::ranges::max_element(out, {}, &Price::as_of))->as_of;
  std::erase_if(out, [&](const Price* one) { return one->as_of != newest; });
  std::erase_if(out, [first = out.front()->installed](const Price* one) { return one->installed != first; });
  return out;
}

Chosen together(const std::vector<const Price*>& prices) {
  Chosen out{*span_of(prices.front()->value.range), {}, {}};
  double sum = 0;
  for (const Price* one : prices) {
    const Span span = *span_of(one->value.range);
    out.value = {std::min(out.value.low, span.low), 0, std::max(out.value.high, span.high)};
    sum += span.typical;
    out.prices.push_back(*one);
  }
  out.value.typical = sum / static_cast<double>(prices.size());
  return out;
}

// On other terms it would be cheaper or dearer: of those the cheapest and the dearest are kept.
void widen(Chosen& chosen, const std::vector<const Price*>& others) {
  const Price* cheapest = nullptr;
  const Price* dearest = nullptr;
  for (const Price* one : others) {
    if (one->installed != chosen.prices.front().installed) continue;
    const Span span = *span_of(one->value.range);
    if (span.low < chosen.value.low) {
      chosen.value.low = span.low;
      cheapest = one;
    }
    if (span.high > chosen.value.high) {
      chosen.value.high = span.high;
      dearest = one;
    }
  }
  if (cheapest != nullptr) chosen.bounds.push_back(*cheapest);
  if (dearest != nullptr && dearest != cheapest) chosen.bounds.push_back(*dearest);
}

Price given(PriceKind kind, std::string item, double value) {
  Price out;
  out.id = "user";
  out.items = {std::move(item)};
  out.kind = kind;
  out.terms = "user";
  out.value.source = "user";
  out.value.kind = chip::Kind::user;
  if (const auto exact = base::Exact::nearest(value)) out.value.range = chip::Interval::exactly(*exact);
  out.confidence = "given";
  return out;
}

/// Collects the parts of a cost with the prices they rest on.
class Sum {
 public:
  Sum(const Prices& prices, const Terms& terms, const Running& running) : prices_(&prices), terms_(&terms), running_(&running) {}

  std::expected<Cost, NoPrice> rented() {
    const auto price = of(PriceKind::rent, running_->chip, terms_->usd_per_hour, terms_->terms, terms_->region);
    if (!price) return std::unexpected(price.error());
    cost_.rent = *price * running_->devices * (1 / utilisation());
    cost_.usd_per_hour = cost_.rent;
    return cost_;
  }

  std::expected<Cost, NoPrice> owned() {
    cost_.owned = true;
    const auto bought = of(PriceKind::purchase, running_->chip, 0, terms_->terms, terms_->region);
    if (!bought) return std::unexpected(bought.error());
    Span device = *bought;
    std::string region = terms_->region;
    if (region.empty() && cost_.prices.front().region != chip::global_region) region = cost_.prices.front().region;
    if (!cost_.prices.front().installed) {
      auto server = of(PriceKind::server_overhead, running_->chip, 0, "", region);
      if (!server) server = of(PriceKind::server_overhead, chip::any_server, 0, "", region);
      if (!server) return std::unexpected(server.error());
      device = device + *server;
    }
    cost_.capital = device * running_->devices / (years() * hours_per_year) * (1 / utilisation());
    const auto energy = electricity(region);
    if (!energy) return std::unexpected(energy.error());
    cost_.electricity = *energy;
    cost_.usd_per_hour = cost_.capital + cost_.electricity;
    return cost_;
  }

 private:
  std::expected<Span, NoPrice> of(PriceKind kind, std::string_view item, double chosen, const std::string& terms, const std::string& region) {
    if (chosen > 0) {
      cost_.prices.push_back(given(kind, std::string(item), chosen));
      return Span::exactly(chosen);
    }
    auto found = choose_price(*prices_, kind, item, terms, region);
    if (!found) return std::unexpected(found.error());
    for (Price& one : found->prices) cost_.prices.push_back(std::move(one));
    for (Price& one : found->bounds) cost_.bounds.push_back(std::move(one));
    return found->value;
  }

  // Idle hours are paid for, but what little is drawn in them is not counted.
  std::expected<Span, NoPrice> electricity(const std::string& region) {
    if (!running_->host_power) return std::unexpected(NoPrice{"what the host of " + running_->chip + " draws is not known"});
    if (!(running_->power.base > 0)) return std::unexpected(NoPrice{"what " + running_->chip + " draws is not known"});
    const auto price = of(PriceKind::electricity, chip::name_in(chip::price_kinds, PriceKind::electricity), terms_->electricity, "", region);
    if (!price) return price;
    const auto pue = of(PriceKind::pue, chip::name_in(chip::price_kinds, PriceKind::pue), terms_->pue, "", region);
    if (!pue) return pue;
    const Span watts = *running_->host_power + Span::exactly(running_->power.base);
    return watts * *pue * *price * (running_->devices / watts_per_kilowatt);
  }

  Span years() {
    if (terms_->years > 0) return Span::exactly(terms_->years);
    cost_.assumed.push_back("a purchase written off over " + chip::to_text(prices_->years.range, "years"));
    return span_of(prices_->years.range).value_or(Span{});
  }

  double utilisation() {
    if (terms_->utilisation > 0) return terms_->utilisation;
    const double share = span_of(prices_->utilisation.range).value_or(Span{}).typical;
    cost_.assumed.push_back(share == 1 ? "every hour that is paid for is worked" : "of the hours paid for, the share worked is " + chip::to_text(prices_->utilisation.range, ""));
    return share;
  }

  const Prices* prices_;
  const Terms* terms_;
  const Running* running_;
  Cost cost_;
};

}  // namespace

std::optional<Span> span_of(const chip::Interval& range) {
  if (!range.stated && (!range.low || !range.high)) return std::nullopt;
  const double low = (range.low ? *range.low : *range.stated).to_double();
  const double high = (range.high ? *range.high : *range.stated).to_double();
  return Span{low, range.stated ? range.stated->to_double() : (low + high) / 2, high};
}

std::expected<Chosen, NoPrice> choose_price(const Prices& prices, PriceKind kind, std::string_view item, const std::string& terms, const std::string& region) {
  std::vector<const Price*> known;
  bool any = false;
  for (const Price& one : prices.list) {
    if (one.kind != kind || !one.of(item)) continue;
    any = true;
    if (one.usable() && span_of(one.value.range)) known.push_back(&one);
  }
  const chip::PriceOrder* order = prices.order(kind);
  const chip::PriceOrder none;
  const std::vector<std::string> regions = regions_for(order == nullptr ? none : *order, region);
  const std::vector<std::string> classes = terms.empty() && order != nullptr ? order->terms : std::vector<std::string>{terms};
  for (const std::string& where : regions) {
    for (std::size_t i = 0; i < classes.size(); ++i) {
      const auto here = newest_of(known, classes[i], where);
      if (here.empty()) continue;
      Chosen out = together(here);
      std::vector<const Price*> others;
      for (std::size_t k = i + 1; k < classes.size(); ++k) std::ranges::copy(newest_of(known, classes[k], where), std::back_inserter(others));
      widen(out, others);
      return out;
    }
  }
  return std::unexpected(none_of(kind, item, known, any, terms, region));
}

std::expected<Cost, NoPrice> cost_of(const Prices& prices, const Terms& terms, const Running& running) {
  const auto way = [&](bool owned) { return owned ? Sum(prices, terms, running).owned() : Sum(prices, terms, running).rented(); };
  if (terms.usd_per_hour > 0) return way(false);
  if (terms.owned) return way(*terms.owned);
  auto first = way(!prices.prefer_rent);
  if (first) return first;
  auto second = way(prices.prefer_rent);
  if (second) return second;
  return std::unexpected(NoPrice{first.error().why + "; " + second.error().why});
}

std::vector<std::string> price_warnings(const Prices& prices, std::string_view chip, std::string_view region) {
  std::vector<const Price*> grey;
  for (const Price& one : prices.list) {
    if (one.grey_market && one.of(chip) && (region.empty() || one.region == region)) grey.push_back(&one);
  }
  if (grey.empty()) return {};
  return {"grey-market prices of " + std::string(chip) + " are on record (" + listed(grey, [](const Price& one) { return one.id + ", " + one.region + ", " + one.as_of; }) +
          "): outside of the law or of the maker's channel, and used for nothing"};
}

Span usd_per_million(const Cost& cost, const Span& per_second) { return cost.usd_per_hour / (per_second * seconds_per_hour) * million; }

Span usd_per_run(const Cost& cost, base::Time length) { return cost.usd_per_hour * (length.base / seconds_per_hour); }

}  // namespace brightline::model
