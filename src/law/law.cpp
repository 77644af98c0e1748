#include "law/law.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "base/hash.h"
#include "law/validate.h"

namespace brightline::law {

namespace {

namespace fs = std::filesystem;
constexpr std::array folders{"us", "letters", "cn", "proposed"};

std::string read_whole(const fs::path& path, base::Problems& problems) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (in) text << in.rdbuf();
  if (!in || in.bad()) problems.add({path.string(), 0, 0, {}}, "can't be read", "does the file exist, and may you read it?");
  return text.str();
}

// the folder the file itself lies in: the law directory's own path may hold any name
bool in_folder(const LawText& text, std::string_view folder) { return fs::path(text.name).parent_path().filename() == folder; }

void read_evidence(const base::TomlFile& file, Law& law, base::Problems& problems) {
  base::TomlTable root(file, file.root(), "the evidence file", problems);
  const base::TomlNode* node = root.node("evidence");
  if (node == nullptr) {
    problems.add(file.where(1, 1), "the file has no [evidence] table", "add [evidence] and through = 2026-09-24");
  } else {
    base::TomlTable evidence(file, *node, "the evidence", problems);
    const auto through = evidence.optional_date("through");
    if (evidence.node("through") == nullptr) evidence.problem("through", "the evidence names no last day", "add through = 2026-09-24");
    law.evidence_through = through.value_or(base::Date());
    law.evidence_says = evidence.optional_text("says").value_or("");
    evidence.finish();
  }
  law.unresolved = read_unresolved(file, root, base::Date::min(), problems);
  root.finish();
}

void intern_names(const Expression& e, Symbols& symbols) {
  if (e.op == Expression::Op::member && !e.group) {
    for (const std::string& name : e.names) symbols.intern(name);
  }
  for (const Expression& kid : e.kids) intern_names(kid, symbols);
}

void intern_all(Law& law) {
  for (const Word& word : law.vocabulary.words()) {
    for (const std::string& value : word.values) law.symbols.intern(value);
  }
  for (const Instrument& instrument : law.instruments) {
    for (const std::string& maker : instrument.addressees) law.symbols.intern(maker);
    for (const GroupChange& group : instrument.groups) {
      for (const std::string& place : group.add) law.symbols.intern(place);
    }
    for (const Define& define : instrument.defines) intern_names(define.is.expression, law.symbols);
    for (const Clause& clause : instrument.clauses) intern_names(clause.when.expression, law.symbols);
    for (const Stay& stay : instrument.stays) {
      if (stay.when) intern_names(stay.when->expression, law.symbols);
    }
    for (const Unresolved& point : instrument.unresolved) {
      if (point.when) intern_names(point.when->expression, law.symbols);
    }
  }
  for (const Unresolved& point : law.unresolved) {
    if (point.when) intern_names(point.when->expression, law.symbols);
  }
}

bool named(const Instrument& instrument, const std::string& want) {
  return instrument.id == want || instrument.file == want || fs::path(instrument.file).stem() == want || fs::path(instrument.file).filename() == want;
}

// Moves the proposals named with --with among the instruments applied; a name that is a path is read from there.
void apply_proposals(Law& law, const std::vector<std::string>& with, const std::map<std::string, std::string>& texts, std::string& hashed, base::Problems& problems) {
  for (const std::string& want : with) {
    auto found = std::ranges::find_if(law.proposed, [&](const Instrument& i) { return named(i, want); });
    if (found != law.proposed.end()) {
      law.with.push_back(found->id);
      if (const auto text = texts.find(found->file); text != texts.end()) hashed += text->second;
      law.instruments.push_back(std::move(*found));
      law.proposed.erase(found);
      continue;
    }
    std::error_code ignored;
    if (fs::is_regular_file(want, ignored)) {
      auto file = base::TomlFile::read(want);
      if (!file) {
        problems.add(file.error());
        continue;
      }
      hashed += file->source();
      law.instruments.push_back(read_instrument(*file, problems));
      law.instruments.back().proposed = true;
      law.with.push_back(law.instruments.back().id);
      continue;
    }
    std::vector<std::string> names;
    for (const Instrument& i : law.proposed) names.push_back(i.id);
    std::string hint = base::did_you_mean(want, names);
    if (hint.empty()) {
      hint = "a file, or one of:";
      for (const std::string& name : names) hint += " " + name;
    }
    problems.add({"--with", 0, 0, {}}, "no proposed instrument '" + want + "'", hint);
  }
}

void add_period(std::set<base::Date>& days, base::Date from, base::Date until) {
  days.insert(from);
  if (until < base::Date::max()) days.insert(until.next());
}

void add_days(const Expression& e, std::set<base::Date>& days) {
  if (e.op == Expression::Op::day) {
    days.insert(e.day);
    days.insert(e.day.next());
  }
  for (const Expression& kid : e.kids) add_days(kid, days);
}

}  // namespace

