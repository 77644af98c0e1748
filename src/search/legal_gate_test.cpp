#include "search/legal_gate.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <random>

#include "search/code_book.h"
#include "search/real_world_test.h"
#include "search/transaction.h"

namespace brightline::search {
namespace {

struct Asking {
  const char* name;
  const char* maker;
  bool proposed;  // with the proposed line at the reported limits
};

constexpr std::array days{"2022-10-07", "2023-01-15", "2024-01-15", "2025-05-01", "2026-02-01", "2026-11-23"};
constexpr std::array wishes{WantedStanding::none, WantedStanding::notify, WantedStanding::licensable};
constexpr std::array assumes{Assume::strict, Assume::lenient};

const law::Law& proposed_law() {
  static const law::Law loaded = [] {
    base::Problems problems;
    law::Law out = law::load_law(BRIGHTLINE_ROOT "/law", {"reported-letter-limits"}, problems);
    base::stop_at(problems);
    return out;
  }();
  return loaded;
}

law::LegalMap map_of(const law::Law& law, const law::Code& code, const char* maker, bool datacenter, base::Problems& problems) {
  law::Facts facts(law);
  facts.set_name(law.vocabulary.at("item_kind"), "ic");
  facts.set_truth(law.vocabulary.at("datacenter"), datacenter);
  if (*maker != 0) facts.set_name(law.vocabulary.at("maker"), maker);
  Transaction transaction;
  transaction.date = code.reading.date;
  transaction.destination = "CN";
  apply(transaction, facts, problems);
  return law::LegalMap::build(code, facts, problems);
}

// What the words leave open of a design: every way to fill it, as the map's values by word.
std::vector<law::Design> completions(const law::LegalMap& map) {
  const law::Vocabulary& vocabulary = map.code().law->vocabulary;
  law::Design none;
  none.values.assign(vocabulary.words().size(), 0);
  std::vector<law::Design> out{none};
  for (const law::Axis& axis : map.axes()) {
    std::vector<std::pair<std::size_t, std::int64_t>> ways;
    if (axis.kind == law::Axis::Kind::measure) {
      const law::Measure& measure = map.code().measures[axis.index];
      if (std::ranges::all_of(measure.words, [&](std::size_t word) { return legal_word_named(vocabulary.words()[word].id).has_value(); })) continue;
      base::check(measure.steps.size() == 1, "the test fills plain words");
      ways.emplace_back(measure.words[0], 0);
      for (const law::Boundary& boundary : measure.boundaries) ways.emplace_back(measure.words[0], static_cast<std::int64_t>(boundary.value.to_double() * 1e6) + 1);
    } else {
      if (legal_word_named(vocabulary.words()[axis.index].id)) continue;
      if (axis.kind == law::Axis::Kind::truth) ways = {{axis.index, 0}, {axis.index, 1}};
      for (const law::Symbol symbol : axis.representatives) ways.emplace_back(axis.index, static_cast<std::int64_t>(symbol));
    }
    std::vector<law::Design> more;
    for (const law::Design& one : out) {
      for (const auto& [word, value] : ways) {
        more.push_back(one);
        more.back().values[word] = value;
      }
    }
    out = std::move(more);
  }
  return out;
}

// Designs of which half have some measure on a line of the law or a millionth beside it.
class RandomWords {
 public:
  RandomWords(const LegalGate& gate, std::uint64_t seed) : gate_(gate), random_(seed) {}
  WordValues next() {
    WordValues out{};
    at(out, LegalWord::tpp) = below(30'000) * law::millionths;
    at(out, LegalWord::bits_x_tops) = at(out, LegalWord::tpp);
    at(out, LegalWord::tops) = at(out, LegalWord::tpp) / 8;
    at(out, LegalWord::applicable_die_area) = below(20) == 0 ? 0 : below(300'000) * 10'000;
    at(out, LegalWord::aggregate_bidirectional_rate) = at(out, LegalWord::interconnect_bandwidth) = below(2'000) * law::millionths;
    at(out, LegalWord::dram_bandwidth) = below(9'000) * law::millionths;
    at(out, LegalWord::hbm_in_package) = below(2);
    at(out, LegalWord::datacenter) = below(2);
    for (const GateAxis& axis : gate_.axes()) {
      if (below(2) == 0 && axis.cuts.front().value > 1) aim(axis, out);
    }
    return out;
  }
  std::int64_t below(std::int64_t count) { return std::uniform_int_distribution<std::int64_t>(0, count - 1)(random_); }

 private:
  void aim(const GateAxis& axis, WordValues& out) {
    const auto& cut = axis.cuts[static_cast<std::size_t>(below(static_cast<std::int64_t>(axis.cuts.size())))];
    const std::int64_t beside = below(3) - 1;
    std::int64_t& first = out[axis.first];
    std::int64_t& second = out[axis.second];
    switch (axis.form) {
      case GateAxis::Form::word: first = std::max<std::int64_t>(0, cut.value + beside); break;
      case GateAxis::Form::sum: first = std::max<std::int64_t>(0, cut.value - second + beside); break;
      case GateAxis::Form::ratio:
        second = (1 + below(1600)) * law::millionths;
        first = cut.value * (second / law::millionths) + beside;
        break;
    }
  }
  const LegalGate& gate_;
  std::mt19937_64 random_;
};

std::vector<int> cells_of(const LegalGate& gate, const WordValues& values) {
  std::vector<int> out;
  for (const GateAxis& axis : gate.axes()) out.push_back(axis.cell(values[axis.first], values[axis.second]));
  return out;
}

bool holds(const LegalPiece& piece, const std::vector<int>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i] < piece.cells[i].first || cells[i] > piece.cells[i].second) return false;
  }
  return true;
}

template <class Visit>
void each_cells(const LegalGate& gate, Visit visit) {
  std::vector<int> cells(gate.axes().size(), 0);
  std::size_t i = 0;
  do {
    visit(static_cast<const std::vector<int>&>(cells));
    for (i = 0; i < cells.size() && ++cells[i] == gate.axes()[i].cells; ++i) cells[i] = 0;
  } while (i < cells.size());
}

class LegalGateOf : public testing::TestWithParam<Asking> {
 protected:
  // Every day, wish and way with open facts, of a chip for data centres and of another.
  template <class Visit>
  void each_gate(Visit visit) {
    CodeBook codes(GetParam().proposed ? proposed_law() : real_law());
    for (const char* date : days) {
      for (const bool datacenter : {true, false}) {
        base::Problems problems;
        const law::Code& code = codes.at({day(date), law::Asked::enforced, *GetParam().maker != 0});
        const law::LegalMap map = map_of(codes.law(), code, GetParam().maker, datacenter, problems);
        for (const WantedStanding wanted : wishes) {
          for (const Assume assume : assumes) {
            const LegalGate gate = LegalGate::build(map, wanted, assume, problems);
            base::stop_at(problems);
            SCOPED_TRACE(std::string(date) + (datacenter ? " datacenter " : " ") + std::string(wanted_name(wanted)) + (assume == Assume::strict ? " strict" : " lenient"));
            visit(map, gate, wanted, assume);
            if (HasFatalFailure()) return;
          }
        }
      }
    }
  }
};

TEST_P(LegalGateOf, AllowsWhatTheMapFindsAcceptable) {
  std::size_t allowed = 0;
  std::size_t asked = 0;
  std::size_t sums = 0;
  each_gate([&](const law::LegalMap& map, const LegalGate& gate, WantedStanding wanted, Assume assume) {
    const std::vector<law::Design> open = completions(map);
    const law::Vocabulary& vocabulary = map.code().law->vocabulary;
    for (const GateAxis& axis : gate.axes()) sums += axis.form == GateAxis::Form::sum ? 1 : 0;
    RandomWords random(gate, 7);
    for (int i = 0; i < 2'000; ++i) {
      const WordValues words = random.next();
      bool all = true;
      bool any = false;
      for (law::Design design : open) {
        for (std::size_t w = 0; w < legal_words.size(); ++w) design.values[vocabulary.at(std::string(legal_words[w]))] = words[w];
        const bool good = acceptable(map.code(), map.look_up(design), wanted, assume);
        all &= good;
        any |= good;
      }
      ASSERT_EQ(gate.allows(words), assume == Assume::strict ? all : any) << "tpp " << at(words, LegalWord::tpp) << " area " << at(words, LegalWord::applicable_die_area);
      ASSERT_EQ(gate.allows(words), gate.allowed_cell(cells_of(gate, words)));
      allowed += gate.allows(words) ? 1 : 0;
      ++asked;
    }
  });
  std::printf("%zu of %zu designs allowed\n", allowed, asked);
  EXPECT_GT(allowed, asked / 20) << "too few to tell anything";
  EXPECT_LT(allowed, asked - asked / 20);
  const bool sum_line = GetParam().proposed || std::string_view(GetParam().maker) == "intel";
  EXPECT_EQ(sums > 0, sum_line) << "the reported line adds two bandwidths";
}

TEST_P(LegalGateOf, PiecesHoldEachAcceptableCellOnceAndNoOther) {
  each_gate([&](const law::LegalMap&, const LegalGate& gate, WantedStanding, Assume) {
    each_cells(gate, [&](const std::vector<int>& cells) {
      const auto holders = std::ranges::count_if(gate.pieces(), [&](const LegalPiece& piece) { return holds(piece, cells); });
      EXPECT_EQ(holders, gate.allowed_cell(cells) ? 1 : 0);
    });
    for (const LegalPiece& piece : gate.pieces()) EXPECT_EQ(piece.cells.size(), gate.axes().size());
  });
}

TEST_P(LegalGateOf, NeverCallsARangeOutsideThatHoldsAnAllowedDesign) {
  std::array<std::size_t, 3> fits{};
  each_gate([&](const law::LegalMap&, const LegalGate& gate, WantedStanding, Assume) {
    RandomWords random(gate, 11);
    for (int i = 0; i < 300; ++i) {
      const WordValues one = random.next();
      const WordValues other = random.next();
      const bool narrow = random.below(2) == 0;  // else hardly any range lies inside of a piece
      WordRange range;
      for (std::size_t w = 0; w < one.size(); ++w) {
        range.low[w] = std::min(one[w], other[w]);
        range.high[w] = narrow ? range.low[w] + (std::max(one[w], other[w]) - range.low[w]) / 50 : std::max(one[w], other[w]);
      }
      std::vector<WordValues> designs{range.low, range.high};
      for (int k = 0; k < 20; ++k) {
        WordValues in = range.low;
        for (std::size_t w = 0; w < in.size(); ++w) {
          const std::int64_t way = random.below(4);
          in[w] = way == 0 ? range.low[w] : way == 1 ? range.high[w] : range.low[w] + random.below(range.high[w] - range.low[w] + 1);
        }
        designs.push_back(in);
      }
      for (const LegalPiece& piece : gate.pieces()) {
        const Fit fit = gate.fits(range, piece);
        ++fits.at(static_cast<std::size_t>(fit));
        for (const WordValues& design : designs) {
          const bool held = holds(piece, cells_of(gate, design));
          ASSERT_FALSE(fit == Fit::outside && held);
          ASSERT_FALSE(fit == Fit::inside && !(held && gate.allows(design)));
        }
      }
    }
  });
  for (const std::size_t one : fits) EXPECT_GT(one, 100U) << "each answer is met";
}

// The nearest line above, found by going up measure by measure.
TEST_P(LegalGateOf, AMarginIsTheShareToTheNearestLineAbove) {
  each_gate([&](const law::LegalMap&, const LegalGate& gate, WantedStanding, Assume) {
    RandomWords random(gate, 13);
    for (int i = 0; i < 200; ++i) {
      const WordValues words = random.next();
      const double margin = gate.margin(words);
      ASSERT_GE(margin, 0);
      ASSERT_LE(margin, 1);
      double least = 1;
      for (const GateAxis& axis : gate.axes()) {
        const auto first = static_cast<long double>(words[axis.first]);
        const auto second = static_cast<long double>(words[axis.second]);
        if (axis.form == GateAxis::Form::ratio && second == 0) continue;
        const long double value = axis.form == GateAxis::Form::word ? first : axis.form == GateAxis::Form::sum ? first + second : first / second * 1e6L;
        for (const auto& cut : axis.cuts) {
          const auto line = static_cast<long double>(cut.value);
          if (value < line) least = std::min(least, static_cast<double>((line - value) / line));
        }
      }
      bool without_area = false;
      for (const GateAxis& axis : gate.axes()) without_area |= axis.form == GateAxis::Form::ratio && words[axis.second] == 0;
      ASSERT_NEAR(margin, without_area ? margin : least, 1e-12);
    }
  });
}

INSTANTIATE_TEST_SUITE_P(All, LegalGateOf,
                         testing::Values(Asking{"without_letters", "", false}, Asking{"nvidia", "nvidia", false}, Asking{"intel", "intel", false},
                                         Asking{"proposed_line", "", true}, Asking{"intel_and_proposed_line", "intel", true}),
                         [](const auto& asked) { return asked.param.name; });

TEST(LegalGate, AWorseStandingAllowsNoLess) {
  CodeBook codes(real_law());
  for (const char* date : days) {
    base::Problems problems;
    const law::LegalMap map = map_of(real_law(), codes.at({day(date), law::Asked::enforced, true}), "nvidia", true, problems);
    std::array<LegalGate, 3> strict{LegalGate::build(map, wishes[0], Assume::strict, problems), LegalGate::build(map, wishes[1], Assume::strict, problems),
                                    LegalGate::build(map, wishes[2], Assume::strict, problems)};
    const LegalGate lenient = LegalGate::build(map, WantedStanding::none, Assume::lenient, problems);
    base::stop_at(problems);
    each_cells(strict[0], [&](const std::vector<int>& cells) {
      EXPECT_LE(strict[0].allowed_cell(cells), strict[1].allowed_cell(cells));
      EXPECT_LE(strict[1].allowed_cell(cells), strict[2].allowed_cell(cells));
      EXPECT_LE(strict[0].allowed_cell(cells), lenient.allowed_cell(cells));
    });
  }
}

TEST(LegalGate, StandingsAreNamed) {
  for (const WantedStanding one : wishes) EXPECT_EQ(wanted_named(wanted_name(one)), one);
  EXPECT_FALSE(wanted_named("exception"));
}

}  // namespace
}  // namespace brightline::search
