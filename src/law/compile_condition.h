// Expression -> formula over atoms and measures, for one day. Used by code.cpp alone.
#pragma once
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "law/code.h"

namespace brightline::law {

/// What names mean on the day: definitions and country groups.
struct Meanings {
  std::map<std::string, const Define*, std::less<>> defines;
  std::map<std::string, std::set<std::string>, std::less<>> groups;
};

class ConditionCompiler {
 public:
  ConditionCompiler(Code& code, const Meanings& meanings, base::Problems& problems);
  /// Node index of the condition's formula.
  std::uint32_t compile(const Condition& condition);
  std::uint32_t negation(std::uint32_t node);
  std::uint32_t constant(bool yes);
  std::uint32_t both(std::uint32_t left, std::uint32_t right);
  /// "word in [names]", for conditions no file writes out, such as a letter's addressees.
  std::uint32_t one_of(std::string_view word, const std::vector<std::string>& names);
  /// Sorts every measure's boundaries and gives the atoms their places among them.
  void finish();

 private:
  struct Number {  // a numeric expression on its way to a measure
    std::vector<NumberStep> steps;
    std::string unit;
    bool bare = true;  // a constant without a unit: takes the unit of what it meets
    std::string name;
    std::optional<std::size_t> stated;
  };
  std::uint32_t formula(const Expression& e);
  std::uint32_t relation(const Expression& e);
  std::uint32_t day_relation(const Expression& e);
  std::uint32_t member(const Expression& e);
  std::uint32_t name(const Expression& e);
  std::uint32_t add_atom(Atom atom);
  std::uint32_t add_node(FormulaNode node);  ///< the same node again is the same index
  Number number(const Expression& e);
  Number named_number(const Expression& e);
  Number arithmetic(const Expression& e);
  void agree_on_units(const Expression& e, Number& left, Number& right);
  std::uint32_t against_constant(const Expression& e, Number left, Relation relation, base::Exact limit);
  std::size_t measure_for(const Expression& e, Number number);
  void problem(const Expression& e, std::string message, std::string hint = {});
  /// Compiles inside the definition, so that a problem there is placed there; false (and a problem) where it leads back.
  bool enter(const Expression& e, const Define& define);
  void leave();

  Code& code_;
  const Meanings& meanings_;
  base::Problems& problems_;
  std::map<std::tuple<FormulaNode::Op, std::uint32_t, std::uint32_t>, std::uint32_t> known_nodes_;
  std::vector<const Condition*> open_;  // the condition compiled, then each definition it leads into
};

}  // namespace brightline::law
