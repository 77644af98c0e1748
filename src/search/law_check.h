// Does the law hold together? Every version of it, alone and with each proposal, is walked cell by cell: two clauses that
// conclude differently of one chip are a conflict; a tier without a label, a licence without a review policy, a gap.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "law/law.h"

namespace brightline::search {

/// Two clauses that hold of one chip and conclude differently.
struct CheckConflict {
  base::Problem problem;
  std::string with;         ///< the proposal applied; may be empty
  base::Date day;           ///< first day of the version
  std::string transaction;  ///< "export to CN, party in CN, maker nvidia"
};

/// Something worth knowing that is no error.
struct CheckNote {
  std::string kind;  ///< no-label, no-review
  std::string says;
  base::Date first;  ///< first day of the first version that shows it; versions alike are walked once
  std::string with;  ///< the proposal without which it does not show; may be empty
};

struct LawCheck {
  std::size_t instruments = 0;
  std::size_t proposals = 0;
  std::size_t clauses = 0;
  std::size_t versions = 0;      ///< of the law that differ from each other
  std::size_t transactions = 0;  ///< for which each version was walked
  std::size_t maps = 0;          ///< that differ from each other
  std::size_t cells = 0;
  std::vector<CheckConflict> conflicts;
  std::vector<CheckNote> notes;
};

/// Called now and then: what is being walked, how many of how many laws are done.
using CheckProgress = std::function<void(const std::string& what, std::size_t done, std::size_t all)>;

/// Checks `texts` (see law::read_law_texts) with the proposals `with` applied, then with each other proposal on top. Texts
/// that do not load or compile are problems, and end the check.
LawCheck check_law(const std::vector<law::LawText>& texts, const std::vector<std::string>& with, const CheckProgress& progress,
                   base::Problems& problems);

}  // namespace brightline::search
