#include "base/quantity_text.h"

#include <array>

#include "base/problem.h"

namespace brightline::base {

namespace {

constexpr Dimension none{};
constexpr Dimension time{.time = 1};
constexpr Dimension bandwidth{.time = -1, .data = 1};
constexpr Dimension rate{.time = -1, .operation = 1};
constexpr Dimension data{.data = 1};
constexpr Dimension area{.length = 2};
constexpr Dimension power{.time = -1, .energy = 1};
constexpr Dimension energy{.energy = 1};
constexpr Dimension frequency{.time = -1};
constexpr Dimension money{.money = 1};
constexpr Dimension efficiency{.operation = 1, .energy = -1};
constexpr Dimension bandwidth_density{.time = -1, .data = 1, .length = -2};
constexpr Dimension energy_per_data{.data = -1, .energy = 1};
constexpr Dimension price_per_data{.data = -1, .money = 1};
constexpr Dimension price_per_time{.time = -1, .money = 1};
constexpr Dimension price_per_energy{.energy = -1, .money = 1};
constexpr Dimension per_area{.length = -2};
constexpr Dimension length{.length = 1};
constexpr Dimension price_per_area{.length = -2, .money = 1};

constexpr std::int64_t kilo = 1'000;
constexpr std::int64_t mega = 1'000'000;
constexpr std::int64_t giga = 1'000'000'000;
constexpr std::int64_t tera = 1'000'000'000'000;
constexpr std::int64_t peta = 1'000'000'000'000'000;
constexpr std::int64_t gibi = 1'073'741'824;

// GB is 10^9, GiB is 2^30. Energy per bit is kept per byte (x 8).
constexpr std::array units{
    Unit{"", none, 1, 1},
    Unit{"%", none, 1, 100},
    Unit{"bn", none, giga, 1},
    Unit{"GB/s", bandwidth, giga, 1},
    Unit{"TB/s", bandwidth, tera, 1},
    Unit{"MB/s", bandwidth, mega, 1},
    Unit{"GiB/s", bandwidth, gibi, 1},
    Unit{"Gb/s", bandwidth, giga, 8},
    Unit{"TFLOPS", rate, tera, 1},
    Unit{"PFLOPS", rate, peta, 1},
    Unit{"GFLOPS", rate, giga, 1},
    Unit{"TOPS", rate, tera, 1},
    Unit{"POPS", rate, peta, 1},
    Unit{"GB", data, giga, 1},
    Unit{"TB", data, tera, 1},
    Unit{"MB", data, mega, 1},
    Unit{"kB", data, kilo, 1},
    Unit{"GiB", data, gibi, 1},
    Unit{"MiB", data, 1'048'576, 1},
    Unit{"KiB", data, 1'024, 1},
    Unit{"bit", data, 1, 8},
    Unit{"mm", length, 1, kilo},
    Unit{"mm2", area, 1, mega},
    Unit{"cm2", area, 1, 10'000},
    Unit{"um2", area, 1, tera},
    Unit{"/mm2", per_area, mega, 1},
    Unit{"/cm2", per_area, 10'000, 1},
    Unit{"W", power, 1, 1},
    Unit{"kW", power, kilo, 1},
    Unit{"pJ", energy, 1, tera},
    Unit{"pJ/bit", energy_per_data, 8, tera},
    Unit{"MHz", frequency, mega, 1},
    Unit{"GHz", frequency, giga, 1},
    Unit{"us", time, 1, mega},
    Unit{"USD", money, 1, 1},
    Unit{"USD/GB", price_per_data, 1, giga},
    Unit{"USD/mm2", price_per_area, mega, 1},
    Unit{"USD/h", price_per_time, 1, 3'600},
    Unit{"USD/kWh", price_per_energy, 1, 3'600'000},
    Unit{"TFLOPS/W", efficiency, tera, 1},
    Unit{"GB/s/mm2", bandwidth_density, peta, 1},
};

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// How many characters of `text` are its number: sign, digits, and an exponent where digits follow the e.
std::size_t length_of_number(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && (is_digit(text[end]) || std::string_view("._-+").contains(text[end]))) ++end;
  if (end == 0 || end >= text.size() || (text[end] != 'e' && text[end] != 'E')) return end;
  std::size_t after = end + 1;
  if (after < text.size() && (text[after] == '-' || text[after] == '+')) ++after;
  const std::size_t first = after;
  while (after < text.size() && is_digit(text[after])) ++after;
  return after > first ? after : end;
}

}  // namespace

const Unit* find_unit(std::string_view name) {
  for (const Unit& unit : units) {
    if (unit.name == name) return &unit;
  }
  return nullptr;
}

std::vector<std::string> unit_names() {
  std::vector<std::string> names;
  for (const Unit& unit : units) names.emplace_back(unit.name);
  return names;
}

std::optional<Exact> convert(const Exact& value, const Unit& from, const Unit& to) {
  if (!(from.dimension == to.dimension)) return std::nullopt;
  const auto from_scale = Exact::ratio(from.scale_num, from.scale_den);
  const auto to_scale = Exact::ratio(to.scale_num, to.scale_den);
  if (!from_scale || !to_scale) return std::nullopt;
  const auto factor = over(*from_scale, *to_scale);
  if (!factor) return std::nullopt;
  return times(value, *factor);
}

std::expected<Exact, NotAQuantity> parse_quantity(std::string_view text, std::string_view wanted) {
  const Unit* target = find_unit(wanted);
  check(target != nullptr, "a quantity was asked for in a unit that is not in the table");
  const std::string_view body = trim(text);
  const std::size_t end = length_of_number(body);
  const auto number = Exact::parse(body.substr(0, end));
  const std::string example = wanted.empty() ? "a plain number such as 2368" : "a number with its unit, in " + std::string(wanted);
  if (!number) return std::unexpected(NotAQuantity{"'" + std::string(text) + "' is not a quantity", "write " + example});
  const std::string_view unit_text = trim(body.substr(end));
  const Unit* unit = find_unit(unit_text);
  if (unit == nullptr) {
    const auto names = unit_names();
    const std::string near = did_you_mean(unit_text, names);
    return std::unexpected(NotAQuantity{"unknown unit '" + std::string(unit_text) + "'", near.empty() ? "write " + example : near});
  }
  if (!(unit->dimension == target->dimension)) {
    const std::string what = unit_text.empty() ? "has no unit" : "is in " + std::string(unit_text) + ", which does not measure this";
    return std::unexpected(NotAQuantity{"'" + std::string(text) + "' " + what, "write " + example});
  }
  const auto value = convert(*number, *unit, *target);
  if (!value) return std::unexpected(NotAQuantity{"'" + std::string(text) + "' is too large or too fine to be kept exactly", ""});
  return *value;
}

}  // namespace brightline::base
