#include "base/hash.h"

#include <sodium/crypto_generichash.h>

#include <array>

#include "base/problem.h"

namespace brightline::base {

std::string hash_hex(std::string_view text, std::size_t digits) {
  std::array<unsigned char, 32> bytes{};
  const int failed = crypto_generichash(bytes.data(), bytes.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(), nullptr, 0);
  check(failed == 0, "the hash library refused a plain hash");
  constexpr std::string_view hex = "0123456789abcdef";
  std::string out;
  for (const unsigned char byte : bytes) {
    out += hex[byte >> 4U];
    out += hex[byte & 15U];
  }
  return out.substr(0, digits);
}

}  // namespace brightline::base
