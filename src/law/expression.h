// Conditions as written: the tree the parser makes and code.cpp compiles. The language is in law/README.md.
#pragma once
#include <string>
#include <vector>

#include "base/date.h"
#include "base/exact.h"

namespace brightline::law {

enum class Relation { at_least, above, at_most, below };

struct Expression {
  enum class Op {
    always,
    either,    ///< kids[0] or kids[1]
    both,      ///< kids[0] and kids[1]
    negation,  ///< not kids[0]
    relation,  ///< kids[0] <relation> kids[1]
    member,    ///< name in names (a group name or listed names); `is` is membership in one name
    number,
    day,
    name,
    plus,
    minus,
    times,
    over,
    least,     ///< min(kids[0], kids[1])
    greatest,  ///< max(kids[0], kids[1])
  };
  Op op = Op::always;
  std::vector<Expression> kids;
  std::string name;                ///< of a name, or the word before `is` or `in`
  std::vector<std::string> names;  ///< of a membership
  bool group = false;              ///< names[0] is a country group
  base::Exact number;
  std::string unit;
  bool has_unit = false;
  base::Date day;
  Relation relation = Relation::at_least;
  std::size_t offset = 0;  ///< where in the text it begins
};

std::string to_text(Relation relation);
/// The condition written out again, fully parenthesised; parses to the same tree.
std::string to_text(const Expression& expression);

}  // namespace brightline::law
