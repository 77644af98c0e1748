#include "law/cases.h"

#include <algorithm>
#include <array>

#include "base/toml.h"

namespace brightline::law {

namespace {

Case read_case(const base::TomlFile& file, const base::TomlNode& node, base::Problems& problems) {
  base::TomlTable table(file, node, "this case", problems);
  Case out;
  out.where = table.where();
  out.id = table.text("id");
  out.says = table.text("says");
  out.source = table.optional_text("source").value_or("");
  out.stated_by = table.optional_text("stated_by").value_or("computed");
  table.optional_text("confidence");
  table.optional_text("note");
  const auto date = table.optional_date("date");
  if (!date) table.problem("date", "the case has no date", "add date = 2024-01-15");
  out.date = date.value_or(base::Date());
  const std::string asked = table.optional_text("as").value_or("enforced");
  if (asked != "text" && asked != "enforced") table.problem("as", "'" + asked + "' must be text or enforced");
  out.asked = asked == "text" ? Asked::text : Asked::enforced;
  out.letters = table.optional_boolean("letters").value_or(true);
  out.with = table.texts("with");
  if (const auto* facts = table.node("facts")) {
    for (const auto& [word, value] : facts->entries) out.facts.emplace_back(word, value.text);
  }
  if (const auto* expect = table.node("expect")) {
    base::TomlTable expected(file, *expect, "the expectation", problems);
    for (const char* key : {"paragraph", "label", "licence", "requirement", "exceptions", "review", "flags", "duty", "restrictions", "conditions", "presumed", "absent"}) {
      if (expected.node(key) != nullptr) out.expect.emplace_back(key, expected.texts(key));
    }
    expected.finish();
  } else {
    table.problem("id", "the case expects nothing", "add expect = { requirement = \"none\" }");
  }
  table.finish();
  return out;
}

std::vector<std::string> given(const Answer& answer, const std::string& key) {
  if (key == "paragraph") return {answer.paragraph()};
  if (key == "label") return {answer.label()};
  if (key == "licence") return {answer.licence()};
  if (key == "requirement") return {answer.requirement()};
  if (key == "review") return {answer.review()};
  if (key == "duty") return {answer.duty()};
  if (key == "presumed") return {answer.conclusions.presumed == 2 ? "yes" : answer.conclusions.presumed == 1 ? "no" : "undetermined"};
  const Verb verb = key == "exceptions" ? Verb::permit : key == "flags" ? Verb::flag : key == "restrictions" ? Verb::restrict : Verb::oblige;
  return answer.set_of(verb);
}

std::string listed(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) out += (out.empty() ? "" : ", ") + value;
  return "[" + out + "]";
}

}  // namespace

std::vector<Case> load_cases(const std::string& path, base::Problems& problems) {
  std::vector<Case> out;
  const auto file = base::TomlFile::read(path);
  if (!file) {
    problems.add(file.error());
    return out;
  }
  base::TomlTable root(*file, file->root(), "the case file", problems);
  for (const base::TomlNode* node : root.tables("case")) out.push_back(read_case(*file, *node, problems));
  root.finish();
  return out;
}

Facts facts_of(const Law& law, const Case& one, base::Problems& problems) {
  Facts facts(law);
  std::vector<std::size_t> left_open;  // stated as unknown: not to be assumed
  for (const auto& [id, text] : one.facts) {
    const auto word = law.vocabulary.find(id);
    if (!word) {
      problems.add(one.where, "case " + one.id + " states the unknown word '" + id + "'", base::did_you_mean(id, law.vocabulary.names()));
      continue;
    }
    const auto set = facts.set_text(*word, text);
    if (!set) problems.add(one.where, "case " + one.id + ", " + id + ": " + set.error());
    if (text == "unknown") left_open.push_back(*word);
  }
  facts.assume(left_open);
  return facts;
}

std::vector<std::string> disagreements(const Case& one, const Answer& answer) {
  std::vector<std::string> out;
  for (const auto& [key, wanted] : one.expect) {
    if (key == "absent") {
      for (const std::string& value : wanted) {
        const bool there = std::ranges::any_of(std::array{"exceptions", "flags", "restrictions", "conditions"}, [&](const char* set) {
          const auto values = given(answer, set);
          return std::ranges::find(values, value) != values.end();
        });
        if (there) out.push_back(one.id + ": '" + value + "' is concluded, and must not be");
      }
      continue;
    }
    std::vector<std::string> got = given(answer, key);
    std::vector<std::string> want = wanted;
    std::ranges::sort(got);
    std::ranges::sort(want);
    // sets of flags, conditions and restrictions: those named must be there; others may be too
    const bool subset = key == "flags" || key == "conditions" || key == "restrictions";
    const bool good = subset && !want.empty() ? std::ranges::includes(got, want) : got == want;
    if (!good) out.push_back(one.id + ": " + key + " expected " + listed(want) + ", got " + listed(got));
  }
  return out;
}

}  // namespace brightline::law
