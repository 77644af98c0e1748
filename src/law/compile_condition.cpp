#include "law/compile_condition.h"

#include <algorithm>

#include "base/quantity_text.h"

namespace brightline::law {

namespace {

using Op = Expression::Op;
using Step = NumberStep::Op;
using base::Exact;

constexpr std::size_t deepest_number = 16;  // operands at once, as many as the evaluator's stack holds

bool is_constant(const std::vector<NumberStep>& steps) { return steps.size() == 1 && steps[0].op == Step::constant; }

std::optional<Exact> fold(Step op, const Exact& a, const Exact& b) {
  switch (op) {
    case Step::plus: return plus(a, b);
    case Step::minus: return minus(a, b);
    case Step::times: return times(a, b);
    case Step::over: return over(a, b);
    case Step::least: return std::min(a, b);
    case Step::greatest: return std::max(a, b);
    default: return std::nullopt;
  }
}

Step step_of(Op op) {
  switch (op) {
    case Op::plus: return Step::plus;
    case Op::minus: return Step::minus;
    case Op::times: return Step::times;
    case Op::over: return Step::over;
    case Op::least: return Step::least;
    default: return Step::greatest;
  }
}

Relation mirrored(Relation relation) {
  switch (relation) {
    case Relation::at_least: return Relation::at_most;
    case Relation::above: return Relation::below;
    case Relation::at_most: return Relation::at_least;
    case Relation::below: return Relation::above;
  }
  return relation;
}

std::optional<bool> day_holds(base::Date left, Relation relation, base::Date right) {
  switch (relation) {
    case Relation::at_least: return left >= right;
    case Relation::above: return left > right;
    case Relation::at_most: return left <= right;
    case Relation::below: return left < right;
  }
  return std::nullopt;
}

}  // namespace

ConditionCompiler::ConditionCompiler(Code& code, const Meanings& meanings, base::Problems& problems)
    : code_(code), meanings_(meanings), problems_(problems) {}

std::uint32_t ConditionCompiler::compile(const Condition& condition) {
  open_ = {&condition};
  return formula(condition.expression);
}

void ConditionCompiler::problem(const Expression& e, std::string message, std::string hint) {
  base::Where where = open_.back()->where;
  where.column += static_cast<int>(e.offset);
  // many conditions may use one definition: what is wrong with it is told once
  const auto same = [&](const base::Problem& known) {
    return known.where.line == where.line && known.where.column == where.column && known.where.file == where.file && known.message == message;
  };
  if (std::ranges::any_of(problems_.all(), same)) return;
  problems_.add(std::move(where), std::move(message), std::move(hint));
}

bool ConditionCompiler::enter(const Expression& e, const Define& define) {
  if (std::ranges::find(open_, &define.is) != open_.end()) {
    problem(e, "the definition of '" + e.name + "' leads back to itself", "a definition may use only words that do not use it");
    return false;
  }
  open_.push_back(&define.is);
  return true;
}

void ConditionCompiler::leave() { open_.pop_back(); }

std::uint32_t ConditionCompiler::add_node(FormulaNode node) {
  const auto [at, fresh] = known_nodes_.emplace(std::tuple(node.op, node.left, node.right), static_cast<std::uint32_t>(code_.nodes.size()));
  if (fresh) code_.nodes.push_back(node);
  return at->second;
}

std::uint32_t ConditionCompiler::negation(std::uint32_t node) { return add_node({FormulaNode::Op::negation, node, 0}); }
std::uint32_t ConditionCompiler::both(std::uint32_t left, std::uint32_t right) { return add_node({FormulaNode::Op::both, left, right}); }

std::uint32_t ConditionCompiler::add_atom(Atom atom) {
  for (std::size_t i = 0; i < code_.atoms.size(); ++i) {
    const Atom& known = code_.atoms[i];
    const bool same = known.kind == atom.kind && known.yes == atom.yes && known.measure == atom.measure && known.word == atom.word &&
                      known.relation == atom.relation && known.limit == atom.limit && known.members == atom.members && known.paragraphs == atom.paragraphs;
    if (same) return add_node({FormulaNode::Op::atom, static_cast<std::uint32_t>(i), 0});
  }
  code_.atoms.push_back(std::move(atom));
  return add_node({FormulaNode::Op::atom, static_cast<std::uint32_t>(code_.atoms.size() - 1), 0});
}

std::uint32_t ConditionCompiler::constant(bool yes) {
  Atom atom;
  atom.yes = yes;
  return add_atom(std::move(atom));
}

std::uint32_t ConditionCompiler::formula(const Expression& e) {
  switch (e.op) {
    case Op::always: return constant(true);
    case Op::either: {
      const auto left = formula(e.kids[0]);
      return add_node({FormulaNode::Op::either, left, formula(e.kids[1])});
    }
    case Op::both: {
      const auto left = formula(e.kids[0]);
      return both(left, formula(e.kids[1]));
    }
    case Op::negation: return negation(formula(e.kids[0]));
    case Op::relation: return relation(e);
    case Op::member: return member(e);
    case Op::name: return name(e);
    default: problem(e, "a yes or no is expected here, a number found", "compare it with >= > <= <"); return constant(false);
  }
}

std::uint32_t ConditionCompiler::name(const Expression& e) {
  Atom atom;
  if (e.name == "presumed" || e.name == "licence") {
    atom.kind = e.name == "presumed" ? Atom::Kind::presumed : Atom::Kind::licence;
    return add_atom(std::move(atom));
  }
  if (const auto define = meanings_.defines.find(e.name); define != meanings_.defines.end()) {
    if (!enter(e, *define->second)) return constant(false);
    const auto out = formula(define->second->is.expression);
    leave();
    return out;
  }
  const auto word = code_.law->vocabulary.find(e.name);
  if (!word) {
    problem(e, "'" + e.name + "' has no meaning on " + code_.reading.date.to_text(), "its definition begins later, or was repealed");
    return constant(false);
  }
  if (code_.law->vocabulary.words()[*word].type != WordType::truth) {
    problem(e, "'" + e.name + "' is not a yes or no", "compare it: " + e.name + " >= ..., or " + e.name + " is ...");
    return constant(false);
  }
  atom.kind = Atom::Kind::truth;
  atom.word = *word;
  return add_atom(std::move(atom));
}

std::uint32_t ConditionCompiler::one_of(std::string_view word, const std::vector<std::string>& names) {
  Atom atom;
  atom.kind = Atom::Kind::member;
  atom.word = code_.law->vocabulary.at(word);
  atom.members.assign(code_.law->symbols.size(), false);
  for (const std::string& name : names) {
    atom.members[code_.law->symbols.find(name)] = true;
    atom.names += (atom.names.empty() ? "" : ", ") + name;
  }
  return add_atom(std::move(atom));
}

std::uint32_t ConditionCompiler::member(const Expression& e) {
  Atom atom;
  if (e.name == "paragraph") {
    atom.kind = Atom::Kind::paragraph;
    for (const std::string& value : e.names) {
      const auto found = std::ranges::find(paragraph_names, value);
      if (found == paragraph_names.end()) {
        problem(e, "'" + value + "' is no paragraph", "one of none, 3A090.a, 3A090.b, 3A090.c");
      } else {
        atom.paragraphs |= static_cast<std::uint8_t>(1U << (found - paragraph_names.begin()));
      }
    }
    return add_atom(std::move(atom));
  }
  const auto word = code_.law->vocabulary.find(e.name);
  if (!word) {
    problem(e, "unknown word '" + e.name + "'");
    return constant(false);
  }
  atom.kind = Atom::Kind::member;
  atom.word = *word;
  atom.members.assign(code_.law->symbols.size(), false);
  const auto include = [&](const std::string& name) { atom.members[code_.law->symbols.find(name)] = true; };
  if (e.group) {
    atom.names = e.names[0];
    const auto group = meanings_.groups.find(e.names[0]);
    if (group == meanings_.groups.end()) {
      problem(e, "the country group '" + e.names[0] + "' is empty on " + code_.reading.date.to_text());
      return constant(false);
    }
    for (const std::string& place : group->second) include(place);
  } else {
    for (const std::string& value : e.names) {
      include(value);
      atom.names += (atom.names.empty() ? "" : ", ") + value;
    }
  }
  return add_atom(std::move(atom));
}

ConditionCompiler::Number ConditionCompiler::named_number(const Expression& e) {
  Number out;
  out.bare = false;
  out.name = e.name;
  const auto word = code_.law->vocabulary.find(e.name);
  if (const auto define = meanings_.defines.find(e.name); define != meanings_.defines.end()) {
    if (!enter(e, *define->second)) return out;
    out = number(define->second->is.expression);
    leave();
    out.name = e.name;
    out.stated = word;
    return out;
  }
  if (!word) {
    problem(e, "'" + e.name + "' has no meaning on " + code_.reading.date.to_text(), "its definition begins later, or was repealed");
    return out;
  }
  const Word& entry = code_.law->vocabulary.words()[*word];
  if (entry.type != WordType::number) problem(e, "'" + e.name + "' is not a number");
  out.unit = entry.unit;
  out.steps.push_back({Step::word, {}, *word});
  return out;
}

// Makes two numbers that are added or compared speak of the same unit; a bare constant may only meet a plain score.
void ConditionCompiler::agree_on_units(const Expression& e, Number& left, Number& right) {
  if (left.unit == right.unit && left.bare == right.bare) return;
  Number& fixed = is_constant(left.steps) ? left : right;
  const Number& model = is_constant(left.steps) ? right : left;
  if (fixed.unit == model.unit) {
    fixed.bare = model.bare;
    return;
  }
  const base::Unit* from = base::find_unit(fixed.unit);
  const base::Unit* to = base::find_unit(model.unit);
  const bool comparable = is_constant(fixed.steps) && !fixed.unit.empty() && from != nullptr && to != nullptr;
  const auto value = comparable ? base::convert(fixed.steps[0].constant, *from, *to) : std::nullopt;
  if (!value) {
    const std::string asked = model.unit.empty() ? "a plain number" : "a number in " + model.unit;
    const std::string got = fixed.unit.empty() ? "a plain number" : fixed.unit;
    const std::string example = is_constant(fixed.steps) ? fixed.steps[0].constant.to_text() : "1400";
    problem(e, "'" + (model.name.empty() ? std::string("this") : model.name) + "' needs " + asked + ", not " + got, model.unit.empty() ? "write the number alone" : "write the unit: " + example + " " + model.unit);
    return;
  }
  fixed.steps[0].constant = *value;
  fixed.unit = model.unit;
  fixed.bare = false;
}

ConditionCompiler::Number ConditionCompiler::arithmetic(const Expression& e) {
  Number left = number(e.kids[0]);
  Number right = number(e.kids[1]);
  const Step op = step_of(e.op);
  Number out;
  out.bare = false;
  const auto may_be_negative = [](const Number& number) { return std::ranges::any_of(number.steps, [](const NumberStep& step) { return step.op == Step::minus; }); };
  if ((op == Step::times || op == Step::over) && (may_be_negative(left) || may_be_negative(right))) {
    problem(e, "a difference can't be multiplied or divided", "it may be negative; write the comparison without it");
  }
  if (op == Step::times || op == Step::over) {
    const bool plain = right.unit.empty() && (right.bare || is_constant(right.steps));
    const bool scaled = op == Step::times && left.bare && is_constant(left.steps);
    out.unit = plain ? left.unit : scaled ? right.unit : "";
    out.bare = left.bare && right.bare;
  } else {
    agree_on_units(e, left, right);
    out.unit = left.unit;
    out.bare = left.bare && right.bare;
  }
  out.name = to_text(e);
  if (is_constant(left.steps) && is_constant(right.steps)) {
    const auto value = fold(op, left.steps[0].constant, right.steps[0].constant);
    if (!value) problem(e, "this constant has no exact value");
    out.steps.push_back({Step::constant, value.value_or(Exact()), 0});
    return out;
  }
  out.steps = std::move(left.steps);
  out.steps.insert(out.steps.end(), right.steps.begin(), right.steps.end());
  out.steps.push_back({op, {}, 0});
  return out;
}

ConditionCompiler::Number ConditionCompiler::number(const Expression& e) {
  switch (e.op) {
    case Op::number: {
      Number out;
      out.bare = !e.has_unit;
      out.unit = e.unit;
      out.steps.push_back({Step::constant, e.number, 0});
      return out;
    }
    case Op::name: return named_number(e);
    case Op::plus:
    case Op::minus:
    case Op::times:
    case Op::over:
    case Op::least:
    case Op::greatest: return arithmetic(e);
    default: {
      problem(e, "a number is expected here");
      Number out;
      out.steps.push_back({Step::constant, Exact(), 0});
      return out;
    }
  }
}

std::uint32_t ConditionCompiler::day_relation(const Expression& e) {
  const Expression& left = e.kids[0];
  const Expression& right = e.kids[1];
  const bool forward = left.op == Op::name && left.name == "date" && right.op == Op::day;
  const bool backward = right.op == Op::name && right.name == "date" && left.op == Op::day;
  if (!forward && !backward) {
    problem(e, "a day is compared with 'date' only", "date >= 2027-01-01");
    return constant(false);
  }
  const auto holds = forward ? day_holds(code_.reading.date, e.relation, right.day) : day_holds(left.day, e.relation, code_.reading.date);
  return constant(holds.value_or(false));
}

std::uint32_t ConditionCompiler::relation(const Expression& e) {
  const auto is_day = [](const Expression& kid) { return kid.op == Op::day || (kid.op == Op::name && kid.name == "date"); };
  if (is_day(e.kids[0]) || is_day(e.kids[1])) return day_relation(e);
  Number left = number(e.kids[0]);
  Number right = number(e.kids[1]);
  if (left.steps.empty() || right.steps.empty()) return constant(false);
  agree_on_units(e, left, right);
  if (is_constant(left.steps) && is_constant(right.steps)) {
    problem(e, "two constants are compared", "name a word on one side");
    return constant(false);
  }
  if (is_constant(right.steps)) return against_constant(e, std::move(left), e.relation, right.steps[0].constant);
  if (is_constant(left.steps)) return against_constant(e, std::move(right), mirrored(e.relation), left.steps[0].constant);
  Number difference = std::move(left);
  difference.name = to_text(e.kids[0]) + " - " + to_text(e.kids[1]);
  difference.stated.reset();
  difference.steps.insert(difference.steps.end(), right.steps.begin(), right.steps.end());
  difference.steps.push_back({Step::minus, {}, 0});
  return against_constant(e, std::move(difference), e.relation, Exact());
}

std::uint32_t ConditionCompiler::against_constant(const Expression& e, Number left, Relation relation, Exact limit) {
  // word / k and word * k become the word itself against a scaled limit, so that one word has one set of cells
  while (left.steps.size() == 3 && left.steps[0].op == Step::word && left.steps[1].op == Step::constant && !left.stated &&
         (left.steps[2].op == Step::over || left.steps[2].op == Step::times) && left.steps[1].constant > Exact()) {
    const auto scaled = left.steps[2].op == Step::over ? times(limit, left.steps[1].constant) : over(limit, left.steps[1].constant);
    if (!scaled) break;
    limit = *scaled;
    left.steps.resize(1);
    left.name = code_.law->vocabulary.words()[left.steps[0].word].id;
  }
  Atom atom;
  atom.kind = Atom::Kind::number;
  atom.relation = relation;
  atom.limit = limit;
  atom.yes = relation == Relation::at_least || relation == Relation::above;
  atom.measure = measure_for(e, std::move(left));
  auto& boundaries = code_.measures[atom.measure].boundaries;
  const Boundary boundary{limit, relation == Relation::above || relation == Relation::at_most};
  if (std::ranges::find(boundaries, boundary) == boundaries.end()) boundaries.push_back(boundary);
  return add_atom(std::move(atom));
}

std::size_t ConditionCompiler::measure_for(const Expression& e, Number number) {
  for (std::size_t i = 0; i < code_.measures.size(); ++i) {
    if (code_.measures[i].steps == number.steps && code_.measures[i].stated == number.stated) return i;
  }
  Measure measure;
  measure.name = number.name;
  measure.unit = number.unit;
  measure.stated = number.stated;
  std::size_t depth = 0;
  for (const NumberStep& step : number.steps) {
    const bool operand = step.op == Step::word || step.op == Step::constant;
    depth = operand ? depth + 1 : depth - 1;
    if (depth > deepest_number) {
      problem(e, "the number nests too deeply", "split it with [[define]], or write it from left to right");
      measure.steps = {{Step::constant, Exact(), 0}};
      code_.measures.push_back(std::move(measure));
      return code_.measures.size() - 1;
    }
    if (step.op == Step::word && std::ranges::find(measure.words, step.word) == measure.words.end()) measure.words.push_back(step.word);
  }
  measure.steps = std::move(number.steps);
  code_.measures.push_back(std::move(measure));
  return code_.measures.size() - 1;
}

void ConditionCompiler::finish() {
  for (Measure& measure : code_.measures) std::ranges::sort(measure.boundaries);
  for (Atom& atom : code_.atoms) {
    if (atom.kind != Atom::Kind::number) continue;
    const auto& boundaries = code_.measures[atom.measure].boundaries;
    const Boundary boundary{atom.limit, atom.relation == Relation::above || atom.relation == Relation::at_most};
    atom.boundary = static_cast<std::size_t>(std::ranges::find(boundaries, boundary) - boundaries.begin());
  }
}

}  // namespace brightline::law
