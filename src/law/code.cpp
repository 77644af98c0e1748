#include "law/code.h"

#include <algorithm>
#include <map>

#include "law/agenda.h"
#include "law/compile_condition.h"

namespace brightline::law {

namespace {

struct Ends {  // the first day on which a clause or definition is repealed
  std::map<std::string, base::Date, std::less<>> from;
  [[nodiscard]] bool repealed(const std::string& id, base::Date date) const {
    const auto found = from.find(id);
    return found != from.end() && found->second <= date;
  }
};

Ends repeals_of(const Law& law) {
  Ends out;
  for (const Instrument& instrument : law.instruments) {
    for (const Repeal& repeal : instrument.repeals) {
      const auto [at, fresh] = out.from.emplace(repeal.id, repeal.from);
      if (!fresh) at->second = std::min(at->second, repeal.from);
    }
  }
  return out;
}

// Definitions: of two that stand on the day the later one holds. Groups: the changes in the order of their days.
Meanings meanings_on(const Law& law, base::Date date, const Ends& ends) {
  Meanings out;
  std::vector<const GroupChange*> changes;
  for (const Instrument& instrument : law.instruments) {
    for (const Define& define : instrument.defines) {
      if (define.from > date || ends.repealed(instrument.id + ":" + define.id, date)) continue;
      const Define*& slot = out.defines[define.id];
      if (slot == nullptr || slot->from <= define.from) slot = &define;
    }
    for (const GroupChange& change : instrument.groups) {
      if (change.from <= date) changes.push_back(&change);
    }
  }
  std::ranges::stable_sort(changes, {}, &GroupChange::from);
  for (const GroupChange* change : changes) {
    auto& group = out.groups[change->id];
    group.insert(change->add.begin(), change->add.end());
    for (const std::string& place : change->remove) group.erase(place);
  }
  return out;
}

std::vector<const Stay*> stays_of(const Law& law, const std::string& id, base::Date date, Asked asked) {
  std::vector<const Stay*> out;
  for (const Instrument& instrument : law.instruments) {
    for (const Stay& stay : instrument.stays) {
      const bool bears = asked == Asked::enforced || stay.in_text;
      if (bears && stay.id == id && stay.from <= date && date <= stay.until) out.push_back(&stay);
    }
  }
  return out;
}

class Compilation {
 public:
  Compilation(const Law& law, const Reading& reading, base::Problems& problems)
      : law_(law), ends_(repeals_of(law)), meanings_(meanings_on(law, reading.date, ends_)), problems_(problems), conditions_(code_, meanings_, problems) {
    code_.law = &law;
    code_.reading = reading;
    for (auto& values : code_.values) values.emplace_back("none");
    for (const char* paragraph : paragraph_names) {
      if (std::string_view(paragraph) != "none") code_.values[static_cast<std::size_t>(Verb::classify)].emplace_back(paragraph);
    }
  }

  Code whole() {
    for (const Instrument& instrument : law_.instruments) {
      for (const Clause& clause : instrument.clauses) add_clause(instrument, clause);
    }
    settle_verbs();
    order_by_defeat();
    for (const Instrument& instrument : law_.instruments) {
      for (const Unresolved& point : instrument.unresolved) add_point(point);
    }
    for (const Unresolved& point : law_.unresolved) add_point(point);
    conditions_.finish();
    for (CompiledClause& clause : code_.clauses) {
      collect_atoms(clause.formula, clause.atoms);
      check_order(clause);
    }
    plan_evaluation(code_);
    return std::move(code_);
  }

 private:
  [[nodiscard]] bool in_force(const Clause& clause) const {
    const base::Date from = code_.reading.asked == Asked::enforced ? clause.enforced_from : clause.from;
    return from <= code_.reading.date && code_.reading.date <= clause.until && !ends_.repealed(clause.id, code_.reading.date);
  }

  void add_clause(const Instrument& instrument, const Clause& clause) {
    const bool letter = instrument.kind == InstrumentKind::letter;
    if (!in_force(clause) || (letter && !code_.reading.letters)) return;
    const auto stays = stays_of(law_, clause.id, code_.reading.date, code_.reading.asked);
    CompiledClause out;
    out.clause = &clause;
    out.instrument = &instrument;
    // what no licence exception overcomes: letters, and the packs that stand for letters or bills not yet law
    out.letter = letter || instrument.kind == InstrumentKind::overlay || instrument.kind == InstrumentKind::bill;
    out.concludes = clause.then.has_value();
    out.formula = conditions_.compile(clause.when);
    if (letter) out.formula = conditions_.both(conditions_.one_of("maker", instrument.addressees), out.formula);
    out.text_formula = out.formula;
    for (const Stay* stay : stays) {
      const std::uint32_t scope = stay->when ? conditions_.compile(*stay->when) : conditions_.constant(true);
      out.formula = conditions_.both(out.formula, conditions_.negation(scope));
      out.stayed += (out.stayed.empty() ? "" : "; ") + stay->says;
    }
    if (out.concludes) {
      out.verb = clause.then->verb;
      out.notify = clause.then->notify;
      out.value = value_index(out.verb, clause.then->value);
    }
    by_id_[clause.id] = code_.clauses.size();
    code_.clauses.push_back(std::move(out));
  }

