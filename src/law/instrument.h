// Instruments as written in law/**/*.toml: events that add, repeal, stay clauses and move countries between groups.
#pragma once
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/problem.h"
#include "base/toml.h"
#include "law/expression.h"

namespace brightline::law {

/// How far to trust our reading: primary text, quoted elsewhere, secondary, memory.
enum class Confidence { primary, quoted, secondary, memory };
std::string to_text(Confidence confidence);

/// The verbs of conclusions in the order they are drawn; later ones may use earlier ones.
enum class Verb { presume, classify, label, require, permit, review, oblige, restrict, duty, flag };
inline constexpr int verb_count = 10;
std::string to_text(Verb verb);

enum class InstrumentKind { rule, guidance, proclamation, letter, measure, bill, overlay };
std::string to_text(InstrumentKind kind);

struct Conclusion {
  Verb verb = Verb::flag;
  std::string value;    ///< "3A090.a", "licence", "NAC", "denial", ...
  bool notify = false;  ///< of an exception: notice to the authority comes first
};

/// Where a condition stands in its file, for problems found after parsing.
struct Condition {
  Expression expression;
  std::string text;
  base::Where where;  ///< of the text's first character
};

struct Clause {
  std::string id;  ///< full: "88-FR-73458:3A090.a.1"
  std::string cite;
  std::string says;
  base::Date from;           ///< first day in the text
  base::Date enforced_from;  ///< first day enforced; equals `from` where no compliance day is stated
  base::Date until = base::Date::max();
  Confidence confidence = Confidence::memory;
  Condition when;
  std::optional<Conclusion> then;
  std::vector<std::string> defeats;  ///< full ids
  std::string assumes;
  bool with_licence = false;  ///< a condition of a licence: without one to apply for it binds nobody
  base::Where where;
};

struct Define {
  std::string id;  ///< the word it defines
  std::string cite;
  std::string says;
  Condition is;
  base::Date from;
  base::Where where;
};

struct GroupChange {
  std::string id;
  std::vector<std::string> add;
  std::vector<std::string> remove;
  base::Date from;
  std::string cite;
  Confidence confidence = Confidence::memory;
  base::Where where;
};

struct Repeal {
  std::string id;
  base::Date from;
  base::Where where;
};

struct Stay {
  std::string id;
  std::optional<Condition> when;
  base::Date from;
  base::Date until = base::Date::max();
  bool in_text = false;  ///< a published rule stays the clause: the text itself is suspended, not only its enforcement
  std::string cite;
  std::string says;
  Confidence confidence = Confidence::memory;
  base::Where where;
};

struct Unresolved {
  std::string says;
  base::Date from = base::Date::min();
  base::Date until = base::Date::max();
  std::optional<Condition> when;
};

struct Instrument {
  std::string id;
  std::string title;
  InstrumentKind kind = InstrumentKind::rule;
  std::string cite;
  std::string url;
  std::string summary;
  std::optional<base::Date> released;
  std::optional<base::Date> published;
  base::Date effective;
  Confidence confidence = Confidence::memory;
  std::vector<std::string> addressees;  ///< letters: maker ids they bind
  bool proposed = false;                ///< read from law/proposed: applied only when named
  std::string file;
  std::vector<Define> defines;
  std::vector<GroupChange> groups;
  std::vector<Clause> clauses;
  std::vector<Repeal> repeals;
  std::vector<Stay> stays;
  std::vector<Unresolved> unresolved;
};

/// What is wrong with a conclusion, and what may stand there.
struct NotAConclusion {
  std::string message;
  std::string hint;
};

/// Reads one instrument; every mistake found is added to `problems`.
Instrument read_instrument(const base::TomlFile& file, base::Problems& problems);
/// The [[unresolved]] entries of a table, such as law/evidence.toml.
std::vector<Unresolved> read_unresolved(const base::TomlFile& file, base::TomlTable& table, base::Date from, base::Problems& problems);
/// A conclusion such as "permit NAC notify".
std::expected<Conclusion, NotAConclusion> parse_conclusion(const std::string& text);

}  // namespace brightline::law
