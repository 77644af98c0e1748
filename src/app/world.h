// The world a command works in: law and catalogue, loaded once and then constant.
#pragma once
#include <string>
#include <vector>

#include "catalogue/catalogue.h"
#include "law/law.h"

namespace brightline::app {

/// Where to find data and law, and which proposals to apply.
struct Places {
  std::string data;  ///< empty: beside the program
  std::string law;
  std::vector<std::string> with;
};

struct World {
  law::Law law;
  catalogue::Catalogue catalogue;
  std::string data_directory;
  std::string data_version;  ///< hash of every file of the data
};

/// The folder `name` ("data", "law", "schema") that belongs to this program: in the source tree it was built in, or
/// under share/brightline beside an installed one. BadInput when there is none.
std::string find_folder(const std::string& name);

/// Loads law and catalogue; every mistake in them is reported together (BadInput).
World load_world(const Places& places);
/// Loads the law, and of the data only what a single chip needs.
World load_world_without_chips(const Places& places);

}  // namespace brightline::app
