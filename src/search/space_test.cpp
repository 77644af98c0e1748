#include "search/space.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <random>

namespace brightline::search {
namespace {

namespace fs = std::filesystem;

// A space file without mistakes; its lines are counted from 1.
const std::vector<std::string> good_lines{
    "[space]",                                    // 1
    "id = \"small\"",                             // 2
    "name = \"A small space\"",                   // 3
    "reference = \"h100-sxm\"",                   // 4
    "node = \"tsmc-n4\"",                         // 5
    "memory_types = [\"hbm3\", \"hbm3e\"]",       // 6
    "most_power_w = 700",                         // 7
    "workloads = [\"llama3-70b-decode\"]",        // 8
    "[vary]",                                     // 9
    "cores = { from = 60, to = 144, step = 2 }",  // 10
    "units = [1, 2, 4]",                          // 11
    "rows = [8, 16]",                             // 12
    "columns = 16",                               // 13
    "clock = [1000, 1500]",                       // 14
    "registers = 256",                            // 15
    "local = 192",                                // 16
    "l2 = [40, 50]",                              // 17
    "memory_type = [0, 1]",                       // 18
    "stacks = 5",                                 // 19
    "memory_rate = [80, 100]",                    // 20
    "stack_gb = 16",                              // 21
    "scaleup = [400, 600]",                       // 22
    "bus_generation = [4, 5]",                    // 23
    "bus_lanes = 16",                             // 24
};

struct Reading {
  Space space;
  base::Problems problems;
};

Reading read_lines(const std::vector<std::string>& lines) {
  const fs::path file = fs::temp_directory_path() / ("brightline-space-" + std::to_string(::getpid()) + ".toml");
  std::ofstream out(file);
  for (const std::string& line : lines) out << line << "\n";
  out.close();
  Reading found;
  found.space = read_space(file.string(), found.problems);
  fs::remove(file);
  return found;
}

// The good file with one line (counted from 1) written otherwise; "" leaves it out.
Reading with_line(std::size_t line, const std::string& text) {
  std::vector<std::string> lines = good_lines;
  lines.at(line - 1) = text;
  return read_lines(lines);
}

const std::string list_hint = "a number, a list of numbers, or { from = 60, to = 144, step = 2 }";

TEST(SpaceFile, WithoutMistakesIsReadAsWritten) {
  const Reading read = read_lines(good_lines);
  ASSERT_TRUE(read.problems.empty()) << base::render(read.problems);
  const Space& s = read.space;
  EXPECT_EQ(s.id, "small");
  EXPECT_EQ(s.io_node, "tsmc-n4") << "as the other node where none is stated";
  EXPECT_TRUE(s.datacenter);
  EXPECT_EQ(s.most_power, 700);
  EXPECT_EQ(s.most_die, 0);
  EXPECT_EQ(s.workloads, std::vector<std::string>{"llama3-70b-decode"});
  EXPECT_EQ(s.size(), 43U * 3 * 2 * 2 * 2 * 2 * 2 * 2 * 2);
  const auto& cores = s.values[*model::design_field_named("cores")];
  EXPECT_EQ(cores.size(), 43U);
  EXPECT_EQ(cores.front(), 60);
  EXPECT_EQ(cores.back(), 144);
  for (const char* usual : {"dies", "io_die", "eight_bit", "four_bit", "spare"}) EXPECT_EQ(s.values[*model::design_field_named(usual)].size(), 1U) << usual;
}

struct Mistake {
  std::size_t line = 0;
  const char* text = "";
  const char* message = "";
  std::string hint;
  int at_line = -1;  // where it is told; -1: where it was made
};

class MistakeInASpaceFile : public testing::TestWithParam<Mistake> {};

TEST_P(MistakeInASpaceFile, IsToldWithItsPlaceAndWhatToDo) {
  const Mistake& mistake = GetParam();
  const Reading read = with_line(mistake.line, mistake.text);
  ASSERT_FALSE(read.problems.empty());
  const int line = mistake.at_line >= 0 ? mistake.at_line : static_cast<int>(mistake.line);
  bool told = false;
  for (const base::Problem& one : read.problems.all()) told |= one.message == mistake.message && one.where.line == line && one.hint == mistake.hint;
  EXPECT_TRUE(told) << "line " << line << ": " << mistake.message << "\n" << mistake.hint << "\nwas not told, but\n" << base::render(read.problems);
  for (const base::Problem& one : read.problems.all()) EXPECT_NE(one.where.file.find("brightline-space-"), std::string::npos);
}

const std::vector<Mistake> mistakes{
    {2, "", "[space] has no 'id'", "add id = \"...\"", 1},
    {4, "reference = 100", "'reference' of [space] must be a text in quotes", ""},
    {5, "nod = \"tsmc-n4\"", "[space] has an unknown key 'nod'", "did you mean 'node'?"},
    {6, "memory_types = []", "a space needs at least one memory type", ""},
    {6, "memory_types = [1]", "'memory_types' of [space] must be a list of texts", ""},
    {7, "", "'most_power_w' is a number above 0", "", 1},
    {7, "most_power_w = 0", "'most_power_w' is a number above 0", ""},
    {7, "most_power_w = -1", "'most_power_w' is a number above 0", ""},
    {7, "most_power_w = \"700\"", "'most_power_w' is a number above 0", ""},
    {7, "most_power_w = nan", "'most_power_w' is a number above 0", ""},
    {7, "most_power_w = 2e7", "'most_power_w' is a number above 0", ""},
    {7, "most_power_w = 7\nmost_die_mm2 = 0", "'most_die_mm2' is a number above 0", "", 8},
    {9, "[varied]", "a space has [space] and [vary]", "", 0},
    {10, "", "[vary] does not say 'cores': cores of one compute die", "", 9},
    {19, "", "[vary] does not say 'stacks': memory stacks or devices", "", 9},
    {10, "core = 3", "a design has no 'core'",
     "dies, memory_type, io_die, eight_bit, four_bit, rows, columns, cores, units, clock, registers, local, l2, stacks, memory_rate, stack_gb, scaleup, bus_generation, bus_lanes, spare"},
    {10, "cores = \"60\"", "'cores' is no number", list_hint},
    {10, "cores = true", "'cores' is no number", list_hint},
    {10, "cores = []", "'cores' has no value", list_hint},
    {10, "cores = [60, \"62\"]", "'cores' holds what is no number", list_hint},
    {10, "cores = [60, 60]", "'cores' must rise from value to value", list_hint},
    {10, "cores = [62, 60]", "'cores' must rise from value to value", list_hint},
    {10, "cores = 60.5", "'cores' holds 60.5: values are whole numbers from 0 to 1e+07", list_hint},
    {10, "cores = -2", "'cores' holds -2: values are whole numbers from 0 to 1e+07", list_hint},
    {10, "cores = nan", "'cores' holds nan: values are whole numbers from 0 to 1e+07", list_hint},
    {10, "cores = inf", "'cores' holds inf: values are whole numbers from 0 to 1e+07", list_hint},
    {10, "cores = 10000001", "'cores' holds 1e+07: values are whole numbers from 0 to 1e+07", list_hint},
    {10, "cores = 0", "'cores' must be at least 1", ""},
    {10, "cores = { from = 60, to = 144 }", "'cores' needs from, to and step of 1 or more, from not above to, at most 4096 values", list_hint},
    {10, "cores = { from = 60, to = 144, step = 2, by = 3 }", "'cores' needs from, to and step of 1 or more, from not above to, at most 4096 values", list_hint},
    {10, "cores = { from = 60, to = 144, step = 0 }", "'cores' needs from, to and step of 1 or more, from not above to, at most 4096 values", list_hint},
    {10, "cores = { from = 60, to = 60, step = 1e-300 }", "'cores' needs from, to and step of 1 or more, from not above to, at most 4096 values", list_hint},
    {10, "cores = { from = 60, to = 50, step = 1 }", "'cores' needs from, to and step of 1 or more, from not above to, at most 4096 values", list_hint},
    {10, "cores = { from = 1, to = 5000, step = 1 }", "'cores' needs from, to and step of 1 or more, from not above to, at most 4096 values", list_hint},
    {10, "cores = { from = 1, to = inf, step = 1 }", "'cores' needs from, to and step of 1 or more, from not above to, at most 4096 values", list_hint},
    {10, "cores = { from = 1e17, to = 1e17, step = 1 }", "'cores' holds 1e+17: values are whole numbers from 0 to 1e+07", list_hint},
    {12, "rows = [8, 12]", "'rows' holds what is no power of two", ""},
    {13, "columns = [24]", "'columns' holds what is no power of two", ""},
    {13, "columns = 16\neight_bit = [0, 2]", "'eight_bit' is 0 or 1", "", 14},
    {13, "columns = 16\nio_die = 2", "'io_die' is 0 or 1", "", 14},
    {18, "memory_type = [0, 2]", "'memory_type' counts the memory types from 0: it is beyond the last", ""},
    {20, "memory_rate = [80, 101]", "'memory_rate' is a share of the memory type's highest rate: at most 100", ""},
    {22, "scaleup = [0, 400]", "'scaleup' is 0 in one design and above 0 in another: without links the system bus takes their place", ""},
    {23, "bus_generation = [2, 4]", "'bus_generation' is 3, 4, 5 or 6", ""},
    {23, "bus_generation = 7", "'bus_generation' is 3, 4, 5 or 6", ""},
    {24, "bus_lanes = 16\n[limits]", "the space has an unknown key 'limits'", "known here: space vary", 25},
};

INSTANTIATE_TEST_SUITE_P(All, MistakeInASpaceFile, testing::ValuesIn(mistakes), [](const auto& mistake) {
  std::string name = std::to_string(mistake.index) + "_line" + std::to_string(mistake.param.line) + "_";
  for (const char c : std::string_view(mistake.param.text)) name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? std::string(1, c) : name.back() == '_' ? "" : "_";
  return name;
});

TEST(SpaceFile, AListHoldsNoMoreValuesThanALevelCounts) {
  std::string list = "l2 = [1";
  for (int i = 2; i <= 70'000; ++i) list += ", " + std::to_string(i);
  const Reading read = with_line(17, list + "]");
  ASSERT_FALSE(read.problems.empty());
  EXPECT_EQ(read.problems.all()[0].message, "'l2' has 70000 values: at most 4096");
  EXPECT_EQ(read.problems.all()[0].where.line, 17);
}

TEST(SpaceFile, MayNotHoldMoreDesignsThanAnIndexCounts) {
  std::vector<std::string> lines = good_lines;
  for (const std::size_t line : {10U, 11U, 14U, 15U, 16U, 17U, 19U, 21U}) {
    std::string& text = lines.at(line - 1);
    text = text.substr(0, text.find('=')) + "= { from = 1, to = 4000, step = 1 }";
  }
  const Reading read = read_lines(lines);
  ASSERT_EQ(read.problems.size(), 1U) << base::render(read.problems);
  EXPECT_EQ(read.problems.all()[0].message, "2.1e+30 designs are more than an index counts (9e18)");
  EXPECT_EQ(read.problems.all()[0].where.line, 9);
}

// Twice the multipliers times the clock times 16 bits is what the law counts; it must be a whole number that a double holds.
TEST(SpaceFile, MayNotHoldAPerformanceThatIsNoLongerExact) {
  std::vector<std::string> lines = good_lines;
  lines.at(9) = "cores = 10000000";
  lines.at(10) = "units = 10000000";
  const Reading read = read_lines(lines);
  ASSERT_EQ(read.problems.size(), 1U) << base::render(read.problems);
  EXPECT_EQ(read.problems.all()[0].message, "the largest design multiplies 3.84e+19 million times a second: more than is counted exactly (1e14)");
  EXPECT_EQ(read.problems.all()[0].where.line, 9);
}

TEST(SpaceFile, ThatIsNotThereIsTold) {
  base::Problems problems;
  read_space("/no/such/space.toml", problems);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems.all()[0].where.file, "/no/such/space.toml");
}

TEST(Space, IsFoundByItsIdOrItsFile) {
  base::Problems problems;
  const std::string data = BRIGHTLINE_ROOT "/data";
  const std::vector<std::string> ids = space_ids(data);
  ASSERT_FALSE(ids.empty());
  for (const std::string& id : ids) {
    const Space by_id = find_space(data, id, problems);
    EXPECT_EQ(by_id.id, id) << "a space is named as its file";
    EXPECT_EQ(find_space(data, data + "/spaces/" + id + ".toml", problems).values, by_id.values);
  }
  EXPECT_TRUE(problems.empty()) << base::render(problems);
  try {
    find_space(data, ids.front().substr(1), problems);
    FAIL() << "found";
  } catch (const base::BadInput& bad) {
    EXPECT_NE(std::string(bad.what()).find("did you mean '" + ids.front() + "'?"), std::string::npos) << bad.what();
  }
  EXPECT_THROW(find_space(data, "", problems), base::BadInput);
  EXPECT_THROW(find_space(data, data, problems), base::BadInput);
}

TEST(Space, AnIndexAndItsLevelsAreOne) {
  std::mt19937_64 random(1);
  base::Problems problems;
  std::vector<Space> spaces{read_lines(good_lines).space};
  for (const std::string& id : space_ids(BRIGHTLINE_ROOT "/data")) spaces.push_back(find_space(BRIGHTLINE_ROOT "/data", id, problems));
  for (const Space& space : spaces) {
    const std::uint64_t size = space.size();
    EXPECT_EQ(space.levels_of(0), Levels{});
    EXPECT_EQ(space.levels_of(size - 1), space.last());
    for (int i = 0; i < 10'000; ++i) {
      const std::uint64_t index = random() % size;
      const Levels levels = space.levels_of(index);
      for (std::size_t field = 0; field < design_dimensions; ++field) ASSERT_LT(levels[field], space.values[field].size());
      ASSERT_EQ(space.index_of(levels), index);
      const model::Design design = space.at(levels);
      for (std::size_t field = 0; field < design_dimensions; ++field) ASSERT_EQ(design.*model::design_fields[field].member, space.values[field][levels[field]]);
    }
  }
}

TEST(Space, TheLastFieldCountsFastest) {
  const Space space = read_lines(good_lines).space;
  std::uint64_t index = 0;
  Levels levels{};
  while (true) {
    ASSERT_EQ(space.levels_of(index), levels);
    ++index;
    std::size_t field = design_dimensions;
    while (field-- > 0 && ++levels[field] == space.values[field].size()) levels[field] = 0;
    if (field > design_dimensions) break;
  }
  EXPECT_EQ(index, space.size());
}

}  // namespace
}  // namespace brightline::search
