#include "law/agenda.h"

#include <algorithm>

namespace brightline::law {

namespace {

Agenda::Stage stage_of(Atom::Kind kind) {
  switch (kind) {
    case Atom::Kind::presumed: return Agenda::after_presume;
    case Atom::Kind::paragraph: return Agenda::after_classify;
    case Atom::Kind::licence: return Agenda::after_require;
    default: return Agenda::at_once;
  }
}

std::vector<Agenda::Stage> stages_of(const Code& code) {
  std::vector<Agenda::Stage> out(code.nodes.size());
  for (std::size_t i = 0; i < code.nodes.size(); ++i) {
    const FormulaNode& node = code.nodes[i];
    if (node.op == FormulaNode::Op::atom) {
      out[i] = stage_of(code.atoms[node.left].kind);
    } else {
      out[i] = node.op == FormulaNode::Op::negation ? out[node.left] : std::max(out[node.left], out[node.right]);
    }
  }
  return out;
}

// What the clauses ask, directly or through other nodes; texts without their stays and open points are asked elsewhere.
std::vector<bool> needed_nodes(const Code& code) {
  std::vector<bool> out(code.nodes.size());
  for (const CompiledClause& clause : code.clauses) out[clause.formula] = true;
  for (std::size_t i = code.nodes.size(); i-- > 0;) {
    const FormulaNode& node = code.nodes[i];
    if (!out[i] || node.op == FormulaNode::Op::atom) continue;
    out[node.left] = true;
    if (node.op != FormulaNode::Op::negation) out[node.right] = true;
  }
  return out;
}

}  // namespace

void plan_evaluation(Code& code) {
  code.agenda = {};
  for (auto& atoms : code.drawn_atoms) atoms.clear();
  const std::vector<Agenda::Stage> stages = stages_of(code);
  const std::vector<bool> needed = needed_nodes(code);
  for (std::uint32_t i = 0; i < code.nodes.size(); ++i) {
    if (needed[i]) code.agenda.nodes[stages[i]].push_back(i);
  }
  for (std::uint32_t i = 0; i < code.atoms.size(); ++i) {
    const Agenda::Stage stage = stage_of(code.atoms[i].kind);
    if (stage != Agenda::at_once) code.drawn_atoms[stage].push_back(i);
  }
  const auto& reviews = code.values[static_cast<std::size_t>(Verb::review)];
  const auto open = std::ranges::find(reviews, "undetermined");
  if (open != reviews.end()) code.review_undetermined = static_cast<std::uint8_t>(open - reviews.begin());
  for (std::uint32_t i = 0; i < code.clauses.size(); ++i) {
    CompiledClause& clause = code.clauses[i];
    code.agenda.clauses.push_back(i);
    clause.doubt = clause.concludes && clause.verb == Verb::require && code.values[static_cast<std::size_t>(Verb::require)][clause.value] == "undetermined";
  }
}

}  // namespace brightline::law
