#include "catalogue/price_file.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>

#include "catalogue/atoms.h"
#include "catalogue/value_reader.h"

namespace brightline::catalogue {

namespace {

using base::TomlNode;
using base::TomlTable;
using chip::PriceKind;

// A day, a month or a year: 2026-04-03, 2026-04, 2026. Such texts sort by time.
bool is_date(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00";
  if (text.size() != 4 && text.size() != 7 && text.size() != shape.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (shape[i] == '-' ? text[i] != '-' : std::isdigit(static_cast<unsigned char>(text[i])) == 0) return false;
  }
  return text.size() < shape.size() || base::Date::parse(text).has_value();
}

class PriceReader {
 public:
  PriceReader(const base::TomlFile& file, const Sources& sources, const Places& places, std::span<const std::string> chips, base::Problems& problems)
      : file_(&file), sources_(&sources), places_(&places), chips_(chips), problems_(&problems) {}

  chip::Prices read() {
    chip::Prices out;
    TomlTable root(*file_, file_->root(), "the list of prices", *problems_);
    for (const TomlNode* node : root.tables("price")) price(*node, out);
    for (const TomlNode* node : root.tables("order")) order(*node, out);
    if (const TomlNode* node = root.node("owning")) {
      owning(*node, out);
    } else {
      problems_->add({file_->file(), 0, 0, {}}, "no [owning] table", "it states years, utilisation and prefer");
    }
    root.finish();
    return out;
  }

 private:
  void price(const TomlNode& node, chip::Prices& all) {
    const std::size_t before = problems_->size();
    const TomlNode* id = node.find("id");
    const std::string name = id != nullptr && id->kind == TomlNode::Kind::text ? "price " + id->text : "a price";
    TomlTable table(*file_, node, name, *problems_);
    chip::Price out;
    out.id = table.text("id");
    if (!out.id.empty() && !ids_.insert(out.id).second) table.problem("id", "there are two prices '" + out.id + "'");
    out.kind = kind(table);
    out.items = items(table, out.kind);
    out.terms = table.text("class");
    out.region = region(table);
    out.as_of = table.text("as_of");
    if (!out.as_of.empty() && !is_date(out.as_of)) table.problem("as_of", "'" + out.as_of + "' is no day, month or year", "such as 2026-04-03, 2026-04 or 2026");
    value(table, name, out);
    out.original = table.optional_text("original").value_or("");
    if (const TomlNode* rate = table.node("per_usd")) {
      if (!(rate->number() > 0)) table.problem("per_usd", "'per_usd' must be a number above 0", "how much of the currency a dollar bought");
      out.per_usd = rate->number();
    }
    out.confidence = table.text("confidence");
    out.installed = table.optional_boolean("installed").value_or(false);
    out.grey_market = table.optional_boolean("grey_market").value_or(false);
    out.machine_compiled = table.optional_boolean("machine_compiled").value_or(false);
    out.note = table.optional_text("note").value_or("");
    table.finish();
    if (problems_->size() == before) all.list.push_back(std::move(out));
    else unread_ = true;
  }

  void value(TomlTable& table, const std::string& name, chip::Price& out) {
    const TomlNode* node = table.node("value");
    if (node == nullptr) {
      table.problem("value", name + " has no 'value'", R"(write value = { is = "2.35 USD/h", source = "...", kind = "..." })");
      return;
    }
    ValueReader reader(*file_, *sources_, Origin::catalogue, *problems_);
    if (auto read = reader.number(*node, "'value' of " + name, unit_of(out.kind))) out.value = std::move(*read);
    const auto nothing = [](const std::optional<base::Exact>& one) { return one && *one == base::Exact(0); };
    if (nothing(out.value.range.low) || nothing(out.value.range.stated) || nothing(out.value.range.high)) table.problem("value", name + " is 0: nothing is free", "leave out a price that nobody states");
  }

  PriceKind kind(TomlTable& table) {
    const std::string written = table.text("kind");
    if (const auto known = chip::id_in(chip::price_kinds, written)) return *known;
    std::string hint = base::did_you_mean(written, chip::names_in(chip::price_kinds));
    if (hint.empty()) hint = "purchase, rent, electricity, pue or server_overhead";
    if (!written.empty()) table.problem("kind", "there is no kind of price '" + written + "'", hint);
    return PriceKind::rent;
  }

  // What is sold must fit the kind: a typing mistake would hide the price for ever.
  std::vector<std::string> items(TomlTable& table, PriceKind kind) {
    std::vector<std::string> out = table.texts("item");
    if (out.empty()) table.problem("item", "a price is of something", "catalogue ids, or \"electricity\"");
    std::vector<std::string> allowed(chips_.begin(), chips_.end());
    if (kind == PriceKind::electricity || kind == PriceKind::pue) allowed = {std::string(chip::name_in(chip::price_kinds, kind))};
    else if (kind == PriceKind::server_overhead) allowed.emplace_back(chip::any_server);
    else allowed.emplace_back(chip::unnamed_item);
    for (const std::string& item : out) {
      if (std::ranges::find(allowed, item) != allowed.end()) continue;
      std::string hint = base::did_you_mean(item, allowed);
      if (hint.empty()) hint = allowed.size() == 1 ? "write \"" + allowed.front() + "\"" : "the ids stand in data/accelerators";
      table.problem("item", "there is no '" + item + "' to price", hint);
    }
    return out;
  }

