// Reads one chip file: a product of the catalogue, or a chip a user describes by hand.
#pragma once
#include <optional>

#include "base/problem.h"
#include "base/toml.h"
#include "catalogue/references.h"
#include "catalogue/value_reader.h"
#include "chip/accelerator.h"

namespace brightline::catalogue {

/// Empty when the file has any problem; all problems of the file are added. In a user's file only [accelerator] name is
/// required: the id is the file's name, the form an ic, the status a design, and what is left out is unknown.
std::optional<chip::Accelerator> read_chip(const base::TomlFile& file, const References& references, Origin origin,
                                           base::Problems& problems);

}  // namespace brightline::catalogue
