#include "report/prices_document.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "report/terminal_number.h"
#include "report/terminal_text.h"

namespace brightline::report {

using base::Json;
using chip::Price;

namespace {

Json number(const std::optional<base::Exact>& value) { return value ? Json(*value) : Json(); }
Json text(const std::string& value) { return value.empty() ? Json() : Json(value); }
std::string rounded(const base::Exact& value) { return rounded_text(value.to_double(), 3); }

std::vector<std::string> flags(const Price& price) {
  std::vector<std::string> out;
  if (price.grey_market) out.emplace_back("grey market");
  if (price.machine_compiled) out.emplace_back("unchecked");
  if (price.installed) out.emplace_back("with server");
  return out;
}

}  // namespace

Json price_json(const Price& price) {
  const chip::Interval& range = price.value.range;
  Json out = Json::object();
  out.set("id", price.id).set("items", Json::texts(price.items)).set("kind", chip::name_in(chip::price_kinds, price.kind)).set("class", price.terms);
  out.set("region", text(price.region)).set("as_of", text(price.as_of));
  out.set("low", number(range.low)).set("stated", number(range.stated)).set("high", number(range.high)).set("unit", text(std::string(chip::unit_of(price.kind))));
  out.set("original", text(price.original)).set("per_usd", price.per_usd ? Json(*price.per_usd) : Json());
  out.set("source", price.value.source).set("source_kind", chip::name_in(chip::kinds, price.value.kind)).set("confidence", price.confidence);
  out.set("installed", price.installed).set("grey_market", price.grey_market).set("machine_compiled", price.machine_compiled);
  return out.set("note", text(price.note));
}

Json prices_document(const PriceList& prices) {
  Json list = Json::list();
  for (const Price* price : prices) list.push(price_json(*price));
  return Json::Object{{"count", prices.size()}, {"prices", list}};
}

Table prices_table(const PriceList& prices) {
  Table out;
  out.columns = {{"id", "ID"}, {"items", "Of"}, {"kind", "Kind"}, {"class", "Class"}, {"region", "Region"}, {"as_of", "As of"},
                 {"low", "Low", Align::right}, {"stated", "Stated", Align::right}, {"high", "High", Align::right}, {"unit", "Unit"}, {"flags", "Flags"}, {"confidence", "Confidence"}, {"source", "Source"}};
  for (const Price* price : prices) {
    const chip::Interval& range = price->value.range;
    std::vector<Cell> row{price->id, fmt::format("{}", fmt::join(price->items, " ")), std::string(chip::name_in(chip::price_kinds, price->kind)), price->terms, price->region, price->as_of};
    for (const auto& value : {range.low, range.stated, range.high}) row.push_back(value ? Cell::number(*value, 4) : Cell());
    row.emplace_back(std::string(chip::unit_of(price->kind)));
    row.emplace_back(fmt::format("{}", fmt::join(flags(*price), ", ")));
    row.emplace_back(price->confidence);
    row.emplace_back(price->value.source);
    out.add(std::move(row));
  }
  return out;
}

std::string price_text(const Price& price) {
  const chip::Interval& range = price.value.range;
  const std::string unit = price.kind == chip::PriceKind::pue ? "" : " " + std::string(chip::unit_of(price.kind));
  if (range.stated) return rounded(*range.stated) + unit;
  if (range.low && range.high) return rounded(*range.low) + " to " + rounded(*range.high) + unit;
  return (range.low ? "at least " + rounded(*range.low) : range.high ? "at most " + rounded(*range.high) : std::string("unknown")) + unit;
}

std::string prices_text(const PriceList& prices, const catalogue::Sources& sources, const Terminal& terminal) {
  if (prices.empty()) return "No such price is known.\n";
  Table out;
  out.columns = {{"id", "ID"}, {"of", "Of", Align::left, true, 10}, {"kind", "Kind, class"}, {"region", "Region"}, {"as_of", "As of"}, {"price", "Price", Align::left, true, 10}, {"flags", "Flags", Align::left, true, 8}};
  bool closed = false;
  std::vector<std::pair<std::string, std::vector<std::string>>> said;  // source, prices
  for (const Price* price : prices) {
    closed = closed || !price->usable();
    const Style style = price->usable() ? Style::plain : Style::warning;
    out.add({Cell(price->id, style), fmt::format("{}", fmt::join(price->items, " ")), fmt::format("{}, {}", chip::name_in(chip::price_kinds, price->kind), price->terms), price->region, price->as_of, price_text(*price),
             Cell(fmt::format("{}", fmt::join(flags(*price), ", ")), style)});
    auto at = std::ranges::find(said, price->value.source, &std::pair<std::string, std::vector<std::string>>::first);
    if (at == said.end()) at = said.insert(said.end(), {price->value.source, {}});
    at->second.push_back(price->id);
  }
  std::string text = to_screen(out, terminal);
  if (closed) text += "\n" + paragraph("Grey-market prices are outside of the law or of the maker's channel, unchecked ones were compiled by a language model: both are shown and used for nothing.", terminal.width);
  text += "\n" + terminal.paint(Style::quiet, "Sources") + "\n";
  for (const auto& [source, ids] : said) {
    const auto found = sources.find(source);
    const std::string title = found == sources.end() ? std::string{} : found->second.title + ", ";
    text += paragraph(fmt::format("{}: {}{}", fmt::join(ids, ", "), title, source), terminal.width, "  - ");
  }
  return text;
}

}  // namespace brightline::report
