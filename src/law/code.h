// The law on one day, compiled: definitions inlined, groups resolved, days folded, every comparison of the form
// `measure against a constant`. judge.cpp and legal_map.cpp both read this.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/exact.h"
#include "law/law.h"

namespace brightline::law {

/// A cell boundary of a measure: just below `value`, or just above it. `x >= v` begins at (v, below it),
/// `x > v` at (v, above it); when both occur, the value itself is a cell of its own.
struct Boundary {
  base::Exact value;
  bool above = false;
  friend bool operator==(const Boundary&, const Boundary&) = default;
  friend auto operator<=>(const Boundary& a, const Boundary& b) {
    if (const auto by_value = a.value <=> b.value; by_value != 0) return by_value;
    return static_cast<int>(a.above) <=> static_cast<int>(b.above);
  }
};

/// One step of a measure's postfix program.
struct NumberStep {
  enum class Op { constant, word, plus, minus, times, over, least, greatest };
  Op op = Op::constant;
  base::Exact constant;
  std::size_t word = 0;
  friend bool operator==(const NumberStep&, const NumberStep&) = default;
};

/// A number the law compares with constants: a word, or a derived number such as performance density.
struct Measure {
  std::string name;  ///< the word or definition, else the expression's text
  std::string unit;
  std::vector<NumberStep> steps;
  std::vector<std::size_t> words;         ///< those it is computed from, each once
  std::optional<std::size_t> stated;      ///< the word whose stated value stands in where the computed one is no point
  std::vector<Boundary> boundaries;       ///< ascending; cell k lies above the first k of them
};

/// A yes-or-no question a formula asks.
struct Atom {
  enum class Kind { constant, number, truth, member, presumed, licence, paragraph };
  Kind kind = Kind::constant;
  bool yes = true;             ///< constant: its value. number: asks "from the boundary up" (else "below it")
  std::size_t measure = 0;
  std::size_t boundary = 0;    ///< index into the measure's boundaries
  Relation relation = Relation::at_least;
  base::Exact limit;
  std::size_t word = 0;
  std::vector<bool> members;   ///< by symbol
  std::string names;           ///< of the members, for people
  std::uint8_t paragraphs = 0;  ///< bit per paragraph
};

struct FormulaNode {
  enum class Op { atom, either, both, negation };
  Op op = Op::atom;
  std::uint32_t left = 0;   ///< atom index, or node
  std::uint32_t right = 0;
};

/// A clause in force on the day.
struct CompiledClause {
  const Clause* clause = nullptr;
  const Instrument* instrument = nullptr;
  Verb verb = Verb::flag;
  bool concludes = true;
  std::uint8_t value = 0;  ///< index into Code::values of its verb
  bool notify = false;
  bool doubt = false;                      ///< it says that the requirement is undetermined
  bool letter = false;                     ///< of a letter, an overlay or a bill: no licence exception overcomes it
  std::uint32_t formula = 0;
  std::uint32_t text_formula = 0;          ///< the condition as it stands in the text, without stays
  std::vector<std::uint32_t> defeated_by;  ///< clauses evaluated earlier
  std::vector<std::uint32_t> atoms;        ///< all that the formula asks, each once
  std::string stayed;                      ///< why part of it is not enforced, when a stay bears on it
};

/// The paragraphs of 3A090 a classification may find; bit i of a mask is paragraph i.
inline constexpr std::array<const char*, 4> paragraph_names{"none", "3A090.a", "3A090.b", "3A090.c"};

struct CompiledPoint {
  const Unresolved* point = nullptr;
  std::optional<std::uint32_t> formula;
};

/// Which law is asked: of what day, in the text or as enforced, with or without letters to makers.
struct Reading {
  base::Date date;
  Asked asked = Asked::enforced;
  bool letters = true;
};

/// What one evaluation works out, in order. A node is computed once the conclusions it asks for are drawn.
struct Agenda {
  enum Stage { at_once, after_presume, after_classify, after_require };
  static constexpr std::size_t stage_count = 4;
  std::array<std::vector<std::uint32_t>, stage_count> nodes;
  std::vector<std::uint32_t> clauses;
};

struct Code {
  const Law* law = nullptr;
  Reading reading;
  std::vector<Measure> measures;
  std::vector<Atom> atoms;
  std::vector<FormulaNode> nodes;  ///< each once; what a node reads stands before it
  std::vector<CompiledClause> clauses;  ///< in the order they are evaluated
  std::array<std::vector<std::string>, verb_count> values;  ///< of each verb; index 0 is "none"
  std::vector<CompiledPoint> unresolved;
  Agenda agenda;  ///< every clause, and the nodes their formulas need
  std::array<std::vector<std::uint32_t>, Agenda::stage_count> drawn_atoms;  ///< atoms answered when that stage begins
  std::uint8_t review_undetermined = 63;  ///< the index of that value of `review`
};

/// Compiles the law of `reading`. A name without meaning on that day, or a comparison whose units do not fit,
/// is a Problem. `law` must outlive the result.
Code compile(const Law& law, const Reading& reading, base::Problems& problems);

}  // namespace brightline::law
