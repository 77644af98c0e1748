// The law read by day: which clauses stand, who repealed or stayed them, who belongs to a group. For reading the law;
// judging by it is law::compile's.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "law/law.h"

namespace brightline::search {

/// A clause with the instrument it came from.
struct ClauseRef {
  const law::Instrument* instrument = nullptr;
  const law::Clause* clause = nullptr;
};

/// A definition with the instrument it came from.
struct DefineRef {
  const law::Instrument* instrument = nullptr;
  const law::Define* define = nullptr;
};

/// Who ended a clause or a definition, and the first day without it.
struct Ending {
  const law::Instrument* by = nullptr;
  base::Date from;
};

struct StayedBy {
  const law::Instrument* by = nullptr;
  const law::Stay* stay = nullptr;
};

/// How a clause stands on a day.
enum class Life { not_yet, not_yet_enforced, in_force, partly_stayed, stayed, repealed, expired };
std::string to_text(Life life);

/// The repeal that comes first, if any.
std::optional<Ending> ending_of(const law::Law& law, std::string_view id);
/// Every stay of a clause, whenever it holds.
std::vector<StayedBy> stays_of(const law::Law& law, std::string_view id);
Life life_of(const law::Law& law, const law::Clause& clause, base::Date day);
/// Does the clause stand in the text, or among what is enforced, stays left aside?
bool stands(const law::Law& law, const law::Clause& clause, base::Date day, law::Asked asked);

/// "in force", "partly stayed", "repealed", "letter to nvidia", "unread", "proposed", "from 2027-01-01", ...
std::string status_of(const law::Law& law, const law::Instrument& instrument, base::Date day);

using Groups = std::map<std::string, std::set<std::string>>;
Groups groups_on(const law::Law& law, base::Date day);
/// By the word they define.
std::map<std::string, DefineRef> definitions_on(const law::Law& law, base::Date day);

/// The clause of a full id; of a short id, every clause called so.
std::vector<ClauseRef> clauses_called(const law::Law& law, std::string_view id);
/// "3A090.a.1" of "88-FR-73458:3A090.a.1".
std::string short_id(std::string_view id);

}  // namespace brightline::search
