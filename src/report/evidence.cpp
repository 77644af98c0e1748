#include "report/evidence.h"

namespace brightline::report {

std::string outside_evidence(const law::Law& law, base::Date first, base::Date last) {
  if (first < law.evidence_from) return "The law here begins on " + law.evidence_from.to_text() + "; what held before is not in this answer.";
  if (last > law.evidence_through) return "The sources end on " + law.evidence_through.to_text() + "; what came after them is not in this answer.";
  return {};
}

}  // namespace brightline::report
