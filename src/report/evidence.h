// What lies outside the days the sources speak of.
#pragma once
#include <string>

#include "law/law.h"

namespace brightline::report {

/// The warning for an answer that asks of the days from `first` to `last`; empty where the sources cover them.
std::string outside_evidence(const law::Law& law, base::Date first, base::Date last);

}  // namespace brightline::report
