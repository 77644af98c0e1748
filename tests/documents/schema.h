// The JSON contract, schema/document.schema.json, and documents checked against it.
#pragma once
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace brightline::tests {

/// One definition of the schema; each is compiled once and kept.
class Schema {
 public:
  /// The definition of one document, such as "judge"; "" is the whole schema: any document.
  static const Schema& of(const std::string& definition);
  /// What is wrong with the document, one line each; empty when nothing is.
  [[nodiscard]] std::vector<std::string> breaches(const nlohmann::json& document) const;
  ~Schema();

 private:
  explicit Schema(const std::string& definition);
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

/// Runs the command with --json, which must end with `code`, checks the document against the definition and gives it back.
nlohmann::json document_of(const std::vector<std::string>& arguments, const std::string& definition, int code = 0);

}  // namespace brightline::tests
