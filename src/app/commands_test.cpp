// law, chips and exposure from the outside: what is typed, what comes out, and with which exit code.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "app/command_line.h"
#include "base/json.h"

namespace brightline::app {
namespace {

namespace fs = std::filesystem;

struct Ran {
  int code = 0;
  std::string out;
  std::string err;
};

Ran ran(std::vector<std::string> arguments, const std::string& input = "") {
  const bool own_law = std::ranges::find(arguments, "--law") != arguments.end();
  if (!own_law) arguments.insert(arguments.begin(), {"--law", BRIGHTLINE_ROOT "/law"});
  arguments.insert(arguments.begin(), {"brightline", "--data", BRIGHTLINE_ROOT "/data"});
  std::vector<const char*> argv;
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  Streams streams{in, out, err, report::Terminal{100, false}};
  Ran result;
  result.code = run(static_cast<int>(argv.size()), argv.data(), streams);
  result.out = out.str();
  result.err = err.str();
  return result;
}

void expect_json(const Ran& result) {
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_TRUE(base::Json::parse(result.out, "out").has_value()) << result.out.substr(0, 200);
}

TEST(LawCommand, EveryPartSpeaksJson) {
  expect_json(ran({"law", "timeline", "--json"}));
  expect_json(ran({"law", "show", "88-FR-73458", "--json"}));
  expect_json(ran({"law", "show", "3A090.a.1", "--json"}));
  expect_json(ran({"law", "show", "2024-01-15", "--format", "json"}));
  expect_json(ran({"law", "words", "--json"}));
  expect_json(ran({"law", "diff", "2023-11-16", "2023-11-17", "--to", "CN", "--json"}));
}

TEST(LawCommand, RowsComeAsCsvAndMarkdown) {
  EXPECT_TRUE(ran({"law", "timeline", "--format", "csv"}).out.starts_with("effective,id,kind,status,confidence,summary,cite\n"));
  EXPECT_TRUE(ran({"law", "show", "88-FR-73458", "--format", "csv"}).out.starts_with("id,then,says,when,cite,from,"));
  EXPECT_TRUE(ran({"law", "diff", "2023-11-16", "2023-11-17", "--format", "csv"}).out.starts_with("chip,name,change,before,after\n"));
  EXPECT_TRUE(ran({"law", "words", "--format", "md"}).out.starts_with("| Word |"));
}

TEST(LawCommand, SaysWhatIsWrong) {
  const Ran typo = ran({"law", "show", "88-FR-7345"});
  EXPECT_EQ(typo.code, 2);
  EXPECT_EQ(typo.err, "law show: no instrument and no clause is called '88-FR-7345'\n  hint: did you mean '88-FR-73458'?\n");
  EXPECT_EQ(ran({"law", "show", "NAC"}).err,
            "law show: more than one clause is called 'NAC'\n  hint: which of: '88-FR-73458:NAC' '89-FR-23876:NAC'\n");
  EXPECT_EQ(ran({"law", "diff", "2023-11-17", "2023-11-16"}).err,
            "law diff: the second day lies before the first\n  hint: brightline law diff 2023-11-16 2023-11-17\n");
  EXPECT_EQ(ran({"law", "diff", "2023-02-30", "2023-11-16"}).err, "law diff: '2023-02-30' is no day\n  hint: write it as 2024-01-15\n");
  EXPECT_EQ(ran({"law", "diff", "2023-11-16", "2023-11-17", "--to", "Chinaa"}).code, 2);
}

TEST(LawCommand, AWhatIfCountsWhenItIsNamed) {
  EXPECT_NE(ran({"law", "show", "safe-chips"}).out.find("safe-chips: proposed on"), std::string::npos);
  EXPECT_NE(ran({"law", "show", "safe-chips", "--with", "safe-chips"}).out.find("safe-chips: proposed, applied on"), std::string::npos);
}

/// A law folder of its own with the rules of 2022 and 2023: small enough to walk in a test.
class SmallLaw {
 public:
  SmallLaw() : folder_(fs::temp_directory_path() / ("brightline-law-" + std::to_string(::getpid()))) {
    for (const char* part : {"us", "letters", "cn", "proposed"}) fs::create_directories(folder_ / part);
    fs::copy_file(BRIGHTLINE_ROOT "/law/words.toml", folder_ / "words.toml", fs::copy_options::overwrite_existing);
    std::ofstream(folder_ / "evidence.toml") << "[evidence]\nthrough = 2024-01-01\nsays = \"none\"\n";
    for (const auto& entry : fs::directory_iterator(BRIGHTLINE_ROOT "/law/us")) {
      const std::string name = entry.path().filename().string();
      if (name < "2024") fs::copy_file(entry.path(), folder_ / "us" / name, fs::copy_options::overwrite_existing);
    }
  }
  ~SmallLaw() { fs::remove_all(folder_); }
  SmallLaw(const SmallLaw&) = delete;
  SmallLaw& operator=(const SmallLaw&) = delete;

  void replace(const std::string& file, const std::string& old, const std::string& with) const {
    const fs::path path = folder_ / "us" / file;
    std::ifstream in(path);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    const std::size_t at = text.find(old);
    ASSERT_NE(at, std::string::npos);
    std::ofstream(path) << text.replace(at, old.size(), with);
  }
  [[nodiscard]] Ran check(const std::string& format) const { return ran({"law", "check", "--law", folder_.string(), "--format", format}); }

