// Closed sets of words of a chip file, each one table: the enum, its name in the file.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace brightline::chip {

template <class Id>
struct Word {
  Id id;
  std::string_view name;
};

/// A fact of yes or no that may be unknown. Unknown is never read as no.
enum class Answer { yes, no, unknown };
inline constexpr std::array answers{Word{Answer::yes, "yes"}, Word{Answer::no, "no"}, Word{Answer::unknown, "unknown"}};

/// The market a product is offered to.
enum class Segment { datacenter, workstation, consumer, edge, desktop, unknown };
inline constexpr std::array segments{Word{Segment::datacenter, "datacenter"}, Word{Segment::workstation, "workstation"},
                                     Word{Segment::consumer, "consumer"},     Word{Segment::edge, "edge"},
                                     Word{Segment::desktop, "desktop"},       Word{Segment::unknown, "unknown"}};

/// What is sold: the packaged integrated circuit itself, or a card, module or board that carries one.
enum class Form { ic, assembly };
inline constexpr std::array forms{Word{Form::ic, "ic"}, Word{Form::assembly, "assembly"}};

/// How far a product has come. `design` is a chip somebody describes by hand.
enum class Status { shipping, announced, rumoured, roadmap, discontinued, design };
inline constexpr std::array statuses{Word{Status::shipping, "shipping"},         Word{Status::announced, "announced"},
                                     Word{Status::rumoured, "rumoured"},         Word{Status::roadmap, "roadmap"},
                                     Word{Status::discontinued, "discontinued"}, Word{Status::design, "design"}};

/// The control-list entries under which a product may be described besides 3A090 and 4A090.
inline constexpr std::array<std::string_view, 9> descriptions{"none",  "3A001", "4A003", "4A004",  "4A005",
                                                              "5A002", "5A004", "5A992", "5A992.c"};

template <class Id, std::size_t N>
constexpr std::string_view name_in(const std::array<Word<Id>, N>& words, Id id) {
  for (const auto& word : words) {
    if (word.id == id) return word.name;
  }
  return {};
}

template <class Id, std::size_t N>
constexpr std::optional<Id> id_in(const std::array<Word<Id>, N>& words, std::string_view name) {
  for (const auto& word : words) {
    if (word.name == name) return word.id;
  }
  return std::nullopt;
}

template <class Id, std::size_t N>
std::vector<std::string> names_in(const std::array<Word<Id>, N>& words) {
  std::vector<std::string> names;
  names.reserve(N);
  for (const auto& word : words) names.emplace_back(word.name);
  return names;
}

}  // namespace brightline::chip