  std::uint8_t value_index(Verb verb, const std::string& value) {
    auto& values = code_.values[static_cast<std::size_t>(verb)];
    auto found = std::ranges::find(values, value);
    if (found == values.end()) found = values.insert(values.end(), value);
    base::check(values.size() <= 60, "more values of one verb than a mask can hold");
    return static_cast<std::uint8_t>(found - values.begin());
  }

  // a clause that only defeats belongs to the verb of what it defeats, which may itself only defeat
  void settle_verbs() {
    std::vector<bool> settled(code_.clauses.size());
    for (std::size_t i = 0; i < settled.size(); ++i) settled[i] = code_.clauses[i].concludes;
    for (bool more = true; more;) {
      more = false;
      for (std::size_t i = 0; i < settled.size(); ++i) {
        if (settled[i]) continue;
        for (const std::string& id : code_.clauses[i].clause->defeats) {
          const auto found = by_id_.find(id);
          if (found == by_id_.end() || !settled[found->second]) continue;
          code_.clauses[i].verb = code_.clauses[found->second].verb;
          more = settled[i] = true;
        }
      }
    }
  }

  // within a verb, what defeats is evaluated before what is defeated
  void order_by_defeat() {
    std::vector<std::size_t> order;
    std::vector<int> state(code_.clauses.size(), 0);
    for (int verb = 0; verb < verb_count; ++verb) {
      for (std::size_t i = 0; i < code_.clauses.size(); ++i) {
        if (static_cast<int>(code_.clauses[i].verb) == verb) visit(i, state, order);
      }
    }
    std::vector<std::uint32_t> place(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = static_cast<std::uint32_t>(i);
    std::vector<CompiledClause> sorted;
    for (const std::size_t i : order) sorted.push_back(std::move(code_.clauses[i]));
    code_.clauses = std::move(sorted);
    for (std::size_t i = 0; i < code_.clauses.size(); ++i) {
      for (const std::string& id : code_.clauses[i].clause->defeats) {
        if (const auto found = by_id_.find(id); found != by_id_.end()) code_.clauses[place[found->second]].defeated_by.push_back(static_cast<std::uint32_t>(i));
      }
    }
  }

  void visit(std::size_t i, std::vector<int>& state, std::vector<std::size_t>& order) {
    if (state[i] == 2) return;
    if (state[i] == 1) {
      problems_.add(code_.clauses[i].clause->where, "'" + code_.clauses[i].clause->id + "' stands in a circle of clauses that defeat each other", "take it out of one of the lists 'defeats'");
      return;
    }
    state[i] = 1;
    for (std::size_t j = 0; j < code_.clauses.size(); ++j) {
      const auto& defeats = code_.clauses[j].clause->defeats;
      if (std::ranges::find(defeats, code_.clauses[i].clause->id) != defeats.end()) visit(j, state, order);
    }
    state[i] = 2;
    order.push_back(i);
  }

  // A condition may read only what an earlier verb concluded; anything else has no value yet when it is asked.
  void check_order(const CompiledClause& clause) {
    const auto read_too_early = [&](Atom::Kind kind, const char* name, Verb drawn) {
      const bool reads = std::ranges::any_of(clause.atoms, [&](std::uint32_t at) { return code_.atoms[at].kind == kind; });
      if (!reads || clause.verb > drawn) return;
      problems_.add(clause.clause->when.where, "'" + std::string(name) + "' is not concluded yet where '" + to_text(clause.verb) + "' is decided",
                    "a condition may use only what an earlier verb concludes");
    };
    read_too_early(Atom::Kind::presumed, "presumed", Verb::presume);
    read_too_early(Atom::Kind::paragraph, "paragraph", Verb::classify);
    read_too_early(Atom::Kind::licence, "licence", Verb::require);
  }

  void add_point(const Unresolved& point) {
    if (point.from > code_.reading.date || code_.reading.date > point.until) return;
    CompiledPoint out{&point, std::nullopt};
    if (point.when) out.formula = conditions_.compile(*point.when);
    code_.unresolved.push_back(out);
  }

  void collect_atoms(std::uint32_t node, std::vector<std::uint32_t>& atoms) const {
    const FormulaNode& here = code_.nodes[node];
    if (here.op == FormulaNode::Op::atom) {
      if (std::ranges::find(atoms, here.left) == atoms.end()) atoms.push_back(here.left);
      return;
    }
    collect_atoms(here.left, atoms);
    if (here.op != FormulaNode::Op::negation) collect_atoms(here.right, atoms);
  }

  const Law& law_;
  Code code_;
  Ends ends_;
  Meanings meanings_;
  base::Problems& problems_;
  ConditionCompiler conditions_;
  std::map<std::string, std::size_t, std::less<>> by_id_;
};

}  // namespace

Code compile(const Law& law, const Reading& reading, base::Problems& problems) { return Compilation(law, reading, problems).whole(); }

}  // namespace brightline::law