 private:
  fs::path folder_;
};

TEST(LawCommand, CheckAnswersYesNoOrCannotRead) {
  const SmallLaw law;
  const Ran sound = law.check("table");
  EXPECT_EQ(sound.code, 0) << sound.err;
  EXPECT_TRUE(sound.out.starts_with("4 instruments and 0 proposals, ")) << sound.out;
  EXPECT_NE(sound.out.find(" cells visited: no conflict\n"), std::string::npos) << sound.out;
  expect_json(law.check("json"));
  const std::string file = "2023-11-17_tpp-and-density.toml";
  law.replace(file, "\ndefeats = [\"3A090.b.2\"]", "");
  const Ran conflict = law.check("table");
  EXPECT_EQ(conflict.code, 1);
  EXPECT_NE(conflict.out.find("visited: 1 conflict\n"), std::string::npos) << conflict.out;
  law.replace(file, "tpp >= 4800", "tpq >= 4800");
  const Ran broken = law.check("table");
  EXPECT_EQ(broken.code, 2);
  EXPECT_TRUE(broken.out.empty());
  EXPECT_NE(broken.err.find("unknown word 'tpq'"), std::string::npos) << broken.err;
}

TEST(ChipsCommand, ListsShowsAndChecks) {
  expect_json(ran({"chips", "--json"}));
  expect_json(ran({"chips", "h20-96", "--json"}));
  expect_json(ran({"chips", "--check", "--json"}));
  EXPECT_TRUE(ran({"chips", "--format", "csv"}).out.starts_with("id,name,maker,segment,tpp,applicable_die_area_mm2,performance_density,"));
  EXPECT_TRUE(ran({"chips", "NVIDIA H800 SXM"}).out.starts_with("h800-sxm: "));
  EXPECT_NE(ran({"chips", "--check"}).out.find("questions about the data"), std::string::npos);
}

TEST(ChipsCommand, Filters) {
  const Ran chinese = ran({"chips", "--country", "China", "--segment", "datacenter", "--format", "csv"});
  EXPECT_NE(chinese.out.find("ascend910c,"), std::string::npos);
  EXPECT_EQ(chinese.out.find("h20-96,"), std::string::npos);
  EXPECT_NE(ran({"chips", "--maker", "NVIDIA", "--line", "h20", "--format", "csv"}).out.find("h20-141,"), std::string::npos);
}

TEST(ChipsCommand, SaysWhatIsWrong) {
  const Ran several = ran({"chips", "h100"});
  EXPECT_EQ(several.code, 2);
  EXPECT_EQ(several.err, "there is no chip 'h100' in the catalogue\n  hint: which of its versions: h100-nvl, h100-pcie, h100-sxm?\n");
  EXPECT_EQ(ran({"chips", "--maker", "nvdia"}).err, "--maker: there is no maker 'nvdia'\n  hint: did you mean 'nvidia'?\n");
  EXPECT_EQ(ran({"chips", "--segment", "datacentre"}).err, "--segment: 'datacentre' is no segment\n  hint: did you mean 'datacenter'?\n");
  EXPECT_EQ(ran({"chips", "--line", "H2O"}).code, 2);
  EXPECT_EQ(ran({"chips", "--country", "Atlantis"}).code, 2);
}

const char* const header = "id,chip,kind,quantity,unit_value_usd,destination,party_hq,salvage_pct\n";

Ran exposed(const std::string& rows, std::vector<std::string> more = {}) {
  std::vector<std::string> arguments{"exposure", "-", "--from-date", "2025-04-08", "--to-date", "2025-04-16"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return ran(arguments, header + rows);
}

TEST(ExposureCommand, JudgesAStockListOnBothDays) {
  const Ran result = exposed("1,h20-96,inventory,10,12000,CN,,\n");
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_TRUE(result.out.starts_with("USD 120,000.00 newly blocked (1 line)\n")) << result.out;
  expect_json(exposed("1,h20-96,inventory,10,12000,CN,,\n", {"--json"}));
  EXPECT_NE(exposed("1,h20-96,inventory,10,12000,CN,,\n", {"--format", "csv"})
                .out.find("1,h20-96,inventory,10,120000.00,CN,CN,none,none,licence,undetermined,newly-blocked\n"),
            std::string::npos);
}

TEST(ExposureCommand, TheRestCountsBesideABadRow) {
  const Ran result = exposed("1,h20-96,inventory,10,12000,,,\n2,h20-96,inventory,-1,12000,,,\n", {"--to", "CN"});
  EXPECT_EQ(result.code, 2);
  EXPECT_TRUE(result.out.starts_with("USD 120,000.00 newly blocked (1 line)\n"));
  EXPECT_EQ(result.err, "-:3: quantity: '-1' is negative\n");
}

TEST(ExposureCommand, SaysWhatIsWrong) {
  EXPECT_EQ(ran({"exposure", "no-such-file.csv", "--from-date", "2025-04-08", "--to-date", "2025-04-16"}).err,
            "no-such-file.csv: can't be read\n  hint: does the file exist, and may you read it?\n");
  EXPECT_EQ(ran({"exposure", "-", "--from-date", "2025-04-16", "--to-date", "2025-04-08"}).err,
            "--to-date: the later day lies before the earlier one\n  hint: exchange --from-date and --to-date\n");
  EXPECT_EQ(ran({"exposure", "-", "--from-date", "april", "--to-date", "2025-04-08"}).err,
            "--from-date: 'april' is no day\n  hint: write it as 2024-01-15\n");
  EXPECT_EQ(exposed("", {"--on", "2025-01-01"}).err, "--on: exposure is asked of two days\n  hint: use --from-date and --to-date\n");
}

}  // namespace
}  // namespace brightline::app
