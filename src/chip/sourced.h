// A value and where it comes from.
#pragma once
#include <array>
#include <string>

#include "chip/interval.h"
#include "chip/words.h"

namespace brightline::chip {

/// What stands behind a value, strongest first.
enum class Kind { datasheet, whitepaper, vendor_doc, vendor_page, user, press, dataset, estimate, memory };
inline constexpr std::array kinds{Word{Kind::datasheet, "datasheet"},
                                  Word{Kind::whitepaper, "whitepaper"},
                                  Word{Kind::vendor_doc, "vendor_doc"},
                                  Word{Kind::vendor_page, "vendor_page"},
                                  Word{Kind::user, "user"},
                                  Word{Kind::press, "press"},
                                  Word{Kind::dataset, "dataset"},
                                  Word{Kind::estimate, "estimate"},
                                  Word{Kind::memory, "memory"}};

/// The weaker of two kinds: a derived value is as good as its weakest input.
constexpr Kind weaker(Kind a, Kind b) { return a < b ? b : a; }

/// One value of a data file. A text field has `text` and an unknown `range`; a number has a `range` in the unit of its
/// field.
struct Sourced {
  std::string text;
  Interval range;
  std::string source;  ///< id in data/sources.toml, or "user"
  Kind kind = Kind::memory;
  bool checked = false;  ///< seen in a source text, not only remembered
  std::string note;
  int line = 0;  ///< place in the file, from 1; 0 when unknown
  int column = 0;
};

}  // namespace brightline::chip
