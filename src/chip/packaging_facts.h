// What making, testing and packaging dies costs beside the wafer (data/technology/packaging.toml).
#pragma once
#include <string>
#include <vector>

#include "chip/sourced.h"

namespace brightline::chip {

struct PackagingFacts {
  struct Wafer {
    Sourced diameter;    ///< mm
    Sourced edge;        ///< mm at the rim that bear no die
    Sourced scribe;      ///< mm between dies
    Sourced clustering;  ///< of defects: the exponent of the negative binomial; large: none
  };
  struct Reticle {
    Sourced width, height;  ///< mm that one exposure covers
    Sourced area;           ///< mm2, the largest die
    Sourced high_na_area;   ///< mm2 where the anamorphic lens halves it
  };
  struct Test {
    Sourced die;     ///< USD/mm2 to sort a die on the wafer
    Sourced device;  ///< USD for a packaged device
  };
  /// What dies stand on.
  struct Carrier {
    std::string id;
    bool stacked_memory = false;  ///< taken by dies with HBM beside them
    Sourced times;                ///< its area over that of the dies and stacks on it
    Sourced price;                ///< USD/mm2, with assembly
    Sourced fixed;                ///< USD a package
    Sourced attach;               ///< share of attachments of one die or stack that succeed
    Sourced largest;              ///< mm2
  };
  Wafer wafer;
  Reticle reticle;
  Test test;
  std::vector<Carrier> carriers;

  [[nodiscard]] const Carrier* carrier(bool stacked_memory) const;
};

}  // namespace brightline::chip
