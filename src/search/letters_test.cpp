// Do the names the law speaks of exist in the catalogue? A letter that names "MI308" must reach the MI308X.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "catalogue/catalogue.h"
#include "law/law.h"

namespace brightline::search {
namespace {

// Named by a letter, but never catalogued: a card with its own network port.
const std::set<std::string> not_catalogued{"A100X", "MI308"};

void collect(const law::Expression& e, std::string_view word, std::set<std::string>& out) {
  if (e.op == law::Expression::Op::member && e.name == word) out.insert(e.names.begin(), e.names.end());
  for (const law::Expression& kid : e.kids) collect(kid, word, out);
}

struct Loaded {
  base::Problems problems;
  law::Law law = law::load_law(BRIGHTLINE_ROOT "/law", {}, problems);
  catalogue::Catalogue catalogue = catalogue::load(BRIGHTLINE_ROOT "/data", problems);
};

TEST(Letters, EveryProductTheLawNamesIsAProductLineOfTheCatalogue) {
  const Loaded world;
  ASSERT_TRUE(world.problems.empty()) << base::render(world.problems);
  std::set<std::string> named;
  for (const law::Instrument& instrument : world.law.instruments) {
    for (const law::Clause& clause : instrument.clauses) collect(clause.when.expression, "product", named);
  }
  EXPECT_GE(named.size(), 5U);
  for (const std::string& product : named) {
    if (not_catalogued.contains(product)) continue;
    const bool known = std::ranges::any_of(world.catalogue.accelerators, [&](const chip::Accelerator& chip) { return chip.product_line == product; });
    EXPECT_TRUE(known) << product;
  }
}

TEST(Letters, EveryAddresseeIsAMaker) {
  const Loaded world;
  for (const law::Instrument& instrument : world.law.instruments) {
    for (const std::string& maker : instrument.addressees) {
      EXPECT_NE(catalogue::find_maker(world.catalogue.references.makers, maker), nullptr) << instrument.id << " is addressed to " << maker;
    }
  }
}

}  // namespace
}  // namespace brightline::search
