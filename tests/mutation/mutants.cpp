#include "mutation/mutants.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>

namespace brightline::tests {

namespace {

struct Block {
  std::string kind;  // clause, define, stay, repeal, group, unresolved, instrument
  std::string id;
  std::size_t begin = 0;  // offsets in the file
  std::size_t end = 0;
};

bool is_instrument(const std::string& name) { return name.ends_with(".toml") && !name.ends_with("words.toml") && !name.ends_with("evidence.toml"); }

std::vector<Block> blocks_of(const std::string& text) {
  static const std::regex header(R"((^|\n)\[\[?(\w+)\]\]?[ \t]*(?=\n))");
  static const std::regex id_line("\\nid = \"([^\"]*)\"");
  std::vector<Block> out;
  for (std::sregex_iterator at(text.begin(), text.end(), header), last; at != last; ++at) {
    const auto begin = static_cast<std::size_t>(at->position(0));
    if (!out.empty()) out.back().end = begin;
    out.push_back({(*at)[2], "", begin, text.size()});
  }
  for (Block& block : out) {
    std::smatch id;
    const std::string body = text.substr(block.begin, block.end - block.begin);
    if (std::regex_search(body, id, id_line)) block.id = id[1];
  }
  return out;
}

class Planter {
 public:
  Planter(std::size_t file, std::string text, std::vector<Mutant>& out) : file_(file), text_(std::move(text)), out_(out) {}

  void plant() {
    for (const Block& block : blocks_of(text_)) {
      if (block.kind == "instrument") instrument_ = block.id;
      block_ = block;
      if (block.kind == "stay" || block.kind == "repeal") replace(block.begin, block.end - block.begin, "", "dropped");
      if (block.kind == "clause" || block.kind == "define" || block.kind == "stay") in_conditions();
      if (block.kind == "clause") in_defeats();
      if (block.kind == "stay") in_text();
      if (block.kind != "unresolved") in_dates();
    }
  }

 private:
  void replace(std::size_t at, std::size_t length, const std::string& with, std::string what) {
    Mutant mutant{file_, instrument_, block_.kind + (block_.id.empty() || block_.kind == "instrument" ? "" : " " + block_.id), std::move(what), text_};
    mutant.text.replace(at, length, with);
    int twin = 1;  // the same change elsewhere in the block gets a number
    const std::string first = mutant.what;
    while (std::ranges::any_of(out_, [&](const Mutant& other) { return other.file == file_ && other.name() == mutant.name(); })) {
      mutant.what = first + " (" + std::to_string(++twin) + ")";
    }
    out_.push_back(std::move(mutant));
  }

  [[nodiscard]] std::string body() const { return text_.substr(block_.begin, block_.end - block_.begin); }

  void in_conditions() {
    static const std::regex condition("\\n(when|is) = \"([^\"]*)\"");
    const std::string text = body();
    std::smatch found;
    if (!std::regex_search(text, found, condition)) return;
    begin_ = block_.begin + static_cast<std::size_t>(found.position(2));
    condition_ = found[2];
    // a clause that never holds is as good as dropped, and leaves whatever names it in order
    if (block_.kind == "clause") replace(begin_, condition_.size(), "not always", "dropped");
    in_comparisons();
    in_numbers();
    in_words();
  }

  template <class Change>
  void each(const std::regex& pattern, Change change) {
    for (std::sregex_iterator at(condition_.begin(), condition_.end(), pattern), last; at != last; ++at) change(*at);
  }

  void swap(const std::smatch& at, int group, const std::string& with) {
    replace(begin_ + static_cast<std::size_t>(at.position(group)), static_cast<std::size_t>(at.length(group)), with, "'" + at[group].str() + "' becomes '" + with + "'");
  }

