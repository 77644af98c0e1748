// Does the search find from the rules what vendors shipped under them? docs/rediscovery.md holds the outcome, misses and all;
// BRIGHTLINE_UPDATE_REDISCOVERY=1 writes it anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "rediscovery/cases.h"
#include "transcripts/program_runner.h"

namespace brightline::tests {
namespace {

const std::string page = BRIGHTLINE_ROOT "/docs/rediscovery.md";

bool rewriting() { return std::getenv("BRIGHTLINE_UPDATE_REDISCOVERY") != nullptr; }

// Each case has its rows between "<!-- part -->" and "<!-- end -->", in the order of the cases.
std::string rows_of_case(const std::vector<std::string>& lines, std::string_view part, const std::string& id) {
  std::string out;
  bool inside = false;
  for (const std::string& line : lines) {
    if (line.starts_with("<!-- ")) inside = line == fmt::format("<!-- {} -->", part);
    if (inside && line.starts_with("| " + id + " |")) out += line + "\n";
  }
  return out;
}

void replace_rows(std::vector<std::string>& lines, std::string_view part, const std::string& id, const std::string& rows) {
  std::vector<std::string> out;
  bool inside = false;
  bool written = false;
  for (const std::string& line : lines) {
    const bool mine = inside && line.starts_with("| " + id + " |");
    if (inside && !written && (mine || line == "<!-- end -->")) {
      for (const std::string& row : lines_of(rows)) out.push_back(row);
      written = true;
    }
    if (line.starts_with("<!-- ")) inside = line == fmt::format("<!-- {} -->", part);
    if (!mine) out.push_back(line);
  }
  lines = std::move(out);
}

void hold(std::string_view part, const std::string& id, const std::string& rows) {
  std::vector<std::string> lines = lines_of(read_file(page));
  if (!rewriting()) {
    EXPECT_EQ(rows, rows_of_case(lines, part, id)) << page << " says otherwise; BRIGHTLINE_UPDATE_REDISCOVERY=1 writes it anew";
    return;
  }
  replace_rows(lines, part, id, rows);
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  write_file(page, text);
}

class Rediscovery : public testing::TestWithParam<Case> {};

TEST_P(Rediscovery, IsAsThePageSays) {
  const Case& one = GetParam();
  const CaseAnswer found = answer(one);
  EXPECT_TRUE(found.proven) << "the search ended before it was done";
  EXPECT_TRUE(found.proof_holds) << found.why;
  if (rewriting()) fmt::print(stderr, "{}: {:.1f} s, {} boxes, {} evaluations\n", one.id, found.seconds, found.boxes, found.evaluated);
  if (!rewriting()) {
    EXPECT_EQ(found.missed(one).empty(), one.missed_because.empty()) << "a miss says why in cases.toml, and nothing else does";
  }
  EXPECT_FALSE(found.met_unruled(one)) << "a search without any rule meets the criterion: it tells nothing";
  hold("criteria", one.id, criterion_row(one));
  hold("outcome", one.id, outcome_rows(one, found));
  hold("limits", one.id, limits_row(one, found));
}

INSTANTIATE_TEST_SUITE_P(Cases, Rediscovery, testing::ValuesIn(cases()), [](const auto& one) {
  std::string name = one.param.id;
  std::ranges::replace(name, '-', '_');
  return name;
});

TEST(RediscoveryPage, HasNoRowsOfCasesThatAreGone) {
  for (const std::string& line : lines_of(read_file(page))) {
    if (!line.starts_with("| ") || line.starts_with("| case ")) continue;
    const std::string id = line.substr(2, line.find(' ', 2) - 2);
    EXPECT_TRUE(std::ranges::any_of(cases(), [&](const Case& one) { return one.id == id; })) << line;
  }
}

// Below 21,000 TPP and 6,500 GB/s a licence is looked at case by case, but of what no American buys half is nothing: what
// is then left is what goes without a licence, under notice at most.
TEST(LicenceRoute, IsClosedToWhatIsNotSoldInTheUnitedStates) {
  const auto china_only = std::ranges::find(cases(), "china-only", &Case::id);
  ASSERT_NE(china_only, cases().end());
  Case sold = *china_only;
  sold.sold_in_us = "yes";
  Case free = *china_only;
  free.wanted = "notify";
  const auto no_route = asked(*china_only);
  const auto route = asked(sold);
  const auto nothing_required = asked(free);
  const search::DesignQuestion& question = no_route->question;
  std::mt19937_64 draw(7);
  int only_by_licence = 0;
  constexpr int draws = 200'000;
  for (int i = 0; i < draws; ++i) {
    const model::Design design = question.space.at(question.space.levels_of(draw() % question.space.size()));
    const search::WordValues words = question.words(design, question.physics.applicable(design));
    ASSERT_EQ(question.gate.allows(words), nothing_required->question.gate.allows(words)) << "TPP " << search::at(words, search::LegalWord::tpp);
    only_by_licence += static_cast<int>(route->question.gate.allows(words) && !question.gate.allows(words));
  }
  EXPECT_GT(only_by_licence, draws / 100) << "the draw must show the difference";
}

}  // namespace
}  // namespace brightline::tests
