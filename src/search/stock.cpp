#include "search/stock.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "base/csv.h"

namespace brightline::search {

namespace {

enum Column { id, chip, kind, quantity, unit_value, destination, party_hq, salvage, column_count };
constexpr std::array<std::string_view, column_count> column_names{"id",          "chip",     "kind",       "quantity", "unit_value_usd",
                                                                  "destination", "party_hq", "salvage_pct"};
constexpr std::int64_t most_of_one = 1'000'000'000;  // pieces, or dollars for one

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// What is wrong with a row; thrown away with the row, kept as its problem.
struct Wrong {
  std::string message;
  std::string hint;
};

class StockReader {
 public:
  StockReader(const std::string& file, const catalogue::Catalogue& catalogue, const StockDefaults& defaults, base::Problems& problems)
      : file_(file), catalogue_(catalogue), defaults_(defaults), problems_(problems) {}

  Stock read(std::string_view text) {
    base::CsvReader reader(text);
    std::vector<std::string_view> cells;
    if (!reader.next(cells))
      stop("the file has no header row", "the first row names the columns: id,chip,kind,quantity,unit_value_usd,...");
    read_header(cells);
    const std::size_t width = cells.size();
    Stock out;
    while (reader.next(cells)) {
      ++out.rows;
      StockLine line;
      line.row = reader.line();
      Wrong wrong;
      if (reader.broken()) {
        wrong = {"a quote is never closed", "write a quote inside a quoted cell twice"};
      } else if (cells.size() != width) {
        wrong = {fmt::format("the row has {} cells, the header {}", cells.size(), width), "quote a cell that holds a comma"};
      } else {
        wrong = read_row(cells, line);
      }
      if (wrong.message.empty()) {
        out.lines.push_back(std::move(line));
      } else {
        problems_.add({file_, reader.line(), 0, {}}, std::move(wrong.message), std::move(wrong.hint));
      }
    }
    add_assumptions(out);
    return out;
  }

 private:
  [[noreturn]] void stop(std::string message, std::string hint) const {
    throw base::BadInput(base::Problem{{file_, 1, 0, {}}, std::move(message), std::move(hint)});
  }

  void read_header(const std::vector<std::string_view>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto known = std::ranges::find(column_names, trimmed(cells[i]));
      if (known == column_names.end()) continue;
      auto& at = at_[static_cast<std::size_t>(known - column_names.begin())];
      if (at) stop(fmt::format("the column '{}' is there twice", *known), "");
      at = i;
    }
    for (const Column needed : {chip, quantity, unit_value}) {
      if (!at_[needed]) {
        stop(fmt::format("the column '{}' is missing", column_names[needed]),
             "columns: id,chip,kind,quantity,unit_value_usd,destination,party_hq,salvage_pct");
      }
    }
  }

  [[nodiscard]] std::string_view cell(const std::vector<std::string_view>& cells, Column column) const {
    return at_[column] ? trimmed(cells[*at_[column]]) : std::string_view();
  }

  Wrong read_row(const std::vector<std::string_view>& cells, StockLine& line) {
    line.id = cell(cells, id);
    if (line.id.empty()) line.id = fmt::format("line {}", line.row);
    Wrong wrong = read_chip(cell(cells, chip), line);
    if (wrong.message.empty()) wrong = read_kind(cell(cells, kind), line);
    if (wrong.message.empty()) wrong = read_money(cells, line);
    if (wrong.message.empty()) wrong = read_places(cells, line);
    return wrong;
  }

  Wrong read_chip(std::string_view text, StockLine& line) {
    if (text.empty()) return {"chip: the cell is empty", "a catalogue id, or a product's name; see brightline chips"};
    auto found = chips_.find(text);
    if (found == chips_.end()) found = chips_.emplace(std::string(text), find_chip(text)).first;
    line.chip = found->second.first;
    return found->second.second;
  }

  // An id, else a name that fits one product only.
  [[nodiscard]] std::pair<const chip::Accelerator*, Wrong> find_chip(std::string_view text) const {
    if (const auto* known = catalogue_.find(text)) return {known, {}};
    const catalogue::NameReading read = catalogue_.read_name(text);
    if (!read.chip.empty()) return {catalogue_.find(read.chip), {}};
    std::string versions;
    for (const auto& one : catalogue_.accelerators) {
      if (!read.product_line.empty() && one.product_line == read.product_line) versions += (versions.empty() ? "" : ", ") + one.id;
    }
    if (!versions.empty()) return {nullptr, {fmt::format("chip: '{}' fits more than one product", text), "which of: " + versions}};
    const base::Problem problem = catalogue_.at(text).error();
    return {nullptr, {"chip: " + problem.message, problem.hint}};
  }

