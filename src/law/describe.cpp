#include "law/describe.h"

#include <array>

namespace brightline::law {

namespace {

struct Bridge {
  const char* word;
  chip::MeasureId measure;
};

// one row per numeric word of the item
constexpr std::array bridges{
    Bridge{"tpp", chip::MeasureId::tpp},
    Bridge{"bits_x_tops", chip::MeasureId::bits_x_tops},
    Bridge{"tops", chip::MeasureId::tops},
    Bridge{"applicable_die_area", chip::MeasureId::applicable_die_area},
    Bridge{"performance_density", chip::MeasureId::performance_density},
    Bridge{"aggregate_bidirectional_rate", chip::MeasureId::aggregate_bidirectional_rate},
    Bridge{"interconnect_bandwidth", chip::MeasureId::interconnect_bandwidth},
    Bridge{"dram_bandwidth", chip::MeasureId::dram_bandwidth},
    Bridge{"efficiency", chip::MeasureId::efficiency},
    Bridge{"transistors", chip::MeasureId::transistors},
};

void set_interval(Facts& facts, std::size_t word, const chip::Interval& value) {
  if (value.low && value.high) {
    facts.set_range(word, *value.low, *value.high);
  } else if (value.low) {
    facts.set_at_least(word, *value.low);
  } else if (value.high) {
    facts.set_range(word, base::Exact(), *value.high);
  } else if (value.stated) {
    facts.set_number(word, *value.stated);
  }
}

void set_answer(Facts& facts, const char* word, chip::Answer answer) {
  if (answer != chip::Answer::unknown) facts.set_truth(facts.law().vocabulary.at(word), answer == chip::Answer::yes);
}

}  // namespace

void describe(const chip::Accelerator& chip, const chip::Measures& measures, std::string_view headquarters, Facts& facts) {
  const Vocabulary& vocabulary = facts.law().vocabulary;
  for (const Bridge& bridge : bridges) {
    const auto word = vocabulary.find(bridge.word);
    if (word) set_interval(facts, *word, measures[bridge.measure].value);
  }
  // a density that merely restates TPP over area says nothing the judge does not compute exactly
  if (!measures[chip::MeasureId::applicable_die_area].value.is_unknown()) facts.clear(vocabulary.at("performance_density"));
  facts.set_name(vocabulary.at("item_kind"), chip.form == chip::Form::ic ? "ic" : "assembly");
  set_answer(facts, "datacenter", chip.datacenter);
  set_answer(facts, "sold_in_us", chip.sold_in_us);
  facts.set_name(vocabulary.at("described_in"), chip.described_in);
  if (!chip.maker.empty()) facts.set_name(vocabulary.at("maker"), chip.maker);
  if (!chip.product_line.empty()) facts.set_name(vocabulary.at("product"), chip.product_line);
  if (!headquarters.empty()) facts.set_name(vocabulary.at("maker_headquarters"), headquarters);
}

}  // namespace brightline::law
