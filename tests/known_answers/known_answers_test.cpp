// Does the law say what authorities and makers said?
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>

#include "known_answers/case_runner.h"

namespace brightline::tests {
namespace {

const std::string law_directory = BRIGHTLINE_ROOT "/law";

struct Tally {
  int cases = 0;
  int agree = 0;
};

// One law for each set of proposals that some case applies.
class Laws {
 public:
  CaseRunner& with(const std::vector<std::string>& proposals) {
    auto& slot = loaded_[proposals];
    if (!slot) slot = std::make_unique<Loaded>(proposals);
    return slot->runner;
  }

 private:
  struct Loaded {
    explicit Loaded(const std::vector<std::string>& proposals) : law(load(proposals)), runner(law) {}
    static law::Law load(const std::vector<std::string>& proposals) {
      base::Problems problems;
      law::Law out = law::load_law(law_directory, proposals, problems);
      base::stop_at(problems);
      return out;
    }
    law::Law law;
    CaseRunner runner;
  };
  std::map<std::vector<std::string>, std::unique_ptr<Loaded>> loaded_;
};

void print(const std::map<std::string, Tally>& tallies) {
  for (const auto& [stated_by, tally] : tallies) {
    std::printf("known answers stated by %-8s: %d of %d agree\n", stated_by.c_str(), tally.agree, tally.cases);
  }
}

TEST(KnownAnswers, EveryCaseIsJudgedAsStatedOrAsWeArgue) {
  std::vector<law::Case> cases = all_cases(law_directory);
  settle(cases, disputed_cases(law_directory));
  Laws laws;
  std::map<std::string, Tally> tallies;
  for (const law::Case& one : cases) {
    Tally& tally = tallies[one.stated_by];
    ++tally.cases;
    const auto wrong = laws.with(one.with).disagreements(one);
    tally.agree += wrong.empty() ? 1 : 0;
    for (const std::string& line : wrong) ADD_FAILURE() << one.where.file << ":" << one.where.line << ": " << line << " (" << one.says << ")";
  }
  print(tallies);
  EXPECT_GE(tallies["source"].cases, 19);
  EXPECT_GE(tallies["mixed"].cases, 30);
  EXPECT_GE(tallies["computed"].cases, 30);
}

TEST(KnownAnswers, IdsAreUnique) {
  std::set<std::string> seen;
  for (const law::Case& one : all_cases(law_directory)) EXPECT_TRUE(seen.insert(one.id).second) << one.id << " occurs twice";
}

TEST(KnownAnswers, EveryDisputeIsRealAndArguedInADocument) {
  const std::vector<law::Case> cases = all_cases(law_directory);
  Laws laws;
  for (const Disputed& disputed : disputed_cases(law_directory)) {
    const auto stated = std::ranges::find(cases, disputed.id, &law::Case::id);
    ASSERT_NE(stated, cases.end()) << disputed.id;
    EXPECT_FALSE(laws.with(stated->with).disagreements(*stated).empty()) << disputed.id << " agrees with its source: no longer disputed";
    EXPECT_FALSE(disputed.ours.empty()) << disputed.id;
    const std::string doc = std::string(BRIGHTLINE_ROOT) + "/" + disputed.doc;
    EXPECT_TRUE(std::filesystem::exists(doc)) << doc;
  }
}

// The question the project is asked first: one chip, four places, text against enforcement.
class H100OnJune15th : public testing::Test {
 protected:
  static law::Case h100(const std::string& destination, const std::string& parent, law::Asked asked) {
    law::Case one;
    one.id = "H100";
    one.date = *base::Date::parse("2026-06-15");
    one.asked = asked;
    one.facts = {{"item_kind", "ic"}, {"datacenter", "yes"}, {"maker", "nvidia"}, {"maker_headquarters", "US"}, {"product", "H100"}, {"tpp", "15840"},
                 {"applicable_die_area", "814 mm2"}, {"dram_bandwidth", "3350 GB/s"}, {"interconnect_bandwidth", "1028 GB/s"}, {"destination", destination}};
    if (!parent.empty()) one.facts.emplace_back("ultimate_parent", parent);
    return one;
  }

  struct Said {
    std::string paragraph, requirement, review;
    std::vector<std::string> exceptions;
    friend bool operator==(const Said&, const Said&) = default;
    friend void PrintTo(const Said& s, std::ostream* out) { *out << s.paragraph << " " << s.requirement << " " << s.review << " " << s.exceptions.size(); }
  };
  Said ask(const std::string& destination, const std::string& parent, law::Asked asked) {
    const law::Answer& answer = laws_.with({}).judge(h100(destination, parent, asked));
    return {answer.paragraph(), answer.requirement(), answer.review(), answer.exceptions()};
  }
  Laws laws_;
};

TEST_F(H100OnJune15th, ToChinaIsLookedAtCaseByCaseInTextAndAsEnforced) {
  const Said expected{"3A090.a", "licence", "case-by-case", {}};
  EXPECT_EQ(ask("CN", "", law::Asked::text), expected);
  EXPECT_EQ(ask("CN", "", law::Asked::enforced), expected);
}

TEST_F(H100OnJune15th, ToAChineseParentInMalaysiaIsDeniedInTextAndAsEnforced) {  // T-37, T-39
  const Said expected{"3A090.a", "licence", "denial", {}};
  EXPECT_EQ(ask("MY", "CN", law::Asked::text), expected);
  EXPECT_EQ(ask("MY", "CN", law::Asked::enforced), expected);
}

TEST_F(H100OnJune15th, ToMalaysiaNeedsALicenceInTheTextOnly) {  // T-45
  EXPECT_EQ(ask("MY", "", law::Asked::text), (Said{"3A090.a", "licence", "approval", {}}));
  EXPECT_EQ(ask("MY", "", law::Asked::enforced), (Said{"3A090.a", "none", "none", {}}));
}

TEST_F(H100OnJune15th, ToIndiaNeedsALicenceInTheTextOnly) {  // T-45
  EXPECT_EQ(ask("IN", "", law::Asked::text), (Said{"3A090.a", "licence", "approval", {}}));
  EXPECT_EQ(ask("IN", "", law::Asked::enforced), (Said{"3A090.a", "none", "none", {}}));
}

}  // namespace
}  // namespace brightline::tests
