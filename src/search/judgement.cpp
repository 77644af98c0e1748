#include "search/judgement.h"

#include <algorithm>
#include <memory>
#include <tuple>

namespace brightline::search {

namespace {

auto outcome(const law::Answer& a) {
  const law::Conclusions& c = a.conclusions;
  return std::tuple(c.paragraph, c.label, c.licence, c.requirement, c.review, c.duty, c.surely);
}

// An assumption bears on the answer when not making it would leave the answer less determined.
std::vector<law::Assumption> bearing(const law::Facts& facts, const law::Code& code, const law::Answer& answer) {
  std::vector<law::Assumption> out;
  law::Judge judge(code);
  for (const law::Assumption& assumption : facts.assumptions()) {
    law::Facts without = facts;
    without.clear(assumption.word);
    if (outcome(judge.judge(without)) != outcome(answer)) out.push_back(assumption);
  }
  return out;
}

}  // namespace

std::unique_ptr<Judgement> judge_facts(std::string name, std::string chip, const Transaction& transaction, law::Facts facts, const law::Code& code) {
  auto out = std::make_unique<Judgement>(Judgement{std::move(name), std::move(chip), transaction, std::move(facts), {}, {}, {}, {}, {}, {}, {}, false});
  law::Judge judge(code);
  out->answer = judge.judge(out->facts);
  out->reasons = law::reasons(out->answer);
  out->margins = margins_of(out->answer);
  out->changes = changes_of(out->facts, code, out->answer);
  out->assumptions = bearing(out->facts, code, out->answer);
  for (std::size_t i = 0; i < code.clauses.size(); ++i) {
    const std::string& reading = code.clauses[i].clause->assumes;
    const bool matters = !reading.empty() && out->answer.holds[i] != law::Truth::no;
    if (matters && std::ranges::find(out->readings, reading) == out->readings.end()) out->readings.push_back(reading);
  }
  for (const law::CompiledPoint& point : code.unresolved) {
    const bool aside = point.formula && law::answer_of(code, *point.formula, out->answer.atoms) == law::Truth::no;
    if (!aside) out->unresolved.push_back(point.point->says);
  }
  out->past_evidence = transaction.date > code.law->evidence_through;
  return out;
}

}  // namespace brightline::search
