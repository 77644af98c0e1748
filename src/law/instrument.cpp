#include "law/instrument.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "law/parse.h"

namespace brightline::law {

namespace {

constexpr std::array<const char*, verb_count> verb_names{"presume", "classify", "label",    "require", "permit",
                                                         "review",  "oblige",   "restrict", "duty",    "flag"};
constexpr std::array kind_names{"rule", "guidance", "proclamation", "letter", "measure", "bill", "overlay"};
constexpr std::array confidence_letters{"P", "Q", "S", "M"};

std::string listed(const auto& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ", ") + std::string(name);
  return out;
}

Confidence read_confidence(base::TomlTable& table, std::optional<Confidence> fallback) {
  const auto text = table.optional_text("confidence");
  if (!text && fallback) return *fallback;
  for (std::size_t i = 0; i < confidence_letters.size(); ++i) {
    if (text && *text == confidence_letters[i]) return static_cast<Confidence>(i);
  }
  table.problem("confidence", text ? "'" + *text + "' is no confidence" : "a confidence is missing", "P primary text, Q quoted, S secondary, M memory");
  return Confidence::memory;
}

Condition read_condition(const base::TomlFile& file, base::TomlTable& table, std::string_view key, base::Problems& problems) {
  Condition out;
  out.text = table.text(key);
  out.where = table.where(key);
  if (out.text.empty()) return out;
  // the node's column is its opening quote; a text over several lines keeps the first line's position
  out.where.column += 1;
  auto parsed = parse_expression(out.text);
  if (parsed) {
    out.expression = std::move(*parsed);
    return out;
  }
  base::Where where = out.where;
  where.column += static_cast<int>(parsed.error().offset);
  problems.add(where, parsed.error().message, parsed.error().hint);
  (void)file;
  return out;
}

std::string full_id(const Instrument& instrument, const std::string& id) {
  return id.find(':') != std::string::npos ? id : instrument.id + ":" + id;
}

void read_define(const base::TomlFile& file, base::TomlTable table, Instrument& out, base::Problems& problems) {
  Define define;
  define.id = table.text("id");
  define.cite = table.optional_text("cite").value_or("");
  define.says = table.optional_text("says").value_or("");
  define.from = table.optional_date("from").value_or(out.effective);
  define.where = table.where();
  define.is = read_condition(file, table, "is", problems);
  table.optional_text("confidence");
  table.finish();
  out.defines.push_back(std::move(define));
}

void read_group(base::TomlTable table, Instrument& out) {
  GroupChange group;
  group.id = table.text("id");
  group.add = table.texts("add");
  group.remove = table.texts("remove");
  group.from = table.optional_date("from").value_or(out.effective);
  group.cite = table.optional_text("cite").value_or("");
  group.confidence = read_confidence(table, out.confidence);
  group.where = table.where();
  table.optional_text("says");
  for (const auto* list : {&group.add, &group.remove}) {
    for (const std::string& place : *list) {
      const bool good = place.size() == 2 && place[0] >= 'A' && place[0] <= 'Z' && place[1] >= 'A' && place[1] <= 'Z';
      if (!good) table.problem(list == &group.add ? "add" : "remove", "'" + place + "' is no country code", "ISO 3166 alpha-2, such as CN");
    }
  }
  table.finish();
  out.groups.push_back(std::move(group));
}

void read_clause(const base::TomlFile& file, base::TomlTable table, Instrument& out, base::Problems& problems) {
  Clause clause;
  clause.id = full_id(out, table.text("id"));
  clause.cite = table.text("cite");
  clause.says = table.text("says");
  clause.from = table.optional_date("from").value_or(out.effective);
  clause.enforced_from = table.optional_date("enforced_from").value_or(clause.from);
  clause.until = table.optional_date("until").value_or(base::Date::max());
  if (clause.until < clause.from) table.problem("until", "the clause ends before it begins, on " + clause.from.to_text(), "a clause without 'from' begins with its instrument");
  clause.confidence = read_confidence(table, out.confidence);
  clause.assumes = table.optional_text("assumes").value_or("");
  clause.with_licence = table.optional_text("with").value_or("") == "licence";
  if (table.node("with") != nullptr && !clause.with_licence) table.problem("with", "a clause may stand with a licence alone", "write with = \"licence\", or leave it out");
  clause.where = table.where();
  clause.when = read_condition(file, table, "when", problems);
  if (const auto then = table.optional_text("then")) {
    if (const auto conclusion = parse_conclusion(*then)) {
      clause.then = *conclusion;
    } else {
      table.problem("then", conclusion.error().message, conclusion.error().hint);
    }
  }
  for (const std::string& id : table.texts("defeats")) clause.defeats.push_back(full_id(out, id));
  if (table.node("then") == nullptr && clause.defeats.empty()) table.problem("id", "the clause neither concludes nor defeats anything", "add then = \"...\" or defeats = [...]");
  table.finish();
  out.clauses.push_back(std::move(clause));
}

void read_repeal(base::TomlTable table, Instrument& out) {
  Repeal repeal{full_id(out, table.text("id")), table.optional_date("from").value_or(out.effective), table.where()};
  table.optional_text("says");
  table.optional_text("cite");
  table.finish();
  out.repeals.push_back(std::move(repeal));
}

void read_stay(const base::TomlFile& file, base::TomlTable table, Instrument& out, base::Problems& problems) {
  Stay stay;
  stay.id = full_id(out, table.text("id"));
  stay.from = table.optional_date("from").value_or(out.effective);
  stay.until = table.optional_date("until").value_or(base::Date::max());
  stay.in_text = table.optional_boolean("in_text").value_or(false);
  stay.cite = table.optional_text("cite").value_or(out.cite);
  stay.says = table.text("says");
  stay.confidence = read_confidence(table, out.confidence);
  stay.where = table.where();
  if (table.node("when") != nullptr) stay.when = read_condition(file, table, "when", problems);
  table.finish();
  out.stays.push_back(std::move(stay));
}

void read_header(base::TomlTable header, Instrument& out) {
  out.id = header.text("id");
  out.title = header.text("title");
  const std::string kind = header.text("kind");
  bool known = false;
  for (std::size_t i = 0; i < kind_names.size(); ++i) {
    if (kind == kind_names[i]) {
      out.kind = static_cast<InstrumentKind>(i);
      known = true;
    }
  }
  if (!known) header.problem("kind", "'" + kind + "' is no kind of instrument", "one of " + listed(kind_names));
  out.cite = header.text("cite");
  out.url = header.optional_text("url").value_or("");
  out.summary = header.text("summary");
  out.released = header.optional_date("released");
  out.published = header.optional_date("published");
  const auto effective = header.optional_date("effective");
  if (header.node("effective") == nullptr) header.problem("effective", "the instrument states no effective day", "add effective = 2023-11-17");
  out.effective = effective.value_or(base::Date());
  out.confidence = read_confidence(header, std::nullopt);
  out.addressees = header.texts("addressees");
  if (out.kind == InstrumentKind::letter && out.addressees.empty()) header.problem("addressees", "the letter names no addressees", "add addressees = [\"nvidia\"], with ids from data/makers.toml");
  header.finish();
}

}  // namespace

