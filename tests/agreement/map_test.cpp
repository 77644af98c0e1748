// Does the map say what the judge says, on every face of every cell, in every version of the law?
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>
#include <set>

#include "agreement/designs.h"
#include "base/hash.h"

namespace brightline::tests {
namespace {

// Of a map with more points than this, insides, faces and the edges of two are asked, not where three cuts meet; under
// sanitizers, which look for another kind of mistake, a fixed stride of points.
constexpr std::size_t most_with_corners = 100'000;
#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t most_points = 400;
constexpr std::size_t default_designs = 10'000;  // on each of three days
#else
constexpr std::size_t default_designs = 350'000;
constexpr std::size_t most_points = std::numeric_limits<std::size_t>::max();
#endif

law::Law load() {
  base::Problems problems;
  law::Law out = law::load_law(BRIGHTLINE_ROOT "/law", {}, problems);
  base::stop_at(problems);
  return out;
}

// Two days on which the same clauses stand, with the same formulas and groups, need no second look.
std::string fingerprint(const law::Code& code) {
  std::string out;
  for (const law::CompiledClause& clause : code.clauses) {
    out += clause.clause->id + "=" + std::to_string(clause.formula);
    for (const std::uint32_t loser : clause.defeated_by) out += "<" + std::to_string(loser);
  }
  for (const law::Atom& atom : code.atoms) {
    out += ";" + std::to_string(static_cast<int>(atom.kind)) + std::to_string(static_cast<int>(atom.yes)) + atom.limit.to_text() + std::to_string(atom.boundary);
    for (const bool member : atom.members) out += member ? '1' : '0';
  }
  for (const law::FormulaNode& node : code.nodes) out += "|" + std::to_string(static_cast<int>(node.op)) + "," + std::to_string(node.left) + "," + std::to_string(node.right);
  return base::hash_hex(out);
}

// What is asked, of one destination and day each.
struct Asking {
  const char* name;
  Question question;
};

const std::vector<Asking> askings{
    {"design", {{}, ""}},
    {"assembly", {{}, "", "assembly", "5A992.c", "nvidia", "H20"}},
    {"lettered", {{}, "", "ic", "none", "intel", "Gaudi"}},
    {"dram", {{}, "", "dram"}},
    {"remote", {{}, "", "ic", "none", "nvidia", "H100", "remote-access"}},
};

class MapAgainstJudge {
 public:
  MapAgainstJudge(const law::Law& law, const law::Code& code, const Question& question)
      : law_(law), open_(open_facts(law, question)), map_(law::LegalMap::build(code, open_, problems_)), judge_(code) {
    where_ = question.reading.date.to_text() + (question.reading.asked == law::Asked::text ? " text " : " enforced ") + question.destination + " " +
             question.item_kind + " " + question.maker + "\n";
  }

  // How many points were looked at; a failure stops at once.
  std::size_t compare_all() {
    EXPECT_TRUE(problems_.empty()) << where_ << render(problems_);
    const Faces faces(map_);
    const int cuts = faces.count() > most_with_corners ? 2 : std::numeric_limits<int>::max();
    const std::size_t stride = faces.count() > most_points ? (faces.count() / most_points) | 1U : 1;
    std::size_t looked = 0;
    for (std::size_t i = 0; i < faces.count() && !testing::Test::HasFailure(); i += stride) {
      if (faces.cuts_met(i) > cuts) continue;
      if (const auto values = faces.at(i)) {
        compare(*values);
        ++looked;
      }
    }
    if (stride == 1) expect_every_cell_met();
    return looked;
  }

 private:
  void compare(const Values& values) {
    const std::vector<int> cells = cells_of(map_, values);
    met_.insert(cells);
    const law::Standing judged = standing_of(judge_.judge(with_values(map_, open_, values)));
    const law::Standing mapped = map_.at(cells);
    EXPECT_TRUE(map_.reachable(cells)) << where_ << to_text(law_, values) << "lies in a cell the map calls unreachable";
    EXPECT_EQ(judged, mapped) << where_ << to_text(law_, values) << "judge: " << to_text(map_.code(), judged) << "\nmap:   " << to_text(map_.code(), mapped);
    const auto design = as_design(map_, open_, values);
    if (design && !(map_.look_up(*design) == mapped)) ADD_FAILURE() << where_ << to_text(law_, values) << "the look-up finds another cell";
  }

  // What the map calls reachable, some design must reach.
  void expect_every_cell_met() const {
    map_.for_each_cell([this](const std::vector<int>& cells, const law::Standing&) {
      std::string text;
      for (const int cell : cells) text += " " + std::to_string(cell);
      EXPECT_TRUE(met_.contains(cells)) << where_ << "no design reaches the cell" << text;
    });
  }

