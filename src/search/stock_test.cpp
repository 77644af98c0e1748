#include "search/stock.h"

#include <gtest/gtest.h>

#include "search/real_world_test.h"

namespace brightline::search {
namespace {

struct Read {
  Stock stock;
  base::Problems problems;
};

Read read(const std::string& rows, const StockDefaults& defaults = {"CN", ""}) {
  Read out;
  const std::string text = "id,chip,kind,quantity,unit_value_usd,destination,party_hq,salvage_pct\n" + rows;
  out.stock = read_stock(text, "stock.csv", real_catalogue(), defaults, out.problems);
  return out;
}

std::string problem(const std::string& row) {
  const Read out = read(row + "\n");
  return out.problems.empty() ? "none" : base::render(out.problems.all().front());
}

TEST(Stock, ReadsALine) {
  const Read out = read("a1,h20-96,order,10,12000.50,SG,China,25\n");
  ASSERT_EQ(out.stock.lines.size(), 1U);
  const StockLine& line = out.stock.lines[0];
  EXPECT_EQ(line.id, "a1");
  EXPECT_EQ(line.chip->id, "h20-96");
  EXPECT_EQ(line.kind, "order");
  EXPECT_EQ(line.value.to_text(), "120005.00");
  EXPECT_EQ(line.net.to_text(), "90003.75");
  EXPECT_EQ(line.destination, "SG");
  EXPECT_EQ(line.headquarters, "CN");
  EXPECT_TRUE(out.stock.assumptions.empty());
}

TEST(Stock, TakesEmptyCellsForSomethingAndSaysSo) {
  const Read out = read(",h20-96,,1,1,,,\n");
  ASSERT_EQ(out.stock.lines.size(), 1U);
  EXPECT_EQ(out.stock.lines[0].id, "line 2");
  EXPECT_EQ(out.stock.lines[0].kind, "inventory");
  EXPECT_EQ(out.stock.lines[0].destination, "CN");
  EXPECT_EQ(out.stock.lines[0].headquarters, "CN");
  EXPECT_EQ(out.stock.lines[0].value, out.stock.lines[0].net);
  EXPECT_EQ(out.stock.assumptions,
            (std::vector<std::string>{"lines without a destination go to CN (--to)",
                                      "where party_hq is empty, every party is headquartered in the line's destination",
                                      "lines without a kind are inventory"}));
}

TEST(Stock, AnEmptyPartyIsTheOneGiven) {
  const Read out = read("1,h20-96,order,1,1,SG,,\n", {"", "CN"});
  EXPECT_EQ(out.stock.lines.at(0).headquarters, "CN");
  EXPECT_EQ(out.stock.assumptions, (std::vector<std::string>{"where party_hq is empty, every party is headquartered in CN (--hq)"}));
}

TEST(Stock, ReadsANameThatFitsOneProduct) { EXPECT_EQ(read("1,NVIDIA H800 SXM,order,1,1,,,\n").stock.lines.at(0).chip->id, "h800-sxm"); }

TEST(Stock, SaysWhatIsWrongWithARow) {
  EXPECT_EQ(problem("1,h21-96,order,1,1,,,"),
            "stock.csv:2: chip: there is no chip 'h21-96' in the catalogue\n  hint: did you mean 'h20-96'?\n");
  EXPECT_EQ(problem("1,H100,order,1,1,,,"),
            "stock.csv:2: chip: 'H100' fits more than one product\n  hint: which of: h100-nvl, h100-pcie, h100-sxm\n");
  EXPECT_EQ(problem("1,,order,1,1,,,"),
            "stock.csv:2: chip: the cell is empty\n  hint: a catalogue id, or a product's name; see brightline chips\n");
  EXPECT_EQ(problem("1,h20-96,lease,1,1,,,"), "stock.csv:2: kind: 'lease' is none\n  hint: one of inventory, order, commitment\n");
  EXPECT_EQ(problem("1,h20-96,order,-3,1,,,"), "stock.csv:2: quantity: '-3' is negative\n");
  EXPECT_EQ(problem("1,h20-96,order,many,1,,,"), "stock.csv:2: quantity: 'many' is no number\n  hint: digits and a point, as 12500.50\n");
  EXPECT_EQ(problem("1,h20-96,order,,1,,,"), "stock.csv:2: quantity: the cell is empty\n");
  EXPECT_EQ(problem("1,h20-96,order,1,1.1234567,,,"), "stock.csv:2: unit_value_usd: '1.1234567' has more than 6 decimals\n");
  EXPECT_EQ(problem("1,h20-96,order,1,1,,,101"), "stock.csv:2: salvage_pct: '101' is more than 100\n");
  EXPECT_TRUE(problem("1,h20-96,order,1,1,XQ,,").starts_with("stock.csv:2: destination: 'XQ' is no country\n"));
  EXPECT_TRUE(problem("1,h20-96,order,1,1,,XQ,").starts_with("stock.csv:2: party_hq: 'XQ' is no country\n"));
  EXPECT_EQ(problem("1,h20-96,order,1,1"), "stock.csv:2: the row has 5 cells, the header 8\n  hint: quote a cell that holds a comma\n");
  EXPECT_EQ(problem("1,h20-96,order,1000000000,1000000000,,,"),
            "stock.csv:2: quantity x unit_value_usd is a trillion dollars or more\n  hint: divide the line\n");
}

TEST(Stock, ABadRowDoesNotStopTheOthers) {
  const Read out = read("1,h20-96,order,1,1,,,\n2,nothing,order,1,1,,,\n3,h20-96,order,2,1,,,\n");
  EXPECT_EQ(out.stock.rows, 3U);
  EXPECT_EQ(out.stock.lines.size(), 2U);
  ASSERT_EQ(out.problems.size(), 1U);
  EXPECT_EQ(out.problems.all()[0].where.line, 3);
}

TEST(Stock, ALineWithoutAnyDestinationIsAProblem) {
  const Read out = read("1,h20-96,order,1,1,,,\n", {});
  EXPECT_EQ(base::render(out.problems),
            "stock.csv:2: destination: the cell is empty\n  hint: fill it, or give --to CC for all such lines\n");
}

TEST(Stock, AFileWithoutItsColumnsIsRefused) {
  base::Problems problems;
  const auto refused = [&](std::string_view text) -> std::string {
    try {
      read_stock(text, "stock.csv", real_catalogue(), {}, problems);
    } catch (const base::BadInput& bad) {
      return bad.what();
    }
    return "read";
  };
  EXPECT_EQ(refused(""),
            "stock.csv:1: the file has no header row\n  hint: the first row names the columns: id,chip,kind,quantity,unit_value_usd,...\n");
  EXPECT_EQ(refused("id,quantity,unit_value_usd\n"),
            "stock.csv:1: the column 'chip' is missing\n  hint: columns: "
            "id,chip,kind,quantity,unit_value_usd,destination,party_hq,salvage_pct\n");
  EXPECT_EQ(refused("chip,chip\n"), "stock.csv:1: the column 'chip' is there twice\n");
}

}  // namespace
}  // namespace brightline::search
