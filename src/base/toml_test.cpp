#include "base/toml.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

namespace brightline::base {
namespace {

TomlFile file_of(std::string text) {
  auto file = TomlFile::parse("t.toml", std::move(text));
  EXPECT_TRUE(file.has_value()) << render(file.error());
  return *file;
}

std::string refusal_of(std::string text) {
  const auto file = TomlFile::parse("t.toml", std::move(text));
  return file.has_value() ? "accepted" : render(file.error());
}

TEST(Toml, ReadsEveryKindWithItsPlace) {
  const TomlFile file = file_of("id = \"h20\"\ncount = 3\nshare = 0.5\nyes = true\nday = 2024-01-15\nlist = [\n  1,\n  \"x\"]\n[t]\n  k = 'v'\n[[c]]\n[[c]]\n");
  const TomlNode& root = file.root();
  EXPECT_EQ(root.find("id")->text, "h20");
  EXPECT_EQ(root.find("count")->integer, 3);
  EXPECT_EQ(root.find("share")->real, 0.5);
  EXPECT_TRUE(root.find("yes")->boolean);
  EXPECT_EQ(root.find("day")->date.to_text(), "2024-01-15");
  EXPECT_EQ(root.find("list")->items.at(1).text, "x");
  EXPECT_EQ(root.find("list")->items.at(1).line, 8);
  EXPECT_EQ(root.find("list")->items.at(1).column, 3);
  EXPECT_EQ(root.find("t")->find("k")->line, 10);
  EXPECT_EQ(root.find("t")->find("k")->column, 7);
  EXPECT_EQ(root.find("c")->items.size(), 2U);
  EXPECT_EQ(root.find("missing"), nullptr);
}

TEST(Toml, ShowsTheLineOfASyntaxError) {
  const std::string text = refusal_of("id = \"h20\"\nname = h20\n");
  EXPECT_TRUE(text.starts_with("t.toml:2:")) << text;
  EXPECT_NE(text.find("not valid TOML"), std::string::npos) << text;
  EXPECT_NE(text.find("  | name = h20\n"), std::string::npos) << text;
  for (const char* bad : {"a = 1\na = 2", "a = ", "= 1", "[a", "a = \"open", "a = 2024-02-30", "a = 99999999999999999999", "a = '\xff'"}) {
    EXPECT_NE(refusal_of(bad), "accepted") << bad;
  }
}

TEST(Toml, QuotesTheLineWithoutItsCarriageReturn) {
  const TomlFile file = file_of("a = 1\r\nb = 2\r\n");
  EXPECT_EQ(file.where(2, 1).text, "b = 2");
  EXPECT_EQ(file.where(0, 0).text, "");
  EXPECT_EQ(file.where(99, 1).text, "");
}

TEST(Toml, RefusesDeepNestingInsteadOfCrashing) {
  const std::string brackets = "a = " + std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_TRUE(refusal_of("b = 1\n" + brackets).starts_with("t.toml:2: nested too deeply\n"));
  std::string dotted = "a";
  std::string quoted = "\"a\"";
  std::string tables = "1";
  for (int i = 0; i < 100'000; ++i) {
    dotted += ".a";
    quoted += ". \"a\"";
    if (i < 1000) tables = "{ a = " + tables + " }";
  }
  EXPECT_TRUE(refusal_of(dotted + " = 1").starts_with("t.toml:1: nested too deeply\n"));
  EXPECT_TRUE(refusal_of(quoted + " = 1").starts_with("t.toml:1: nested too deeply\n"));
  EXPECT_TRUE(refusal_of("[" + dotted + "]").starts_with("t.toml:1: nested too deeply\n"));
  EXPECT_TRUE(refusal_of("x = " + tables).starts_with("t.toml:1: nested too deeply\n"));
}

TEST(Toml, AdmitsNestingUpToItsBounds) {
  const auto brackets = [](int n) { return "a = " + std::string(n, '[') + std::string(n, ']'); };
  EXPECT_EQ(refusal_of(brackets(32)), "accepted");
  EXPECT_NE(refusal_of(brackets(33)), "accepted");
  const auto dots = [](int n) {
    std::string key = "a";
    for (int i = 0; i < n; ++i) key += ".a";
    return key + " = 1";
  };
  EXPECT_EQ(refusal_of(dots(15)), "accepted");
  EXPECT_NE(refusal_of(dots(16)), "accepted");
  std::string many;  // dots of one line do not count on the next, nor those of one value for another
  for (int i = 0; i < 50; ++i) many += "k" + std::to_string(i) + ".part = [1.5, 2.5]\n[t" + std::to_string(i) + ".part]\n";
  EXPECT_EQ(refusal_of(many), "accepted");
}

TEST(Toml, SurvivesWhatTheLibraryWouldNot) {
  // The first makes it read past the end; the others run into code it holds to be unreachable.
  for (const char* text : {"[[%", "\xEF\xBB\xBB\x0F", "a = 1 é", "é = 1", "a = \"\\é\"", "a = \"\"\"\\\n ⚠️\"\"\"", "2-2=07:32:02=['992:0é'998", "id = “h20”"}) {
    EXPECT_FALSE(refusal_of(text).empty()) << text;
  }
  EXPECT_NE(refusal_of("id = “h20”").find("t.toml:1:6: not valid TOML"), std::string::npos);
  EXPECT_EQ(refusal_of("\xEF\xBB\xBF# “fine” ⚠️\na = \"⚠️ „ok“ \\\\ü\"\nb = 'é'\n"), "accepted");
}

TEST(Toml, BracketsAndDotsInTextsAndCommentsAreNotNesting) {
  std::string text;
  for (int i = 0; i < 100; ++i) {
    const std::string key = "k" + std::to_string(i);
    text += key + "a = \"[[ {{ ... \\\" [\" # [[[ \" '\n" + key + "b = '[[ \\'\n" + key + "c = \"\"\"[[\n\" [ \\\"\"\" {\"\"\"\"\n" + key + "d = '''[' \n ['''\n";
  }
  EXPECT_EQ(file_of(text + "s = \"" + std::string(500, '.') + "\"\n").root().entries.size(), 401U);
}

TEST(Toml, ReadsFilesAndSaysWhenItCannot) {
  const std::string path = testing::TempDir() + "brightline_toml_test.toml";
  std::ofstream(path) << "id = \"x\"\n";
  const auto file = TomlFile::read(path);
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->root().find("id")->text, "x");
  std::ofstream(path, std::ios::trunc).close();
  EXPECT_TRUE(TomlFile::read(path).has_value());  // an empty file is an empty table
  std::remove(path.c_str());
  for (const std::string& bad : {path, testing::TempDir()}) {
    const auto none = TomlFile::read(bad);
    ASSERT_FALSE(none.has_value()) << bad;
    EXPECT_EQ(none.error().message, "can't be read");
    EXPECT_EQ(none.error().where.file, bad);
  }
}

TEST(TomlTable, ReportsEveryMistakeAtItsPlace) {
  const TomlFile file = file_of(
      "id = 3\npublised = 2023-10-25\nday = \"2023-10-25\"\nwhole = 1.5\nflag = \"yes\"\nlist = [\"a\", 1]\nclause = 1\n");
  Problems problems;
  TomlTable table(file, file.root(), "the instrument", problems);
  EXPECT_EQ(table.text("id"), "");
  EXPECT_EQ(table.text("title"), "");
  EXPECT_EQ(table.optional_date("published"), std::nullopt);
  EXPECT_EQ(table.optional_date("day"), std::nullopt);
  EXPECT_EQ(table.optional_integer("whole"), std::nullopt);
  EXPECT_EQ(table.optional_boolean("flag"), std::nullopt);
  EXPECT_TRUE(table.texts("list").empty());
  EXPECT_TRUE(table.tables("clause").empty());
  table.problem("flag", "said once more", "a hint");
  table.finish();
  EXPECT_EQ(render(problems),
            "t.toml:1:6: 'id' of the instrument must be a text in quotes\n  | id = 3\n  |      ^\n"
            "t.toml:1:1: the instrument has no 'title'\n  | id = 3\n  | ^\n  hint: add title = \"...\"\n"
            "t.toml:3:7: 'day' of the instrument must be a day such as 2024-01-15, without quotes\n  | day = \"2023-10-25\"\n  |       ^\n"
            "t.toml:4:9: 'whole' of the instrument must be a whole number\n  | whole = 1.5\n  |         ^\n"
            "t.toml:5:8: 'flag' of the instrument must be true or false\n  | flag = \"yes\"\n  |        ^\n"
            "t.toml:6:8: 'list' of the instrument must be a list of texts\n  | list = [\"a\", 1]\n  |        ^\n"
            "t.toml:7:10: 'clause' of the instrument must be written as [[clause]]\n  | clause = 1\n  |          ^\n"
            "t.toml:5:8: said once more\n  | flag = \"yes\"\n  |        ^\n  hint: a hint\n"
            "t.toml:2:12: the instrument has an unknown key 'publised'\n  | publised = 2023-10-25\n  |            ^\n  hint: did you mean 'published'?\n");
}

TEST(TomlTable, HandsOutWhatIsThere) {
  const TomlFile file = file_of("id = \"x\"\nday = 2023-10-25\nn = -2\nflag = false\none = \"a\"\ntwo = [\"a\", \"b\"]\n[[clause]]\nid = \"c1\"\n[[clause]]\nid = \"c2\"\n");
  Problems problems;
  TomlTable table(file, file.root(), "the file", problems);
  EXPECT_EQ(table.text("id"), "x");
  EXPECT_EQ(table.optional_text("id"), "x");
  EXPECT_EQ(table.optional_text("none"), std::nullopt);
  EXPECT_EQ(table.optional_date("day"), Date::of(2023, 10, 25));
  EXPECT_EQ(table.optional_integer("n"), -2);
  EXPECT_EQ(table.optional_boolean("flag"), false);
  EXPECT_EQ(table.texts("one"), std::vector<std::string>{"a"});
  EXPECT_EQ(table.texts("two"), (std::vector<std::string>{"a", "b"}));
  ASSERT_EQ(table.tables("clause").size(), 2U);
  EXPECT_EQ(table.tables("clause")[1]->find("id")->text, "c2");
  EXPECT_EQ(table.where("n").line, 3);
  table.finish();
  EXPECT_TRUE(problems.empty()) << render(problems);
}

TEST(TomlTable, AKeyNearNoneIsAnsweredWithThoseThatExist) {
  const TomlFile file = file_of("wavelength = 1\n");
  Problems problems;
  TomlTable table(file, file.root(), "the chip", problems);
  table.optional_text("id");
  table.optional_text("name");
  table.finish();
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems.all()[0].hint, "known here: id name");
}

}  // namespace
}  // namespace brightline::base
