// What a bound on a set of designs rests on: more of what is called quicker never slows anything, no design scores more than
// the bound of a box around it, and no box is refused that holds a design in question.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "agreement/random_asks.h"

namespace brightline::tests {
namespace {

using search::Box;
using search::DesignEvaluator;
using search::DesignQuestion;
using search::LegalPiece;
using search::Levels;
using search::Rejection;
using search::Score;

struct Workload {
  const char* reference;
  const char* id;
  double devices;
  const char* precision;
  int pairs;  // a training step takes a hundred times as long to reckon
};

constexpr int many = 16'000;
constexpr int few = 4'000;
const std::vector<Workload> timed{
    {"h100-sxm", "llama3-70b-prefill", 8, "", many},  {"h100-sxm", "llama3-70b-decode", 8, "", many},    {"h100-sxm", "llama3-70b-prefill", 8, "fp8", many},
    {"h100-sxm", "llama3-70b-decode", 8, "fp8", many}, {"h100-sxm", "llama3-8b-prefill", 1, "", many},    {"h100-sxm", "llama3-8b-decode", 1, "", many},
    {"h100-sxm", "mixtral-8x7b-prefill", 8, "", many}, {"h100-sxm", "mixtral-8x7b-decode", 8, "", many},  {"h100-sxm", "deepseek-v3-prefill", 16, "", many},
    {"h100-sxm", "deepseek-v3-decode", 16, "", many},  {"h100-sxm", "gpt3-175b-train", 64, "", few},      {"h100-sxm", "llama3-8b-train", 8, "", few},
    {"h100-sxm", "mixtral-8x7b-train", 64, "", few},   {"a100-sxm-80", "llama3-70b-prefill", 8, "", many}, {"a100-sxm-80", "llama3-70b-decode", 8, "", many},
    {"a100-sxm-80", "llama3-8b-decode", 1, "", many},  {"a100-sxm-80", "mixtral-8x7b-decode", 8, "", many}, {"a100-sxm-80", "gpt3-175b-train", 64, "", few},
    {"b200", "llama3-70b-decode", 8, "nvfp4", many},
};

class Quicker : public testing::TestWithParam<Workload> {};

// Any whole number a space may hold, not only those of a shipped one.
double drawn(RandomAsks& random, std::string_view name, double from) {
  const std::map<std::string_view, double> most{{"cores", 300},    {"units", 16},   {"clock", 3000}, {"registers", 1024}, {"local", 512}, {"l2", 256},       {"stacks", 16},
                                                {"memory_rate", 100}, {"stack_gb", 64}, {"scaleup", 3600}, {"bus_generation", 6}, {"bus_lanes", 32}, {"spare", 400}};
  const auto span = static_cast<std::uint64_t>(std::max(0.0, most.at(name) - from));
  const std::uint64_t step = random.one_in(2) ? span : std::min<std::uint64_t>(span, 3);  // far and near
  return from + static_cast<double>(random.below(step + 1));
}

TEST_P(Quicker, MoreOfItNeverSlowsTheWorkload) {
  const Workload& w = GetParam();
  search::CodeBook codes(search::real_law());
  RandomAsks random(5);
  search::DesignAsk ask;
  ask.space = random.space(1);
  ask.space.reference = w.reference;
  ask.workloads = {w.id};
  ask.wishes.devices = w.devices;
  ask.wishes.precision = w.precision;
  const auto asked = search::case_of(codes, ask, "2026-11-23");
  DesignEvaluator evaluator(asked->question);
  std::vector<double> less;
  std::vector<double> more;
  std::map<std::string_view, std::pair<int, double>> slower;  // by field: how often, and by how much at most
  std::map<std::string_view, int> quicker;
  const char* wish = std::getenv("BRIGHTLINE_AGREEMENT_PAIRS");
  const int pairs = wish != nullptr ? std::atoi(wish) : w.pairs;
  model::Design design;
  for (int i = 0; i < pairs; ++i) {
    if (i % 16 == 0) design = random.space(1).at({});
    design.eight_bit = 1;
    design.four_bit = 1;
    if (random.one_in(2)) {
      for (const auto& field : model::design_fields) {
        if (field.more_is_quicker) design.*field.member = drawn(random, field.name, field.name == "bus_generation" ? 3 : 1);
      }
    }
    evaluator.seconds(design, less);
    const auto& field = model::design_fields[7 + random.below(search::design_dimensions - 7)];
    ASSERT_TRUE(field.more_is_quicker);
    model::Design raised = design;
    raised.*field.member = drawn(random, field.name, design.*field.member);
    evaluator.seconds(raised, more);
    ASSERT_TRUE(std::isfinite(less[0]) && less[0] > 0);
    quicker[field.name] += more[0] < less[0] ? 1 : 0;
    if (more[0] > less[0]) {
      auto& [times, most] = slower[field.name];
      ++times;
      most = std::max(most, more[0] / less[0] - 1);
    }
  }
  for (const auto& [name, found] : slower) {
    ADD_FAILURE() << w.id << " on a design like " << w.reference << ": more " << name << " is slower, " << found.first << " times, by up to " << found.second * 100 << " %";
  }
  for (const char* bears : {"clock", "cores", "memory_rate"}) EXPECT_GT(quicker[bears], 0) << bears;
}

INSTANTIATE_TEST_SUITE_P(All, Quicker, testing::ValuesIn(timed), [](const auto& one) {
  return test_name(std::string(one.param.reference) + "_" + one.param.id + (*one.param.precision != 0 ? "_" : "") + one.param.precision);
});

class BoundsOn : public testing::TestWithParam<const char*> {};

TEST_P(BoundsOn, NoDesignBeatsTheBoundOfItsBoxAndNoneInQuestionIsRefused) {
  RandomAsks random(seed_of(GetParam()));
  search::CodeBook codes(search::real_law());
  std::array<std::size_t, search::rejections> refused{};
  std::size_t in_question = 0;
  std::size_t tight = 0;
  for (int round = 0; round < 25; ++round) {
    const auto asked = search::case_of(codes, random.ask(1'000'000), GetParam());
    random.set_limits(asked->question);
    const DesignQuestion& question = asked->question;
    DesignEvaluator evaluator(question);
    for (int i = 0; i < 150; ++i) {
      const Box box = random.comparable_box(question.space);
      ASSERT_TRUE(search::comparable(box));
      const Score bound = search::bound_of(evaluator, box);
      std::vector<Rejection> whys;
      for (const LegalPiece& piece : question.gate.pieces()) {
        whys.push_back(search::refuse_all(question, piece, box));
        ++refused.at(static_cast<std::size_t>(whys.back()));
      }
      for (int k = 0; k < 12; ++k) {
        const Levels levels = k == 0 ? box.low : k == 1 ? box.high : random.inside(box);
        const model::Design design = question.space.at(levels);
        const Score score = evaluator.score(design);
        ASSERT_LE(score, bound) << GetParam() << " round " << round << " design " << question.space.index_of(levels);
        tight += score == bound ? 1 : 0;
        if (evaluator.check(design) != Rejection::none) continue;
        ++in_question;
        std::size_t held = 0;
        for (std::size_t piece = 0; piece < whys.size(); ++piece) {
          if (!lies_in(question, question.gate.pieces()[piece], design)) continue;
          ++held;
          ASSERT_EQ(whys[piece], Rejection::none) << search::rejection_text(whys[piece]) << ", but design " << question.space.index_of(levels) << " is in question";
        }
        ASSERT_EQ(held, 1U) << "a legal design lies in one piece";
      }
    }
  }
  std::printf("%zu designs in question; boxes refused:", in_question);
  for (std::size_t i = 1; i < refused.size(); ++i) std::printf(" %zu %s", refused[i], std::string(search::rejection_key(static_cast<Rejection>(i))).c_str());
  std::printf("\n");
  EXPECT_GT(in_question, 500U);
  EXPECT_GT(tight, 100U);
  for (const Rejection why : {Rejection::die, Rejection::law, Rejection::memory, Rejection::power, Rejection::cost}) EXPECT_GT(refused[static_cast<std::size_t>(why)], 20U) << search::rejection_text(why);
}

INSTANTIATE_TEST_SUITE_P(All, BoundsOn, testing::ValuesIn(law_days), [](const auto& day) { return test_name(day.param); });

}  // namespace
}  // namespace brightline::tests
