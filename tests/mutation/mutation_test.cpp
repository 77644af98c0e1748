// Would a small mistake in the law files be noticed? Each is planted in turn; some known answer must change.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <regex>
#include <set>

#include "base/toml.h"
#include "known_answers/case_runner.h"
#include "mutation/mutants.h"

namespace brightline::tests {
namespace {

const std::string law_directory = BRIGHTLINE_ROOT "/law";

struct Recorded {
  double least_score = 100;                   ///< per cent
  std::map<std::string, std::string> equivalent;  ///< mutants that change nothing, with the reason
};

Recorded read_recorded() {
  base::Problems problems;
  const auto file = base::TomlFile::read(BRIGHTLINE_ROOT "/tests/mutation/recorded.toml");
  if (!file) throw base::BadInput(file.error());
  base::TomlTable root(*file, file->root(), "the record", problems);
  Recorded out;
  out.least_score = std::stod(root.text("least_score_percent"));
  for (const base::TomlNode* node : root.tables("equivalent")) {
    base::TomlTable table(*file, *node, "this mutant", problems);
    const std::string why = table.text("why");
    for (const std::string& mutant : table.texts("mutants")) out.equivalent[mutant] = why;
    table.finish();
  }
  root.finish();
  base::stop_at(problems);
  return out;
}

// Runs the cases against mutant after mutant. Those that noticed the last mistakes in the same file go first.
class Hunt {
 public:
  Hunt() : cases_(all_cases(law_directory)) {
    base::Problems problems;
    texts_ = law::read_law_texts(law_directory, problems);
    base::stop_at(problems);
    settle(cases_, disputed_cases(law_directory));
    for (std::size_t i = 0; i < cases_.size(); ++i) order_.push_back(i);
  }

  [[nodiscard]] const std::vector<law::LawText>& texts() const { return texts_; }

  /// The case that notices; "does not load" where the law is refused; empty where nothing does.
  std::string noticed_by(const Mutant& mutant) {
    if (mutant.file != file_) {
      file_ = mutant.file;
      std::ranges::sort(order_);
    }
    std::vector<law::LawText> texts = texts_;
    texts[mutant.file].text = mutant.text;
    // a proposal is applied by the cases that name it, any other file by all cases without proposals
    const bool proposed = texts[mutant.file].name.find("/proposed/") != std::string::npos;
    const std::vector<std::string> with = proposed ? std::vector{mutant.instrument} : std::vector<std::string>();
    base::Problems problems;
    const law::Law law = law::load_law(std::move(texts), with, problems);
    if (!problems.empty()) return "does not load";
    CaseRunner runner(law);
    for (std::size_t i = 0; i < order_.size(); ++i) {
      const law::Case& one = cases_[order_[i]];
      if (one.with != with || !disagrees(runner, one)) continue;
      const std::size_t killer = order_[i];
      order_.erase(order_.begin() + static_cast<std::ptrdiff_t>(i));
      order_.insert(order_.begin(), killer);
      return one.id;
    }
    return {};
  }

 private:
  static bool disagrees(CaseRunner& runner, const law::Case& one) {
    try {
      return !runner.disagreements(one).empty();
    } catch (const base::BadInput&) {
      return true;  // the mutated law has no meaning on that day
    }
  }

