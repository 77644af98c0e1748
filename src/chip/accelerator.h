// One product: who it is, and its sourced values.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "base/problem.h"
#include "chip/field.h"
#include "chip/sourced.h"
#include "chip/technology.h"
#include "chip/words.h"

namespace brightline::chip {

/// A product as its file states it. Values are those of the whole product: a card with four packages has the sum.
struct Accelerator {
  std::string file;
  std::string id;
  std::string name;
  std::string vendor;
  std::string maker;         ///< id in data/makers.toml
  std::string product_line;  ///< as letters and press name it: A100, H20, MI250X
  std::string architecture;
  std::string form_factor;
  Segment segment = Segment::unknown;
  Answer datacenter = Answer::unknown;  ///< designed or marketed for datacenters
  std::string datacenter_doubt;         ///< why that may be seen otherwise; may be empty
  Form form = Form::ic;
  std::string described_in = "none";  ///< another control-list entry it is described in
  Answer sold_in_us = Answer::unknown;
  Status status = Status::design;
  int packages = 1;                ///< separate packages; the law measures one integrated circuit
  std::vector<std::string> nodes;  ///< ids in data/technology/nodes.toml; none: not known
  std::string note;
  std::map<Field, Sourced> values;

  /// The value as stated, or null when the file is silent.
  [[nodiscard]] const Sourced* find(Field field) const;
  /// The number, in the unit of its field; unknown when the file is silent.
  [[nodiscard]] Interval number(Field field) const;
  /// The text; empty when the file is silent.
  [[nodiscard]] std::string text(Field field) const;
};

/// Whether its memory is stacked high-bandwidth memory.
Answer has_hbm(const Accelerator& chip, const Technology& technology);

}  // namespace brightline::chip
