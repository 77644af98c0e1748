// The chip a user means.
#pragma once
#include <string>

#include "catalogue/catalogue.h"

namespace brightline::app {

/// An id, a name that fits one product, or a file of one's own; anything else is BadInput.
chip::Accelerator find_chip(const std::string& text, const catalogue::Catalogue& catalogue, const std::string& data_directory);

}  // namespace brightline::app
