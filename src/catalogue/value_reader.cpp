#include "catalogue/value_reader.h"

#include "base/quantity_text.h"

namespace brightline::catalogue {

namespace {

using base::Exact;
using base::TomlNode;
using chip::Sourced;

constexpr std::string_view no_bound = "unknown";  // high = "unknown": no upper bound is known

}  // namespace

std::optional<Exact> ValueReader::quantity(const TomlNode* node, const std::string& name, std::string_view unit) {
  if (node == nullptr) return std::nullopt;
  if (node->kind == TomlNode::Kind::integer && unit.empty() && node->integer >= 0) return Exact(node->integer);
  if (node->kind != TomlNode::Kind::text) {
    const std::string example = unit.empty() ? "\"16\"" : "\"700 " + std::string(unit) + "\"";
    problems_->add(file_->where(*node), name + " must be a quantity in quotes", "such as " + example);
    return std::nullopt;
  }
  const auto value = base::parse_quantity(node->text, unit);
  if (!value) {
    problems_->add(file_->where(*node), name + ": " + value.error().message, value.error().hint);
    return std::nullopt;
  }
  if (*value < Exact(0)) {
    problems_->add(file_->where(*node), name + " can't be negative");
    return std::nullopt;
  }
  return *value;
}

// The value in "die_area = \"814 mm2\"": a user's file may leave out where it comes from.
std::optional<Sourced> ValueReader::bare(const TomlNode& node, const std::string& name) {
  if (origin_ == Origin::catalogue) {
    problems_->add(file_->where(node), name + " names no source",
                   R"(write { is = "...", source = "...", kind = "..." }: every value of the catalogue has a source)");
    return std::nullopt;
  }
  Sourced value;
  value.source = "user";
  value.kind = chip::Kind::user;
  value.line = node.line;
  value.column = node.column;
  return value;
}

Sourced ValueReader::provenance(base::TomlTable& table, const TomlNode& node, const std::string& name) {
  Sourced value;
  value.line = node.line;
  value.column = node.column;
  const bool must = origin_ == Origin::catalogue;
  value.source = must ? table.text("source") : table.optional_text("source").value_or("user");
  if (value.source != "user" && !value.source.empty() && !sources_->contains(value.source)) {
    std::string hint = base::did_you_mean(value.source, ids_of(*sources_));
    if (hint.empty()) hint = "add it to data/sources.toml";
    table.problem("source", name + " names a source '" + value.source + "' that is not listed", hint);
  }
  const std::string kind = must ? table.text("kind") : table.optional_text("kind").value_or("user");
  if (const auto known = chip::id_in(chip::kinds, kind)) {
    value.kind = *known;
  } else if (!kind.empty()) {
    std::string hint = base::did_you_mean(kind, chip::names_in(chip::kinds));
    if (hint.empty()) hint = "datasheet, whitepaper, vendor_doc, vendor_page, press, dataset, estimate or memory";
    table.problem("kind", name + " has an unknown kind '" + kind + "'", hint);
  }
  value.checked = table.optional_boolean("checked").value_or(false);
  value.note = table.optional_text("note").value_or("");
  return value;
}

chip::Interval ValueReader::interval(base::TomlTable& table, const std::string& name, std::string_view unit) {
  const TomlNode* is = table.node("is");
  const TomlNode* low = table.node("low");
  const TomlNode* high = table.node("high");
  chip::Interval range;
  range.stated = quantity(is, name, unit);
  range.low = low == nullptr ? range.stated : quantity(low, name, unit);
  const bool open = high != nullptr && high->kind == TomlNode::Kind::text && high->text == no_bound;
  if (!open) range.high = high == nullptr ? range.stated : quantity(high, name, unit);
  if (is == nullptr && low == nullptr && (high == nullptr || open)) {
    problems_->add(table.where(), name + " says nothing: it has neither 'is' nor 'low' nor 'high'",
                   "leave the line out: what is not stated is unknown");
  }
  return range;
}

void ValueReader::check_order(base::TomlTable& table, const chip::Interval& range, const std::string& name) {
  if (range.low && range.high && *range.low > *range.high) {
    table.problem("low", name + " has its low above its high", "exchange them");
  } else if (range.stated && ((range.low && *range.stated < *range.low) || (range.high && *range.stated > *range.high))) {
    table.problem("is", name + " lies outside its own low and high");
  }
}

std::optional<Sourced> ValueReader::number(const TomlNode& node, const std::string& name, std::string_view unit) {
  if (node.kind != TomlNode::Kind::table) {
    auto value = bare(node, name);
    if (!value) return std::nullopt;
    const auto stated = quantity(&node, name, unit);
    if (!stated) return std::nullopt;
    value->range = chip::Interval::exactly(*stated);
    return value;
  }
  base::TomlTable table(*file_, node, name, *problems_);
  const std::size_t before = problems_->size();
  Sourced value = provenance(table, node, name);
  value.range = interval(table, name, unit);
  check_order(table, value.range, name);
  table.finish();
  if (problems_->size() != before) return std::nullopt;
  return value;
}

std::optional<Sourced> ValueReader::text(const TomlNode& node, const std::string& name) {
  if (node.kind == TomlNode::Kind::text) {
    auto value = bare(node, name);
    if (value) value->text = node.text;
    return value;
  }
  if (node.kind != TomlNode::Kind::table) {
    problems_->add(file_->where(node), name + " must be a text in quotes");
    return std::nullopt;
  }
  base::TomlTable table(*file_, node, name, *problems_);
  const std::size_t before = problems_->size();
  Sourced value = provenance(table, node, name);
  value.text = table.text("is");
  table.finish();
  if (problems_->size() != before) return std::nullopt;
  return value;
}

}  // namespace brightline::catalogue
