// From answers to the atoms to conclusions: one pass over the clauses, three-valued. With every atom known it is the
// definite answer; with some unknown it is a sound first look (what it determines, every completion agrees on).
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "law/code.h"
#include "law/facts.h"

namespace brightline::law {

/// What is left of the licence requirement after exceptions.
enum class Requirement : std::uint8_t { none, exception, notify, licence, undetermined };
inline constexpr int requirement_count = 5;
std::string to_text(Requirement requirement);

/// A set of values that are still possible, one bit each.
using Mask = std::uint64_t;

/// Conclusions as sets of possible values; one bit set means determined.
struct Conclusions {
  Mask presumed = 0;     ///< bit 0 no, bit 1 yes
  Mask paragraph = 0;    ///< bit per paragraph_names
  Mask label = 0;        ///< bit per Code::values[label]
  Mask licence = 0;      ///< bit 0 no, bit 1 yes, bit 2: a clause says it is undetermined
  Mask requirement = 0;  ///< bit per Requirement
  Mask review = 0;       ///< bit per Code::values[review]; bit 0 is none
  Mask duty = 0;         ///< bit per Code::values[duty]; bit 0 is none
  std::array<Mask, verb_count> surely{};    ///< of permit, oblige, restrict, flag: values every completion concludes
  std::array<Mask, verb_count> possibly{};  ///< values some completion concludes

  /// Joins the possibilities of another completion.
  void join(const Conclusions& other, bool first);
};

/// Which values differ by more than one possibility.
constexpr bool determined(Mask mask) { return mask != 0 && (mask & (mask - 1)) == 0; }

/// One-value conclusions gather the values surely and possibly given.
struct Gathered {
  Mask sure = 0;
  Mask maybe = 0;
  std::uint32_t sure_by = 0;  ///< a clause
};

/// What the clauses looked at so far add up to.
struct Tally {
  std::array<Gathered, verb_count> gathered{};
  Truth required = Truth::no;
  Truth beyond_exceptions = Truth::no;  ///< required by what no licence exception overcomes
  Truth doubted = Truth::no;
  Truth excepted = Truth::no;
  Truth notified = Truth::no;
};

/// Scratch space of one evaluation, reused between many.
struct Evaluation {
  std::vector<Truth> atoms;  ///< input: the answer to every atom; those about conclusions are filled in
  std::vector<Truth> holds;  ///< output: by clause
  Conclusions conclusions;   ///< output

  // between evaluations of one code, see keep_what_is_sure
  std::vector<Truth> nodes;
  bool narrowed = false;  ///< only `rest` is open
  Agenda rest;
  Tally sure;
};

/// Evaluates clauses in order. Two clauses that surely hold and give different values of a one-value conclusion are a
/// conflict: `conflict` receives their indices (load-time check), and the first keeps its value.
struct Conflict {
  bool found = false;
  std::uint32_t first = 0;
  std::uint32_t second = 0;
};
void evaluate(const Code& code, Evaluation& evaluation, Conflict* conflict = nullptr);

/// After an evaluation: what it is sure of stays so while only atoms that were unknown are answered, so that further
/// evaluations work out the rest alone. `start_afresh` ends that.
void keep_what_is_sure(const Code& code, Evaluation& evaluation);
inline void start_afresh(Evaluation& evaluation) { evaluation.narrowed = false; }

/// The conflict as a problem of the law's files: both clauses named.
base::Problem conflict_problem(const Code& code, const Conflict& conflict);

/// The answer of one formula to the atoms' answers.
Truth answer_of(const Code& code, std::uint32_t node, const std::vector<Truth>& atoms);

}  // namespace brightline::law
