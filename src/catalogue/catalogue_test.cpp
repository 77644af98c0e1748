#include "catalogue/catalogue.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "catalogue/area_file.h"
#include "catalogue/packaging_file.h"
#include "catalogue/technology_file.h"

namespace brightline::catalogue {
namespace {

using base::Exact;
using chip::Interval;
using chip::MeasureId;

const std::string data_folder = std::string(BRIGHTLINE_ROOT) + "/data";

const Catalogue& everything() {
  static const Catalogue all = [] {
    base::Problems problems;
    Catalogue loaded = load(data_folder, problems);
    EXPECT_TRUE(problems.empty()) << base::render(problems);
    return loaded;
  }();
  return all;
}

const chip::Measure& measured(std::string_view id, MeasureId which) {
  static std::map<std::string, chip::Measures, std::less<>> known;
  const auto found = known.find(id);
  if (found != known.end()) return found->second[which];
  const auto* chip = everything().find(id);
  EXPECT_NE(chip, nullptr) << id;
  return known.emplace(std::string(id), everything().measures(*chip)).first->second[which];
}

Interval exactly(const char* text) { return Interval::exactly(*Exact::parse(text)); }

TEST(Catalogue, loads_every_product_without_a_problem) { EXPECT_EQ(everything().accelerators.size(), 129U); }

TEST(Catalogue, every_value_has_a_listed_source) {
  const Sources& sources = everything().references.sources;
  for (const auto& chip : everything().accelerators) {
    for (const auto& [field, value] : chip.values) {
      EXPECT_TRUE(sources.contains(value.source)) << chip.id << " " << chip::info(field).name << " " << value.source;
    }
  }
}

TEST(Catalogue, a_value_from_memory_is_never_marked_as_checked) {
  for (const auto& chip : everything().accelerators) {
    for (const auto& [field, value] : chip.values) {
      EXPECT_FALSE(value.kind == chip::Kind::memory && value.checked) << chip.id << " " << chip::info(field).name;
    }
  }
}

TEST(Catalogue, every_product_line_can_be_read_from_a_name) {
  for (const auto& chip : everything().accelerators) {
    const auto& lines = everything().references.names.lines;
    const auto of_chip = [&chip](const Written& way) { return way.meaning == chip.product_line; };
    EXPECT_TRUE(std::any_of(lines.begin(), lines.end(), of_chip)) << chip.product_line;
  }
}

TEST(Catalogue, every_memory_type_is_known) {
  for (const auto& chip : everything().accelerators) {
    const std::string type = chip.text(chip::Field::memory_type);
    if (type.empty()) continue;
    EXPECT_NE(everything().references.technology.memory(type), nullptr) << chip.id << " " << type;
  }
}

struct Known {
  const char* id;
  MeasureId measure;
  const char* value;
};

// Answers of the maker, of authorities and of the rule's arithmetic, from the list of known cases.
TEST(Catalogue, energies_name_every_format_node_and_source) {
  const chip::Technology& technology = everything().references.technology;
  const chip::EnergyFacts& facts = technology.energy;
  for (const chip::PrecisionInfo& precision : chip::precisions) EXPECT_EQ(std::ranges::count(facts.formats, precision.name, &chip::EnergyFacts::Format::name), 1) << precision.name;
  for (const chip::Node& node : technology.nodes) {
    const auto names_it = [&](const chip::EnergyFacts::Operation& one) { return std::ranges::count(one.nodes, node.id) > 0; };
    EXPECT_LE(std::ranges::count_if(facts.operations, names_it), 1) << node.id;
  }
  for (const auto& one : facts.operations) {
    EXPECT_NE(one.nodes.empty(), one.families.empty());
    for (const std::string& node : one.nodes) EXPECT_NE(technology.node(node), nullptr) << node;
    EXPECT_TRUE(one.clock.has_value());
    EXPECT_EQ(one.share.has_value(), one.nodes.empty());
    const auto states = [&](const chip::EnergyFacts::Operation& other) { return std::ranges::count(other.nodes, one.node) > 0; };
    EXPECT_TRUE(one.node.empty() || std::ranges::any_of(facts.operations, states)) << one.node << ": a family's energy is scaled from there";
    EXPECT_TRUE(everything().references.sources.contains(one.energy.source));
    EXPECT_FALSE(one.energy.kind == chip::Kind::memory && one.energy.checked);
  }
  EXPECT_GT(facts.host_devices, 0);
  for (const auto& chip : everything().accelerators) {
    if (chip.nodes.empty()) continue;
    const auto names_it = [&](const chip::EnergyFacts::Operation& one) { return std::ranges::count(one.nodes, chip.nodes.front()) > 0; };
    EXPECT_TRUE(std::ranges::any_of(facts.operations, names_it)) << chip.id;
  }
}

TEST(Catalogue, energies_that_lack_a_value_are_problems) {
  base::Problems problems;
  const auto file = base::TomlFile::parse("energy.toml", "[[operation]]\nnodes = [\"n\"]\n[[precision]]\nname = \"fp16\"\n[[link]]\ncalled = [\"x\"]\n[host]\ndevices = 8\n");
  ASSERT_TRUE(file.has_value());
  EXPECT_TRUE(read_energy(*file, everything().references.sources, problems).operations.empty());
  EXPECT_GE(problems.size(), 6U) << base::render(problems);
}

TEST(Catalogue, loads_of_a_rated_power_are_stated_or_problems) {
  EXPECT_TRUE(everything().references.technology.rating.has_value());
  base::Problems problems;
  const auto file = base::TomlFile::parse("rating.toml", "[product]\nshare = 0.5\n[bus]\nenergy = \"6 pJ/bit\"\n");
  ASSERT_TRUE(file.has_value());
  EXPECT_FALSE(read_rating(*file, everything().references.sources, problems).has_value());
  EXPECT_GE(problems.size(), 3U) << base::render(problems);
}

TEST(Catalogue, areas_dies_and_packaging_name_their_sources) {
  const auto& technology = everything().references.technology;
  const auto is_listed = [](const chip::Sourced& value) { return everything().references.sources.contains(value.source); };
  EXPECT_NE(technology.node(technology.area.reference_node), nullptr);
  EXPECT_NE(technology.memory(technology.area.reference_memory), nullptr);
  for (const auto& one : technology.area.constants) {
    EXPECT_TRUE(is_listed(one.prior)) << one.name;
    EXPECT_FALSE(one.prior.kind == chip::Kind::memory && one.prior.checked) << one.name;
    EXPECT_TRUE(one.fitted) << one.name;
  }
  for (const auto& die : technology.dies) EXPECT_TRUE(is_listed(*die.area)) << die.id;
  EXPECT_TRUE(is_listed(technology.packaging.reticle.area));
  EXPECT_NE(technology.packaging.carrier(true), technology.packaging.carrier(false));
}

TEST(Catalogue, areas_that_lack_a_value_are_problems) {
  const auto& sources = everything().references.sources;
  base::Problems problems;
  auto file = base::TomlFile::parse("area.toml", "reference_node = \"n\"\nreference_memory = \"m\"\n[[constant]]\nname = \"a\"\n[[constant]]\nname = \"a\"\n[[bus]]\ngeneration = 4\n");
  ASSERT_TRUE(file.has_value());
  chip::AreaFacts area = read_area(*file, sources, problems);
  EXPECT_GE(problems.size(), 6U) << base::render(problems);  // two values, two spreads, a name twice, a lane, [core]
  file = base::TomlFile::parse("area_fitted.toml", "a = -1\nb = 2\n");
  base::Problems fitted;
  read_fitted_area(*file, area, fitted);
  EXPECT_GE(fitted.size(), 2U) << base::render(fitted);  // a is not above 0; nobody knows b
}

TEST(Catalogue, dies_that_make_no_sense_are_problems) {
  const auto& references = everything().references;
  base::Problems problems;
  const auto file = base::TomlFile::parse("dies.toml",
                                          "[[die]]\nid = \"x\"\nname = \"X\"\nnode = \"no-such\"\nmemory = \"nor-this\"\nsource = \"nobody\"\nkind = \"hearsay\"\ncores = -2\nunits = 4\nrows = 4\ncolumns = 4\n");
  ASSERT_TRUE(file.has_value());
  (void)read_dies(*file, references.technology, references.sources, problems);
  EXPECT_GE(problems.size(), 8U) << base::render(problems);  // node, memory, source, kind, cores twice, fit, area
}

TEST(Catalogue, packaging_that_lacks_a_part_is_a_problem) {
  base::Problems problems;
  const auto file = base::TomlFile::parse("packaging.toml", "[wafer]\n[test]\ndie = { low = \"1 USD/mm2\", source = \"memory\", kind = \"memory\" }\n[[carrier]]\nid = \"c\"\n");
  ASSERT_TRUE(file.has_value());
  (void)read_packaging(*file, everything().references.sources, problems);
  EXPECT_GE(problems.size(), 14U) << base::render(problems);
}

TEST(Catalogue, legal_measures_match_the_known_cases) {
  using enum MeasureId;
  const Known answers[] = {
      {"a100-sxm-80", tpp, "4992"},
      {"a100-sxm-80", interconnect_bandwidth, "664"},
      {"a100-sxm-80", bits_x_tops, "4992"},
      {"a800-sxm-80", tpp, "4989"},
      {"a800-sxm-80", aggregate_bidirectional_rate, "464"},
      {"h100-sxm", tpp, "15840"},
      {"h100-sxm", computed_tpp, "15831.2"},
      {"h100-sxm", interconnect_bandwidth, "1028"},
      {"h100-sxm", applicable_die_area, "814"},
      {"h100-pcie", tpp, "12224"},
      {"h100-pcie", computed_tpp, "12104"},
      {"h100-nvl", tpp, "14144"},
      {"h200-nvl", tpp, "14144"},
      {"h200-sxm", tpp, "15840"},
      {"h800-sxm", aggregate_bidirectional_rate, "528"},
      {"h20-96", tpp, "2368"},
      {"h20-96", interconnect_bandwidth, "1028"},
      {"h20-96", applicable_die_area, "814"},
      {"a30", tpp, "2640"},
      {"a30", applicable_die_area, "826"},
      {"a40", tpp, "2392"},
      {"l40", tpp, "2912"},
      {"l40s", tpp, "5872"},
      {"l4", tpp, "1952"},
      {"v100-sxm2-32", tpp, "2000"},
      {"mi250x", tpp, "6128"},
      {"mi250", tpp, "5793.6"},
      {"mi100", tpp, "2953.6"},
      {"mi100", interconnect_bandwidth, "340"},
      {"mi300x", tpp, "20919.2"},
      {"mi325x", tpp, "20919.2"},
      {"mi300x", interconnect_bandwidth, "1024"},
      {"gaudi2", tpp, "6920"},
      {"gaudi2", interconnect_bandwidth, "664"},
      {"gaudi3", tpp, "29360"},
      {"rtxpro6000", tpp, "8064"},
      {"rtxpro6000-server", tpp, "7488"},
      {"rtxpro5000-48", tpp, "4128"},
      {"rtx5090", tpp, "6720"},
      {"rtx5090d", tpp, "4750"},
      {"rtx5090dv2", tpp, "4750"},
      {"jetson-thor-t5000", tpp, "4140"},
      {"b200", tpp, "37248"},
      {"b300", tpp, "55432"},
      {"gb300", tpp, "58484"},
      {"gb200", tpp, "40200"},
      {"b200", interconnect_bandwidth, "1928"},
      {"gh200-96", tpp, "15840"},
      {"groq-lpu1", dram_bandwidth, "0"},
      {"l20", interconnect_bandwidth, "64"},
      {"rtx4090", tpp, "5284.8"},
      {"ascend910c", dram_bandwidth, "3200"},
  };
  for (const Known& known : answers) {
    EXPECT_EQ(measured(known.id, known.measure).value, exactly(known.value))
        << known.id << " " << chip::info(known.measure).name << ": " << to_text(measured(known.id, known.measure).value, "");
  }
}

TEST(Catalogue, a16_is_measured_per_circuit) {
  EXPECT_EQ(measured("a16", MeasureId::tpp).value, exactly("277.72"));
  EXPECT_EQ(measured("a16", MeasureId::applicable_die_area).value, exactly("200"));
  EXPECT_EQ(measured("a16", MeasureId::interconnect_bandwidth).value, exactly("64"));
}

TEST(Catalogue, mi300x_counts_its_base_dies_and_carries_the_doubt) {
  const Interval area{Exact(2160), Exact(2360), Exact(2400)};
  EXPECT_EQ(measured("mi300x", MeasureId::applicable_die_area).value, area);
}

TEST(Catalogue, gh200_counts_the_link_to_its_processor_once) {
  EXPECT_EQ(measured("gh200-96", MeasureId::interconnect_bandwidth).value, exactly("1928"));
  EXPECT_EQ(measured("gh200-96", MeasureId::dram_bandwidth).value, exactly("4000"));
}

TEST(Catalogue, mi308x_straddles_the_density_line) {
  const Interval density = measured("mi308x", MeasureId::performance_density).value;
  EXPECT_LT(*density.stated, *Exact::parse("1.6"));
  EXPECT_GT(*density.high, *Exact::parse("1.6"));
}

TEST(Catalogue, measured_rates_give_the_rtx6000d_no_tpp) { EXPECT_FALSE(measured("rtx6000d", MeasureId::tpp).value.stated.has_value()); }

TEST(Catalogue, a_missing_chip_is_a_problem_with_a_suggestion) {
  const auto found = everything().at("h20-69");
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().message, "there is no chip 'h20-69' in the catalogue");
  EXPECT_EQ(found.error().hint, "did you mean 'h20-96'?");
}

TEST(Catalogue, filters_by_maker_market_and_country) {
  for (const auto* chip : everything().filter({.maker = "amd", .segment = {}, .country = "", .product_line = ""})) {
    EXPECT_EQ(chip->vendor, "AMD");
  }
  const auto chinese = everything().filter({.maker = "", .segment = {}, .country = "HK", .product_line = ""});
  EXPECT_GT(chinese.size(), 30U);  // Hong Kong counts as China
  const auto cards = everything().filter({.maker = "nvidia", .segment = chip::Segment::consumer, .country = "", .product_line = ""});
  EXPECT_EQ(cards.size(), 7U);
}

TEST(Catalogue, one_chip_is_read_alone) {
  base::Problems problems;
  const auto one = load_one(data_folder, "h20-96", everything().references, problems);
  ASSERT_TRUE(one.has_value());
  EXPECT_EQ(one->product_line, "H20");
  EXPECT_FALSE(load_one(data_folder, "h200", everything().references, problems).has_value());
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems.all()[0].hint, "which of its versions: h200-nvl, h200-sxm?");
}

TEST(Catalogue, hong_kong_counts_as_china_and_names_are_understood) {
  const Places& places = everything().references.places;
  EXPECT_EQ(places.code("china"), "CN");
  EXPECT_EQ(places.code("PRC"), "CN");
  EXPECT_EQ(places.code("Hong Kong"), "HK");
  EXPECT_EQ(places.counted_as("HK"), "CN");
  EXPECT_EQ(places.counted_as("MO"), "MO");
  EXPECT_FALSE(places.code("Chino").has_value());
  EXPECT_EQ(places.hint("Chino"), "did you mean 'China'?");
}

}  // namespace
}  // namespace brightline::catalogue
