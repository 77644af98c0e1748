#include "catalogue/packaging_file.h"

#include <fmt/format.h>

#include "catalogue/technology_entry.h"

namespace brightline::catalogue {

namespace {

using Entry = TechnologyEntry;

// Calls `read` with the table that stands alone under `key`.
template <class Read>
void single(base::TomlTable& root, const base::TomlFile& file, const char* key, const Sources& sources, base::Problems& problems, Read read) {
  const base::TomlNode* node = root.node(key);
  if (node == nullptr) {
    problems.add(root.where(), fmt::format("packaging needs [{}]", key));
    return;
  }
  Entry entry(file, *node, fmt::format("[{}]", key), sources, problems);
  read(entry);
  entry.table.finish();
}

}  // namespace

chip::PackagingFacts read_packaging(const base::TomlFile& file, const Sources& sources, base::Problems& problems) {
  chip::PackagingFacts out;
  base::TomlTable root(file, file.root(), "the packaging", problems);
  single(root, file, "wafer", sources, problems, [&](Entry& entry) {
    out.wafer = {entry.needed("diameter", "mm"), entry.needed("edge", "mm"), entry.needed("scribe", "mm"), entry.needed("clustering", "")};
  });
  single(root, file, "reticle", sources, problems, [&](Entry& entry) {
    out.reticle = {entry.needed("width", "mm"), entry.needed("height", "mm"), entry.needed("area", "mm2"), entry.needed("high_na_area", "mm2")};
  });
  single(root, file, "test", sources, problems, [&](Entry& entry) { out.test = {entry.needed("die", "USD/mm2"), entry.needed("device", "USD")}; });
  for (const base::TomlNode* node : root.tables("carrier")) {
    Entry entry(file, *node, "a carrier", sources, problems);
    const auto stacked = entry.table.optional_boolean("stacked_memory");
    if (!stacked) entry.lacks("'stacked_memory': whether it is taken where HBM stands beside the dies");
    out.carriers.push_back({entry.table.text("id"), stacked.value_or(false), entry.needed("times", ""), entry.needed("price", "USD/mm2"), entry.needed("fixed", "USD"), entry.needed("attach", "%"),
                            entry.needed("largest", "mm2")});
    entry.table.finish();
  }
  for (const bool stacked : {false, true}) {
    if (out.carrier(stacked) == nullptr) problems.add(root.where(), std::string("packaging needs a [[carrier]] with stacked_memory = ") + (stacked ? "true" : "false"));
  }
  root.finish();
  return out;
}

}  // namespace brightline::catalogue
