#include "law/vocabulary.h"

#include <array>

#include "base/quantity_text.h"

namespace brightline::law {

namespace {

// Words the program fills in from a chip or a command line; words.toml must explain each.
constexpr std::array relied_on{"item_kind", "tpp", "bits_x_tops", "applicable_die_area", "performance_density", "tops",
                               "aggregate_bidirectional_rate", "interconnect_bandwidth", "dram_bandwidth",
                               "memory_bandwidth_density", "datacenter", "described_in", "maker", "maker_headquarters",
                               "product", "sold_in_us", "efficiency", "destination", "headquarters", "ultimate_parent",
                               "from", "action"};

std::optional<WordType> word_type(std::string_view text) {
  if (text == "number") return WordType::number;
  if (text == "truth") return WordType::truth;
  if (text == "one-of") return WordType::one_of;
  if (text == "place") return WordType::place;
  return std::nullopt;
}

Word read_word(base::TomlTable& table) {
  Word word;
  word.id = table.text("id");
  const std::string type = table.text("type");
  if (const auto known = word_type(type)) {
    word.type = *known;
  } else {
    table.problem("type", "'" + type + "' is no type of word", "one of number, truth, one-of, place");
  }
  word.unit = table.optional_text("unit").value_or("");
  if (base::find_unit(word.unit) == nullptr) {
    table.problem("unit", "unknown unit '" + word.unit + "'", base::did_you_mean(word.unit, base::unit_names()));
  }
  const std::string of = table.text("of");
  if (of != "item" && of != "transaction") table.problem("of", "'" + of + "' must be item or transaction");
  word.of_item = of == "item";
  word.means = table.text("means");
  word.cite = table.optional_text("cite").value_or("");
  word.values = table.texts("values");
  word.assumed = table.optional_text("assumed").value_or("");
  word.assumed_says = table.optional_text("assumed_says").value_or("");
  word.silent = table.optional_boolean("silent").value_or(false);
  table.finish();
  return word;
}

}  // namespace

Vocabulary Vocabulary::load(const base::TomlFile& file, base::Problems& problems) {
  Vocabulary out;
  base::TomlTable root(file, file.root(), "the vocabulary", problems);
  for (const base::TomlNode* node : root.tables("word")) {
    base::TomlTable table(file, *node, "this word", problems);
    Word word = read_word(table);
    if (out.find(word.id)) table.problem("id", "the word '" + word.id + "' is defined twice");
    out.words_.push_back(std::move(word));
  }
  root.finish();
  for (const char* id : relied_on) {
    if (!out.find(id)) problems.add({file.file(), 0, 0, {}}, "the vocabulary lacks the word '" + std::string(id) + "'", "add a [[word]] with this id");
  }
  return out;
}

std::optional<std::size_t> Vocabulary::find(std::string_view id) const {
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (words_[i].id == id) return i;
  }
  return std::nullopt;
}

std::size_t Vocabulary::at(std::string_view id) const {
  const auto found = find(id);
  base::check(found.has_value(), "a word the program relies on is missing: " + std::string(id));
  return found.value_or(0);
}

std::vector<std::string> Vocabulary::names() const {
  std::vector<std::string> out;
  out.reserve(words_.size());
  for (const Word& word : words_) out.push_back(word.id);
  return out;
}

}  // namespace brightline::law
