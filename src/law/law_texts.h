// A small law for the unit tests: the real vocabulary and instruments of the test's own.
#pragma once
#include <string>
#include <vector>

#include "law/code.h"
#include "law/facts.h"
#include "law/law.h"

namespace brightline::law::tests {

inline const std::string header = R"([instrument]
id = "T"
title = "a rule for tests"
kind = "rule"
cite = "none"
effective = 2024-01-01
confidence = "P"
summary = "for tests"
)";

inline std::string clause(const std::string& id, const std::string& when, const std::string& then, const std::string& more = "") {
  const std::string conclusion = then.empty() ? "" : "then = \"" + then + "\"\n";
  return "[[clause]]\nid = \"" + id + "\"\ncite = \"c\"\nsays = \"s\"\nwhen = \"" + when + "\"\n" + conclusion + more;
}

/// Words of law/words.toml, an empty body of evidence, and these instruments as us/0.toml, us/1.toml ...
inline Law load(const std::vector<std::string>& instruments, base::Problems& problems) {
  std::vector<LawText> texts;
  base::Problems unread;
  for (LawText& text : read_law_texts(BRIGHTLINE_ROOT "/law", unread)) {
    if (text.name.ends_with("/words.toml")) texts.push_back(std::move(text));
  }
  texts.push_back({"evidence.toml", "[evidence]\nthrough = 2026-09-24\n"});
  for (std::size_t i = 0; i < instruments.size(); ++i) texts.push_back({"us/" + std::to_string(i) + ".toml", instruments[i]});
  return load_law(std::move(texts), {}, problems);
}

inline base::Date day(const char* text) { return base::Date::parse(text).value(); }

/// Facts from "word = value" pairs; nothing is assumed.
inline Facts facts(const Law& law, const std::vector<std::pair<const char*, const char*>>& values) {
  Facts out(law);
  for (const auto& [word, value] : values) {
    const auto set = out.set_text(law.vocabulary.at(word), value);
    base::check(set.has_value(), "a test states a fact that can't be read");
  }
  return out;
}

/// A law of the test's own, compiled for one day.
struct Compiled {
  explicit Compiled(const std::vector<std::string>& instruments, const char* on = "2024-06-01", Asked asked = Asked::enforced)
      : law(load(instruments, problems)), code(compile(law, {day(on), asked, true}, problems)) {}
  base::Problems problems;
  Law law;
  Code code;
};

}  // namespace brightline::law::tests
