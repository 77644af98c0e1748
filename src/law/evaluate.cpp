#include "law/evaluate.h"

#include <algorithm>
#include <array>
#include <bit>

namespace brightline::law {

namespace {

constexpr Mask bit(std::size_t i) { return Mask{1} << i; }

constexpr Truth conjunction(Truth a, Truth b) { return std::min(a, b); }
constexpr Truth disjunction(Truth a, Truth b) { return std::max(a, b); }

// Of one node, on demand: for what is asked seldom.
Truth formula(const Code& code, std::uint32_t index, const std::vector<Truth>& atoms) {
  const FormulaNode& node = code.nodes[index];
  switch (node.op) {
    case FormulaNode::Op::atom: return atoms[node.left];
    case FormulaNode::Op::negation: return negation(formula(code, node.left, atoms));
    case FormulaNode::Op::both: return conjunction(formula(code, node.left, atoms), formula(code, node.right, atoms));
    case FormulaNode::Op::either: return disjunction(formula(code, node.left, atoms), formula(code, node.right, atoms));
  }
  return Truth::unknown;
}

Mask possible(const Gathered& one) { return one.sure != 0 ? one.sure | one.maybe : one.maybe | bit(0); }

bool is_exclusive(Verb verb) { return verb == Verb::classify || verb == Verb::label || verb == Verb::review || verb == Verb::duty; }

// False where two sure values of a one-value conclusion differ: the first keeps its place.
bool add(Tally& tally, std::uint32_t index, const CompiledClause& clause, Truth holds) {
  const auto raise = [holds](Truth& slot) { slot = disjunction(slot, holds); };
  if (clause.verb == Verb::require) {
    raise(clause.doubt ? tally.doubted : clause.letter ? tally.beyond_exceptions : tally.required);
    return true;
  }
  if (clause.verb == Verb::permit) raise(clause.notify ? tally.notified : tally.excepted);
  Gathered& one = tally.gathered[static_cast<std::size_t>(clause.verb)];
  const Mask value = bit(clause.value);
  if (holds == Truth::unknown) {
    one.maybe |= value;
    return true;
  }
  if (is_exclusive(clause.verb) && one.sure != 0 && one.sure != value) return false;
  one.sure |= value;
  one.sure_by = index;
  return true;
}

class Pass {
 public:
  Pass(const Code& code, Evaluation& evaluation, Conflict* conflict)
      : code_(code), out_(evaluation), conflict_(conflict), agenda_(evaluation.narrowed ? evaluation.rest : code.agenda) {}

  void run() {
    if (out_.narrowed) {
      tally_ = out_.sure;
    } else {
      out_.holds.assign(code_.clauses.size(), Truth::no);
      out_.nodes.assign(code_.nodes.size(), Truth::unknown);
    }
    out_.conclusions = Conclusions{};
    answer_drawn(Agenda::after_presume, Truth::no);
    work_out(Agenda::at_once);
    int stage = 0;
    for (const std::uint32_t i : agenda_.clauses) {
      const CompiledClause& clause = code_.clauses[i];
      for (; stage < static_cast<int>(clause.verb); ++stage) finish_stage(static_cast<Verb>(stage));
      Truth holds = out_.nodes[clause.formula];
      for (const std::uint32_t other : clause.defeated_by) holds = conjunction(holds, negation(out_.holds[other]));
      out_.holds[i] = holds;
      if (!clause.concludes || holds == Truth::no || add(tally_, i, clause, holds)) continue;
      if (conflict_ != nullptr && !conflict_->found) *conflict_ = {true, tally_.gathered[static_cast<std::size_t>(clause.verb)].sure_by, i};
    }
    for (; stage < verb_count; ++stage) finish_stage(static_cast<Verb>(stage));
  }

 private:
  void work_out(Agenda::Stage stage) {
    std::vector<Truth>& truth = out_.nodes;
    for (const std::uint32_t i : agenda_.nodes[stage]) {
      const FormulaNode& node = code_.nodes[i];
      switch (node.op) {
        case FormulaNode::Op::atom: truth[i] = out_.atoms[node.left]; break;
        case FormulaNode::Op::negation: truth[i] = negation(truth[node.left]); break;
        case FormulaNode::Op::both: truth[i] = conjunction(truth[node.left], truth[node.right]); break;
        case FormulaNode::Op::either: truth[i] = disjunction(truth[node.left], truth[node.right]); break;
      }
    }
  }

  void answer_drawn(Agenda::Stage stage, Truth value) {
    for (const std::uint32_t i : code_.drawn_atoms[stage]) out_.atoms[i] = value;
  }

  void answer_paragraphs(Mask possible) {
    for (const std::uint32_t i : code_.drawn_atoms[Agenda::after_classify]) {
      const Mask inside = possible & code_.atoms[i].paragraphs;
      out_.atoms[i] = inside == 0 ? Truth::no : inside == possible ? Truth::yes : Truth::unknown;
    }
  }

  void finish_stage(Verb verb) {
    Conclusions& c = out_.conclusions;
    const Gathered& one = tally_.gathered[static_cast<std::size_t>(verb)];
    switch (verb) {
      case Verb::presume: {
        const Truth presumed = one.sure != 0 ? Truth::yes : one.maybe != 0 ? Truth::unknown : Truth::no;
        c.presumed = presumed == Truth::yes ? bit(1) : presumed == Truth::no ? bit(0) : bit(0) | bit(1);
        answer_drawn(Agenda::after_presume, presumed);
        work_out(Agenda::after_presume);
        break;
      }
      case Verb::classify:
        c.paragraph = possible(one);
        answer_paragraphs(c.paragraph);
        work_out(Agenda::after_classify);
        break;
      case Verb::label: c.label = possible(one); break;
      case Verb::require: finish_requirement(); break;
      case Verb::permit: finish_exceptions(); break;
      case Verb::review: finish_review(one); break;
      case Verb::duty: c.duty = possible(one); break;
      case Verb::oblige:
      case Verb::restrict:
      case Verb::flag: break;
    }
    const auto at = static_cast<std::size_t>(verb);
    c.surely[at] = one.sure;
    c.possibly[at] = one.sure | one.maybe;
  }

