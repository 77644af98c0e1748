// No condition may crash the parser; what it accepts, written out, must read back as the same tree.
#include <cstdint>
#include <cstdlib>

#include "law/parse.h"

namespace {

using brightline::law::Expression;

bool same(const Expression& a, const Expression& b) {
  if (a.op != b.op || a.name != b.name || a.names != b.names || a.group != b.group || a.number != b.number || a.unit != b.unit ||
      a.has_unit != b.has_unit || a.day != b.day || a.relation != b.relation || a.kids.size() != b.kids.size()) {
    return false;
  }
  for (std::size_t i = 0; i < a.kids.size(); ++i) {
    if (!same(a.kids[i], b.kids[i])) return false;
  }
  return true;
}

// Written out, each link of a long chain costs a pair of parentheses, and may pass the guard against deep nesting.
bool too_deep(const std::string& message) { return message.find("nests too deeply") != std::string::npos; }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto parsed = brightline::law::parse_expression(text);
  if (!parsed) {
    if (parsed.error().message.empty() || parsed.error().offset > text.size()) std::abort();
    return 0;
  }
  const auto again = brightline::law::parse_expression(to_text(*parsed));
  if (!again) {
    if (!too_deep(again.error().message)) std::abort();
    return 0;
  }
  if (!same(*parsed, *again)) std::abort();
  return 0;
}
