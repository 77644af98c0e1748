// Content hashes: the version of the law, of the data, of a stored answer.
#pragma once
#include <string>
#include <string_view>

namespace brightline::base {

/// The first `digits` hexadecimal digits of the BLAKE2b-256 hash of `text`.
std::string hash_hex(std::string_view text, std::size_t digits = 12);

}  // namespace brightline::base
