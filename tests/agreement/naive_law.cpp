#include "agreement/naive_law.h"

#include <algorithm>
#include <stdexcept>

#include "base/quantity_text.h"

namespace brightline::tests {

namespace {

using base::Exact;
using law::Expression;
using law::Verb;
using Op = Expression::Op;

// A number on its way through an expression: nothing after a division by zero.
struct Value {
  std::optional<Exact> exact;
  std::string unit;
  bool literal = false;
};

Exact in_unit(const Value& value, const std::string& unit) {
  if (value.unit == unit) return *value.exact;
  const auto* from = base::find_unit(value.unit);
  const auto* to = base::find_unit(unit);
  if (from == nullptr || to == nullptr) throw std::runtime_error("no such unit");
  return base::convert(*value.exact, *from, *to).value();
}

// Two operands in one unit: the literal follows the other.
std::pair<Exact, Exact> aligned(const Value& a, const Value& b) {
  if (a.literal) return {in_unit(a, b.unit), *b.exact};
  return {*a.exact, in_unit(b, a.unit)};
}

bool related(const Exact& a, law::Relation relation, const Exact& b) {
  switch (relation) {
    case law::Relation::at_least: return a >= b;
    case law::Relation::above: return a > b;
    case law::Relation::at_most: return a <= b;
    case law::Relation::below: return a < b;
  }
  return false;
}

// No licence exception overcomes a letter, nor a pack that stands for letters or bills.
bool beyond_exceptions(law::InstrumentKind kind) {
  return kind == law::InstrumentKind::letter || kind == law::InstrumentKind::overlay || kind == law::InstrumentKind::bill;
}

bool related_days(base::Date a, law::Relation relation, base::Date b) { return related(Exact(a.days()), relation, Exact(b.days())); }

}  // namespace

// The facts, and what the earlier verbs concluded.
class NaiveLaw::World {
 public:
  World(const NaiveLaw& law, const NaiveFacts& facts) : law_(law), facts_(facts) {}

  bool presumed = false;
  bool licence = false;
  std::string paragraph = "none";

  [[nodiscard]] bool holds(std::size_t index) const {
    const InForce& here = law_.clauses_[index];
    if (!truth(here.clause->when.expression)) return false;
    if (here.instrument->kind == law::InstrumentKind::letter) {
      const auto& bound = here.instrument->addressees;
      if (std::ranges::find(bound, facts_.names.at("maker")) == bound.end()) return false;
    }
    for (const law::Stay* stay : here.stays) {
      if (!stay->when || truth(stay->when->expression)) return false;
    }
    return std::ranges::none_of(here.defeaters, [this](std::size_t other) { return holds(other); });
  }

 private:
  [[nodiscard]] bool truth(const Expression& e) const {
    switch (e.op) {
      case Op::always: return true;
      case Op::either: return truth(e.kids[0]) || truth(e.kids[1]);
      case Op::both: return truth(e.kids[0]) && truth(e.kids[1]);
      case Op::negation: return !truth(e.kids[0]);
      case Op::relation: return relation(e);
      case Op::member: return member(e);
      case Op::name: return named_truth(e.name);
      default: throw std::runtime_error("a number where a truth belongs");
    }
  }

  [[nodiscard]] bool named_truth(const std::string& name) const {
    if (name == "presumed") return presumed;
    if (name == "licence") return licence;
    if (const auto define = law_.defines_.find(name); define != law_.defines_.end()) return truth(define->second->is.expression);
    return facts_.truths.at(name);
  }

  [[nodiscard]] bool member(const Expression& e) const {
    const std::string& value = e.name == "paragraph" ? paragraph : facts_.names.at(e.name);
    if (e.group) return law_.groups_.at(e.names[0]).contains(value);
    return std::ranges::find(e.names, value) != e.names.end();
  }

  [[nodiscard]] bool relation(const Expression& e) const {
    const auto day = [this](const Expression& kid) { return kid.op == Op::day ? kid.day : law_.reading_.date; };
    if (e.kids[0].op == Op::day || e.kids[1].op == Op::day) return related_days(day(e.kids[0]), e.relation, day(e.kids[1]));
    const Value left = number(e.kids[0]);
    const Value right = number(e.kids[1]);
    if (!left.exact || !right.exact) return false;
    const auto [a, b] = aligned(left, right);
    return related(a, e.relation, b);
  }

  [[nodiscard]] Value number(const Expression& e) const {
    if (e.op == Op::number) return {e.number, e.unit, true};
    if (e.op == Op::name) {
      if (const auto define = law_.defines_.find(e.name); define != law_.defines_.end()) return number(define->second->is.expression);
      const auto word = law_.law_.vocabulary.at(e.name);
      return {facts_.numbers.at(e.name), law_.law_.vocabulary.words()[word].unit, false};
    }
    const Value left = number(e.kids[0]);
    const Value right = number(e.kids[1]);
    if (!left.exact || !right.exact) return {};
    const bool literal = left.literal && right.literal;
    if (e.op == Op::times) return {times(*left.exact, *right.exact), left.unit.empty() ? right.unit : left.unit, literal};
    if (e.op == Op::over) return {over(*left.exact, *right.exact), right.unit.empty() ? left.unit : "", literal};
    const auto [a, b] = aligned(left, right);
    const std::string unit = left.literal ? right.unit : left.unit;
    if (e.op == Op::plus) return {plus(a, b), unit, literal};
    if (e.op == Op::minus) return {minus(a, b), unit, literal};
    return {e.op == Op::least ? std::min(a, b) : std::max(a, b), unit, literal};
  }

