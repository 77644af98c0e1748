// Small mistakes planted in the text of the law, one at a time.
#pragma once
#include <string>
#include <vector>

#include "law/law.h"

namespace brightline::tests {

struct Mutant {
  std::size_t file = 0;     ///< index into the texts
  std::string instrument;   ///< id of the instrument it lies in
  std::string block;        ///< "clause 3A090.a.1", "stay ...", "instrument"
  std::string what;         ///< ">= becomes > (1)": unique within the block
  std::string text;         ///< the whole file, with the mistake
  [[nodiscard]] std::string name() const { return instrument + " / " + block + " / " + what; }
};

/// Every mutant of every instrument among `texts`, in the order of the files.
std::vector<Mutant> mutants_of(const std::vector<law::LawText>& texts);

}  // namespace brightline::tests
