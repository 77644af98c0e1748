// What a design tells the law of itself, as whole millionths of each word's unit: fast to compare, exact to judge.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace brightline::search {

enum class LegalWord { tpp, bits_x_tops, tops, applicable_die_area, aggregate_bidirectional_rate, interconnect_bandwidth, dram_bandwidth, hbm_in_package, datacenter };

inline constexpr std::array legal_words{std::string_view("tpp"), std::string_view("bits_x_tops"), std::string_view("tops"), std::string_view("applicable_die_area"),
                                        std::string_view("aggregate_bidirectional_rate"), std::string_view("interconnect_bandwidth"), std::string_view("dram_bandwidth"),
                                        std::string_view("hbm_in_package"), std::string_view("datacenter")};

using WordValues = std::array<std::int64_t, legal_words.size()>;

constexpr std::optional<std::size_t> legal_word_named(std::string_view name) {
  for (std::size_t i = 0; i < legal_words.size(); ++i) {
    if (legal_words[i] == name) return i;
  }
  return std::nullopt;
}

constexpr std::int64_t& at(WordValues& values, LegalWord word) { return values[static_cast<std::size_t>(word)]; }
constexpr std::int64_t at(const WordValues& values, LegalWord word) { return values[static_cast<std::size_t>(word)]; }

}  // namespace brightline::search
