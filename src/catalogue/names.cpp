#include "catalogue/names.h"

#include <algorithm>
#include <set>

namespace brightline::catalogue {

namespace {

using chip::Accelerator;

const Written* longest(const std::vector<Atom>& text, const std::vector<Written>& ways) {
  const Written* best = nullptr;
  for (const Written& way : ways) {
    if (find_words(text, way.atoms) < 0) continue;
    if (best == nullptr || way.atoms.size() > best->atoms.size()) best = &way;
  }
  return best;
}

std::set<std::string> words_of(std::string_view text) {
  std::set<std::string> words;
  for (Atom& atom : atoms_of(text)) words.insert(std::move(atom.text));
  return words;
}

void add_words(std::set<std::string>& words, std::string_view text) { words.merge(words_of(text)); }

/// Whether every word of the text is one this product could be written with, and how many words of its id are there.
struct Fit {
  bool whole = false;
  int matched = 0;
};

Fit fit(const std::vector<Atom>& text, const Accelerator& chip, const Names& names) {
  std::set<std::string> known(names.filler.begin(), names.filler.end());
  for (const Written& maker : names.makers) {
    if (maker.meaning != chip.maker) continue;
    for (const Atom& atom : maker.atoms) known.insert(atom.text);
  }
  for (const Written& line : names.lines) {
    if (line.meaning != chip.product_line) continue;
    for (const Atom& atom : line.atoms) known.insert(atom.text);
  }
  add_words(known, chip.id);
  add_words(known, chip.name);
  add_words(known, chip.product_line);
  const chip::Interval capacity = chip.number(chip::Field::memory_capacity);
  if (capacity.stated) known.insert(capacity.stated->to_text());
  Fit out;
  std::set<std::string> there;
  for (const Atom& atom : text) there.insert(atom.text);
  out.whole = std::ranges::all_of(there, [&](const std::string& word) { return known.contains(word); });
  const auto id = words_of(chip.id);
  const auto name = words_of(chip.name);
  const auto all_there = [&there](const std::set<std::string>& words) { return std::ranges::includes(there, words); };
  if (all_there(id)) out.matched = static_cast<int>(id.size());
  if (all_there(name)) out.matched = std::max(out.matched, static_cast<int>(name.size()));
  return out;
}

std::string exact_chip(const std::vector<Atom>& text, const NameReading& reading, const Names& names,
                       std::span<const Accelerator> accelerators) {
  const Accelerator* best = nullptr;
  const Accelerator* fitting = nullptr;
  int best_matched = 0;
  int fits = 0;
  bool tie = false;
  for (const Accelerator& chip : accelerators) {
    if (chip.product_line != reading.product_line) continue;
    const Fit now = fit(text, chip, names);
    if (!now.whole) continue;
    fitting = &chip;
    ++fits;
    if (now.matched == 0 || now.matched < best_matched) continue;
    tie = now.matched == best_matched;
    best_matched = now.matched;
    best = &chip;
  }
  if (best != nullptr && !tie) return best->id;
  return fits == 1 ? fitting->id : std::string{};
}

std::vector<Written> read_ways(base::TomlTable& table, std::string_view key, const std::string& meaning) {
  std::vector<Written> ways;
  for (const std::string& way : table.texts(key)) ways.push_back({atoms_of(way), meaning});
  if (ways.empty()) table.problem(key, "nothing says how it is written", "add " + std::string(key) + " = [\"...\"]");
  return ways;
}

void append(std::vector<Written>& to, std::vector<Written> more) { std::ranges::move(more, std::back_inserter(to)); }

void read_lines(const base::TomlFile& file, base::TomlTable& root, const Makers& makers, Names& names, base::Problems& problems) {
  for (const base::TomlNode* node : root.tables("line")) {
    base::TomlTable table(file, *node, "a product line", problems);
    const std::string line = table.text("line");
    const std::string maker = table.text("maker");
    if (!maker.empty() && find_maker(makers, maker) == nullptr) table.problem("maker", "there is no maker '" + maker + "'");
    append(names.lines, read_ways(table, "written", line));
    names.maker_of_line.emplace_back(line, maker);
    table.finish();
  }
}

}  // namespace

Names read_names(const base::TomlFile& file, const Makers& makers, base::Problems& problems) {
  Names names;
  base::TomlTable root(file, file.root(), "the list of names", problems);
  for (const Maker& maker : makers) {
    names.makers.push_back({atoms_of(maker.id), maker.id});
    names.makers.push_back({atoms_of(maker.name), maker.id});
    for (const std::string& alias : maker.aliases) names.makers.push_back({atoms_of(alias), maker.id});
  }
  read_lines(file, root, makers, names, problems);
  for (const base::TomlNode* node : root.tables("described")) {
    base::TomlTable table(file, *node, "a description", problems);
    append(names.described, read_ways(table, "written", table.text("described_in")));
    table.finish();
  }
  names.filler = root.texts("filler");
  root.finish();
  return names;
}

NameReading read_name(std::string_view text, const Names& names, std::span<const Accelerator> accelerators) {
  const std::vector<Atom> atoms = atoms_of(text);
  NameReading reading;
  if (const Written* maker = longest(atoms, names.makers)) reading.maker = maker->meaning;
  if (const Written* described = longest(atoms, names.described)) reading.described_in = described->meaning;
  const Written* line = longest(atoms, names.lines);
  if (line == nullptr) return reading;
  reading.product_line = line->meaning;
  for (const auto& [of, maker] : names.maker_of_line) {
    if (of == line->meaning) reading.maker = maker;
  }
  reading.chip = exact_chip(atoms, reading, names, accelerators);
  return reading;
}

}  // namespace brightline::catalogue
