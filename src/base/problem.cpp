#include "base/problem.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace brightline::base {

void Problems::add(Where where, std::string message, std::string hint) {
  list_.push_back({std::move(where), std::move(message), std::move(hint)});
}

void Problems::append(const Problems& other) { list_.insert(list_.end(), other.list_.begin(), other.list_.end()); }

namespace {

constexpr std::size_t longest_line_shown = 160;

/// A line of input made safe to print: tabs become spaces, other control characters '?', and it ends after some length.
std::string shown(std::string_view line) {
  std::string out(line.substr(0, longest_line_shown));
  for (char& c : out) {
    if (c == '\t') c = ' ';
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = '?';
  }
  return line.size() > longest_line_shown ? out + "..." : out;
}

/// How many characters the bytes hold: continuation bytes of UTF-8 do not count.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

std::string render(const Problem& problem) {
  std::string out;
  const Where& at = problem.where;
  if (!at.file.empty()) {
    out += at.file;
    if (at.line > 0) out += ":" + std::to_string(at.line);
    if (at.line > 0 && at.column > 0) out += ":" + std::to_string(at.column);
    out += ": ";
  }
  out += problem.message + "\n";
  if (!at.text.empty()) {
    const std::string line = shown(at.text);
    out += "  | " + line + "\n";
    const bool in_sight = at.column > 0 && static_cast<std::size_t>(at.column) <= characters(line) + 1;
    if (in_sight) out += "  | " + std::string(static_cast<std::size_t>(at.column - 1), ' ') + "^\n";
  }
  if (!problem.hint.empty()) out += "  hint: " + problem.hint + "\n";
  return out;
}

std::string render(const Problems& problems) {
  std::string out;
  for (const Problem& problem : problems.all()) out += render(problem);
  return out;
}

BadInput::BadInput(Problems problems) : problems_(std::move(problems)), text_(render(problems_)) {}

BadInput::BadInput(Problem problem) {
  problems_.add(std::move(problem));
  text_ = render(problems_);
}

void refuse(std::string where, std::string message, std::string hint) {
  Problem problem;
  problem.where.file = std::move(where);
  problem.message = std::move(message);
  problem.hint = std::move(hint);
  throw BadInput(std::move(problem));
}

void stop_at(const Problems& problems) {
  if (!problems.empty()) throw BadInput(problems);
}

namespace {

// How many letters must be put in, left out, replaced, or exchanged with their neighbour; words are short.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(before, above);
    std::swap(above, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      const bool exchanged = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (exchanged) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

}  // namespace

std::string did_you_mean(std::string_view word, std::span<const std::string> candidates) {
  const std::string* best = nullptr;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const bool prefix = word.size() >= 3 && candidate.starts_with(word);
    const std::size_t d = prefix ? 1 : distance(word, candidate);
    if (d < best_distance && d < word.size()) {
      best_distance = d;
      best = &candidate;
    }
  }
  return best == nullptr ? std::string{} : "did you mean '" + *best + "'?";
}

void check(bool condition, std::string_view why, std::source_location where) {
  if (condition) return;
  throw OurFault(std::string(where.file_name()) + ":" + std::to_string(where.line()) + ": " + std::string(why));
}

}  // namespace brightline::base
