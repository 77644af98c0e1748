// Reads free-text product names, as stock lists hold them: "NVIDIA H20 NVL16", "A100 SXM 80GB", "Gaudi 2 (24 ports)".
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/toml.h"
#include "catalogue/atoms.h"
#include "catalogue/makers.h"
#include "chip/accelerator.h"

namespace brightline::catalogue {

/// A way of writing something, already cut into atoms, and what it means.
struct Written {
  std::vector<Atom> atoms;
  std::string meaning;
};

/// data/names.toml and the makers' names.
struct Names {
  std::vector<Written> makers;      ///< meaning: maker id
  std::vector<Written> lines;       ///< meaning: product line
  std::vector<Written> described;   ///< meaning: control-list entry
  std::vector<std::string> filler;  ///< words that say nothing of which product it is
  std::vector<std::pair<std::string, std::string>> maker_of_line;
};

/// What could be read; parts that could not are empty.
struct NameReading {
  std::string maker;
  std::string product_line;
  std::string described_in;  ///< empty: the name does not say
  std::string chip;          ///< id in the catalogue, only when the name fits exactly one product
};

Names read_names(const base::TomlFile& file, const Makers& makers, base::Problems& problems);

/// The longest way of writing that stands in the text wins. "MI250X" is not MI250, "A100X" is not A100.
NameReading read_name(std::string_view text, const Names& names, std::span<const chip::Accelerator> accelerators);

}  // namespace brightline::catalogue
