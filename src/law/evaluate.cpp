#include "law/evaluate.h"

#include <array>
#include <bit>

namespace brightline::law {

namespace {

constexpr Mask bit(std::size_t i) { return Mask{1} << i; }

Truth negation(Truth a) { return a == Truth::unknown ? a : a == Truth::yes ? Truth::no : Truth::yes; }
Truth conjunction(Truth a, Truth b) {
  if (a == Truth::no || b == Truth::no) return Truth::no;
  return a == Truth::yes && b == Truth::yes ? Truth::yes : Truth::unknown;
}

Truth formula(const Code& code, std::uint32_t index, const std::vector<Truth>& atoms) {
  const FormulaNode& node = code.nodes[index];
  switch (node.op) {
    case FormulaNode::Op::atom: return atoms[node.left];
    case FormulaNode::Op::negation: return negation(formula(code, node.left, atoms));
    case FormulaNode::Op::both: {
      const Truth left = formula(code, node.left, atoms);
      return left == Truth::no ? left : conjunction(left, formula(code, node.right, atoms));
    }
    case FormulaNode::Op::either: {
      const Truth left = formula(code, node.left, atoms);
      return left == Truth::yes ? left : negation(conjunction(negation(left), negation(formula(code, node.right, atoms))));
    }
  }
  return Truth::unknown;
}

// One-value conclusions gather the values surely and possibly given.
struct Gathered {
  Mask sure = 0;
  Mask maybe = 0;
  std::uint32_t sure_by = 0;
  [[nodiscard]] Mask possible() const { return sure != 0 ? sure | maybe : maybe | bit(0); }
};

class Pass {
 public:
  Pass(const Code& code, Evaluation& evaluation, Conflict* conflict) : code_(code), out_(evaluation), conflict_(conflict) {}

  void run() {
    out_.holds.assign(code_.clauses.size(), Truth::no);
    out_.conclusions = Conclusions{};
    settle_atoms(Atom::Kind::presumed, Truth::no);
    int stage = 0;
    for (std::uint32_t i = 0; i < code_.clauses.size(); ++i) {
      const CompiledClause& clause = code_.clauses[i];
      for (; stage < static_cast<int>(clause.verb); ++stage) finish_stage(static_cast<Verb>(stage));
      const bool settled = !out_.settled.empty() && out_.settled[i] != Truth::unknown;
      const Truth holds = settled ? out_.settled[i] : clause_holds(clause);
      out_.holds[i] = holds;
      if (clause.concludes && holds != Truth::no) conclude(i, clause, holds);
    }
    for (; stage < verb_count; ++stage) finish_stage(static_cast<Verb>(stage));
  }

 private:
  Truth clause_holds(const CompiledClause& clause) {
    Truth holds = formula(code_, clause.formula, out_.atoms);
    for (const std::uint32_t other : clause.defeated_by) {
      if (holds == Truth::no) break;
      holds = conjunction(holds, negation(out_.holds[other]));
    }
    return holds;
  }

  Gathered& gathered(Verb verb) { return single_[static_cast<std::size_t>(verb)]; }

  void conclude(std::uint32_t index, const CompiledClause& clause, Truth holds) {
    const auto verb = static_cast<std::size_t>(clause.verb);
    const Mask value = bit(clause.value);
    if (clause.verb == Verb::require) {
      const bool undetermined = code_.values[verb][clause.value] == "undetermined";
      Truth& slot = undetermined ? doubted_ : clause.letter ? beyond_exceptions_ : required_;
      slot = slot == Truth::yes || holds == Truth::yes ? Truth::yes : Truth::unknown;
      return;
    }
    if (clause.verb == Verb::permit) {
      Truth& slot = clause.notify ? notified_ : excepted_;
      slot = slot == Truth::yes || holds == Truth::yes ? Truth::yes : Truth::unknown;
    }
    Gathered& one = gathered(clause.verb);
    if (holds == Truth::yes) {
      const bool exclusive = clause.verb == Verb::classify || clause.verb == Verb::label || clause.verb == Verb::review || clause.verb == Verb::duty;
      if (exclusive && one.sure != 0 && one.sure != value) {
        if (conflict_ != nullptr && !conflict_->found) *conflict_ = {true, one.sure_by, index};
        return;
      }
      one.sure |= value;
      one.sure_by = index;
    } else {
      one.maybe |= value;
    }
  }

  void settle_atoms(Atom::Kind kind, Truth value) {
    for (std::size_t i = 0; i < code_.atoms.size(); ++i) {
      if (code_.atoms[i].kind == kind) out_.atoms[i] = value;
    }
  }

