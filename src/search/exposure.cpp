#include "search/exposure.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "search/products.h"

namespace brightline::search {

namespace {

class Exposing {
 public:
  Exposing(Exposure& out, const catalogue::Catalogue& catalogue, CodeBook& codes, base::Problems& problems)
      : out_(out),
        catalogue_(catalogue),
        law_(codes.law()),
        before_(codes.at(out.before.reading())),
        after_(codes.at(out.after.reading())),
        problems_(problems) {}

  void run() {
    for (const StockLine& line : out_.stock.lines) {
      const std::size_t at = judgement_of(line);
      if (!problems_.empty()) return;
      out_.judgement_of.push_back(at);
      add(out_.judgements[at], line);
      if (!out_.total.value.too_large()) continue;
      problems_.add({"the stock list", 0, 0, {}}, "the stock is worth over 90 trillion dollars, beyond which sums are not exact to the cent", "is a unit price in another currency, or a quantity in the wrong column?");
      return;
    }
  }

 private:
  std::size_t judgement_of(const StockLine& line) {
    const auto [at, fresh] = known_.try_emplace(std::tuple(line.chip, line.destination, line.headquarters), out_.judgements.size());
    if (fresh) out_.judgements.push_back(judged(line));
    return at->second;
  }

  LineJudgement judged(const StockLine& line) {
    LineJudgement out;
    out.chip = line.chip;
    out.destination = line.destination;
    out.headquarters = line.headquarters;
    Transaction transaction = out_.before;
    transaction.destination = line.destination;
    transaction.headquarters = line.headquarters;
    const law::Facts facts = facts_of(describe(catalogue_, *line.chip), law_, transaction, problems_);
    if (!problems_.empty()) return out;
    out.before = answered(before_.judge(facts));
    out.after = answered(after_.judge(facts));
    out.movement = movement_of(out.before.requirement, out.after.requirement);
    out.moved = what_moved(out.before.because, out.after.because);
    note_assumptions(facts, out);
    return out;
  }

  // An assumption bears on a line when not making it would leave one of its answers less determined.
  void note_assumptions(const law::Facts& facts, const LineJudgement& judgement) {
    for (const law::Assumption& assumption : facts.assumptions()) {
      if (std::ranges::find(out_.assumptions, assumption.says) != out_.assumptions.end()) continue;
      law::Facts without = facts;
      without.clear(assumption.word);
      const bool bears = !same(judgement.before, before_.judge(without)) || !same(judgement.after, after_.judge(without));
      if (bears) out_.assumptions.push_back(assumption.says);
    }
  }

  static bool same(const LineAnswer& with, const law::Answer& without) {
    return with.requirement == without.requirement() && with.review == without.review();
  }

  static LineAnswer answered(const law::Answer& answer) {
    return {answer.paragraph(), answer.requirement(), answer.review(), grounds_of(answer)};
  }

  void add(LineJudgement& judgement, const StockLine& line) {
    const auto add_to = [&line](Sum& sum) {
      ++sum.lines;
      sum.value += line.value;
      sum.net += line.net;
    };
    const auto movement = static_cast<std::size_t>(judgement.movement);
    const auto kind = static_cast<std::size_t>(std::ranges::find(stock_kinds, line.kind) - stock_kinds.begin());
    add_to(out_.by_movement.at(movement));
    add_to(out_.by_kind.at(kind).at(movement));
    add_to(out_.total);
    ++judgement.lines;
    judgement.quantity = plus(judgement.quantity, line.quantity).value_or(judgement.quantity);
    judgement.value += line.value;
    judgement.net += line.net;
  }

  Exposure& out_;
  const catalogue::Catalogue& catalogue_;
  const law::Law& law_;
  law::Judge before_;
  law::Judge after_;
  base::Problems& problems_;
  std::map<std::tuple<const chip::Accelerator*, std::string, std::string>, std::size_t> known_;
};

}  // namespace

Movement movement_of(const std::string& before, const std::string& after) {
  if (before == "undetermined" || after == "undetermined") return Movement::undetermined;
  const bool was = before == "licence";
  const bool is = after == "licence";
  if (was == is) return is ? Movement::still_blocked : Movement::still_free;
  return is ? Movement::newly_blocked : Movement::newly_free;
}

Exposure expose(Stock stock, const catalogue::Catalogue& catalogue, CodeBook& codes, const Transaction& transaction, base::Date before,
                base::Date after, base::Problems& problems) {
  Exposure out;
  out.before = transaction;
  out.after = transaction;
  out.before.date = before;
  out.after.date = after;
  out.stock = std::move(stock);
  out.assumptions = out.stock.assumptions;
  Exposing(out, catalogue, codes, problems).run();
  return out;
}

}  // namespace brightline::search
