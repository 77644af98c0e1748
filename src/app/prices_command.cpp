#include "app/prices_command.h"

#include <algorithm>

#include "app/find_chip.h"
#include "catalogue/price_file.h"
#include "report/prices_document.h"

namespace brightline::app {

namespace {

// What no chip is called stands for itself.
std::string item_of(const PricesOptions& options, const chip::Prices& prices, const catalogue::Catalogue& catalogue, const std::string& data_directory) {
  if (options.item.empty() || catalogue.find(options.item) != nullptr) return options.item;
  if (std::ranges::any_of(prices.list, [&](const chip::Price& one) { return one.of(options.item); })) return options.item;
  return find_chip(options.item, catalogue, data_directory).id;
}

void check_kind(const std::string& kind) {
  if (kind.empty() || chip::id_in(chip::price_kinds, kind)) return;
  const std::string near = base::did_you_mean(kind, chip::names_in(chip::price_kinds));
  base::refuse("--kind", "there is no kind of price '" + kind + "'", near.empty() ? "purchase, rent, electricity, pue or server_overhead" : near);
}

}  // namespace

int run_prices(const PricesOptions& options, Streams& streams) {
  check_kind(options.kind);
  base::Problems problems;
  const std::string data = options.places.data.empty() ? find_folder("data") : options.places.data;
  const catalogue::Catalogue catalogue = catalogue::load(data, problems);
  std::vector<std::string> chips;
  for (const chip::Accelerator& one : catalogue.accelerators) chips.push_back(one.id);
  const chip::Prices prices = catalogue::load_prices(data, catalogue.references.sources, catalogue.references.places, chips, problems);
  base::stop_at(problems);
  const std::string region = options.region.empty() ? std::string{} : catalogue::region_code(options.region, catalogue.references.places);
  if (!options.region.empty() && region.empty()) base::refuse("--region", "'" + options.region + "' is no region", "a country such as CN, a part of one such as US-TX, or global");
  const std::string item = item_of(options, prices, catalogue, data);
  report::PriceList kept;
  for (const chip::Price& one : prices.list) {
    const bool fits = (item.empty() || one.of(item)) && (region.empty() || one.region == region) && (options.kind.empty() || chip::name_in(chip::price_kinds, one.kind) == options.kind);
    if (fits) kept.push_back(&one);
  }
  const auto format = options.json ? report::Format::json : report::parse_format(options.format).value_or(report::Format::table);
  if (format == report::Format::json) streams.out << report::prices_document(kept).dump() << "\n";
  else if (format == report::Format::table) streams.out << report::prices_text(kept, catalogue.references.sources, streams.terminal);
  else streams.out << report::rendered(report::prices_table(kept), format, streams.terminal);
  return done;
}

}  // namespace brightline::app
