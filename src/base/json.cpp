#include "base/json.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

namespace brightline::base {

namespace {

using Library = nlohmann::ordered_json;

Library to_library(const Json& json) {
  struct Visitor {
    Library operator()(std::monostate) const { return nullptr; }
    Library operator()(bool value) const { return value; }
    Library operator()(std::int64_t value) const { return value; }
    Library operator()(double value) const { return value; }
    Library operator()(const std::string& value) const { return value; }
    Library operator()(const Json::List& values) const {
      Library out = Library::array();
      for (const Json& value : values) out.push_back(to_library(value));
      return out;
    }
    Library operator()(const Json::Object& entries) const {
      Library out = Library::object();
      for (const auto& [key, value] : entries) out[key] = to_library(value);
      return out;
    }
  };
  return std::visit(Visitor{}, json.value());
}

constexpr int max_depth = 200;

// Recursion is bounded: parse() has measured the depth.
Json from_library(const Library& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max()) return value.get<double>();
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_number()) return value.get<double>();
  if (value.is_string()) return value.get<std::string>();
  if (value.is_array()) {
    Json out = Json::list();
    for (const auto& item : value) out.push(from_library(item));
    return out;
  }
  if (value.is_object()) {
    Json out = Json::object();
    for (const auto& [key, item] : value.items()) out.set(key, from_library(item));
    return out;
  }
  return {};
}

/// Where the byte before `bytes_read` stands.
Where place_of(std::string_view text, std::size_t bytes_read, std::string file) {
  const std::size_t at = std::min(bytes_read == 0 ? 0 : bytes_read - 1, text.size());
  const std::string_view before = text.substr(0, at);
  const std::size_t begin = before.rfind('\n') + 1;  // none found wraps round to 0
  const std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
  return {std::move(file), 1 + static_cast<int>(std::ranges::count(before, '\n')), 1 + static_cast<int>(at - begin), std::string(line)};
}

}  // namespace

Json::Json(const Exact& value) {
  if (value.den() == 1) {
    value_ = value.num();
  } else {
    value_ = value.to_double();
  }
}

Json Json::texts(const std::vector<std::string>& values) {
  Json out = list();
  for (const std::string& value : values) out.push(value);
  return out;
}

Json& Json::set(std::string key, Json value) {
  auto* entries = std::get_if<Object>(&value_);
  check(entries != nullptr, "set() on a JSON value that is no object");
  for (auto& [name, old] : *entries) {
    if (name == key) {
      old = std::move(value);
      return *this;
    }
  }
  entries->emplace_back(std::move(key), std::move(value));
  return *this;
}

Json& Json::push(Json value) {
  auto* items = std::get_if<List>(&value_);
  check(items != nullptr, "push() on a JSON value that is no list");
  items->push_back(std::move(value));
  return *this;
}

const Json* Json::find(std::string_view key) const {
  const auto* entries = std::get_if<Object>(&value_);
  if (entries == nullptr) return nullptr;
  for (const auto& [name, value] : *entries) {
    if (name == key) return &value;
  }
  return nullptr;
}

std::size_t Json::size() const {
  if (const auto* items = std::get_if<List>(&value_)) return items->size();
  if (const auto* entries = std::get_if<Object>(&value_)) return entries->size();
  return 0;
}

std::string Json::dump(int indent) const {
  return to_library(*this).dump(indent, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::expected<Json, Problem> Json::parse(std::string_view text, std::string file) {
  int deepest = 0;
  const auto measure = [&deepest](int depth, Library::parse_event_t, Library&) {
    deepest = std::max(deepest, depth);
    return depth <= max_depth;  // what is deeper is dropped, and then refused below
  };
  try {
    const Library value = Library::parse(text, measure);
    if (deepest > max_depth) return std::unexpected(Problem{{std::move(file), 0, 0, {}}, "JSON nested too deeply", ""});
    return from_library(value);
  } catch (const Library::parse_error& error) {
    return std::unexpected(Problem{place_of(text, error.byte, std::move(file)), "not valid JSON", ""});
  } catch (const Library::out_of_range&) {
    return std::unexpected(Problem{{std::move(file), 0, 0, {}}, "JSON with a number too large for any double", ""});
  }
}

}  // namespace brightline::base
