#include "catalogue/makers.h"

#include <algorithm>

#include "catalogue/atoms.h"

namespace brightline::catalogue {

namespace {

using base::TomlNode;
using Table = std::map<std::string, std::string, std::less<>>;

Table read_texts(const base::TomlFile& file, const TomlNode* node, std::string_view name, base::Problems& problems) {
  Table out;
  if (node == nullptr) return out;
  for (const auto& [key, value] : node->entries) {
    if (value.kind == TomlNode::Kind::text) {
      out.emplace(key, value.text);
    } else {
      problems.add(file.where(value), "'" + key + "' of [" + std::string(name) + "] must be a text in quotes");
    }
  }
  return out;
}

void must_be_places(const base::TomlFile& file, const TomlNode* node, const Table& names, base::Problems& problems) {
  if (node == nullptr) return;
  for (const auto& [key, value] : node->entries) {
    if (value.kind != TomlNode::Kind::text || names.contains(value.text)) continue;
    problems.add(file.where(value), "'" + value.text + "' is not a code of [place]");
  }
}

}  // namespace

Places read_places(const base::TomlFile& file, base::Problems& problems) {
  base::TomlTable root(file, file.root(), "the list of places", problems);
  const TomlNode* same_as = root.node("same_as");
  const TomlNode* also_called = root.node("also_called");
  Places places;
  places.names = read_texts(file, root.node("place"), "place", problems);
  places.same_as = read_texts(file, same_as, "same_as", problems);
  places.also_called = read_texts(file, also_called, "also_called", problems);
  root.finish();
  must_be_places(file, same_as, places.names, problems);
  must_be_places(file, also_called, places.names, problems);
  return places;
}

std::optional<std::string> Places::code(std::string_view text) const {
  const std::string wanted = lower_case(text);
  for (const auto& [code, name] : names) {
    if (lower_case(code) == wanted || lower_case(name) == wanted) return code;
  }
  for (const auto& [name, code] : also_called) {
    if (lower_case(name) == wanted) return code;
  }
  return std::nullopt;
}

std::string Places::counted_as(std::string_view code) const {
  const auto found = same_as.find(code);
  return found == same_as.end() ? std::string(code) : found->second;
}

std::string Places::hint(std::string_view text) const {
  std::vector<std::string> candidates;
  candidates.reserve(names.size() + also_called.size());
  for (const auto& [code, name] : names) candidates.push_back(name);
  for (const auto& [name, code] : also_called) candidates.push_back(name);
  if (const auto known = code(text)) return "write '" + *known + "'";
  const std::string near = base::did_you_mean(text, candidates);
  return near.empty() ? "write a two-letter code such as CN, or the name of the place" : near;
}

Makers read_makers(const base::TomlFile& file, const Places& places, base::Problems& problems) {
  Makers makers;
  base::TomlTable root(file, file.root(), "the list of makers", problems);
  for (const TomlNode* node : root.tables("maker")) {
    base::TomlTable table(file, *node, "a maker", problems);
    Maker maker;
    maker.id = table.text("id");
    maker.name = table.text("name");
    maker.headquarters = table.text("headquarters");
    maker.aliases = table.texts("aliases");
    maker.note = table.optional_text("note").value_or("");
    table.finish();
    // without any place the list of places is at fault, and has been named
    if (!places.names.empty() && !maker.headquarters.empty() && !places.names.contains(maker.headquarters)) {
      table.problem("headquarters", "'" + maker.headquarters + "' is not a place", places.hint(maker.headquarters));
    }
    if (find_maker(makers, maker.id) != nullptr) table.problem("id", "there are two makers '" + maker.id + "'");
    makers.push_back(std::move(maker));
  }
  root.finish();
  return makers;
}

const Maker* find_maker(const Makers& makers, std::string_view id) {
  const auto found = std::ranges::find(makers, id, &Maker::id);
  return found == makers.end() ? nullptr : &*found;
}

}  // namespace brightline::catalogue