  // licence: bit 0 no, bit 1 yes, bit 2 a clause leaves it open where nothing else requires one
  void finish_requirement() {
    const Truth required = disjunction(tally_.required, tally_.beyond_exceptions);
    Mask licence = 0;
    if (required != Truth::no) licence |= bit(1);
    if (required != Truth::yes && tally_.doubted != Truth::no) licence |= bit(2);
    if (required != Truth::yes && tally_.doubted != Truth::yes) licence |= bit(0);
    out_.conclusions.licence = licence;
    answer_drawn(Agenda::after_require, required);  // "licence" asks whether one is surely required; a doubt is none
    work_out(Agenda::after_require);
  }

  void finish_exceptions() {
    Conclusions& c = out_.conclusions;
    Mask out = 0;
    if ((c.licence & bit(0)) != 0) out |= bit(static_cast<std::size_t>(Requirement::none));
    if ((c.licence & bit(2)) != 0) out |= bit(static_cast<std::size_t>(Requirement::undetermined));
    if ((c.licence & bit(1)) != 0) {
      const bool may_be_excepted = tally_.beyond_exceptions != Truth::yes;
      const bool may_need_more = tally_.beyond_exceptions != Truth::no;
      if (may_be_excepted && tally_.excepted != Truth::no) out |= bit(static_cast<std::size_t>(Requirement::exception));
      if (may_be_excepted && tally_.excepted != Truth::yes && tally_.notified != Truth::no) out |= bit(static_cast<std::size_t>(Requirement::notify));
      if (may_need_more || (tally_.excepted != Truth::yes && tally_.notified != Truth::yes)) out |= bit(static_cast<std::size_t>(Requirement::licence));
    }
    c.requirement = out;
  }

  void finish_review(const Gathered& one) {
    Conclusions& c = out_.conclusions;
    const Mask licence = bit(static_cast<std::size_t>(Requirement::licence));
    const Mask open = bit(static_cast<std::size_t>(Requirement::undetermined));
    const Mask undetermined = bit(code_.review_undetermined);  // a licence for which no policy is stated is never reviewed "none"
    if ((c.requirement & (licence | open)) == 0) {
      c.review = bit(0);
      return;
    }
    if (c.requirement == open) {  // whether a licence is needed at all is open; so is how it would be reviewed
      c.review = undetermined;
      return;
    }
    c.review = one.sure == 0 ? one.maybe | undetermined : possible(one);
    if ((c.requirement & open) != 0) c.review |= undetermined;
    if ((c.requirement & ~(licence | open)) != 0) c.review |= bit(0);
  }

  const Code& code_;
  Evaluation& out_;
  Conflict* conflict_;
  const Agenda& agenda_;
  Tally tally_;
};

}  // namespace

std::string to_text(Requirement requirement) {
  constexpr std::array names{"none", "exception", "notify", "licence", "undetermined"};
  return names.at(static_cast<std::size_t>(requirement));
}

base::Problem conflict_problem(const Code& code, const Conflict& conflict) {
  const CompiledClause& first = code.clauses[conflict.first];
  const CompiledClause& second = code.clauses[conflict.second];
  const auto& values = code.values[static_cast<std::size_t>(second.verb)];
  return {second.clause->where,
          "'" + second.clause->id + "' and '" + first.clause->id + "' both hold for some chip and conclude differently (" + values[second.value] + ", " + values[first.value] + ")",
          "let one name the other under 'defeats'"};
}


void Conclusions::join(const Conclusions& other, bool first) {
  if (first) {
    *this = other;
    return;
  }
  presumed |= other.presumed;
  paragraph |= other.paragraph;
  label |= other.label;
  licence |= other.licence;
  requirement |= other.requirement;
  review |= other.review;
  duty |= other.duty;
  for (int i = 0; i < verb_count; ++i) {
    surely[i] &= other.surely[i];
    possibly[i] |= other.possibly[i];
  }
}

Truth answer_of(const Code& code, std::uint32_t node, const std::vector<Truth>& atoms) { return formula(code, node, atoms); }

void evaluate(const Code& code, Evaluation& evaluation, Conflict* conflict) { Pass(code, evaluation, conflict).run(); }

void keep_what_is_sure(const Code& code, Evaluation& evaluation) {
  Agenda& rest = evaluation.rest;
  rest.clauses.clear();
  evaluation.sure = Tally{};
  for (const std::uint32_t i : code.agenda.clauses) {
    const Truth holds = evaluation.holds[i];
    if (holds == Truth::unknown) rest.clauses.push_back(i);
    if (holds == Truth::yes && code.clauses[i].concludes) add(evaluation.sure, i, code.clauses[i], holds);
  }
  for (std::size_t stage = 0; stage < Agenda::stage_count; ++stage) {
    rest.nodes[stage].clear();
    for (const std::uint32_t i : code.agenda.nodes[stage]) {
      if (evaluation.nodes[i] == Truth::unknown) rest.nodes[stage].push_back(i);
    }
  }
  evaluation.narrowed = true;
}

}  // namespace brightline::law
