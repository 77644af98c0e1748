// What a single file can't show: names nobody defines, clauses that don't exist, cycles of defeat.
#pragma once
#include "base/problem.h"
#include "law/law.h"

namespace brightline::law {

void validate(const Law& law, base::Problems& problems);

}  // namespace brightline::law
