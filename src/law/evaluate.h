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
bool determined(Mask mask);

/// Scratch space of one evaluation, reused between many.
struct Evaluation {
  std::vector<Truth> atoms;  ///< input: the answer to every atom; those about conclusions are filled in
  std::vector<Truth> settled;  ///< input, by clause: what is known beforehand to hold or not; empty where nothing is
  std::vector<Truth> holds;  ///< output: by clause
  Conclusions conclusions;   ///< output
};

/// Evaluates clauses in order. Two clauses that surely hold and give different values of a one-value conclusion are a
/// conflict: `conflict` receives their indices (load-time check), and the first keeps its value.
struct Conflict {
  bool found = false;
  std::uint32_t first = 0;
  std::uint32_t second = 0;
};
void evaluate(const Code& code, Evaluation& evaluation, Conflict* conflict = nullptr);

/// The conflict as a problem of the law's files: both clauses named.
base::Problem conflict_problem(const Code& code, const Conflict& conflict);

/// The answer of one formula to the atoms' answers.
Truth answer_of(const Code& code, std::uint32_t node, const std::vector<Truth>& atoms);

}  // namespace brightline::law
