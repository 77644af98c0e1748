#include "app/find_chip.h"

namespace brightline::app {

chip::Accelerator find_chip(const std::string& text, const catalogue::Catalogue& catalogue, const std::string& data_directory) {
  if (const auto* known = catalogue.find(text)) return *known;
  if (const auto* named = catalogue.find(catalogue.read_name(text).chip)) return *named;
  base::Problems problems;
  const auto own = catalogue::load_one(data_directory, text, catalogue.references, problems);
  base::stop_at(problems);
  base::check(own.has_value(), "a chip that did not load left no problem");
  return *own;
}

}  // namespace brightline::app