std::string to_text(Confidence confidence) { return confidence_letters.at(static_cast<std::size_t>(confidence)); }
std::string to_text(Verb verb) { return verb_names.at(static_cast<std::size_t>(verb)); }
std::string to_text(InstrumentKind kind) { return kind_names.at(static_cast<std::size_t>(kind)); }

namespace {

NotAConclusion not_a_conclusion(const std::string& text, const std::string& verb, bool verb_known, std::string_view values) {
  const std::vector<std::string> names(verb_names.begin(), verb_names.end());
  if (!verb_known) {
    const std::string near = base::did_you_mean(verb, names);
    return {"'" + verb + "' is no verb", near.empty() ? "one of " + listed(verb_names) : near};
  }
  const std::string form = verb == "permit" ? "permit NAC, or permit NAC notify" : verb + " and one word, such as '" + verb + " x'";
  return {"'" + text + "' is no conclusion", values.empty() ? form : "after '" + verb + "' stands one of " + std::string(values)};
}

}  // namespace

std::expected<Conclusion, NotAConclusion> parse_conclusion(const std::string& text) {
  std::istringstream in(text);
  std::string verb;
  Conclusion out;
  std::string extra;
  std::string beyond;
  in >> verb >> out.value >> extra >> beyond;
  bool known = false;
  for (std::size_t i = 0; i < verb_names.size(); ++i) {
    if (verb == verb_names.at(i)) {
      out.verb = static_cast<Verb>(i);
      known = true;
    }
  }
  out.notify = extra == "notify";
  std::vector<std::string_view> values;  // none: any word
  if (known && out.verb == Verb::require) values = {"licence", "undetermined"};
  if (known && out.verb == Verb::review) values = {"approval", "case-by-case", "denial", "undetermined"};
  if (known && (out.verb == Verb::classify || out.verb == Verb::presume)) values = {"3A090.a", "3A090.b", "3A090.c"};
  const bool notified = extra.empty() || (out.verb == Verb::permit && out.notify);
  const bool meant = values.empty() || std::ranges::find(values, out.value) != values.end();
  if (known && beyond.empty() && !out.value.empty() && notified && meant) return out;
  return std::unexpected(not_a_conclusion(text, verb, known, listed(values)));
}

std::vector<Unresolved> read_unresolved(const base::TomlFile& file, base::TomlTable& table, base::Date from, base::Problems& problems) {
  std::vector<Unresolved> out;
  for (const base::TomlNode* node : table.tables("unresolved")) {
    base::TomlTable entry(file, *node, "this open point", problems);
    Unresolved point;
    point.says = entry.text("says");
    point.from = entry.optional_date("from").value_or(from);
    point.until = entry.optional_date("until").value_or(base::Date::max());
    if (entry.node("when") != nullptr) point.when = read_condition(file, entry, "when", problems);
    entry.optional_text("cite");
    entry.optional_text("confidence");
    entry.finish();
    out.push_back(std::move(point));
  }
  return out;
}

Instrument read_instrument(const base::TomlFile& file, base::Problems& problems) {
  Instrument out;
  out.file = file.file();
  base::TomlTable root(file, file.root(), "the instrument file", problems);
  const base::TomlNode* header = root.node("instrument");
  if (header == nullptr || header->kind != base::TomlNode::Kind::table) {
    problems.add(file.where(1, 1), "the file has no [instrument] table", "see law/README.md");
    return out;
  }
  read_header(base::TomlTable(file, *header, "the instrument", problems), out);
  for (const auto* node : root.tables("define")) read_define(file, {file, *node, "this definition", problems}, out, problems);
  for (const auto* node : root.tables("group")) read_group({file, *node, "this group", problems}, out);
  for (const auto* node : root.tables("clause")) read_clause(file, {file, *node, "this clause", problems}, out, problems);
  for (const auto* node : root.tables("repeal")) read_repeal({file, *node, "this repeal", problems}, out);
  for (const auto* node : root.tables("stay")) read_stay(file, {file, *node, "this stay", problems}, out, problems);
  out.unresolved = read_unresolved(file, root, out.effective, problems);
  root.finish();
  return out;
}

}  // namespace brightline::law