  Wrong read_kind(std::string_view text, StockLine& line) {
    line.kind = text.empty() ? stock_kinds[0] : std::string(text);
    kind_assumed_ = kind_assumed_ || text.empty();
    if (std::ranges::find(stock_kinds, line.kind) != stock_kinds.end()) return {};
    return {fmt::format("kind: '{}' is none", text), "one of inventory, order, commitment"};
  }

  static Wrong read_number(std::string_view text, Column column, int decimals, std::int64_t most, base::Exact& out) {
    const std::string_view name = column_names[column];
    if (text.empty()) return {fmt::format("{}: the cell is empty", name), ""};
    const auto value = base::Exact::parse(text);
    if (!value) return {fmt::format("{}: '{}' is no number", name, text), "digits and a point, as 12500.50"};
    if (*value < base::Exact()) return {fmt::format("{}: '{}' is negative", name, text), ""};
    if (*value > base::Exact(most)) return {fmt::format("{}: '{}' is more than {}", name, text, most), ""};
    if (!scaled(*value, decimals)) return {fmt::format("{}: '{}' has more than {} decimals", name, text, decimals), ""};
    out = *value;
    return {};
  }

  Wrong read_money(const std::vector<std::string_view>& cells, StockLine& line) const {
    base::Exact each;
    base::Exact salvaged;
    Wrong wrong = read_number(cell(cells, quantity), quantity, Money::decimals, most_of_one, line.quantity);
    if (wrong.message.empty()) wrong = read_number(cell(cells, unit_value), unit_value, Money::decimals, most_of_one, each);
    const std::string_view salvage_text = cell(cells, salvage);
    if (wrong.message.empty() && !salvage_text.empty()) wrong = read_number(salvage_text, salvage, Money::percent_decimals, 100, salvaged);
    if (!wrong.message.empty()) return wrong;
    const auto gross = Money::of(line.quantity, each);
    const auto net = Money::of(line.quantity, each, *minus(base::Exact(100), salvaged));
    if (!gross || !net) return {"quantity x unit_value_usd is a trillion dollars or more", "divide the line"};
    line.value = *gross;
    line.net = *net;
    return {};
  }

  Wrong read_place(std::string_view text, Column column, std::string& out) {
    auto found = places_.find(text);
    if (found == places_.end()) found = places_.emplace(std::string(text), catalogue_.references.places.code(text)).first;
    if (!found->second) return {fmt::format("{}: '{}' is no country", column_names[column], text), catalogue_.references.places.hint(text)};
    out = *found->second;
    return {};
  }

  Wrong read_places(const std::vector<std::string_view>& cells, StockLine& line) {
    const std::string_view to = cell(cells, destination);
    line.destination = defaults_.destination;
    if (to.empty() && line.destination.empty()) return {"destination: the cell is empty", "fill it, or give --to CC for all such lines"};
    if (!to.empty()) {
      if (Wrong wrong = read_place(to, destination, line.destination); !wrong.message.empty()) return wrong;
    }
    to_assumed_ = to_assumed_ || to.empty();
    const std::string_view hq = cell(cells, party_hq);
    if (!hq.empty()) return read_place(hq, party_hq, line.headquarters);
    hq_assumed_ = true;
    line.headquarters = defaults_.headquarters.empty() ? line.destination : defaults_.headquarters;
    return {};
  }

  void add_assumptions(Stock& out) const {
    if (to_assumed_) out.assumptions.push_back("lines without a destination go to " + defaults_.destination + " (--to)");
    if (hq_assumed_) {
      out.assumptions.emplace_back(defaults_.headquarters.empty()
                                    ? "where party_hq is empty, every party is headquartered in the line's destination"
                                    : "where party_hq is empty, every party is headquartered in " + defaults_.headquarters + " (--hq)");
    }
    if (kind_assumed_) out.assumptions.emplace_back("lines without a kind are inventory");
  }

  const std::string& file_;
  const catalogue::Catalogue& catalogue_;
  const StockDefaults& defaults_;
  base::Problems& problems_;
  std::array<std::optional<std::size_t>, column_count> at_;
  std::map<std::string, std::pair<const chip::Accelerator*, Wrong>, std::less<>> chips_;
  std::map<std::string, std::optional<std::string>, std::less<>> places_;
  bool to_assumed_ = false;
  bool hq_assumed_ = false;
  bool kind_assumed_ = false;
};

}  // namespace

Stock read_stock(std::string_view text, const std::string& file, const catalogue::Catalogue& catalogue, const StockDefaults& defaults,
                 base::Problems& problems) {
  return StockReader(file, catalogue, defaults, problems).read(text);
}

}  // namespace brightline::search
