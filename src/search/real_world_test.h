// The law and the catalogue of this repository, loaded once for the tests of a program.
#pragma once
#include "catalogue/catalogue.h"
#include "law/law.h"

namespace brightline::search {

inline const law::Law& real_law() {
  static const law::Law loaded = [] {
    base::Problems problems;
    law::Law out = law::load_law(BRIGHTLINE_ROOT "/law", {}, problems);
    base::stop_at(problems);
    return out;
  }();
  return loaded;
}

inline const catalogue::Catalogue& real_catalogue() {
  static const catalogue::Catalogue loaded = [] {
    base::Problems problems;
    catalogue::Catalogue out = catalogue::load(BRIGHTLINE_ROOT "/data", problems);
    base::stop_at(problems);
    return out;
  }();
  return loaded;
}

inline base::Date day(const char* text) { return *base::Date::parse(text); }

}  // namespace brightline::search
