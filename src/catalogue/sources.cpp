#include "catalogue/sources.h"

#include <algorithm>
#include <array>

namespace brightline::catalogue {

namespace {

constexpr std::array<std::string_view, 5> trusts{"maker", "press", "dataset", "estimate", "memory"};

}  // namespace

Sources read_sources(const base::TomlFile& file, base::Problems& problems) {
  Sources sources;
  base::TomlTable root(file, file.root(), "the list of sources", problems);
  const base::TomlNode* all = root.node("source");
  root.finish();
  if (all == nullptr || all->kind != base::TomlNode::Kind::table) {
    problems.add({file.file(), 0, 0, {}}, "no [source.<id>] tables", "every value of the data names one of them");
    return sources;
  }
  for (const auto& [id, node] : all->entries) {
    base::TomlTable table(file, node, "source " + id, problems);
    Source source;
    source.title = table.text("title");
    source.publisher = table.optional_text("publisher").value_or("");
    source.url = table.optional_text("url").value_or("");
    source.trust = table.text("trust");
    if (!source.trust.empty() && std::ranges::find(trusts, source.trust) == trusts.end()) {
      table.problem("trust", "'" + source.trust + "' is no degree of trust", "maker, press, dataset, estimate or memory");
    }
    table.finish();
    sources.emplace(id, std::move(source));
  }
  return sources;
}

std::vector<std::string> ids_of(const Sources& sources) {
  std::vector<std::string> ids;
  ids.reserve(sources.size());
  for (const auto& [id, source] : sources) ids.push_back(id);
  return ids;
}

}  // namespace brightline::catalogue
