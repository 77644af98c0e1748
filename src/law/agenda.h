// The order in which a compiled law is worked out.
#pragma once
#include "law/code.h"

namespace brightline::law {

/// Fills the agenda of a code whose clauses, nodes and atoms are complete, and what evaluation looks up beside it. To be
/// called again where clauses are taken out.
void plan_evaluation(Code& code);

}  // namespace brightline::law
