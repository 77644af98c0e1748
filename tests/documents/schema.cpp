#include "documents/schema.h"

#include <gtest/gtest.h>

#include <map>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "transcripts/program_runner.h"

namespace brightline::tests {

namespace {

nlohmann::json whole_schema() { return nlohmann::json::parse(read_file(std::string(BRIGHTLINE_ROOT) + "/schema/document.schema.json")); }

}  // namespace

struct Schema::Compiled {
  valijson::Schema schema;
};

Schema::Schema(const std::string& definition) : compiled_(std::make_unique<Compiled>()) {
  nlohmann::json text = whole_schema();
  if (!definition.empty()) {
    text.erase("oneOf");
    text["allOf"] = {{{"$ref", "#/definitions/" + definition}}};
  }
  valijson::SchemaParser parser;
  parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(text), compiled_->schema);
}

Schema::~Schema() = default;

const Schema& Schema::of(const std::string& definition) {
  static std::map<std::string, std::unique_ptr<Schema>> known;
  auto& slot = known[definition];
  if (!slot) slot.reset(new Schema(definition));  // the constructor is private
  return *slot;
}

std::vector<std::string> Schema::breaches(const nlohmann::json& document) const {
  valijson::Validator validator;
  valijson::ValidationResults results;
  std::vector<std::string> out;
  if (validator.validate(compiled_->schema, valijson::adapters::NlohmannJsonAdapter(document), &results)) return out;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    std::string where;
    for (const std::string& part : error.context) where += part;
    out.push_back(where + ": " + error.description);
  }
  if (out.empty()) out.emplace_back("refused without a reason");
  return out;
}

nlohmann::json document_of(const std::vector<std::string>& arguments, const std::string& definition, int code) {
  std::vector<std::string> words = arguments;
  words.emplace_back("--json");
  std::string told = "brightline";
  for (const std::string& word : words) told += " " + word;
  const Outcome outcome = run_program(words);
  EXPECT_EQ(outcome.code, code) << told << "\n" << outcome.err;
  const auto document = nlohmann::json::parse(outcome.out, nullptr, false);
  EXPECT_FALSE(document.is_discarded()) << told << " printed no JSON";
  if (document.is_discarded()) return {};
  const auto breaches = Schema::of(definition).breaches(document);
  EXPECT_TRUE(breaches.empty()) << told << " is no '" << definition << "': " << testing::PrintToString(breaches);
  return document;
}

}  // namespace brightline::tests
