// The names the law shares with the data: places and makers. (It may name products that the catalogue does not hold.)
#pragma once
#include "catalogue/references.h"
#include "law/law.h"

namespace brightline::app {

/// A misspelt place or maker in a condition would never hold, and nobody would notice: each must be known to the data.
void check_shared_names(const law::Law& law, const catalogue::References& references, base::Problems& problems);

}  // namespace brightline::app
