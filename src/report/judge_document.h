// A judgement as a JSON document and as text for a terminal.
#pragma once
#include "base/json.h"
#include "report/terminal.h"
#include "search/judgement.h"

namespace brightline::report {

base::Json judge_document(const search::Judgement& judgement);
/// Verdict first, then reasons, margins, what would change it, what is missing, what was assumed.
std::string judge_text(const search::Judgement& judgement, const Terminal& terminal);

/// A measure's interval: a number, {"low", "high"}, or null when nothing is known.
base::Json interval_json(const law::Interval& interval);
std::string interval_text(const law::Interval& interval, std::string_view unit);
/// The key of a word with its unit: "dram_bandwidth" in GB/s is "dram_bandwidth_gb_per_s".
std::string key_with_unit(std::string_view word, std::string_view unit);
/// What the Chinese side says: "not-applicable", "domestic", "open", or the restrictions.
std::string cn_status(const search::Judgement& judgement);

/// The missing sets as words.
base::Json missing_json(const law::Answer& answer);
std::string missing_text(const law::Answer& answer);
/// The clauses of one verb that stand: value, says, clause, cite.
base::Json standing_json(const law::Answer& answer, law::Verb verb);
base::Json changes_json(const std::vector<search::Change>& changes);
/// Text under which every answer is read.
inline constexpr const char* not_legal_advice = "Not legal advice: a computed reading of public sources.";

}  // namespace brightline::report
