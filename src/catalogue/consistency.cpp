#include "catalogue/consistency.h"

#include <fmt/format.h>

#include "base/quantity_text.h"

namespace brightline::catalogue {

namespace {

using base::Exact;
using chip::Accelerator;
using chip::Field;
using Value = std::optional<Exact>;

bool outside(const Exact& value, const Band& band) { return value < band.least || value > band.most; }

Band around(const Exact& value, const Exact& tolerance) {
  const auto low = base::minus(Exact(1), tolerance);
  const auto high = base::plus(Exact(1), tolerance);
  const Value least = low ? base::times(value, *low) : Value{};
  const Value most = high ? base::times(value, *high) : Value{};
  return {least.value_or(value), most.value_or(value)};
}

Value quotient(const Value& a, const Value& b) { return a && b ? base::over(*a, *b) : Value{}; }

void check_ratios(const Accelerator& chip, const Checks& checks, std::vector<Finding>& found) {
  for (const RatioCheck& ratio : checks.ratios) {
    const Value is = quotient(chip.number(ratio.of).stated, chip.number(ratio.to).stated);
    if (!is || !outside(*is, around(ratio.is, ratio.tolerance))) continue;
    found.push_back({chip.id, "ratio",
                     fmt::format("{} is {} times {}, not {} times", chip::info(ratio.of).name, is->to_text(3), chip::info(ratio.to).name,
                                 ratio.is.to_text())});
  }
}

void check_declared(const Accelerator& chip, const chip::Measures& measures, const Checks& checks, std::vector<Finding>& found) {
  const Value declared = measures[chip::MeasureId::declared_tpp].value.stated;
  const Value computed = measures[chip::MeasureId::computed_tpp].value.stated;
  const Value share = quotient(declared, computed);
  if (!share || !outside(*share, around(Exact(1), checks.declared_tolerance))) return;
  found.push_back(
      {chip.id, "declared_tpp", fmt::format("declared TPP {} against {} computed", declared->to_text(1), computed->to_text(1))});
}

// Only for chips on one node: nobody publishes how the transistors are spread over the dies.
void check_density(const Accelerator& chip, const chip::Technology& technology, const Checks& checks, std::vector<Finding>& found) {
  const chip::Node* node = chip.nodes.size() == 1 ? technology.node(chip.nodes.front()) : nullptr;
  if (node == nullptr || !node->logic_density) return;
  const Value billions = quotient(chip.number(Field::transistors).stated, chip.number(Field::die_area).stated);
  constexpr std::int64_t billion = 1'000'000'000;
  const Value density = billions ? base::times(*billions, Exact(billion)) : Value{};
  const Value share = quotient(density, node->logic_density->range.stated);
  if (!share || !outside(*share, checks.transistor_density)) return;
  constexpr double million = 1e6;
  found.push_back({chip.id, "transistor_density",
                   fmt::format("{:.1f} million transistors per mm2 against {:.1f} of {}", density->to_double() / million,
                               node->logic_density->range.stated->to_double() / million, node->id)});
}

void check_memory(const Accelerator& chip, const chip::Technology& technology, const Checks& checks, std::vector<Finding>& found) {
  const chip::MemoryType* type = technology.memory(chip.text(Field::memory_type));
  if (type == nullptr || !type->bandwidth || !type->capacity || type->per_chip) return;
  const Value per_gb = quotient(chip.number(Field::memory_bandwidth).stated, chip.number(Field::memory_capacity).stated);
  const Value slowest = quotient(type->bandwidth->range.low, type->capacity->range.high);
  const Value fastest = quotient(type->bandwidth->range.high, type->capacity->range.low);
  if (!per_gb || !slowest || !fastest) return;
  const Value least = base::times(*slowest, checks.memory.least);
  const Value most = base::times(*fastest, checks.memory.most);
  if (!least || !most || !outside(*per_gb, {*least, *most})) return;
  found.push_back(
      {chip.id, "memory",
       fmt::format("{} GB/s per GB, where {} has {} to {}", per_gb->to_text(1), type->name, slowest->to_text(1), fastest->to_text(1))});
}

/// Reads shares such as "2 %" and fields by name.
class CheckReader {
 public:
  CheckReader(const base::TomlFile& file, base::Problems& problems) : file_(&file), problems_(&problems) {}

  Exact share(base::TomlTable& table, std::string_view key) {
    const std::string text = table.text(key);
    if (text.empty()) return {};
    const auto value = base::parse_quantity(text, "");
    if (value) return *value;
    table.problem(key, value.error().message, "write a share such as \"2 %\"");
    return {};
  }

  std::optional<Field> field(base::TomlTable& table, std::string_view key) {
    const std::string name = table.text(key);
    std::vector<std::string> names;
    for (const chip::FieldInfo& one : chip::fields) {
      if (one.name == name) return one.id;
      names.emplace_back(one.name);
    }
    if (!name.empty()) table.problem(key, "there is no value '" + name + "'", base::did_you_mean(name, names));
    return std::nullopt;
  }

  void ratio(const base::TomlNode& node, Checks& checks) {
    base::TomlTable table(*file_, node, "[[ratio]]", *problems_);
    const auto of = field(table, "of");
    const auto to = field(table, "to");
    const Exact is = share(table, "is");
    const Exact tolerance = share(table, "tolerance");
    table.finish();
    if (of && to) checks.ratios.push_back({*of, *to, is, tolerance});
  }

  Band band(const base::TomlNode& node, const std::string& name) {
    base::TomlTable table(*file_, node, "[" + name + "]", *problems_);
    const Band out{share(table, "least"), share(table, "most")};
    table.finish();
    return out;
  }

  Exact tolerance(const base::TomlNode& node, const std::string& name) {
    base::TomlTable table(*file_, node, "[" + name + "]", *problems_);
    const Exact out = share(table, "tolerance");
    table.finish();
    return out;
  }

 private:
  const base::TomlFile* file_;
  base::Problems* problems_;
};

}  // namespace

Checks load_checks(const std::string& data_folder, base::Problems& problems) {
  Checks checks;
  const auto file = base::TomlFile::read(data_folder + "/checks.toml");
  if (!file) {
    problems.add(file.error());
    return checks;
  }
  base::TomlTable root(*file, file->root(), "the checks", problems);
  CheckReader reader(*file, problems);
  const auto need = [&](std::string_view key) -> const base::TomlNode* {
    const base::TomlNode* node = root.node(key);
    if (node == nullptr) problems.add(root.where(), "no [" + std::string(key) + "]");
    return node;
  };
  for (const base::TomlNode* node : root.tables("ratio")) reader.ratio(*node, checks);
  if (const auto* node = need("declared_tpp")) checks.declared_tolerance = reader.tolerance(*node, "declared_tpp");
  if (const auto* node = need("transistor_density")) checks.transistor_density = reader.band(*node, "transistor_density");
  if (const auto* node = need("memory")) checks.memory = reader.band(*node, "memory");
  root.finish();
  return checks;
}

std::vector<Finding> check_consistency(const Accelerator& chip, const References& references, const Checks& checks) {
  std::vector<Finding> found;
  const chip::Measures measures = chip::measure(chip, references.technology, references.reading);
  check_ratios(chip, checks, found);
  check_declared(chip, measures, checks, found);
  check_density(chip, references.technology, checks, found);
  check_memory(chip, references.technology, checks, found);
  return found;
}

}  // namespace brightline::catalogue
