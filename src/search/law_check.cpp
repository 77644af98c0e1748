#include "search/law_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <memory>
#include <set>

#include "law/legal_map.h"
#include "search/label_walk.h"
#include "search/law_residue.h"
#include "search/law_signature.h"

namespace brightline::search {

namespace {

constexpr std::array destinations{"CN", "MO", "SA", "AE", "DE"};
constexpr std::array actions{"export", "reexport", "transfer"};

struct Party {
  std::string destination;
  std::string headquarters;
  std::string action;
  std::string maker;

  [[nodiscard]] std::string to_text() const {
    return fmt::format("{} to {}, party in {}, maker {}", action, destination, headquarters, maker);
  }
};

std::vector<Party> parties_of(const law::Law& law) {
  std::vector<std::string> makers{"unnamed"};
  for (const law::Instrument& instrument : law.instruments) {
    for (const std::string& maker : instrument.addressees) {
      if (std::ranges::find(makers, maker) == makers.end()) makers.push_back(maker);
    }
  }
  std::vector<Party> out;
  for (const std::string destination : destinations) {
    for (const std::string& headquarters :
         destination == "CN" ? std::vector<std::string>{"CN"} : std::vector<std::string>{destination, "CN"}) {
      for (const char* action : actions) {
        for (const std::string& maker : makers) out.push_back({destination, headquarters, action, maker});
      }
    }
  }
  return out;
}

// The transaction is fixed, what is left of it assumed; the item stays unknown.
law::Facts facts_of(const law::Law& law, const Party& party) {
  const law::Vocabulary& vocabulary = law.vocabulary;
  law::Facts facts(law);
  facts.set_name(vocabulary.at("destination"), party.destination);
  facts.set_name(vocabulary.at("headquarters"), party.headquarters);
  facts.set_name(vocabulary.at("action"), party.action);
  facts.set_name(vocabulary.at("maker"), party.maker);
  std::vector<std::size_t> item;
  for (std::size_t i = 0; i < vocabulary.words().size(); ++i) {
    if (vocabulary.words()[i].of_item) item.push_back(i);
  }
  facts.assume(item);
  return facts;
}

class Checking {
 public:
  Checking(const std::vector<law::LawText>& texts, const std::vector<std::string>& with, const CheckProgress& progress,
           base::Problems& problems)
      : texts_(texts), with_(with), progress_(progress), problems_(problems) {}

  LawCheck run() {
    const law::Law law = law::load_law(texts_, with_, problems_);
    if (!problems_.empty()) return out_;
    out_.instruments = law.instruments.size();
    out_.proposals = law.proposed.size();
    for (const auto* list : {&law.instruments, &law.proposed}) {
      for (const law::Instrument& instrument : *list) out_.clauses += instrument.clauses.size();
    }
    const std::size_t all = law.proposed.size() + 1;
    check_versions(law, "", 0, all);
    std::size_t done = 1;
    for (const law::Instrument& proposal : law.proposed) {
      std::vector<std::string> applied = with_;
      applied.push_back(proposal.id);
      const law::Law with = law::load_law(texts_, applied, problems_);
      if (!problems_.empty()) return out_;
      check_versions(with, proposal.id, done++, all);
    }
    return out_;
  }

 private:
  void check_versions(const law::Law& law, const std::string& with, std::size_t done, std::size_t all) {
    const std::vector<Party> parties = parties_of(law);
    out_.transactions = std::max(out_.transactions, parties.size());
    for (const law::Asked asked : {law::Asked::text, law::Asked::enforced}) {
      for (const base::Date day : law.change_days(asked)) {
        progress_((with.empty() ? "the law" : "with " + with) + " on " + day.to_text(), done, all);
        const law::Code code = law::compile(law, {day, asked, true}, problems_);
        if (!problems_.empty()) return;
        if (!versions_.insert(LawSignature(code).whole()).second) continue;
        ++out_.versions;
        for (const Party& party : parties) check_party(code, party, with);
        check_labels(code, parties.front(), with);
      }
    }
  }