  std::string region(TomlTable& table) {
    const std::string written = table.text("region");
    if (!written.empty() && region_code(written, *places_) != written) table.problem("region", "'" + written + "' is no region", "ISO 3166, such as CN or US-TX, or \"global\"");
    return written;
  }

  void order(const TomlNode& node, chip::Prices& all) {
    TomlTable table(*file_, node, "an order of prices", *problems_);
    chip::PriceOrder out;
    out.kind = kind(table);
    out.terms = table.texts("classes");
    out.regions = table.texts("regions");
    out.global_everywhere = table.optional_boolean("global_everywhere").value_or(false);
    if (all.order(out.kind) != nullptr) table.problem("kind", "there are two orders of " + std::string(chip::name_in(chip::price_kinds, out.kind)));
    const std::vector<std::string> known = all.all_terms();
    for (const std::string& one : out.terms) {
      if (unread_ || std::ranges::find(known, one) != known.end()) continue;
      const std::string near = base::did_you_mean(one, known);
      table.problem("classes", "no price is of the class '" + one + "'", near.empty() ? "a class stands here when a price is of it" : near);
    }
    out.but_not_in = table.texts("but_not_in");
    for (const auto& [key, list] : {std::pair{"regions", &out.regions}, {"but_not_in", &out.but_not_in}}) {
      for (const std::string& one : *list) {
        if (region_code(one, *places_) != one) table.problem(key, "'" + one + "' is no region", "ISO 3166, such as CN or US-TX, or \"global\"");
      }
    }
    table.finish();
    all.orders.push_back(std::move(out));
  }

  void owning(const TomlNode& node, chip::Prices& all) {
    TomlTable table(*file_, node, "[owning]", *problems_);
    ValueReader reader(*file_, *sources_, Origin::catalogue, *problems_);
    for (const auto& [key, to] : {std::pair{"years", &all.years}, {"utilisation", &all.utilisation}}) {
      const TomlNode* found = table.node(key);
      auto read = found == nullptr ? std::nullopt : reader.number(*found, std::string("'") + key + "' of [owning]", "");
      if (found == nullptr) table.problem(key, std::string("[owning] has no '") + key + "'", "answers need one when nobody says otherwise");
      if (read && (!read->range.stated || !(*read->range.stated > base::Exact(0)))) table.problem(key, std::string("'") + key + "' states no number above 0");
      if (read) *to = std::move(*read);
    }
    const std::vector<std::string> prefer = table.texts("prefer");
    if (prefer.size() != 2 || !std::ranges::is_permutation(prefer, std::vector<std::string>{"rent", "owned"})) {
      table.problem("prefer", "'prefer' must name both ways", R"(["rent", "owned"] or ["owned", "rent"])");
    } else {
      all.prefer_rent = prefer.front() == "rent";
    }
    table.finish();
  }

  const base::TomlFile* file_;
  const Sources* sources_;
  const Places* places_;
  std::span<const std::string> chips_;
  base::Problems* problems_;
  std::set<std::string> ids_;
  bool unread_ = false;  // a price with a mistake: its class is not missed
};

}  // namespace

std::string region_code(std::string_view text, const Places& places) {
  if (lower_case(text) == chip::global_region) return std::string(chip::global_region);
  const std::size_t dash = text.find('-');
  const std::string_view part = dash == std::string_view::npos ? std::string_view{} : text.substr(dash + 1);
  if (dash != 2 || part.empty() || part.size() > 3 || !std::ranges::all_of(part, [](unsigned char c) { return std::isalnum(c) != 0; })) return places.code(text).value_or("");
  std::string out = places.code(text.substr(0, dash)).value_or("");
  if (out.empty()) return out;
  out += '-';
  for (const unsigned char c : part) out += static_cast<char>(std::toupper(c));
  return out;
}

chip::Prices read_prices(const base::TomlFile& file, const Sources& sources, const Places& places, std::span<const std::string> chips, base::Problems& problems) {
  return PriceReader(file, sources, places, chips, problems).read();
}

chip::Prices load_prices(const std::string& data_folder, const Sources& sources, const Places& places, std::span<const std::string> chips, base::Problems& problems) {
  const auto file = base::TomlFile::read(data_folder + "/prices.toml");
  if (file) return read_prices(*file, sources, places, chips, problems);
  problems.add(file.error());
  return {};
}

}  // namespace brightline::catalogue
