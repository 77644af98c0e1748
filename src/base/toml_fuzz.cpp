// No text may crash the reader; what it accepts must be walkable, and what it refuses must be sayable.
#include <cstdint>
#include <cstdlib>

#include "base/toml.h"

namespace {

using brightline::base::TomlFile;
using brightline::base::TomlNode;

std::size_t walk(const TomlFile& file, const TomlNode& node) {
  std::size_t seen = file.where(node).text.size() + node.text.size();
  for (const TomlNode& item : node.items) seen += walk(file, item);
  for (const auto& [key, value] : node.entries) {
    if (node.find(key) == nullptr) std::abort();
    seen += walk(file, value);
  }
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = TomlFile::parse("fuzz.toml", std::string(reinterpret_cast<const char*>(data), size));
  if (!file) return render(file.error()).empty() ? 1 : 0;
  brightline::base::Problems problems;
  brightline::base::TomlTable table(*file, file->root(), "the file", problems);
  table.text("id");
  table.texts("list");
  table.tables("clause");
  table.finish();
  return walk(*file, file->root()) + render(problems).size() > SIZE_MAX / 2 ? 1 : 0;
}
