#include "report/terminal_table.h"

#include <gtest/gtest.h>

#include <sstream>

namespace brightline::report {
namespace {

Table chips() {
  Table table;
  table.columns = {{.key = "chip", .title = "Chip"},
                   {.key = "tpp", .title = "TPP", .align = Align::right},
                   {.key = "because", .title = "Because", .wrap = true, .min_width = 16},
                   {.key = "maker", .title = "Maker", .priority = 1}};
  table.add({"h20-96", Cell::number(*base::Exact::parse("2368")), "under 2,400 and under 1.6 times the die area, so no line is met", "nvidia"});
  table.add({"h100-sxm", Cell::number(*base::Exact::parse("15831.5"), 3, Style::bad), Cell("3A090.a | over 4,800", Style::bad), "nvidia"});
  table.add({"昇腾910C"});
  return table;
}

TEST(TerminalTable, FitsItsTextToTheScreen) {
  EXPECT_EQ(to_screen(chips(), Terminal{100, false}),
            "Chip           TPP  Because                                                          Maker\n"
            "────────  ────────  ───────────────────────────────────────────────────────────────  ──────\n"
            "h20-96       2,368  under 2,400 and under 1.6 times the die area, so no line is met  nvidia\n"
            "h100-sxm  15,831.5  3A090.a | over 4,800                                             nvidia\n"
            "昇腾910C\n");
  EXPECT_EQ(to_screen(chips(), Terminal{52, false}),
            "Chip           TPP  Because                   Maker\n"
            "────────  ────────  ────────────────────────  ──────\n"
            "h20-96       2,368  under 2,400 and under     nvidia\n"
            "                    1.6 times the die area,\n"
            "                    so no line is met\n"
            "h100-sxm  15,831.5  3A090.a | over 4,800      nvidia\n"
            "昇腾910C\n");
}

TEST(TerminalTable, DropsTheLeastColumnWhenThereIsNoRoomAndSaysSo) {
  EXPECT_EQ(to_screen(chips(), Terminal{40, false}),
            "Chip           TPP  Because\n"
            "────────  ────────  ────────────────────\n"
            "h20-96       2,368  under 2,400 and\n"
            "                    under 1.6 times the\n"
            "                    die area, so no line\n"
            "                    is met\n"
            "h100-sxm  15,831.5  3A090.a | over 4,800\n"
            "昇腾910C\n"
            "not shown at this width: Maker\n");
}

TEST(TerminalTable, NeverLeavesTheScreenWhileColumnsMayGive) {
  for (int width = 40; width < 120; ++width) {
    std::istringstream lines(to_screen(chips(), Terminal{width, false}));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(columns_of(line), width) << line;
  }
}

TEST(TerminalTable, ColourChangesNoWidth) {
  std::string coloured = to_screen(chips(), Terminal{52, true});
  EXPECT_NE(coloured.find("\x1b[31m3A090.a"), std::string::npos);
  for (std::size_t at = coloured.find('\x1b'); at != std::string::npos; at = coloured.find('\x1b')) {
    coloured.erase(at, coloured.find('m', at) + 1 - at);
  }
  EXPECT_EQ(coloured, to_screen(chips(), Terminal{52, false}));
}

TEST(TerminalTable, MachinesGetBareNumbersAndKeys) {
  EXPECT_EQ(to_csv(chips()),
            "chip,tpp,because,maker\n"
            "h20-96,2368,\"under 2,400 and under 1.6 times the die area, so no line is met\",nvidia\n"
            "h100-sxm,15831.5,\"3A090.a | over 4,800\",nvidia\n"
            "昇腾910C,,,\n");
  EXPECT_EQ(to_json(chips()).dump(-1),
            R"([{"chip":"h20-96","tpp":2368,"because":"under 2,400 and under 1.6 times the die area, so no line is met","maker":"nvidia"},)"
            R"({"chip":"h100-sxm","tpp":15831.5,"because":"3A090.a | over 4,800","maker":"nvidia"},)"
            R"({"chip":"昇腾910C","tpp":null,"because":null,"maker":null}])");
}

TEST(TerminalTable, MarkdownKeepsItsBars) {
  const std::string text = to_markdown(chips());
  EXPECT_TRUE(text.starts_with("| Chip | TPP | Because | Maker |\n|---|---:|---|---|\n")) << text;
  EXPECT_NE(text.find("| h100-sxm | 15,831.5 | 3A090.a \\| over 4,800 | nvidia |\n"), std::string::npos) << text;
  EXPECT_TRUE(text.ends_with("| 昇腾910C |  |  |  |\n")) << text;
}

TEST(TerminalTable, TheFormatIsOneOfFour) {
  EXPECT_EQ(parse_format("md"), Format::md);
  EXPECT_EQ(parse_format("xml"), std::nullopt);
  for (const char* name : {"table", "json", "csv", "md"}) EXPECT_FALSE(rendered(chips(), *parse_format(name), Terminal{}).empty());
}

}  // namespace
}  // namespace brightline::report