  void check_party(const law::Code& code, const Party& party, const std::string& with) {
    const law::Facts facts = facts_of(*code.law, party);
    law::Judge judge(code);
    const law::Answer& look = judge.first_look(facts);
    const law::Code left = residue_of(code, look.holds);
    if (!maps_.insert(LawSignature(left).of(look.atoms)).second) return;
    ++out_.maps;
    base::Problems conflicts;
    const law::LegalMap map = law::LegalMap::build(left, facts, conflicts);
    for (const base::Problem& problem : conflicts.all()) add_conflict(problem, with, code.reading.date, party);
    if (!conflicts.empty()) return;
    std::set<std::string> unknown;
    map.for_each_cell([&](const std::vector<int>&, const law::Standing& standing) {
      ++out_.cells;
      if (standing.requirement != law::Requirement::licence) return;
      const bool open = law::review_name(code, standing.review) == "undetermined";
      if (open) unknown.insert(law::paragraph_names.at(standing.paragraph));
    });
    for (const std::string& paragraph : unknown) {
      const std::string item = paragraph == "none" ? "an item outside 3A090" : "an item of " + paragraph;
      add_note("no-review",
               fmt::format("{} to {} (party in {}) needs a licence, and how it would be reviewed is not known", item, party.destination,
                           party.headquarters),
               with, code.reading.date);
    }
  }

  // Labels hang on the item alone, so one transaction stands for all.
  void check_labels(const law::Code& code, const Party& party, const std::string& with) {
    LabelWalk walk(code, facts_of(*code.law, party));
    if (!labels_.insert(LawSignature(walk.code()).whole()).second) return;
    const law::Vocabulary& vocabulary = code.law->vocabulary;
    const std::size_t kind = vocabulary.at("item_kind");
    const std::size_t described = vocabulary.at("described_in");
    std::set<std::string> unlabelled;
    bool reported = false;
    out_.cells += walk.visit([&](const LabelWalk::Cell& cell) {
      if (cell.conflict->found && !reported) {
        reported = true;
        add_conflict(label_conflict(walk.code(), *cell.conflict), with, code.reading.date, party);
      }
      const law::Conclusions& c = *cell.conclusions;
      if (!law::determined(c.paragraph) || (c.paragraph & 1U) != 0 || c.label != 1) return;
      const auto name = [&](std::size_t word) { return code.law->symbols.name((*cell.names)[word]); };
      const std::string other = name(described) == "none" || name(described) == "unknown" ? "" : ", also described in " + name(described);
      unlabelled.insert(fmt::format("{} as item kind {}{} has no label",
                                    law::paragraph_names.at(static_cast<std::size_t>(std::countr_zero(c.paragraph))), name(kind), other));
    });
    for (const std::string& says : unlabelled) add_note("no-label", says, with, code.reading.date);
  }

  static base::Problem label_conflict(const law::Code& code, const law::Conflict& conflict) {
    const law::CompiledClause& first = code.clauses[conflict.first];
    const law::CompiledClause& second = code.clauses[conflict.second];
    const auto& values = code.values[static_cast<std::size_t>(second.verb)];
    return {second.clause->where,
            fmt::format("'{}' and '{}' both hold for some chip and conclude differently ({}, {})", second.clause->id, first.clause->id,
                        values[second.value], code.values[static_cast<std::size_t>(first.verb)][first.value]),
            "let one name the other under 'defeats'"};
  }

  void add_conflict(const base::Problem& problem, const std::string& with, base::Date day, const Party& party) {
    const auto same = [&](const CheckConflict& known) { return known.problem.message == problem.message; };
    if (std::ranges::none_of(out_.conflicts, same)) out_.conflicts.push_back({problem, with, day, party.to_text()});
  }

  void add_note(const std::string& kind, std::string says, const std::string& with, base::Date day) {
    const auto known = std::ranges::find(out_.notes, says, &CheckNote::says);
    if (known == out_.notes.end()) {
      out_.notes.push_back({kind, std::move(says), day, with});
      return;
    }
    known->first = std::min(known->first, day);
  }

  const std::vector<law::LawText>& texts_;
  const std::vector<std::string>& with_;
  const CheckProgress& progress_;
  base::Problems& problems_;
  LawCheck out_;
  std::set<std::string> versions_;
  std::set<std::string> maps_;
  std::set<std::string> labels_;
};

}  // namespace

LawCheck check_law(const std::vector<law::LawText>& texts, const std::vector<std::string>& with, const CheckProgress& progress,
                   base::Problems& problems) {
  return Checking(texts, with, progress, problems).run();
}

}  // namespace brightline::search