  std::vector<law::Case> cases_;
  std::vector<law::LawText> texts_;
  std::vector<std::size_t> order_;
  std::size_t file_ = 0;
};

// What no mistake may pass unnoticed: the 3A090 paragraphs, the licence requirements, the policy of 2026.
bool is_core(const Mutant& mutant) {
  if (mutant.instrument == "91-FR-1684") return true;
  const std::size_t space = mutant.block.find(' ');
  const std::string id = space == std::string::npos ? "" : mutant.block.substr(space + 1);
  return id.starts_with("3A090") || id.starts_with("742.6") || id.starts_with("744.23") || id.starts_with("Note ");
}

struct Score {
  int planted = 0;
  int noticed = 0;
  int equivalent = 0;
};

TEST(Mutation, TheLawAsItStandsDisagreesWithNoCase) {  // else every mistake would seem to be noticed
  Hunt hunt;
  const auto mutants = mutants_of(hunt.texts());
  ASSERT_FALSE(mutants.empty());
  Mutant unchanged = mutants.front();
  unchanged.text = hunt.texts()[unchanged.file].text;
  EXPECT_EQ(hunt.noticed_by(unchanged), "");
  for (const Mutant& mutant : mutants) {
    const std::string& name = hunt.texts()[mutant.file].name;
    if (name.find("/proposed/") == std::string::npos || name == hunt.texts()[unchanged.file].name) continue;
    unchanged = mutant;
    unchanged.text = hunt.texts()[mutant.file].text;
    EXPECT_EQ(hunt.noticed_by(unchanged), "") << name;
  }
}

// docs/traps.md names known answers and planted mistakes; both must exist. Names with a dot before a letter are tests.
TEST(Mutation, TheTableOfTrapsNamesWhatExists) {
  std::ifstream page(BRIGHTLINE_ROOT "/docs/traps.md");
  const std::string text{std::istreambuf_iterator<char>(page), {}};
  std::set<std::string> known;
  Hunt hunt;
  for (const Mutant& mutant : mutants_of(hunt.texts())) known.insert(mutant.name());
  for (const law::Case& one : all_cases(law_directory)) known.insert(one.id);
  static const std::regex quoted("`([^`]+)`");
  static const std::regex elsewhere("(law|src|tests)/.*|ctest.*|.*\\.[A-Za-z].*");
  std::size_t checked = 0;
  for (std::sregex_iterator at(text.begin(), text.end(), quoted), last; at != last; ++at) {
    const std::string name = (*at)[1];
    if (std::regex_match(name, elsewhere) && !known.contains(name)) continue;
    EXPECT_TRUE(known.contains(name)) << "docs/traps.md speaks of '" << name << "', which is no case and no planted mistake";
    ++checked;
  }
  EXPECT_GT(checked, 60U);
  for (int trap = 1; trap <= 53; ++trap) {
    const std::string id = (trap < 10 ? "T-0" : "T-") + std::to_string(trap);
    EXPECT_NE(text.find("| " + id + " |"), std::string::npos) << id << " has no row";
  }
}

TEST(Mutation, EverySmallMistakeInTheLawChangesSomeKnownAnswer) {
  const Recorded recorded = read_recorded();
  Hunt hunt;
  std::map<std::string, Score> scores;
  Score all;
  std::set<std::string> still_equivalent;
  std::ofstream log(std::string(testing::TempDir()) + "brightline-mutants.txt");
  for (const Mutant& mutant : mutants_of(hunt.texts())) {
    Score& score = scores[mutant.instrument];
    ++score.planted, ++all.planted;
    const std::string by = hunt.noticed_by(mutant);
    log << mutant.name() << "\t" << (by.empty() ? "SURVIVES" : by) << "\n";
    if (!by.empty()) {
      ++score.noticed, ++all.noticed;
      continue;
    }
    if (recorded.equivalent.contains(mutant.name())) {
      ++score.equivalent, ++all.equivalent;
      still_equivalent.insert(mutant.name());
      continue;
    }
    std::printf("survives: %s\n", mutant.name().c_str());
    EXPECT_FALSE(is_core(mutant)) << mutant.name() << " is noticed by no known answer";
  }
  for (const auto& [instrument, score] : scores) {
    std::printf("%-24s %4d planted, %4d noticed, %3d equivalent\n", instrument.c_str(), score.planted, score.noticed, score.equivalent);
  }
  const double percent = 100.0 * all.noticed / (all.planted - all.equivalent);
  std::printf("mutation score %.2f %%: %d of %d noticed, %d more change nothing\n", percent, all.noticed, all.planted - all.equivalent, all.equivalent);
  EXPECT_GE(percent, recorded.least_score) << "worse than recorded in tests/mutation/recorded.toml";
  for (const auto& [name, why] : recorded.equivalent) {
    EXPECT_TRUE(still_equivalent.contains(name)) << name << " is recorded as changing nothing, but is noticed or gone";
  }
}

}  // namespace
}  // namespace brightline::tests
