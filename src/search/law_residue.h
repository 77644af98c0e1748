// What is left of a compiled law once a transaction is fixed: the clauses that may still hold and bear on what is
// required, and only the questions and cell boundaries they ask about. Much smaller to walk than the whole.
#pragma once
#include <vector>

#include "law/evaluate.h"

namespace brightline::search {

/// `holds`: by clause, after a first look at the fixed facts. Labels, obligations, flags, duties and the Chinese side are
/// left out. The result points into the law that `code` was compiled from.
law::Code residue_of(const law::Code& code, const std::vector<law::Truth>& holds);

}  // namespace brightline::search
