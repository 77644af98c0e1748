#include "search/law_signature.h"

#include <fmt/format.h>

namespace brightline::search {

namespace {

using law::Atom;
using law::Truth;

std::string text_of(const law::Measure& measure) {
  std::string out;
  for (const law::NumberStep& step : measure.steps) {
    out += fmt::format("{}/{}/{};", static_cast<int>(step.op), step.constant.to_text(12), step.word);
  }
  return out;
}

std::string text_of(const law::Code& code, const Atom& atom) {
  std::string out = fmt::format("{}{}", static_cast<int>(atom.kind), atom.yes ? '+' : '-');
  if (atom.kind == Atom::Kind::number) {
    const law::Measure& measure = code.measures[atom.measure];
    const law::Boundary& boundary = measure.boundaries[atom.boundary];
    out += text_of(measure) + boundary.value.to_text(12) + (boundary.above ? ">" : ">=");
  } else if (atom.kind == Atom::Kind::truth) {
    out += fmt::format("w{}", atom.word);
  } else if (atom.kind == Atom::Kind::member) {
    out += fmt::format("w{}:", atom.word);
    // names, not symbols: another law counts its symbols otherwise
    for (std::size_t s = 0; s < atom.members.size(); ++s) {
      if (atom.members[s]) out += code.law->symbols.name(static_cast<law::Symbol>(s)) + ",";
    }
  } else if (atom.kind == Atom::Kind::paragraph) {
    out += fmt::format("p{}", atom.paragraphs);
  }
  return out;
}

// What earlier verbs conclude is settled anew in every cell, so it is never taken as fixed.
bool may_be_fixed(const Atom& atom) {
  return atom.kind != Atom::Kind::presumed && atom.kind != Atom::Kind::licence && atom.kind != Atom::Kind::paragraph;
}

}  // namespace

LawSignature::LawSignature(const law::Code& code) : code_(code) {
  atoms_.reserve(code.atoms.size());
  for (const Atom& atom : code.atoms) atoms_.push_back(text_of(code, atom));
}

std::string LawSignature::formula(std::uint32_t index, const std::vector<Truth>& answers) const {
  const law::FormulaNode& node = code_.nodes[index];
  using Op = law::FormulaNode::Op;
  if (node.op == Op::atom) {
    const Truth answer = may_be_fixed(code_.atoms[node.left]) ? answers[node.left] : Truth::unknown;
    return answer == Truth::unknown ? atoms_[node.left] : answer == Truth::yes ? "T" : "F";
  }
  std::string left = formula(node.left, answers);
  if (node.op == Op::negation) return left == "T" ? "F" : left == "F" ? "T" : "!(" + left + ")";
  const bool both = node.op == Op::both;
  const char* decides = both ? "F" : "T";
  const char* passes = both ? "T" : "F";
  if (left == decides) return left;
  std::string right = formula(node.right, answers);
  if (left == passes || right == decides) return right;
  if (right == passes) return left;
  return "(" + left + (both ? "&" : "|") + right + ")";
}

std::string LawSignature::of(const std::vector<Truth>& answers) const {
  std::string out;
  for (const law::CompiledClause& clause : code_.clauses) {
    out += clause.clause->id + "|" + formula(clause.formula, answers);
    for (const std::uint32_t other : clause.defeated_by) out += "<" + code_.clauses[other].clause->id;
    out += "\n";
  }
  return out;
}

std::string LawSignature::whole() const { return of(std::vector<Truth>(code_.atoms.size(), Truth::unknown)); }

}  // namespace brightline::search
