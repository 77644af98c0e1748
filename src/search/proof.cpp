#include "search/proof.h"

#include <fmt/format.h>

#include <algorithm>

namespace brightline::search {

namespace {

class Replay {
 public:
  Replay(const DesignQuestion& question, const Proof& proof) : question_(question), proof_(proof), evaluator_(question), seen_(proof.nodes.size(), 0) {}

  ProofCheck run() {
    out_.bound = proof_.winner.score;
    check_winner();
    if (proof_.pieces != question_.gate.pieces().size()) return wrong("it has another number of legal pieces than the law");
    for (std::size_t piece = 0; piece < proof_.pieces && out_.why.empty(); ++piece) {
      walk(piece, {{}, question_.space.last()}, question_.gate.pieces()[piece]);
    }
    out_.holds = out_.why.empty();
    return out_;
  }

 private:
  struct Step {
    std::size_t node = 0;
    Box box;
  };

  ProofCheck& wrong(std::string why) {
    if (out_.why.empty()) out_.why = std::move(why);
    return out_;
  }

  void check_winner() {
    if (proof_.winner.score == no_score) return;
    if (proof_.winner.index >= question_.space.size()) {
      wrong("its winner is no design of the space");
      return;
    }
    if (assess(evaluator_, question_.space.levels_of(proof_.winner.index)) != proof_.winner) wrong("its winner is not in question, or scores otherwise");
  }

  void walk(std::size_t root, const Box& whole, const LegalPiece& piece) {
    std::vector<Step> steps{{root, whole}};
    while (!steps.empty() && out_.why.empty()) {
      const Step step = steps.back();
      steps.pop_back();
      if (step.node >= proof_.nodes.size() || seen_[step.node] != 0) {
        wrong(fmt::format("node {} is missing or stands in two places", step.node));
        return;
      }
      seen_[step.node] = 1;
      const ProofNode& node = proof_.nodes[step.node];
      if (node.kind != ProofKind::split) {
        leaf(node, step, piece);
        continue;
      }
      if (node.field >= design_dimensions || node.at < step.box.low[node.field] || node.at >= step.box.high[node.field]) {
        wrong(fmt::format("node {} splits where there is nothing to split", step.node));
        return;
      }
      Step lower{node.child, step.box};
      Step upper{node.child + std::size_t{1}, step.box};
      lower.box.high[node.field] = node.at;
      upper.box.low[node.field] = static_cast<std::uint16_t>(node.at + 1);
      steps.push_back(lower);
      steps.push_back(upper);
    }
  }

  void leaf(const ProofNode& node, const Step& step, const LegalPiece& piece) {
    if (node.kind > ProofKind::least) {
      wrong(fmt::format("node {} is of no known kind", step.node));
      return;
    }
    ++out_.leaves;
    out_.designs += step.box.designs();
    if (node.kind == ProofKind::open) {
      out_.open_designs += step.box.designs();
      out_.bound = std::max(out_.bound, comparable(step.box) ? bound_of(evaluator_, step.box) : std::numeric_limits<Score>::max());
      return;
    }
    if (!comparable(step.box)) {
      wrong(fmt::format("node {} speaks of designs that its corners do not bound", step.node));
      return;
    }
    if (node.kind == ProofKind::refused) {
      if (refuse_all(question_, piece, step.box) == Rejection::none) wrong(fmt::format("node {} refuses designs that may be in question", step.node));
      return;
    }
    const Found bound{bound_of(evaluator_, step.box), question_.space.index_of(step.box.low)};
    if (bound.score == no_score) return;
    if (node.kind == ProofKind::bounded && bound.better_than(proof_.winner)) wrong(fmt::format("node {} may hold a better design", step.node));
    if (node.kind == ProofKind::least) {
      const Found first = assess(evaluator_, step.box.low);
      if (first.score != bound.score || first.better_than(proof_.winner)) wrong(fmt::format("node {}: its first design is not as good as any of it, or better than the winner", step.node));
    }
  }

  const DesignQuestion& question_;
  const Proof& proof_;
  DesignEvaluator evaluator_;
  std::vector<std::uint8_t> seen_;
  ProofCheck out_;
};

bool inside(const LegalPiece& piece, const std::vector<int>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i] < piece.cells[i].first || cells[i] > piece.cells[i].second) return false;
  }
  return true;
}

// Every cell of the gate that any standing makes acceptable lies in one piece, and no other cell in any.
std::string check_pieces(const DesignQuestion& question) {
  const LegalGate& gate = question.gate;
  std::vector<int> cells(gate.axes().size(), 0);
  while (true) {
    const auto holders = std::ranges::count_if(gate.pieces(), [&](const LegalPiece& piece) { return inside(piece, cells); });
    if (holders != (gate.allowed_cell(cells) ? 1 : 0)) return "the legal pieces do not hold each acceptable cell once and no other";
    std::size_t i = 0;
    while (i < cells.size() && ++cells[i] == gate.axes()[i].cells) cells[i++] = 0;
    if (i == cells.size()) return {};
  }
}

}  // namespace

ProofCheck replay(const DesignQuestion& question, const Proof& proof) {
  ProofCheck out = Replay(question, proof).run();
  if (const std::string why = check_pieces(question); !why.empty() && out.why.empty()) {
    out.why = why;
    out.holds = false;
  }
  return out;
}

}  // namespace brightline::search
