// JSON values. The library is heavy and is included by json.cpp alone.
#pragma once
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/exact.h"
#include "base/problem.h"

namespace brightline::base {

/// A JSON value; an object keeps the order its keys were set in.
class Json {
 public:
  using List = std::vector<Json>;
  using Object = std::vector<std::pair<std::string, Json>>;

  Json() = default;  ///< null
  Json(bool value) : value_(value) {}                                  // NOLINT(google-explicit-constructor)
  Json(int value) : value_(static_cast<std::int64_t>(value)) {}        // NOLINT(google-explicit-constructor)
  Json(std::int64_t value) : value_(value) {}                          // NOLINT(google-explicit-constructor)
  Json(std::size_t value) : value_(static_cast<std::int64_t>(value)) {}  // NOLINT(google-explicit-constructor)
  Json(double value) : value_(value) {}                                // NOLINT(google-explicit-constructor)
  Json(const char* value) : value_(std::string(value)) {}              // NOLINT(google-explicit-constructor)
  Json(std::string_view value) : value_(std::string(value)) {}         // NOLINT(google-explicit-constructor)
  Json(std::string value) : value_(std::move(value)) {}                // NOLINT(google-explicit-constructor)
  Json(List value) : value_(std::move(value)) {}                       // NOLINT(google-explicit-constructor)
  Json(Object value) : value_(std::move(value)) {}                     // NOLINT(google-explicit-constructor)
  Json(const Exact& value);  ///< a whole number where it is one  // NOLINT(google-explicit-constructor)

  static Json object() { return Json(Object{}); }
  static Json list() { return Json(List{}); }
  static Json texts(const std::vector<std::string>& values);

  Json& set(std::string key, Json value);  ///< on an object; the last value of a key holds
  Json& push(Json value);                  ///< on a list
  [[nodiscard]] const Json* find(std::string_view key) const;
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] const std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Object>& value() const { return value_; }
  [[nodiscard]] std::string dump(int indent = 2) const;
  static std::expected<Json, Problem> parse(std::string_view text, std::string file);

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Object> value_;
};

}  // namespace brightline::base
