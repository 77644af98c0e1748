// The instruments, a clause, and the law of a day: as JSON documents, as tables, and as text for a terminal.
#pragma once
#include "base/json.h"
#include "law/law.h"
#include "report/terminal.h"
#include "report/terminal_table.h"
#include "search/law_day.h"

namespace brightline::report {

/// Every instrument in the order of its effective day, then the proposals.
base::Json timeline_document(const law::Law& law);
Table timeline_table(const law::Law& law);
std::string timeline_text(const law::Law& law, const Terminal& terminal);

base::Json instrument_document(const law::Law& law, const law::Instrument& instrument);
std::string instrument_text(const law::Law& law, const law::Instrument& instrument, const Terminal& terminal);

base::Json clause_document(const law::Law& law, const search::ClauseRef& ref);
std::string clause_text(const law::Law& law, const search::ClauseRef& ref, const Terminal& terminal);
Table clauses_table(const law::Law& law, const std::vector<search::ClauseRef>& clauses);

/// The consolidated law: clauses that stand on `day`, by verb; definitions; groups with their members.
base::Json day_document(const law::Law& law, base::Date day, law::Asked asked);
std::string day_text(const law::Law& law, base::Date day, law::Asked asked, const Terminal& terminal);
std::vector<search::ClauseRef> clauses_on(const law::Law& law, base::Date day, law::Asked asked);

/// The vocabulary.
Table words_table(const law::Law& law);

/// "classify 3A090.a", "permit NAC notify", "defeats only".
std::string conclusion_text(const law::Clause& clause);
/// "P, primary text read"
std::string confidence_text(law::Confidence confidence);
/// Law version, evidence, "not legal advice": the last line of every text.
std::string colophon(const law::Law& law, const Terminal& terminal);
/// The same as keys of a document.
void set_colophon(base::Json& document, const law::Law& law);

}  // namespace brightline::report