  void in_comparisons() {
    static const std::regex sign("(>=|<=|>|<)");
    each(sign, [this](const std::smatch& at) {
      const std::string was = at[1];
      const bool strict = was.size() == 1;
      swap(at, 1, strict ? was + "=" : was.substr(0, 1));             // the line itself changes sides
      swap(at, 1, was[0] == '>' ? (strict ? "<=" : "<") : (strict ? ">=" : ">"));  // everything does
    });
  }

  // each number by one in its last place, each day by one
  void in_numbers() {
    static const std::regex number(R"((^|[ (])(\d+(?:\.\d+)?)(?=$|[ ),]))");
    static const std::regex day(R"((\d{4}-\d{2}-\d{2}))");
    each(number, [this](const std::smatch& at) {
      for (const int step : {-1, 1}) swap(at, 2, moved(at[2], step));
    });
    each(day, [this](const std::smatch& at) {
      const auto was = base::Date::parse(at[1].str());
      swap(at, 1, was->previous().to_text());
      swap(at, 1, was->next().to_text());
    });
  }

  void in_words() {
    static const std::regex join(R"(\b(and|or)\b)");
    static const std::regex negation(R"((^|[ (])(not ))");
    each(join, [this](const std::smatch& at) { swap(at, 1, at[1] == "and" ? "or" : "and"); });
    each(negation, [this](const std::smatch& at) {
      replace(begin_ + static_cast<std::size_t>(at.position(2)), 4, "", "'not' removed");
    });
  }

  static std::string moved(const std::string& number, int step) {
    const std::size_t point = number.find('.');
    std::string digits = number;
    if (point != std::string::npos) digits.erase(point, 1);
    std::string out = std::to_string(std::max(0LL, std::stoll(digits) + step));
    if (point == std::string::npos) return out;
    const std::size_t places = number.size() - point - 1;
    while (out.size() <= places) out.insert(0, "0");
    return out.insert(out.size() - places, ".");
  }

  void in_defeats() {
    static const std::regex list("\\ndefeats = \\[([^\\]]*)\\]");
    static const std::regex entry("\"([^\"]*)\",?\\s*");
    const std::string text = body();
    std::smatch found;
    if (!std::regex_search(text, found, list)) return;
    const std::string ids = found[1];
    const std::size_t begin = block_.begin + static_cast<std::size_t>(found.position(1));
    for (std::sregex_iterator at(ids.begin(), ids.end(), entry), last; at != last; ++at) {
      replace(begin + static_cast<std::size_t>(at->position(0)), static_cast<std::size_t>(at->length(0)), "", "no longer defeats " + (*at)[1].str());
    }
  }

  // a stay of the text becomes one of its enforcement alone
  void in_text() {
    const std::size_t at = body().find("\nin_text = true");
    if (at != std::string::npos) replace(block_.begin + at, 15, "", "in_text dropped");
  }

  void in_dates() {
    static const std::regex date(R"(\n(from|until|enforced_from|effective) = (\d{4}-\d{2}-\d{2}))");
    const std::string text = body();
    for (std::sregex_iterator at(text.begin(), text.end(), date), last; at != last; ++at) {
      const auto was = base::Date::parse((*at)[2].str());
      const std::size_t begin = block_.begin + static_cast<std::size_t>(at->position(2));
      replace(begin, 10, was->previous().to_text(), (*at)[1].str() + " a day earlier");
      replace(begin, 10, was->next().to_text(), (*at)[1].str() + " a day later");
    }
  }

  std::size_t file_;
  std::string text_;
  std::vector<Mutant>& out_;
  std::string instrument_;
  Block block_;
  std::string condition_;
  std::size_t begin_ = 0;  // of the condition, in the file
};

}  // namespace

std::vector<Mutant> mutants_of(const std::vector<law::LawText>& texts) {
  std::vector<Mutant> out;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!is_instrument(texts[i].name)) continue;
    std::vector<Mutant> here;
    Planter(i, "\n" + texts[i].text, here).plant();
    for (Mutant& mutant : here) out.push_back(std::move(mutant));
  }
  return out;
}

}  // namespace brightline::tests
