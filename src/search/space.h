// A space of designs: what may vary, between which values, under which limits. One file of data/spaces; every design has an
// index. Docs: docs/manual/search.md.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/problem.h"
#include "model/design.h"

namespace brightline::search {

inline constexpr std::size_t design_dimensions = model::design_fields.size();
/// Which value each field takes, by model::design_fields.
using Levels = std::array<std::uint16_t, design_dimensions>;

struct Space {
  std::string file;
  std::string id, name, note;
  std::string reference;            ///< catalogue chip whose family's constants and links hold
  std::string node, io_node;        ///< of data/technology/nodes.toml
  std::vector<std::string> memory_types;
  bool datacenter = true;           ///< designed or marketed for data centres
  double most_power = 0;            ///< W
  double most_die = 0;              ///< mm2 of one compute die; 0: the reticle
  std::vector<std::string> workloads;  ///< asked where a question names none
  std::array<std::vector<double>, design_dimensions> values;  ///< ascending, by model::design_fields

  [[nodiscard]] std::uint64_t size() const;
  [[nodiscard]] Levels levels_of(std::uint64_t index) const;
  [[nodiscard]] std::uint64_t index_of(const Levels& levels) const;
  [[nodiscard]] model::Design at(const Levels& levels) const {
    model::Design out;
    for (std::size_t i = 0; i < design_dimensions; ++i) out.*model::design_fields[i].member = values[i][levels[i]];
    return out;
  }
  /// The last value of every field.
  [[nodiscard]] Levels last() const;
};

/// Reads one file; every mistake is a Problem with its place. Names of chips, nodes and memory types are not looked up here.
Space read_space(const std::string& path, base::Problems& problems);
/// The spaces of data/spaces by id, ascending.
std::vector<std::string> space_ids(const std::string& data_folder);
/// `name` is an id of data/spaces, or a file.
Space find_space(const std::string& data_folder, const std::string& name, base::Problems& problems);

}  // namespace brightline::search
