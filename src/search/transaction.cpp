#include "search/transaction.h"

namespace brightline::search {

void apply(const Transaction& transaction, law::Facts& facts, base::Problems& problems) {
  const law::Vocabulary& vocabulary = facts.law().vocabulary;
  const auto name = [&](const char* word, const std::string& value) {
    if (value.empty()) return;
    if (const auto set = facts.set_text(vocabulary.at(word), value); !set) problems.add({std::string("--") + word, 0, 0, {}}, set.error());
  };
  name("destination", transaction.destination);
  name("headquarters", transaction.headquarters);
  name("ultimate_parent", transaction.ultimate_parent);
  name("from", transaction.from);
  name("action", transaction.action);
  std::vector<std::size_t> left_open;
  for (const auto& [id, value] : transaction.set) {
    const auto word = vocabulary.find(id);
    if (!word) {
      problems.add({"--set", 0, 0, {}}, "unknown word '" + id + "'", base::did_you_mean(id, vocabulary.names()));
      continue;
    }
    if (const auto set = facts.set_text(*word, value); !set) problems.add({"--set " + id, 0, 0, {}}, set.error());
    if (value == "unknown") left_open.push_back(*word);
  }
  facts.assume(left_open);
}

}  // namespace brightline::search
