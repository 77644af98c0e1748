// The judge: what the law of a day says of an item and a transaction, three-valued by supervaluation. A conclusion is
// determined when every completion of the unknown facts agrees; else the smallest sets of facts that would decide are
// named.
#pragma once
#include <string>
#include <vector>

#include "law/cells.h"
#include "law/code.h"
#include "law/evaluate.h"
#include "law/facts.h"

namespace brightline::law {

/// An answer with what it rests on. `code` must outlive it.
struct Answer {
  const Code* code = nullptr;
  Conclusions conclusions;
  std::vector<Truth> atoms;         ///< by atom, before any completion
  std::vector<Truth> holds;         ///< by clause, before any completion
  std::vector<Interval> measures;   ///< by measure
  std::vector<std::vector<std::size_t>> missing;  ///< smallest sets of words whose knowledge would decide
  bool exhaustive = true;           ///< every completion was visited (else: determined answers hold, others may be too shy)

  [[nodiscard]] std::string paragraph() const;    ///< a paragraph, "none", or "undetermined"
  [[nodiscard]] std::string label() const;
  [[nodiscard]] std::string licence() const;      ///< required, not-required, undetermined
  [[nodiscard]] std::string requirement() const;  ///< none, exception, notify, licence, undetermined
  [[nodiscard]] std::string review() const;       ///< approval, case-by-case, denial, none, undetermined
  [[nodiscard]] std::string duty() const;
  [[nodiscard]] std::vector<std::string> exceptions() const;  ///< surely available
  [[nodiscard]] std::vector<std::string> set_of(Verb verb) const;  ///< values surely concluded
  [[nodiscard]] bool decided() const;
};

/// Judges with scratch space of its own that is reused between calls: make one per thread for many judgements.
class Judge {
 public:
  explicit Judge(const Code& code);
  /// Judges the facts as they are; nothing is assumed (see Facts::assume). Clauses that contradict each other on them
  /// are BadInput: the law's files are at fault.
  const Answer& judge(const Facts& facts);
  /// Only the first look: sound, but shy where unknown facts are correlated.
  const Answer& first_look(const Facts& facts);

 private:
  struct Variable {
    enum class Kind { symbol, truth, measure };
    Kind kind = Kind::truth;
    std::size_t index = 0;               ///< word, or measure
    std::vector<std::size_t> words;      ///< words one must know to know it
    std::vector<Symbol> representatives; ///< of a symbol: one per class the law tells apart
  };
  struct Leaf {
    std::vector<int> choices;
    Conclusions conclusions;
  };
  void answer_atoms(const Facts& facts);
  void draw_conclusions();
  void collect_variables(const Facts& facts);
  void collect_symbol(std::size_t word);
  void complete(std::size_t at, std::vector<int>& choices);
  void choose(const Variable& variable, int choice);
  void leave_open(const Variable& variable);
  void find_missing();
  [[nodiscard]] bool decides(const std::vector<std::size_t>& words) const;

  const Code& code_;
  std::vector<std::vector<std::uint32_t>> atoms_of_measure_;
  std::vector<std::vector<std::uint32_t>> atoms_of_word_;
  std::vector<std::vector<Symbol>> classes_of_word_;  ///< filled when first needed
  Evaluation evaluation_;
  Answer answer_;
  std::vector<std::size_t> words_read_;  ///< by measures
  std::vector<Interval> words_;
  std::vector<CellRange> cells_;
  std::vector<Variable> variables_;
  std::vector<Leaf> leaves_;
};

}  // namespace brightline::law