const Instrument* Law::find(std::string_view id) const {
  for (const Instrument& instrument : instruments) {
    if (instrument.id == id) return &instrument;
  }
  for (const Instrument& instrument : proposed) {
    if (instrument.id == id) return &instrument;
  }
  return nullptr;
}

std::vector<base::Date> Law::change_days(Asked asked) const {
  std::set<base::Date> days;
  for (const Instrument& instrument : instruments) {
    for (const Clause& clause : instrument.clauses) {
      add_period(days, asked == Asked::enforced ? clause.enforced_from : clause.from, clause.until);
      add_days(clause.when.expression, days);
    }
    for (const Unresolved& point : instrument.unresolved) {
      if (point.when) add_days(point.when->expression, days);
    }
    for (const Define& define : instrument.defines) {
      days.insert(define.from);
      add_days(define.is.expression, days);
    }
    for (const GroupChange& group : instrument.groups) days.insert(group.from);
    for (const Repeal& repeal : instrument.repeals) days.insert(repeal.from);
    for (const Stay& stay : instrument.stays) {
      if (asked != Asked::enforced && !stay.in_text) continue;
      add_period(days, stay.from, stay.until);
      if (stay.when) add_days(stay.when->expression, days);
    }
    for (const Unresolved& point : instrument.unresolved) add_period(days, point.from, point.until);
  }
  for (const Unresolved& point : unresolved) {
    add_period(days, point.from, point.until);
    if (point.when) add_days(point.when->expression, days);
  }
  return {days.begin(), days.end()};
}

std::vector<LawText> read_law_texts(const std::string& directory, base::Problems& problems) {
  std::vector<LawText> out;
  std::error_code error;
  if (!fs::is_directory(directory, error)) {
    problems.add({directory, 0, 0, {}}, "no such law directory", "name one with --law DIR");
    return out;
  }
  for (const char* file : {"words.toml", "evidence.toml"}) out.push_back({directory + "/" + file, read_whole(fs::path(directory) / file, problems)});
  for (const char* folder : folders) {
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(fs::path(directory) / folder, error)) {
      if (entry.path().extension() == ".toml") paths.push_back(entry.path());
    }
    std::ranges::sort(paths);
    for (const fs::path& path : paths) out.push_back({path.string(), read_whole(path, problems)});
  }
  return out;
}

Law load_law(std::vector<LawText> texts, const std::vector<std::string>& with, base::Problems& problems) {
  Law law;
  std::string hashed;
  std::map<std::string, std::string> proposals;  // what a proposal says counts once it is applied
  for (LawText& text : texts) {
    const bool proposed = in_folder(text, "proposed");
    if (!proposed) hashed += text.text;
    const std::string name = text.name;
    if (proposed) proposals[name] = text.text;
    const auto file = base::TomlFile::parse(name, std::move(text.text));
    if (!file) {
      problems.add(file.error());
    } else if (fs::path(name).filename() == "words.toml") {
      law.vocabulary = Vocabulary::load(*file, problems);
    } else if (fs::path(name).filename() == "evidence.toml") {
      read_evidence(*file, law, problems);
    } else {
      Instrument instrument = read_instrument(*file, problems);
      instrument.proposed = proposed;
      (proposed ? law.proposed : law.instruments).push_back(std::move(instrument));
    }
  }
  apply_proposals(law, with, proposals, hashed, problems);
  std::ranges::stable_sort(law.instruments, {}, &Instrument::effective);
  std::ranges::stable_sort(law.proposed, {}, &Instrument::effective);
  if (!law.instruments.empty()) law.evidence_from = law.instruments.front().effective;
  intern_all(law);
  law.version = base::hash_hex(hashed);
  if (problems.empty()) validate(law, problems);
  return law;
}

Law load_law(const std::string& directory, const std::vector<std::string>& with, base::Problems& problems) {
  auto texts = read_law_texts(directory, problems);
  if (!problems.empty()) return {};
  Law law = load_law(std::move(texts), with, problems);
  law.directory = directory;
  return law;
}

}  // namespace brightline::law
