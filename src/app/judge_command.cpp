#include "app/judge_command.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "app/batch.h"
#include "law/describe.h"
#include "report/judge_document.h"
#include "search/code_book.h"
#include "search/judgement.h"

namespace brightline::app {

namespace {

// Words whose values are countries: a country by another name than its code would belong to no group.
constexpr std::array<std::string_view, 6> place_words{"destination", "headquarters", "ultimate_parent", "from", "maker_headquarters", "exporter_headquarters"};

std::string place_code(const std::string& text, const char* option, const catalogue::Places& places, base::Problems& problems) {
  if (text.empty()) return {};
  if (const auto code = places.code(text)) return *code;
  problems.add({option, 0, 0, {}}, "'" + text + "' is no country", places.hint(text));
  return {};
}

std::string lower_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// "NVIDIA L20": a name that fits exactly one product of the catalogue.
std::optional<chip::Accelerator> by_name(const std::string& name, const std::string& data_directory) {
  if (name.find('/') != std::string::npos || name.ends_with(".toml")) return std::nullopt;
  base::Problems problems;
  const catalogue::Catalogue all = catalogue::load(data_directory, problems);
  const std::string id = all.read_name(name).chip;
  const chip::Accelerator* found = id.empty() ? nullptr : all.find(id);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

std::unique_ptr<search::Judgement> judge_item(const JudgeOptions& options, const World& world, const search::Transaction& transaction, search::CodeBook& codes) {
  base::Problems problems;
  const law::Code& code = codes.at(transaction.reading());
  if (options.chip == "-") {
    law::Facts facts(world.law);
    search::apply(transaction, facts, problems);
    base::stop_at(problems);
    return search::judge_facts("the described item", "-", transaction, std::move(facts), code);
  }
  auto chip = catalogue::load_one(world.data_directory, options.chip, world.catalogue.references, problems);
  if (!chip) chip = by_name(options.chip, world.data_directory);
  if (chip) problems = {};
  base::stop_at(problems);
  base::check(chip.has_value(), "a chip that did not load left no problem");
  const auto& makers = world.catalogue.references.makers;
  const bool own_file = world.catalogue.find(chip->id) == nullptr && (options.chip.find('/') != std::string::npos || options.chip.ends_with(".toml"));
  if (!own_file && !options.transaction.maker.empty()) base::refuse("--maker", "the catalogue knows who makes '" + chip->id + "': " + chip->maker, "leave it out");
  // a letter binds by the maker's id: a near miss would silently leave it aside
  if (own_file && catalogue::find_maker(makers, chip->maker) == nullptr) {
    std::vector<std::string> known;
    for (const catalogue::Maker& maker : makers) known.push_back(maker.id);
    const std::string near = base::did_you_mean(lower_case(chip->maker), known);
    if (!near.empty()) base::refuse(options.chip, "there is no maker '" + chip->maker + "' in data/makers.toml", near);
  }
  const search::Described described = search::describe(world.catalogue, *chip);
  law::Facts facts = search::facts_of(described, world.law, transaction, problems);
  base::stop_at(problems);
  auto judgement = search::judge_facts(chip->name, chip->id, transaction, std::move(facts), code);
  for (std::string& reading : search::derived_readings(described)) judgement->readings.push_back(std::move(reading));
  return judgement;
}

}  // namespace

search::Transaction read_transaction(const TransactionOptions& options, const catalogue::References& references, base::Problems& problems) {
  const catalogue::Places& places = references.places;
  search::Transaction out;
  out.date = base::Date::today();
  if (!options.on.empty() && options.on != "today") {
    const auto day = base::Date::parse(options.on);
    if (!day) problems.add({"--on", 0, 0, {}}, "'" + options.on + "' is no day", "write it as 2024-01-15");
    out.date = day.value_or(out.date);
  }
  if (options.as != "text" && options.as != "enforced") problems.add({"--as", 0, 0, {}}, "'" + options.as + "' is neither text nor enforced");
  out.asked = options.as == "text" ? law::Asked::text : law::Asked::enforced;
  out.letters = !options.no_letters;
  out.destination = place_code(options.to, "--to", places, problems);
  out.headquarters = place_code(options.hq, "--hq", places, problems);
  out.ultimate_parent = place_code(options.parent, "--parent", places, problems);
  out.from = place_code(options.from, "--from", places, problems);
  out.action = options.action;
  if (!options.maker.empty()) {
    if (catalogue::find_maker(references.makers, options.maker) == nullptr) {
      std::vector<std::string> makers;
      for (const catalogue::Maker& maker : references.makers) makers.push_back(maker.id);
      const std::string near = base::did_you_mean(options.maker, makers);
      problems.add({"--maker", 0, 0, {}}, "'" + options.maker + "' is no maker of data/makers.toml", near.empty() ? "leave it out for a maker to whom no letter is addressed" : near);
    }
    out.set.emplace_back("maker", options.maker);
  }
  for (const std::string& pair : options.set) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0) {
      problems.add({"--set", 0, 0, {}}, "'" + pair + "' is no word=value", "for example --set tpp=2368");
      continue;
    }
    const std::string word = pair.substr(0, equals);
    std::string value = pair.substr(equals + 1);
    if (word == "maker" && !options.maker.empty()) problems.add({"--set", 0, 0, {}}, "the maker is given with --maker", "leave out one of them");
    const bool place = std::ranges::find(place_words, word) != place_words.end() && value != "unknown";
    if (place) value = place_code(value, "--set", places, problems);
    out.set.emplace_back(word, std::move(value));
  }
  return out;
}

int run_judge(const JudgeOptions& options, Streams& streams) {
  if (!options.batch.empty() && !options.chip.empty()) base::refuse("--batch", "a chip is named too: '" + options.chip + "'", "name a chip or a file of rows, not both");
  if (!options.batch.empty()) return run_batch(options, streams);
  const World world = load_world_without_chips(options.places);
  base::Problems problems;
  const search::Transaction transaction = read_transaction(options.transaction, world.catalogue.references, problems);
  base::stop_at(problems);
  search::CodeBook codes(world.law);
  const auto judgement = judge_item(options, world, transaction, codes);
  if (options.json) {
    streams.out << report::judge_document(*judgement).dump() << "\n";
  } else {
    streams.out << report::judge_text(*judgement, streams.terminal);
  }
  return done;
}

}  // namespace brightline::app