  const law::Law& law_;
  law::Facts open_;
  base::Problems problems_;
  law::LegalMap map_;
  law::Judge judge_;
  std::set<std::vector<int>> met_;
  std::string where_;
};

class LegalMapOf : public testing::TestWithParam<std::tuple<const char*, Asking>> {};

TEST_P(LegalMapOf, SaysWhatTheJudgeSaysOnEveryFaceOfEveryVersion) {
  const law::Law law = load();
  std::set<std::string> seen;
  std::size_t faces = 0;
  for (const law::Asked asked : {law::Asked::text, law::Asked::enforced}) {
    for (const base::Date day : law.change_days(asked)) {
      base::Problems problems;
      const law::Code code = law::compile(law, {day, asked, true}, problems);
      ASSERT_TRUE(problems.empty()) << render(problems);
      if (!seen.insert(fingerprint(code)).second) continue;
      Question question = std::get<1>(GetParam()).question;
      question.reading = {day, asked, true};
      question.destination = std::get<0>(GetParam());
      faces += MapAgainstJudge(law, code, question).compare_all();
      if (HasFailure()) return;
    }
  }
  std::printf("%zu versions: %zu faces agree with the judge\n", seen.size(), faces);
  EXPECT_GT(faces, 2 * seen.size());
}

INSTANTIATE_TEST_SUITE_P(All, LegalMapOf, testing::Combine(testing::Values("CN", "MO", "SA", "AE", "DE"), testing::ValuesIn(askings)),
                         [](const auto& asked) { return std::string(std::get<0>(asked.param)) + "_" + std::get<1>(asked.param).name; });

// Designs over the ranges a search visits, a third of them exactly on a cut.
class RandomDesigns {
 public:
  RandomDesigns(const law::LegalMap& map, std::uint64_t seed) : map_(map), random_(seed) {}

  Values next() {
    Values out;
    const auto& vocabulary = map_.code().law->vocabulary;
    for (const law::Axis& axis : map_.axes()) {
      if (axis.kind == law::Axis::Kind::truth) out[axis.index] = base::Exact(below(2));
      if (axis.kind != law::Axis::Kind::measure) continue;
      for (const std::size_t word : map_.code().measures[axis.index].words) out.try_emplace(word);
    }
    for (auto& [word, value] : out) {
      if (vocabulary.words()[word].type == law::WordType::number) value = drawn(word);
    }
    aim_density(out);
    return out;
  }

 private:
  std::int64_t below(std::int64_t count) { return std::uniform_int_distribution<std::int64_t>(0, count - 1)(random_); }

  base::Exact drawn(std::size_t word) {
    for (const law::Measure& measure : map_.code().measures) {
      if (measure.steps.size() != 1 || measure.words[0] != word || measure.boundaries.empty() || below(3) != 0) continue;
      return measure.boundaries[static_cast<std::size_t>(below(static_cast<std::int64_t>(measure.boundaries.size())))].value;
    }
    return *base::Exact::ratio(below(30'000'000'000), 1'000'000);
  }

  // puts the density on a line where that is a whole number of millionths of area
  void aim_density(Values& values) {
    const auto tpp = map_.code().law->vocabulary.at("tpp");
    const auto area = map_.code().law->vocabulary.at("applicable_die_area");
    if (!values.contains(area) || !values.contains(tpp)) return;
    values[area] = *base::Exact::ratio(below(4'000'000'000), 1'000'000);
    for (const law::Measure& measure : map_.code().measures) {
      if (measure.name != "performance_density" || measure.boundaries.empty() || below(2) != 0) continue;
      const base::Exact line = measure.boundaries[static_cast<std::size_t>(below(static_cast<std::int64_t>(measure.boundaries.size())))].value;
      const base::Exact whole(1 + below(3000));
      values[area] = whole;
      values[tpp] = *times(line, whole);
    }
  }

  const law::LegalMap& map_;
  std::mt19937_64 random_;
};

TEST(LegalMap, LooksUpRandomDesignsAsTheJudgeDoes) {
  const char* wish = std::getenv("BRIGHTLINE_AGREEMENT_DESIGNS");
  const std::size_t count = wish != nullptr ? std::strtoul(wish, nullptr, 10) : default_designs;
  const law::Law law = load();
  const std::array days{"2024-01-15", "2025-06-15", "2026-11-22"};
  for (const char* day : days) {
    base::Problems problems;
    const Question question{{*base::Date::parse(day), law::Asked::enforced, true}, "CN"};
    const law::Code code = law::compile(law, question.reading, problems);
    const law::Facts open = open_facts(law, question);
    const law::LegalMap map = law::LegalMap::build(code, open, problems);
    ASSERT_TRUE(problems.empty()) << render(problems);
    law::Judge judge(code);
    RandomDesigns random(map, 7);
    for (std::size_t i = 0; i < count / days.size(); ++i) {
      const Values values = random.next();
      const auto design = as_design(map, open, values);
      ASSERT_TRUE(design.has_value()) << to_text(law, values);
      ASSERT_EQ(map.look_up(*design), standing_of(judge.judge(with_values(map, open, values)))) << day << "\n" << to_text(law, values);
    }
  }
}

}  // namespace
}  // namespace brightline::tests