  void settle_paragraph(Mask possible) {
    for (std::size_t i = 0; i < code_.atoms.size(); ++i) {
      const Atom& atom = code_.atoms[i];
      if (atom.kind != Atom::Kind::paragraph) continue;
      const Mask inside = possible & atom.paragraphs;
      out_.atoms[i] = inside == 0 ? Truth::no : inside == possible ? Truth::yes : Truth::unknown;
    }
  }

  void finish_stage(Verb verb) {
    Conclusions& c = out_.conclusions;
    const Gathered& one = gathered(verb);
    switch (verb) {
      case Verb::presume: {
        const Truth presumed = one.sure != 0 ? Truth::yes : one.maybe != 0 ? Truth::unknown : Truth::no;
        c.presumed = presumed == Truth::yes ? bit(1) : presumed == Truth::no ? bit(0) : bit(0) | bit(1);
        settle_atoms(Atom::Kind::presumed, presumed);
        break;
      }
      case Verb::classify:
        c.paragraph = one.possible();
        settle_paragraph(c.paragraph);
        break;
      case Verb::label: c.label = one.possible(); break;
      case Verb::require: finish_requirement(); break;
      case Verb::permit: finish_exceptions(); break;
      case Verb::review: finish_review(one); break;
      case Verb::duty: c.duty = one.possible(); break;
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
    const auto either = [](Truth a, Truth b) { return negation(conjunction(negation(a), negation(b))); };
    const Truth required = either(required_, beyond_exceptions_);
    Mask licence = 0;
    if (required != Truth::no) licence |= bit(1);
    if (required != Truth::yes && doubted_ != Truth::no) licence |= bit(2);
    if (required != Truth::yes && doubted_ != Truth::yes) licence |= bit(0);
    out_.conclusions.licence = licence;
    settle_atoms(Atom::Kind::licence, required);  // "licence" asks whether one is surely required; a doubt is none
  }

  void finish_exceptions() {
    Conclusions& c = out_.conclusions;
    Mask out = 0;
    if ((c.licence & bit(0)) != 0) out |= bit(static_cast<std::size_t>(Requirement::none));
    if ((c.licence & bit(2)) != 0) out |= bit(static_cast<std::size_t>(Requirement::undetermined));
    if ((c.licence & bit(1)) != 0) {
      const bool may_be_excepted = beyond_exceptions_ != Truth::yes;
      const bool may_need_more = beyond_exceptions_ != Truth::no;
      if (may_be_excepted && excepted_ != Truth::no) out |= bit(static_cast<std::size_t>(Requirement::exception));
      if (may_be_excepted && excepted_ != Truth::yes && notified_ != Truth::no) out |= bit(static_cast<std::size_t>(Requirement::notify));
      if (may_need_more || (excepted_ != Truth::yes && notified_ != Truth::yes)) out |= bit(static_cast<std::size_t>(Requirement::licence));
    }
    c.requirement = out;
  }

  void finish_review(const Gathered& one) {
    Conclusions& c = out_.conclusions;
    const Mask licence = bit(static_cast<std::size_t>(Requirement::licence));
    const Mask open = bit(static_cast<std::size_t>(Requirement::undetermined));
    if ((c.requirement & (licence | open)) == 0) {
      c.review = bit(0);
      return;
    }
    if (c.requirement == open) {  // whether a licence is needed at all is open; so is how it would be reviewed
      c.review = undetermined_review();
      return;
    }
    c.review = one.possible();
    if (one.sure == 0) c.review = one.maybe | undetermined_review();
    if ((c.requirement & open) != 0) c.review |= undetermined_review();
    if ((c.requirement & ~(licence | open)) != 0) c.review |= bit(0);
  }

  // a licence for which no policy is stated: the review is undetermined, never "none"
  [[nodiscard]] Mask undetermined_review() const {
    const auto& values = code_.values[static_cast<std::size_t>(Verb::review)];
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i] == "undetermined") return bit(i);
    }
    return bit(63);
  }

  const Code& code_;
  Evaluation& out_;
  Conflict* conflict_;
  std::array<Gathered, verb_count> single_{};
  Truth required_ = Truth::no;
  Truth beyond_exceptions_ = Truth::no;
  Truth doubted_ = Truth::no;
  Truth excepted_ = Truth::no;
  Truth notified_ = Truth::no;
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

bool determined(Mask mask) { return std::has_single_bit(mask); }

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

}  // namespace brightline::law