  const NaiveLaw& law_;
  const NaiveFacts& facts_;
};

NaiveLaw::NaiveLaw(const law::Law& law, const law::Reading& reading) : law_(law), reading_(reading) {
  gather_meanings();
  gather_clauses();
}

bool NaiveLaw::repealed(const std::string& id) const {
  for (const auto& instrument : law_.instruments) {
    for (const auto& repeal : instrument.repeals) {
      if (repeal.id == id && repeal.from <= reading_.date) return true;
    }
  }
  return false;
}

void NaiveLaw::gather_meanings() {
  std::vector<std::pair<base::Date, const law::GroupChange*>> moves;
  for (const auto& instrument : law_.instruments) {
    for (const auto& define : instrument.defines) {
      if (define.from > reading_.date || repealed(instrument.id + ":" + define.id)) continue;
      const auto known = defines_.find(define.id);
      if (known == defines_.end() || known->second->from <= define.from) defines_[define.id] = &define;
    }
    for (const auto& group : instrument.groups) moves.emplace_back(group.from, &group);
  }
  std::stable_sort(moves.begin(), moves.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [day, move] : moves) {
    if (day > reading_.date) break;
    for (const std::string& place : move->add) groups_[move->id].insert(place);
    for (const std::string& place : move->remove) groups_[move->id].erase(place);
  }
}

void NaiveLaw::gather_clauses() {
  const bool enforced = reading_.asked == law::Asked::enforced;
  for (const auto& instrument : law_.instruments) {
    if (instrument.kind == law::InstrumentKind::letter && !reading_.letters) continue;
    for (const auto& clause : instrument.clauses) {
      const base::Date first = enforced ? clause.enforced_from : clause.from;
      if (reading_.date < first || reading_.date > clause.until || repealed(clause.id)) continue;
      clauses_.push_back({&clause, &instrument, {}, {}});
    }
  }
  for (const auto& instrument : law_.instruments) {
    for (const auto& stay : instrument.stays) {
      if ((!enforced && !stay.in_text) || reading_.date < stay.from || reading_.date > stay.until) continue;
      for (InForce& here : clauses_) {
        if (here.clause->id == stay.id) here.stays.push_back(&stay);
      }
    }
  }
  for (std::size_t i = 0; i < clauses_.size(); ++i) {
    for (const std::string& loser : clauses_[i].clause->defeats) {
      for (InForce& here : clauses_) {
        if (here.clause->id == loser) here.defeaters.push_back(i);
      }
    }
  }
}

NaiveAnswer NaiveLaw::judge(const NaiveFacts& facts) const {
  World world(*this, facts);
  NaiveAnswer out;
  bool by_letter = false;
  bool doubted = false;
  bool notified = false;
  bool excepted = false;
  const auto settle = [&out](std::string& slot, const InForce& here) {
    const std::string& value = here.clause->then->value;
    if (slot != "none" && slot != value) out.conflict += here.clause->id + " ";
    slot = value;
  };
  std::string review = "none";
  for (int stage = 0; stage < law::verb_count; ++stage) {
    const Verb verb = static_cast<Verb>(stage);
    for (std::size_t i = 0; i < clauses_.size(); ++i) {
      const InForce& here = clauses_[i];
      if (!here.clause->then || here.clause->then->verb != verb || !world.holds(i)) continue;
      const law::Conclusion& then = *here.clause->then;
      switch (verb) {
        case Verb::presume: out.presumed = true; break;
        case Verb::classify: settle(out.paragraph, here); break;
        case Verb::label: settle(out.label, here); break;
        case Verb::require:
          if (then.value == "undetermined") doubted = true;
          if (then.value == "licence") out.licence = "required";
          if (then.value == "licence" && beyond_exceptions(here.instrument->kind)) by_letter = true;
          break;
        case Verb::permit:
          (then.notify ? notified : excepted) = true;
          out.sets[verb].insert(then.value);
          break;
        case Verb::review: settle(review, here); break;
        case Verb::duty: settle(out.duty, here); break;
        default: out.sets[verb].insert(then.value);
      }
    }
    if (verb == Verb::presume) world.presumed = out.presumed;
    if (verb == Verb::classify) world.paragraph = out.paragraph;
    if (verb == Verb::require) world.licence = out.licence == "required";
  }
  if (out.licence == "required") {
    out.requirement = by_letter ? "licence" : excepted ? "exception" : notified ? "notify" : "licence";
  } else if (doubted) {
    out.licence = out.requirement = "undetermined";
  }
  if (out.requirement == "licence") out.review = review == "none" ? "undetermined" : review;
  if (out.requirement == "undetermined") out.review = "undetermined";  // how would one review what may need no licence?
  return out;
}

}  // namespace brightline::tests
