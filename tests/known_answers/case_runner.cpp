#include "known_answers/case_runner.h"

#include <algorithm>
#include <filesystem>

#include "base/toml.h"

namespace brightline::tests {

namespace {

constexpr const char* disputed_file = "disputed.toml";

std::vector<std::string> case_files(const std::string& law_directory) {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(law_directory + "/cases")) {
    if (entry.path().extension() == ".toml" && entry.path().filename() != disputed_file) out.push_back(entry.path().string());
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace

std::vector<law::Case> all_cases(const std::string& law_directory) {
  base::Problems problems;
  std::vector<law::Case> out;
  for (const std::string& file : case_files(law_directory)) {
    for (law::Case& one : law::load_cases(file, problems)) out.push_back(std::move(one));
  }
  base::stop_at(problems);
  return out;
}

std::vector<Disputed> disputed_cases(const std::string& law_directory) {
  base::Problems problems;
  std::vector<Disputed> out;
  const auto file = base::TomlFile::read(law_directory + "/cases/" + disputed_file);
  if (!file) throw base::BadInput(file.error());
  base::TomlTable root(*file, file->root(), "the list of disputed cases", problems);
  for (const base::TomlNode* node : root.tables("disputed")) {
    base::TomlTable table(*file, *node, "this disputed case", problems);
    Disputed one{table.text("id"), table.text("why"), table.text("doc"), {}};
    if (const base::TomlNode* ours = table.node("ours")) {
      for (const auto& [key, value] : ours->entries) one.ours.push_back({key, {value.text}});
    }
    table.finish();
    out.push_back(std::move(one));
  }
  root.finish();
  base::stop_at(problems);
  return out;
}

void settle(std::vector<law::Case>& cases, const std::vector<Disputed>& disputed) {
  for (law::Case& one : cases) {
    const auto found = std::ranges::find(disputed, one.id, &Disputed::id);
    if (found == disputed.end()) continue;
    for (const auto& [key, value] : found->ours) {
      const auto expected = std::ranges::find(one.expect, key, [](const auto& entry) { return entry.first; });
      if (expected == one.expect.end()) {
        one.expect.emplace_back(key, value);
      } else {
        expected->second = value;
      }
    }
  }
}

const law::Answer& CaseRunner::judge(const law::Case& one) {
  base::Problems problems;
  const law::Facts facts = law::facts_of(law_, one, problems);
  base::stop_at(problems);
  const law::Code& code = codes_.at({one.date, one.asked, one.letters});
  auto& judge = judges_[&code];
  if (!judge) judge = std::make_unique<law::Judge>(code);
  return judge->judge(facts);
}

std::vector<std::string> CaseRunner::disagreements(const law::Case& one) {
  const law::Answer& answer = judge(one);
  std::vector<std::string> out = law::disagreements(one, answer);
  law::Evaluation evaluation;
  evaluation.atoms = answer.atoms;
  law::Conflict conflict;
  law::evaluate(*answer.code, evaluation, &conflict);
  const auto& clauses = answer.code->clauses;
  if (conflict.found) out.push_back(one.id + ": '" + clauses[conflict.first].clause->id + "' and '" + clauses[conflict.second].clause->id + "' conclude differently");
  return out;
}

}  // namespace brightline::tests
