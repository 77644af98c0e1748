// The work that is measured: the same chips, designs and rows for the benchmarks and the instruction counts.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "law/legal_map.h"
#include "law/reasons.h"

namespace brightline::speed {

inline constexpr const char* day = "2026-06-15";

inline law::Law load_law() {
  base::Problems problems;
  law::Law out = law::load_law(BRIGHTLINE_ROOT "/law", {}, problems);
  base::stop_at(problems);
  return out;
}

inline law::Code compile(const law::Law& law) {
  base::Problems problems;
  law::Code out = law::compile(law, {base::Date::parse(day).value(), law::Asked::enforced, true}, problems);
  base::stop_at(problems);
  return out;
}

/// A small generator of its own, so that the numbers never change with a library.
class Draw {
 public:
  std::int64_t below(std::int64_t count) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::int64_t>((state_ >> 33U) % static_cast<std::uint64_t>(count));
  }

 private:
  std::uint64_t state_ = 42;
};

/// Chips to China with every figure known; every fifth lacks its die area.
inline std::vector<law::Facts> chips(const law::Law& law, std::size_t count) {
  Draw draw;
  std::vector<law::Facts> out;
  const auto& words = law.vocabulary;
  const law::Assumptions assumptions(law);
  for (std::size_t i = 0; i < count; ++i) {
    law::Facts facts(law);
    facts.set_name(words.at("item_kind"), "ic");
    facts.set_name(words.at("maker"), "nvidia");
    facts.set_name(words.at("destination"), "CN");
    facts.set_truth(words.at("datacenter"), draw.below(2) == 0);
    facts.set_number(words.at("tpp"), base::Exact(500 + draw.below(24'000)));
    if (i % 5 != 0) facts.set_number(words.at("applicable_die_area"), base::Exact(100 + draw.below(1'600)));
    facts.set_number(words.at("dram_bandwidth"), base::Exact(200 + draw.below(8'000)));
    facts.set_number(words.at("interconnect_bandwidth"), base::Exact(50 + draw.below(2'000)));
    facts.assume(assumptions, {});
    out.push_back(std::move(facts));
  }
  return out;
}

/// Facts of a design question to China: the figures of the design are open.
inline law::Facts open_question(const law::Law& law) {
  law::Facts out(law);
  const auto& words = law.vocabulary;
  out.set_name(words.at("item_kind"), "ic");
  out.set_name(words.at("destination"), "CN");
  out.set_truth(words.at("datacenter"), true);
  out.assume();
  return out;
}

inline std::vector<law::Design> designs(const law::Law& law, std::size_t count) {
  Draw draw;
  const std::size_t tpp = law.vocabulary.at("tpp");
  const std::size_t area = law.vocabulary.at("applicable_die_area");
  const std::size_t dram = law.vocabulary.at("dram_bandwidth");
  std::vector<law::Design> out(count);
  for (law::Design& design : out) {
    design.values.assign(law.vocabulary.words().size(), 0);
    design.values[tpp] = draw.below(25'000) * law::millionths;
    design.values[area] = (50 + draw.below(3'000)) * law::millionths;
    design.values[dram] = draw.below(9'000) * law::millionths;
  }
  return out;
}

/// A stock list as firms keep them: several days and places, a third of the die areas and a tenth of the bandwidths empty.
inline std::string rows(std::size_t count) {
  Draw draw;
  const std::vector<std::string> places{"CN", "MO", "MY", "AE", "SA", "DE", "IN", "VN", "US"};
  const std::vector<std::string> days{"2022-12-01", "2024-01-15", "2024-12-15", "2025-06-01", "2026-03-01", "2026-11-22"};
  const auto pick = [&](const auto& from) { return from[static_cast<std::size_t>(draw.below(static_cast<std::int64_t>(from.size())))]; };
  const auto maybe = [&](std::int64_t empty_in, std::int64_t least, std::int64_t span) { return draw.below(empty_in) == 0 ? std::string() : std::to_string(least + draw.below(span)); };
  std::string out = "id,chip,item_kind,designed_or_marketed_for_datacenter,tpp,die_area_mm2,dram_bw_gbs,io_bidir_gbs,date,destination,party_hq\n";
  for (std::size_t i = 0; i < count; ++i) {
    out += "row" + std::to_string(i) + ",NVIDIA part " + std::to_string(draw.below(400)) + "," + (draw.below(4) == 0 ? "assembly" : "ic") + "," + (draw.below(3) == 0 ? "N" : "Y") + ",";
    out += maybe(50, 200, 20'000) + "," + maybe(3, 100, 1'500) + "," + maybe(10, 100, 8'000) + "," + maybe(10, 32, 1'800) + ",";
    const std::string place = pick(places);
    out += pick(days) + "," + place + "," + (draw.below(4) == 0 ? "CN" : place) + "\n";
  }
  return out;
}

}  // namespace brightline::speed
